"""`belowline evaluate`: how well the judge does on rows that people have labelled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from belowline.evaluation.figures import Figures, Share
from belowline.evaluation.plot import draw, load_matplotlib
from belowline.evaluation.run import Evaluation
from belowline.evaluation.run import evaluate as run_evaluation
from belowline.intake.article import read_article
from belowline.scan.run import Columns

_ERRORS_SHOWN = 5
_WIDTH = 100


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--text-column", metavar="COL", default="text", show_default=True, help="The column of the comment.")
@click.option(
    "--labels-column",
    metavar="COL",
    default="breaks",
    show_default=True,
    help="The column that lists the guidelines broken. Without it: a column of 0 and 1 for each guideline.",
)
@click.option("--parent-column", metavar="COL", help="The column of the comment that it answers.")
@click.option(
    "--article",
    "article_files",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The article all comments stand under, a text file. Several are taken for one story.",
)
@click.option("--article-column", metavar="COL", help="The column of the text of each comment's own article.")
@click.option("--guidelines", metavar="DIR", type=click.Path(path_type=Path), help="Your own guidelines.")
@click.option("--plot", metavar="FILE", type=click.Path(path_type=Path), help="Draw the figures: .png, .svg or .pdf.")
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Processes.  [default: one for each core]")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def evaluate(
    *,
    source: Path,
    text_column: str,
    labels_column: str,
    parent_column: str | None,
    article_files: tuple[Path, ...],
    article_column: str | None,
    guidelines: Path | None,
    plot: Path | None,
    workers: int | None,
    as_json: bool,
) -> None:
    """Measure the judge on labelled rows.

    FILE is CSV, JSON Lines or Parquet by its ending; - reads JSON Lines from standard input.
    """
    if article_files and article_column:
        raise click.UsageError("--article and --article-column exclude each other.")
    if plot:
        load_matplotlib()
    evaluation = run_evaluation(
        source,
        columns=Columns(text_column, None, article_column, parent_column),
        labels_column=labels_column,
        articles=[read_article(file) for file in article_files],
        guidelines=guidelines,
        workers=workers,
    )
    if plot:
        draw(evaluation, plot)
    if as_json:
        click.echo(json.dumps(evaluation.as_dict(), indent=2))
    else:
        console = Console(highlight=False)
        console = Console(highlight=False, width=max(console.width, _WIDTH))
        console.print(picture(evaluation))
        if plot:
            console.print(f"Drawn in {plot}.")


def picture(evaluation: Evaluation) -> RenderableType:
    """Give an evaluation as tables, for a terminal."""
    rows = {**evaluation.guidelines, "any of them": evaluation.overall}
    blocks = [
        *_headed("How right the machine is where it is sure (95 % intervals)", _rates(rows)),
        *_headed(
            "Where it is wrong, of all that break the rule and all that keep it, and what it leaves to a person",
            _mistakes(rows),
        ),
        *_headed("What a score is worth: rows, mean score → share that broke the rule", _calibration(rows)),
    ]
    errors = evaluation.errors
    if errors:
        shown = "\n".join(errors[:_ERRORS_SHOWN])
        more = f"\nand {len(errors) - _ERRORS_SHOWN:,} more" if len(errors) > _ERRORS_SHOWN else ""
        blocks += _headed(
            f"{len(errors):,} row{'s' if len(errors) > 1 else ''} could not be used", Text(shown + more, style="dim")
        )
    return Group(*blocks, Text(f"Model {evaluation.model}, guidelines {evaluation.fingerprint}.", style="dim"))


def _headed(title: str, block: RenderableType) -> Iterator[RenderableType]:
    yield Text(title, style="bold")
    yield Padding(block, (0, 0, 1, 0), expand=False)


def _rates(rows: Mapping[str, Figures]) -> Table:
    table = _table("rows", "broke it", "precision", "", "recall", "", "AUC")
    for name, figures in rows.items():
        area = "–" if figures.auc is None else f"{figures.auc:.3f}"
        table.add_row(
            name, f"{figures.rows:,}", f"{figures.broke:,}", *_share(figures.precision), *_share(figures.recall), area
        )
    return table


def _mistakes(rows: Mapping[str, Figures]) -> Table:
    table = _table("wrongly\napproved", "", "wrongly\nrejected", "", "left to\na person", "", "no\nscore")
    for name, figures in rows.items():
        wrong = (_count(figures.wrongly_approved), _count(figures.wrongly_rejected), _count(figures.left))
        table.add_row(name, *(cell for pair in wrong for cell in pair), f"{figures.unscored:,}")
    return table


def _calibration(rows: Mapping[str, Figures]) -> Table:
    table = _table("score", "rows", "mean", "broke it", "error")
    for name, figures in rows.items():
        error = "–" if figures.calibration_error is None else f"{figures.calibration_error:.3f}"
        for at, bin_ in enumerate(figures.bins):
            first = at == 0
            table.add_row(
                name if first else "",
                f"{bin_.low:.1f} to {bin_.high:.1f}",
                f"{bin_.rows:,}",
                f"{bin_.mean_score:.2f}",
                f"{bin_.broke:.2f}",
                error if first else "",
            )
    return table


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("guideline", no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right" if column else "left", style="" if column else "dim", no_wrap=True)
    return table


def _share(share: Share) -> tuple[str, str]:
    if share.share is None or share.low is None or share.high is None:
        return "–", ""
    return f"{share.share:.2f}", f"{share.low:.2f}–{share.high:.2f}"


def _count(share: Share) -> tuple[str, str]:
    if share.share is None or share.low is None or share.high is None:
        return f"{share.count:,}", ""
    return f"{share.count:,}", f"{100 * share.low:.1f}–{100 * share.high:.1f} %"
