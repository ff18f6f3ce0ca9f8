from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from word_judge import WordJudge

from belowline.cli import main
from belowline.types import CheckState, Finding

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
# What a class of errors is called as a whole; every error raised has a code of its own.
_KINDS = {"error", "comment_refused", "article_refused"}


def commands(group: click.Group, name: str = "belowline") -> Iterator[tuple[str, click.Command]]:
    for command in group.commands.values():
        full = f"{name} {command.name}"
        if isinstance(command, click.Group):
            yield from commands(command, full)
        else:
            yield full, command


def sections(page: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


COMMANDS = dict(commands(main))


def test_the_command_line_has_a_heading_for_each_command() -> None:
    assert list(sections((REFERENCE / "cli.md").read_text())) == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_has_its_row(name: str) -> None:
    section = sections((REFERENCE / "cli.md").read_text())[name]
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section, flags=re.MULTILINE))
    options = {opt for p in COMMANDS[name].params if isinstance(p, click.Option) for opt in p.opts}
    assert documented == options


def test_each_option_explains_itself() -> None:
    for name, command in COMMANDS.items():
        assert command.help, name
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, f"{name} {param.opts}"


def test_each_error_code_has_its_row() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    raised = set(re.findall(r"\bcode ?= ?\"([a-z_]+)\"", source)) - _KINDS
    documented = set(re.findall(r"^\| `([a-z_]+)`", (REFERENCE / "errors.md").read_text(), flags=re.MULTILINE))
    assert documented == raised


def test_each_key_of_a_verdict_has_its_row() -> None:
    page = (REFERENCE / "verdict.md").read_text()
    documented = set(re.findall(r"^\| `([a-z_]+)`", page, flags=re.MULTILINE))
    verdict = WordJudge().judge("you idiot").as_dict()
    keys = set(verdict) | set(Finding.__slots__)
    assert documented == keys
    assert all(f"`{name}`" in page for name in CheckState.__slots__ if name != "name")


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(pages) > 10
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_each_decision_has_its_own_number() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
