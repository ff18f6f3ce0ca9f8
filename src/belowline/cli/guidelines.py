"""`belowline guidelines`: look at the rules of the house, and check a folder of one's own."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from belowline.errors import GuidelineError
from belowline.guidelines import FolderCheck, check_folder, load_guidelines
from belowline.types import Example, Guideline


@click.group()
def guidelines() -> None:
    """Show the guidelines comments are judged against, or check a folder of your own."""


@guidelines.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(folder: Path | None, as_json: bool) -> None:
    """Report every mistake in a folder of guidelines, or what it changes; exit status 1 on mistakes."""
    checked = check_folder(folder)
    click.echo(
        json.dumps(_check_as_dict(checked), ensure_ascii=False, indent=2) if as_json else _check_as_text(checked)
    )
    if checked.mistakes:
        raise SystemExit(1)


@guidelines.command()
@click.argument("guideline_id", metavar="[ID]", required=False)
@click.option("--guidelines", "folder", metavar="DIR", type=click.Path(path_type=Path), help="Your own guidelines.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(guideline_id: str | None, folder: Path | None, as_json: bool) -> None:
    """Print the guidelines in force, or one of them with its examples."""
    try:
        house = load_guidelines(folder)
    except GuidelineError as error:
        raise click.ClickException(error.message) from error
    if guideline_id is not None and guideline_id not in house.by_id:
        raise click.ClickException(f"There is no guideline {guideline_id}; there are {', '.join(house.by_id)}.")
    rules = house.rules if guideline_id is None else (house.by_id[guideline_id],)
    if as_json:
        content = {"guidelines": house.fingerprint, "rules": [asdict(rule) for rule in rules]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    console = Console(highlight=False)
    for rule in rules:
        console.print(_picture(rule, with_examples=guideline_id is not None))
    console.print(Text(f"Fingerprint of these guidelines: {house.fingerprint}", style="dim"))


def _check_as_dict(checked: FolderCheck) -> dict[str, object]:
    return {
        "mistakes": [mistake.message for mistake in checked.mistakes],
        "replaced": list(checked.replaced),
        "added": list(checked.added),
        "switched_off": list(checked.switched_off),
        "guidelines": checked.guidelines.fingerprint if checked.guidelines else None,
    }


def _check_as_text(checked: FolderCheck) -> str:
    if checked.guidelines is None:
        count = len(checked.mistakes)
        return "\n".join(
            [*(mistake.message for mistake in checked.mistakes), f"{count} mistake{'s' if count > 1 else ''}."]
        )
    changes = {"Changed": checked.replaced, "Added": checked.added, "Switched off": checked.switched_off}
    return "\n".join(
        [
            f"Fine: {len(checked.guidelines.rules)} guidelines in force, fingerprint {checked.guidelines.fingerprint}.",
            *(f"{what}: {', '.join(ids)}." for what, ids in changes.items() if ids),
        ]
    )


def _picture(rule: Guideline, with_examples: bool) -> RenderableType:
    heading = f"  {rule.heading}" if rule.heading else ""
    lines: list[RenderableType] = [
        Text.assemble((rule.title, "bold"), (f"  {rule.id}", "cyan"), (heading, "dim")),
        Padding(Text(rule.text), (0, 0, 0, 2)),
        Padding(Text(f"Reads: {_reads_in_words(rule)}.\n{_bands_in_words(rule)}", style="dim"), (0, 0, 0, 2)),
    ]
    if with_examples:
        lines += _examples("Breaks it", rule.breaks, "red") + _examples("Does not", rule.keeps, "green")
        lines += _examples("Breaks it, and the shipped model is known to let it through", rule.missed, "yellow")
    return Padding(Group(*lines), (0, 0, 1, 0))


def _reads_in_words(rule: Guideline) -> str:
    words = sum(len(list_.words) for list_ in rule.terms)
    read = [
        f"the model's {', '.join(rule.labels)}" if rule.labels else "",
        f"{words} words and phrases" if words else "",
        "links and contact details" if rule.links else "",
        "whether the comment belongs to the article" if rule.relevance else "",
        "repeated texts" if rule.repeats else "",
    ]
    return "; ".join(filter(None, read))


def _bands_in_words(rule: Guideline) -> str:
    consequence = "rejected" if rule.action == "reject" else "held for a person"
    between = (
        f"; between {rule.approve_below:g} and {rule.reject_from:g} a person decides"
        if rule.approve_below < rule.reject_from and rule.action == "reject"
        else ""
    )
    start = rule.reject_from if rule.action == "reject" else rule.approve_below
    return f"Approved below {rule.approve_below:g}, {consequence} from {start:g}{between}."


def _examples(title: str, examples: tuple[Example, ...], colour: str) -> list[RenderableType]:
    if not examples:
        return []
    shown = [
        Padding(Text.assemble(("- ", colour), example.text, *_parent(example)), (0, 0, 0, 4)) for example in examples
    ]
    return [Padding(Text(f"{title}:", style=colour), (0, 0, 0, 2)), *shown]


def _parent(example: Example) -> list[tuple[str, str]]:
    return [(f"  (in answer to: {example.parent})", "dim")] if example.parent else []
