from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belowline.errors import CommentError
from belowline.intake.text import accept


@pytest.mark.parametrize(
    ("given_text", "code"),
    [
        ("", "comment_empty"),
        (" \n\t ", "comment_empty"),
        ("\u200b\ufeff\u00ad", "comment_empty"),
        ("\u200d\u2800 \u3164", "comment_empty"),
        ("a" * 20_001, "comment_too_long"),
        ("a" * 1_000_000, "comment_too_long"),
        ("a" + "\u0301" * 1_000_000, "comment_too_long"),
        ("nul\x00", "comment_not_text"),
        ("half \ud83d", "comment_not_text"),
        (None, "comment_not_text"),
        (b"bytes", "comment_not_text"),
        (17, "comment_not_text"),
    ],
)
def test_what_is_no_comment_is_refused(given_text: object, code: str) -> None:
    with pytest.raises(CommentError) as refused:
        accept(given_text)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")
    assert ";" in refused.value.message


@pytest.mark.parametrize("text", ["a", "👍", "!", "  padded\r\n", "می\u200cخواهم", "e\u0301", "a" * 20_000])
def test_a_comment_comes_back_as_it_was(text: str) -> None:
    assert accept(text) is text


def test_the_limit_can_be_set() -> None:
    assert accept("12345", longest=5) == "12345"
    with pytest.raises(CommentError, match="6 characters and 5 are allowed"):
        accept("123456", longest=5)


@given(st.one_of(st.text(st.characters(codec=None, exclude_categories=())), st.none(), st.binary(), st.integers()))
def test_anything_is_taken_unchanged_or_refused_by_name(thing: object) -> None:
    try:
        assert accept(thing) is thing
    except CommentError as error:
        assert error.code in {"comment_empty", "comment_too_long", "comment_not_text"}
