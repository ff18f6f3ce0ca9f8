"""The same text again and again."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belowline.guidelines import load_guidelines
from belowline.judge.encoder import Encoder
from belowline.judge.repeats import MemoryHistory, RepeatsCheck, essence
from belowline.judge.subject import Subject
from belowline.normalise.fold import fold
from belowline.normalise.language import Language
from belowline.types import Finding

TEXT = "The council has sold the harbour to its friends!"


def look(text: str, history: MemoryHistory | None = None) -> tuple[Finding, ...]:
    # The repeats check never asks the encoder anything.
    subject = Subject(fold(text), Language("en", 1.0), cast(Encoder, None))
    return RepeatsCheck(load_guidelines(), history).run(subject).findings


def remember(*texts: str) -> MemoryHistory:
    history = MemoryHistory()
    for text in texts:
        history.add(essence(fold(text).text))
    return history


@pytest.mark.parametrize(("before", "score"), [(1, 0.3), (2, 0.6), (4, 0.6), (5, 0.9), (50, 0.9)])
def test_the_score_rises_with_the_times_a_text_was_seen(before: int, score: float) -> None:
    (finding,) = look(TEXT, remember(*[TEXT] * before))
    assert (finding.guideline, finding.check, finding.score) == ("promotion", "repeats", score)
    assert (finding.spans[0].start, finding.spans[0].end) == (0, len(TEXT))
    assert finding.note == f"the same text {before + 1} times"


def test_a_text_seen_for_the_first_time_is_no_repeat() -> None:
    assert look(TEXT, remember("Another text that is long enough to count.")) == ()
    assert look(TEXT) == ()


def test_case_points_and_disguises_do_not_make_another_text() -> None:
    varied = [
        "the COUNCIL has sold... the harbour, to its friends",
        "The c\u200bouncil has sold the harbour to its frіends",
    ]
    assert look(TEXT, remember(*varied))[0].score == 0.6


def test_short_reactions_may_be_shared() -> None:
    assert look("Well said!", remember(*["Well said!"] * 9)) == ()
    assert look("...", remember(*["..."] * 9)) == ()


def test_a_sentence_said_over_and_over_in_one_comment() -> None:
    text = f"Hello. {TEXT} And? {TEXT} {TEXT.upper()}"
    (finding,) = look(text)
    assert finding.score == 0.6
    assert [text[span.start : span.end].strip().lower() for span in finding.spans] == [TEXT.lower().rstrip("!")] * 3
    assert look(f"{TEXT}\n" * 8)[0].score == 0.9
    assert look(f"{TEXT} {TEXT}") == ()
    assert look("Shame! " * 20) == ()


def test_a_history_that_answers_nonsense_is_not_believed() -> None:
    class Broken(MemoryHistory):
        def times_seen(self, text: str) -> int:
            return -1

    with pytest.raises(ValueError, match="less than never"):
        look(TEXT, Broken())


def test_the_memory_is_bounded_and_forgets_the_longest_unseen() -> None:
    history = MemoryHistory(limit=2)
    for text in ("a", "b", "a", "c"):
        history.add(text)
    assert [history.times_seen(text) for text in "abc"] == [2, 0, 1]


@given(st.lists(st.sampled_from("abcdef")), st.integers(1, 4))
def test_the_memory_never_counts_more_than_was_added(texts: list[str], limit: int) -> None:
    history = MemoryHistory(limit)
    for text in texts:
        history.add(text)
    assert all(history.times_seen(text) <= texts.count(text) for text in "abcdef")
    assert sum(history.times_seen(text) > 0 for text in "abcdef") <= limit
