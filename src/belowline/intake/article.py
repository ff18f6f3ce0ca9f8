"""An article as it comes off a page, made into passages that a comment can be compared with."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from belowline.errors import ArticleError
from belowline.intake.boilerplate import drop_credit, name_boilerplate
from belowline.intake.passages import find_repeats, normal_words, split_passages
from belowline.types import Article

LONGEST_ARTICLE = 1_000_000

# Longer first lines are the first paragraph, not a headline.
_LONGEST_TITLE = 160

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_LINE_CONTROLS = "\t\n\r\v\f\x85"
_UNPRINTED = ("Cc", "Cs", "Co", "Cn")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A paragraph that is no part of the story; `reason` is a kind of boilerplate, `title` or `repeated`."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article ready to be compared: its title, passages in reading order, and what was left out."""

    title: str
    passages: tuple[str, ...]
    dropped: tuple[Dropped, ...]


def clean_article(article: Article, longest: int = LONGEST_ARTICLE) -> PreparedArticle:
    """Take boilerplate, captions and repeated paragraphs out of an article of at most `longest` code points.

    Passages have at most about 120 words. Where nothing would be left, everything is kept.
    Raises ArticleError: `article_not_text`, `article_too_long`, `article_empty`.
    """
    _check(article, longest)
    paragraphs = _paragraphs(article.text)
    title = " ".join(article.title.split())
    reasons = _name_reasons(paragraphs, title)
    kept = [paragraph for paragraph, reason in zip(paragraphs, reasons, strict=True) if reason is None]
    if not kept and not title:
        return PreparedArticle(title, split_passages(paragraphs), ())
    dropped = tuple(Dropped(text, reason) for text, reason in zip(paragraphs, reasons, strict=True) if reason)
    return PreparedArticle(title, split_passages(kept), dropped)


def read_article(path: str | Path, longest: int = LONGEST_ARTICLE) -> Article:
    """Read an article from a text file in UTF-8; a short first line is its title, the file's name its id.

    Raises ArticleError: `article_missing`, `article_not_text`, `article_too_long`, `article_empty`.
    """
    file = Path(path)
    try:
        # Four bytes are the most that one character takes; a larger file is not read to its end.
        with file.open("rb") as stream:
            content = stream.read(4 * longest + 4)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ArticleError(f"The article {file} can't be read: {reason}.", code="article_missing") from None
    if content.startswith(b"%PDF"):
        raise ArticleError(f"{file} is a PDF; give the article's text.", code="article_not_text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(content) > 4 * longest:
            raise _too_long(f"{file} has", longest) from None
        raise ArticleError(
            f"{file} is not UTF-8 text (byte {error.start} can't be read); save it as UTF-8.", code="article_not_text"
        ) from None
    article = _titled(_LINE_ENDS.sub("\n", text).strip(), file.stem)
    _check(article, longest)
    return article


def _titled(text: str, name: str) -> Article:
    """Take the first line that is no label or byline for the title, if it is short and something follows."""
    done = 0
    for line in text.split("\n"):
        done += len(line) + 1
        if line.strip() and name_boilerplate(line.strip()) is None:
            rest = text[done:].strip()
            if rest and len(line) <= _LONGEST_TITLE and not line.rstrip().endswith((".", "!", "؟", "。")):
                return Article(text=rest, title=line.strip(), id=name)
            break
    return Article(text=text, id=name)


def _check(article: Article, longest: int) -> None:
    if not isinstance(article.text, str) or not isinstance(article.title, str):
        raise ArticleError("An article's text and title have to be strings.", code="article_not_text")
    text = article.text
    if max(len(text), len(article.title)) > longest:
        raise _too_long("The article has", longest)
    if text.lstrip().startswith("%PDF") or _is_binary(text) or _is_binary(article.title):
        raise ArticleError(
            "The article is not plain text (a PDF, picture or other binary file); give the text of the page.",
            code="article_not_text",
        )
    if not _INVISIBLE.sub("", text).strip():
        raise ArticleError("The article is empty; give its text.", code="article_empty")


def _too_long(subject: str, longest: int) -> ArticleError:
    return ArticleError(f"{subject} more than the {longest:,} characters allowed.", code="article_too_long")


def _is_binary(text: str) -> bool:
    """Say whether more than one character in twenty is one that no page prints."""
    counts = Counter(text)
    unprintable = sum(
        count
        for char, count in counts.items()
        if char == "\ufffd" or (unicodedata.category(char) in _UNPRINTED and char not in _LINE_CONTROLS)
    )
    return unprintable * 20 > len(text)


def _paragraphs(text: str) -> list[str]:
    """Split at blank lines and, where lines were not merely wrapped, at every line."""
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    paragraphs: list[str] = []
    for block in _BLANK_LINE.split(text):
        lines = [" ".join(line.split()) for line in block.split("\n")]
        lines = [line for line in lines if line]
        paragraphs += [" ".join(lines)] if _is_wrapped(lines, text) else lines
    return paragraphs


def _is_wrapped(lines: list[str], text: str) -> bool:
    """Say whether lines were broken for width: all but the last are about as long as a terminal is wide."""
    return (
        len(lines) > 1 and _BLANK_LINE.search(text) is not None and all(45 <= len(line) <= 110 for line in lines[:-1])
    )


def _name_reasons(paragraphs: list[str], title: str) -> list[str | None]:
    """Say for each paragraph why it is left out, None where it stays."""
    reasons: list[str | None] = [name_boilerplate(paragraph) for paragraph in paragraphs]
    if title:
        same = normal_words(title)
        reasons = ["title" if normal_words(p) == same else r for p, r in zip(paragraphs, reasons, strict=True)]
    captions = {drop_credit(p) for p, r in zip(paragraphs, reasons, strict=True) if r == "caption"}
    reasons = ["caption" if p in captions else r for p, r in zip(paragraphs, reasons, strict=True)]
    _close_comments(paragraphs, reasons)
    kept = [at for at, reason in enumerate(reasons) if reason is None]
    for repeat in find_repeats([paragraphs[at] for at in kept]):
        reasons[kept[repeat]] = "repeated"
    return reasons


def _close_comments(paragraphs: list[str], reasons: list[str | None]) -> None:
    """Leave out what follows the heading of the comment section, if it is the end of the page."""
    if "comment section" not in reasons:
        return
    heading = reasons.index("comment section")
    after = sum(map(len, paragraphs[heading:]))
    if after * 3 < sum(map(len, paragraphs)):
        reasons[heading:] = [reason or "comment section" for reason in reasons[heading:]]
