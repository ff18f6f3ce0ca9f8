"""How the command line says what it could not use."""

from __future__ import annotations

import json

import click

from belowline.errors import BelowlineError


def report(error: BelowlineError, *, as_json: bool) -> None:
    """Print an error: as JSON on standard output, or as one line on standard error."""
    if as_json:
        click.echo(json.dumps({"error": {"code": error.code, "message": error.message}}))
    else:
        click.echo(f"belowline: {error.message} [{error.code}]", err=True)
