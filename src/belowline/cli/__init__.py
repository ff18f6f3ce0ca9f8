"""The command line: a command parses, calls one library function and prints."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Any

import click

from belowline.cli import evaluate, guidelines, judge, scan
from belowline.cli.demo import page
from belowline.cli.failure import report
from belowline.errors import BelowlineError

_JSON = "belowline.json"


class _Commands(click.Group):
    """A group whose commands end with one line, not a traceback, when they are given what can't be used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta[_JSON] = "--json" in args
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        # A terminal that lacks a sign shows a question mark instead of ending the command.
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")
        try:
            return super().invoke(ctx)
        except BelowlineError as error:
            report(error, as_json=ctx.meta[_JSON])
            ctx.exit(2)
        except KeyboardInterrupt:
            ctx.exit(130)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="belowline", prog_name="belowline", message="%(prog)s %(version)s")
def main() -> None:
    """Judge readers' comments against the guidelines and the article, before they appear."""


for command in (judge.judge, scan.scan, evaluate.evaluate, guidelines.guidelines, page.demo):
    main.add_command(command)
