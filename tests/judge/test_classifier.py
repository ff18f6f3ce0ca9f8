"""The classifier: labels to guidelines, the words that give offence, and silence in languages it does not know."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_model import SPAN_LABELS

from belowline.guidelines import load_guidelines
from belowline.judge.classifier import ClassifierCheck, offending_words
from belowline.judge.encoder import Encoder, Reading
from belowline.judge.subject import Abstained, Looked, Skipped, Subject
from belowline.normalise.fold import fold
from belowline.normalise.language import Language
from belowline.types import Finding, Guideline, Guidelines

GUIDELINES = load_guidelines()
INSULT = SPAN_LABELS.index("insult")


def subject(text: str, encoder: Encoder, language: str = "en") -> Subject:
    return Subject(fold(text), Language(language, 1.0), encoder)


def look(text: str, encoder: Encoder, guidelines: Guidelines = GUIDELINES) -> dict[str, Finding]:
    answer = ClassifierCheck(guidelines, encoder).run(subject(text, encoder))
    assert isinstance(answer, Looked)
    return {finding.guideline: finding for finding in answer.findings}


def house(*rules: Guideline) -> Guidelines:
    return Guidelines(rules, "", {rule.id: rule for rule in rules})


def test_every_guideline_that_reads_labels_gets_a_finding(encoder: Encoder) -> None:
    found = look("You idiot", encoder)
    assert found.keys() == {rule.id for rule in GUIDELINES.rules if rule.labels}
    assert found["personal_attacks"].score > 0.9
    assert found["threats"].score < 0.1


def test_a_guideline_of_several_labels_takes_the_highest(encoder: Encoder) -> None:
    rule = Guideline("harm", "", "", 0.2, 0.8, labels=("threat", "insult"))
    assert look("You idiot", encoder, house(rule))["harm"].score > 0.9
    assert look("Murder", encoder, house(rule))["harm"].score > 0.9
    assert look("You two", encoder, house(rule))["harm"].score < 0.1


def test_the_words_that_give_offence_are_shown_in_the_original(encoder: Encoder) -> None:
    text = "😀 The ferry, you \u200bid\u200biot! And: IDIOT, moron."
    spans = look(text, encoder)["personal_attacks"].spans
    assert [text[span.start : span.end] for span in spans] == ["id\u200biot", "IDIOT", "moron"]


def test_marks_of_one_kind_are_not_shown_for_another(encoder: Encoder) -> None:
    rules = house(
        Guideline("insults", "", "", 0.2, 0.8, labels=("insult",)),
        Guideline("threats", "", "", 0.2, 0.8, labels=("threat",)),
    )
    found = look("Murder the idiot", encoder, rules)
    assert [(span.start, span.end) for span in found["insults"].spans] == [(11, 16)]
    assert [(span.start, span.end) for span in found["threats"].spans] == [(0, 6)]


def test_an_innocent_comment_has_no_spans(encoder: Encoder) -> None:
    assert all(finding.spans == () for finding in look("The ferry is old", encoder).values())


def test_a_score_may_have_no_words_to_show(encoder: Encoder) -> None:
    finding = look("A sale", encoder)["promotion"]
    assert finding.score > 0.9
    assert finding.spans == ()


@pytest.mark.parametrize("language", ["de", "tr", "ku", "und"])
def test_it_abstains_in_a_language_it_was_not_measured_in(encoder: Encoder, language: str) -> None:
    answer = ClassifierCheck(GUIDELINES, encoder).run(subject("Du Idiot", encoder, language))
    assert answer == Abstained(f"the model was not measured in this language ({language})")


def test_it_looks_at_what_has_no_language(encoder: Encoder) -> None:
    assert isinstance(ClassifierCheck(GUIDELINES, encoder).run(subject("lol 🙂", encoder, "zxx")), Looked)


@pytest.mark.parametrize("text", ["🙂", "🙂🙂 👏"])
def test_it_abstains_where_it_knows_no_token(encoder: Encoder, text: str) -> None:
    answer = ClassifierCheck(GUIDELINES, encoder).run(subject(text, encoder, "zxx"))
    assert answer == Abstained("there is nothing in it that the model can read")


def test_without_a_guideline_that_asks_nothing_is_read(encoder: Encoder) -> None:
    check = ClassifierCheck(house(Guideline("links", "", "", 0.2, 0.8, links=True)), encoder)
    assert check.covers == frozenset()
    assert check.run(subject("a glitch", encoder)) == Skipped("no guideline asks for it")
    # Even so nobody else can be trusted to have understood a foreign comment.
    assert isinstance(check.run(subject("Du Idiot", encoder, "de")), Abstained)


def test_a_number_that_is_none_reaches_nobody(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="a number that is none"):
        ClassifierCheck(GUIDELINES, encoder).run(subject("a glitch in it", encoder))


def test_a_model_that_marks_fewer_kinds_of_words_is_fine(encoder: Encoder) -> None:
    class Markless(Encoder):
        def __init__(self) -> None:
            self.__dict__.update(encoder.__dict__, span_labels=("other",))

    assert ClassifierCheck(GUIDELINES, Markless()).run(subject("The ferry", encoder)) is not None


def marked(text: str, likely: list[tuple[int, int, float]]) -> list[str]:
    """Give the words shown where tokens, given by their places, are likely to give offence."""
    folded = fold(text)
    offsets = [(start, end) for start, end, _ in likely]
    words = np.array([[chance] for _, _, chance in likely], np.float32).reshape(-1, 1)
    reading = Reading({}, offsets, words, np.zeros(4, np.float32), [0] * len(offsets), True)
    return [text[span.start : span.end] for span in offending_words(reading, [0], folded, 0.5)]


def test_pieces_of_words_are_shown_as_whole_words_and_neighbours_as_one() -> None:
    text = "stupid, ungrateful lot"
    assert marked(text, [(0, 3, 0.1), (3, 6, 0.9), (6, 7, 0.1), (8, 10, 0.1), (10, 18, 0.1), (19, 22, 0.1)]) == [
        "stupid"
    ]
    assert marked(text, [(0, 6, 0.9), (8, 10, 0.9), (10, 18, 0.1)]) == ["stupid", "ungrateful"]
    assert marked(text, [(8, 10, 0.9), (10, 18, 0.9), (19, 22, 0.9)]) == ["ungrateful lot"]


def test_where_nothing_is_sure_the_likeliest_words_are_shown() -> None:
    text = "you silly sheep"
    assert marked(text, [(0, 3, 0.05), (4, 9, 0.3), (10, 15, 0.29)]) == ["silly sheep"]
    assert marked(text, [(0, 3, 0.05), (4, 9, 0.3), (10, 15, 0.1)]) == ["silly"]
    assert marked(text, [(0, 3, 0.05), (4, 9, 0.1), (10, 15, 0.1)]) == []
    assert marked(text, []) == []


@given(st.text(max_size=60), st.data())
def test_spans_lie_inside_in_order_and_apart(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    edges = sorted(data.draw(st.sets(st.integers(0, len(folded.text)), max_size=12)))
    offsets = list(pairwise(edges))
    chances = data.draw(st.lists(st.floats(0, 1), min_size=len(offsets), max_size=len(offsets)))
    words = np.array(chances, np.float32).reshape(-1, 1)
    reading = Reading({}, offsets, words, np.zeros(4, np.float32), [], True)
    spans = offending_words(reading, [0], folded, 0.5)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert list(spans) == sorted(spans, key=lambda span: span.start)


def test_one_endless_word_costs_no_more_than_its_length() -> None:
    def cost(length: int) -> float:
        folded = dataclasses.replace(fold(""), original="漢" * length, text="漢" * length)
        words = np.ones((length, 1), np.float32)
        reading = Reading({}, [(at, at + 1) for at in range(length)], words, np.zeros(4, np.float32), [], True)
        times = []
        for _ in range(3):
            start = perf_counter()
            assert len(offending_words(reading, [0], folded, 0.5)) == 1
            times.append(perf_counter() - start)
        return min(times)

    # Four times the text; sixteen times the cost would be quadratic.
    assert cost(20_000) < 9 * cost(5_000) + 0.01
