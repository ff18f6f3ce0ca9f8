from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from word_judge import WordJudge

from belowline.cli.report import harmless, marked, picture, quoted, sureness
from belowline.types import Span

JUDGE = WordJudge()


def shown(text: str, width: int = 80, **options: object) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, force_terminal=True, highlight=False, **options)  # type: ignore[arg-type]
    console.print(picture(text, JUDGE.judge(text), JUDGE.guidelines))
    return stream.getvalue()


def test_offending_words_are_marked_where_they_stand() -> None:
    text = "😀 you idiot, you"
    line = marked(text, JUDGE.judge(text))
    assert [text[span.start : span.end] for span in line.spans] == ["idiot"]


def test_without_colour_the_marks_remain() -> None:
    plain = shown("you idiot", no_color=True)
    assert "\x1b[1;4midiot" in plain
    assert "\x1b[1;4;31midiot" in shown("you idiot", color_system="standard")


@given(st.text(max_size=60))
def test_what_is_shown_is_harmless_and_as_long(text: str) -> None:
    clean = harmless(text)
    assert len(clean) == len(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in clean)
    clean.encode("utf-8")


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (1.0, "almost certain, 1.00"),
        (0.9, "very likely, 0.90"),
        (0.6, "likely, 0.60"),
        (0.5, "an even chance, 0.50"),
        (0.2, "unlikely, 0.20"),
        (0.0, "very unlikely, 0.00"),
    ],
)
def test_scores_in_words(score: float, words: str) -> None:
    assert sureness(score) == words


def test_quotations_are_short_and_named_once() -> None:
    text = "idiot idiot " + "x" * 100
    found = quoted(text, [Span(0, 5), Span(6, 11), Span(12, 112)])
    assert found.startswith("“idiot”, “xxx")
    assert found.endswith("…”")
    assert len(found) < 70


def test_markup_in_a_comment_is_text() -> None:
    assert "[bold]hi[/bold]" in shown("[bold]hi[/bold]")
