"""`belowline judge`: one comment, with the decision and every reason."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console

from belowline.cli.report import picture
from belowline.errors import CommentError
from belowline.intake.article import read_article
from belowline.judge.checks import Judge
from belowline.types import Article, Comment

# Far above the longest comment, so that one too long is still told so.
_MOST_READ = 1_000_000


@click.command()
@click.argument("text")
@click.option(
    "--article",
    "article_files",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The article commented on, a text file. Several are taken for one story.",
)
@click.option("--title", metavar="TEXT", help="The article's title, where the file's first line is not.")
@click.option("--parent", metavar="TEXT", help="The comment that this one answers.")
@click.option("--guidelines", metavar="DIR", type=click.Path(path_type=Path), help="Your own guidelines.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
def judge(
    *,
    text: str,
    article_files: tuple[Path, ...],
    title: str | None,
    parent: str | None,
    guidelines: Path | None,
    as_json: bool,
) -> None:
    """Judge one comment.

    TEXT is the comment; - reads it from standard input.
    """
    if title is not None and len(article_files) != 1:
        raise click.UsageError("--title goes with exactly one --article.")
    articles = [_titled(read_article(file), title) for file in article_files]
    comment = Comment(_read_standard_input() if text == "-" else text, parent=parent)
    judging = Judge(guidelines)
    verdict = judging.judge(comment, articles)
    if as_json:
        click.echo(json.dumps(verdict.as_dict(), ensure_ascii=False, indent=2))
    else:
        Console(highlight=False).print(picture(comment.text.rstrip("\n"), verdict, judging.guidelines))


def _titled(article: Article, title: str | None) -> Article:
    return article if title is None else Article(article.text, title=title, id=article.id)


def _read_standard_input() -> str:
    try:
        return sys.stdin.buffer.read(_MOST_READ).decode("utf-8")
    except UnicodeDecodeError as error:
        raise CommentError(
            f"Standard input is not UTF-8 text (byte {error.start}); send it as UTF-8.", code="comment_not_text"
        ) from None
