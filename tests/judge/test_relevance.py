"""Relevance: near the story or the parent is on topic, and what can't be told is not called off topic."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_model import PLAIN, SUBJECTS

from belowline.errors import ModelError
from belowline.guidelines import load_guidelines
from belowline.judge.encoder import Encoder
from belowline.judge.relevance import FEATURES, OffTopic, RelevanceCheck, describe
from belowline.judge.story import Coverage, read_story
from belowline.judge.subject import Abstained, Answer, Looked, Skipped, Subject
from belowline.normalise.fold import fold
from belowline.normalise.language import Language
from belowline.types import Article, Guideline, Guidelines

FERRY = Article("The ferry to the island will not run in winter. The boat will stop at the harbour.", "Ferry to stop")
BUDGET = Article("The minister said that the tax will not be in the budget. The vote is out.", "Tax vote")
GUIDELINES = load_guidelines()


def ask(encoder: Encoder, text: str, *articles: Article, parent: str = "", language: str = "en") -> Answer:
    coverage = Coverage(articles, encoder) if articles else None
    subject = Subject(fold(text), Language(language, 1.0), encoder, coverage=coverage, parent=parent)
    return RelevanceCheck(GUIDELINES, encoder).run(subject)


def score(encoder: Encoder, text: str, *articles: Article, parent: str = "", language: str = "en") -> float:
    answer = ask(encoder, text, *articles, parent=parent, language=language)
    assert isinstance(answer, Looked)
    (finding,) = answer.findings
    assert (finding.guideline, finding.check) == ("relevance", "relevance")
    return finding.score


def features(encoder: Encoder, text: str, article: Article | None, parent: str = "") -> dict[str, float]:
    story = read_story([article], encoder) if article else None
    answered = encoder.read(parent) if parent else None
    values = describe(encoder.read(text), story, answered, encoder.background)
    return dict(zip(FEATURES, values.tolist(), strict=True))


def test_near_the_article_is_on_topic_and_far_from_it_is_not(encoder: Encoder) -> None:
    assert score(encoder, "The boat to the island", FERRY) < 0.1
    assert score(encoder, "A goal for the league", FERRY) > 0.9


def test_what_only_another_article_on_the_story_tells_is_on_topic(encoder: Encoder) -> None:
    text = "The tax and the budget"
    assert score(encoder, text, FERRY) > 0.9
    assert score(encoder, text, FERRY, BUDGET) < 0.1


def test_an_answer_to_another_reader_is_on_topic(encoder: Encoder) -> None:
    text = "A goal for the league"
    assert score(encoder, text, FERRY, parent="The striker had no goal") < 0.1
    assert score(encoder, text, FERRY, parent="The tax is new") > 0.9


def test_without_an_article_there_is_nothing_to_be_off(encoder: Encoder) -> None:
    assert ask(encoder, "A goal") == Skipped("no article was given")
    assert ask(encoder, "A goal", parent="The tax") == Skipped("no article was given")


def test_without_a_guideline_that_asks_nothing_is_read(encoder: Encoder) -> None:
    rule = Guideline("links", "", "", 0.2, 0.8, links=True)
    check = RelevanceCheck(Guidelines((rule,), "", {"links": rule}), encoder)
    subject = Subject(fold("a glitch"), Language("en", 1.0), encoder, coverage=Coverage([FERRY], encoder))
    assert check.run(subject) == Skipped("no guideline asks for it")


def test_it_abstains_in_a_language_it_was_not_measured_in(encoder: Encoder) -> None:
    assert isinstance(ask(encoder, "Das Boot", FERRY, language="de"), Abstained)
    assert isinstance(ask(encoder, "Boat?", FERRY, language="und"), Abstained)


def test_an_emoji_is_a_short_reaction(encoder: Encoder) -> None:
    assert score(encoder, "🙂", FERRY, language="zxx") == 0.0


def test_an_article_that_the_model_fails_on_is_this_checks_failure(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="a number that is none"):
        ask(encoder, "The boat", Article("There is a glitch in the ferry."))


def test_features_say_what_they_are_called(encoder: Encoder) -> None:
    near = features(encoder, "The ferry to the island", FERRY)
    far = features(encoder, "A goal for the league", FERRY)
    assert near["passage"] > far["passage"]
    assert near["nearest"] >= max(near["passage"], near["title"])
    assert near["shared"] > 0.9
    assert far["shared"] < 0.5
    assert near["rarest_shared"] == pytest.approx(4.0)
    assert far["rarest_shared"] == pytest.approx(0.2, abs=0.01)
    assert near["parent"] == near["shared_parent"] == 0.0


def test_a_parent_is_described_without_an_article_too(encoder: Encoder) -> None:
    values = features(encoder, "The ferry to the island", None, parent="The ferry")
    assert values["passage"] == values["title"] == values["shared"] == 0.0
    assert values["parent"] > 0.9
    assert 0.4 < values["shared_parent"] < 0.6


@given(st.lists(st.sampled_from([*SUBJECTS, *PLAIN.split(), "zzz"]), max_size=40), st.booleans(), st.booleans())
def test_every_comment_has_a_probability(encoder: Encoder, words: list[str], short: bool, answers: bool) -> None:
    text = " ".join(words)
    values = describe(
        encoder.read(text),
        read_story([Article("Ferry") if short else FERRY], encoder),
        encoder.read("The tax") if answers else None,
        encoder.background,
    )
    assert all(map(math.isfinite, values))
    assert 0 <= OffTopic(encoder.card["relevance"]).probability(values, answers=answers) <= 1


def test_a_card_with_other_features_is_refused(encoder: Encoder) -> None:
    with pytest.raises(ModelError, match="relevance features") as caught:
        OffTopic({**encoder.card["relevance"], "features": ["passage"]})
    assert caught.value.code == "model_invalid"
