"""A page of made-up comments under a made-up article, each with what the judge makes of it."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import click
from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from belowline.cli.report import DECISIONS, Beside, decision_label, marked, quoted, sureness
from belowline.intake.article import read_article
from belowline.judge.checks import Judge
from belowline.types import Article, Comment, Guidelines, Verdict

FOLDER = Path(__file__).parent
# Lines longer than this are tiring to read, however wide the terminal.
_WIDEST = 100

_NEXT = """\
belowline judge "Your comment here" --article article.txt
belowline scan comments.csv --out verdicts.jsonl
belowline guidelines show personal_attacks"""


@dataclass(frozen=True, slots=True)
class Sample:
    """One comment of the page, with its reader's made-up name and that of the reader it answers."""

    name: str
    comment: Comment
    answers: str = ""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON Lines.")
def demo(as_json: bool) -> None:
    """Judge a page of sample comments under a sample article."""
    console = Console(highlight=False)
    console = Console(highlight=False, width=min(console.width, _WIDEST))
    article, samples = read_page(FOLDER)
    judge = Judge()
    started = perf_counter()
    verdicts = [judge.judge(sample.comment, article) for sample in samples]
    seconds = perf_counter() - started
    if as_json:
        for verdict in verdicts:
            click.echo(json.dumps(verdict.as_dict(), ensure_ascii=False))
        return
    console.print(heading(article))
    for sample, verdict in zip(samples, verdicts, strict=True):
        console.print(comment_picture(sample, verdict, judge.guidelines))
    console.print(ending(verdicts, seconds))


def read_page(folder: Path) -> tuple[Article, list[Sample]]:
    """Read a page: `article.txt`, and `comments.jsonl` in which one comment may answer the last of a reader above."""
    samples: list[Sample] = []
    said: dict[str, str] = {}
    for line in (folder / "comments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answers = row.get("answers", "")
        comment = Comment(row["text"], id=str(len(samples) + 1), parent=said.get(answers))
        samples.append(Sample(row["name"], comment, answers))
        said[row["name"]] = row["text"]
    return read_article(folder / "article.txt"), samples


def heading(article: Article) -> RenderableType:
    """Give the article's title and lead, as over a page of comments."""
    lead = article.text.strip().split("\n\n")[0]
    return Group(
        "",
        Text(article.title, style="bold"),
        Text(textwrap.shorten(lead, 230, placeholder=" …"), style="dim"),
        "",
        Rule("Comments, as Belowline judges them", style="dim", align="left"),
        "",
    )


def comment_picture(sample: Sample, verdict: Verdict, guidelines: Guidelines) -> RenderableType:
    """Give one comment beside a bar in its decision's colour: who, what was decided, the text, and why."""
    colour = DECISIONS[verdict.decision][1]
    who = Text(sample.name, style="bold")
    if sample.answers:
        who.append(f" in answer to {sample.answers}", style="dim not bold")
    line = Table.grid(expand=True)
    line.add_column(ratio=1)
    line.add_column(justify="right")
    line.add_row(who, decision_label(verdict.decision))
    body: list[RenderableType] = [line, marked(sample.comment.text, verdict)]
    body += [Text(reason, style="dim") for reason in _reasons(sample.comment.text, verdict, guidelines)]
    return Group(Beside("▌ ", Group(*body), colour), "")


def ending(verdicts: list[Verdict], seconds: float) -> RenderableType:
    """Give the count of each decision and what to try next."""
    counts = Counter(verdict.decision for verdict in verdicts)
    line = Text(f"{len(verdicts)} comments in {seconds:.2f} s:")
    for name, (words, colour) in DECISIONS.items():
        sign, what = words.split(" ", 1)
        line.append(f"   {sign} {counts[name]} {what.lower()}", style=f"bold {colour}")
    return Group(Rule(style="dim"), "", line, "", Text("Next:"), Beside("  ", Text(_NEXT, style="cyan")), "")


def _reasons(text: str, verdict: Verdict, guidelines: Guidelines) -> Iterator[str]:
    """Say in one line for each guideline why a comment was not approved, with the words of the surest that has some."""
    for id_ in verdict.reasons:
        found = sorted((f for f in verdict.findings if f.guideline == id_), key=lambda f: -f.score)
        words = next(filter(None, (quoted(text, f.spans) or f.note for f in found)), "")
        yield f"{guidelines.by_id[id_].title}: {sureness(found[0].score)}{f' · {words}' if words else ''}"
    for check in verdict.checks:
        if check.state in ("abstained", "not_done"):
            yield f"The {check.name} check: {check.reason}"
