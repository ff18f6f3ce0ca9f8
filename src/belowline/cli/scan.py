"""`belowline scan`: a file of comments in, a file of verdicts out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from belowline.cli.report import DECISIONS
from belowline.intake.article import read_article
from belowline.scan.run import Columns, Summary
from belowline.scan.run import scan as run_scan


@click.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where verdicts go: .jsonl or .parquet.")
@click.option("--text-column", metavar="COL", default="text", show_default=True, help="The column of the comment.")
@click.option("--id-column", metavar="COL", help="The column of its id.  [default: id, else the row's number]")
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
@click.option("--resume", is_flag=True, help="Go on where an interrupted scan stopped.")
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Processes.  [default: one for each core]")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def scan(
    *,
    source: Path,
    out: Path,
    text_column: str,
    id_column: str | None,
    parent_column: str | None,
    article_files: tuple[Path, ...],
    article_column: str | None,
    guidelines: Path | None,
    resume: bool,
    workers: int | None,
    as_json: bool,
) -> None:
    """Judge every row of a file.

    IN is CSV, JSON Lines or Parquet by its ending; - reads JSON Lines from standard input.
    """
    if article_files and article_column:
        raise click.UsageError("--article and --article-column exclude each other.")
    with _progress() as show:
        try:
            summary = run_scan(
                source,
                out,
                columns=Columns(text_column, id_column, article_column, parent_column),
                articles=[read_article(file) for file in article_files],
                guidelines=guidelines,
                resume=resume,
                workers=workers,
                on_progress=show,
            )
        except KeyboardInterrupt:
            click.echo(
                f"\nStopped; what was judged is kept. Go on with: belowline scan {source} --out {out} --resume",
                err=True,
            )
            raise
    if as_json:
        click.echo(json.dumps(summary.as_dict(), indent=2))
    else:
        Console(highlight=False).print(picture(summary, out))


def picture(summary: Summary, out: Path) -> RenderableType:
    """Give a scan's summary, for a terminal: decisions, guidelines, and what could not be read."""
    decisions = Table.grid(padding=(0, 2))
    decisions.add_column()
    decisions.add_column(justify="right")
    decisions.add_column(justify="right", style="dim")
    for name, (words, colour) in DECISIONS.items():
        count = summary.decisions[name]
        decisions.add_row(Text(words, style=colour), f"{count:,}", _share(count, summary.rows))
    unread = summary.errors.total()
    if unread:
        decisions.add_row(Text("! Could not be judged", style="bold"), f"{unread:,}", _share(unread, summary.rows))
    blocks: list[RenderableType] = [decisions]
    ids = sorted({*summary.rejected_for, *summary.left_for}, key=lambda id_: (-summary.rejected_for[id_], id_))
    if ids:
        by_guideline = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
        by_guideline.add_column("guideline")
        by_guideline.add_column("rejected", justify="right")
        by_guideline.add_column("left to a person", justify="right")
        for id_ in ids:
            by_guideline.add_row(id_, f"{summary.rejected_for[id_]:,}", f"{summary.left_for[id_]:,}")
        blocks.append(Padding(by_guideline, (1, 0, 0, 0), expand=False))
    if unread:
        more = [f"and {unread - len(summary.first_errors):,} more"] if unread > len(summary.first_errors) else []
        blocks.append(Padding(Text("\n".join([*summary.first_errors, *more]), style="dim"), (1, 0, 0, 0), expand=False))
    earlier = f", {summary.resumed:,} of them by an earlier run" if summary.resumed else ""
    took = f"{summary.rate:,.0f} a second for {summary.seconds:,.1f} s"
    blocks.append(
        Padding(Text(f"{summary.rows:,} rows{earlier}; {took}. Verdicts are in {out}."), (1, 0, 0, 0), expand=False)
    )
    return Group(*blocks)


def _share(count: int, rows: int) -> str:
    return f"{count / rows:.1%}" if rows else ""


@contextmanager
def _progress() -> Iterator[Callable[[Summary], None] | None]:
    """Show how far a scan is, on a terminal; say nothing into a file or a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f} a second"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=1.0, rows=0, rate=0.0)

        def show(summary: Summary) -> None:
            progress.update(task, completed=summary.share_read, rows=summary.rows, rate=summary.rate)

        yield show
