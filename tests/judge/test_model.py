"""The shipped model: the guidelines' own examples, and the same verdict whoever asks and however often."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from belowline.guidelines import load_guidelines
from belowline.judge.checks import Judge
from belowline.types import Article, Comment, Example, Verdict

FERRY = Article(
    """\
The passenger ferry between Harbourgate and Norrey Island will not run between November and March from next year. The
county council decided on Tuesday, by 23 votes to 19, to end the subsidy of 640,000 a year for the winter service.

Some 310 people live on the island all year round. Children of secondary school age take the 7.10 boat to Harbourgate
every morning. A smaller launch is to sail twice a week with post and food.

"This is the end of the school run, of the doctor's visits, of everything," said the keeper of the island's only shop.
""",
    title="Ferry to Norrey Island to stop in winter",
)
# Another paper on the same vote, with a fact of its own.
AUDIT = Article(
    """\
An audit that the county kept back until yesterday shows that two thirds of the money for the Norrey ferry went into
repairs of a diesel engine bought second-hand in Norway, and that the engine's warranty had lapsed a week before it was
fitted. The auditor speaks of gross carelessness in the workshop.

The harbour master signed for the engine without a survey, according to the audit.
""",
    title="Auditor: ferry money went into a scrap engine",
)
# Some 3,000 words in which no sentence stands twice.
LONG = "".join(
    f"In {month} {year} I took the boat to school, and it was never full, but it was always there. "
    for year in range(1998, 2013)
    for month in ("January", "February", "March", "April", "May", "June", "July", "August", "October", "November")
)
INSULT = "You are a worthless, pathetic idiot and everybody here despises you."


@pytest.fixture(scope="module")
def shipped() -> Judge:
    """Give a judge with the model and guidelines as they ship."""
    return Judge()


def judged(judge: Judge, example: Example) -> Verdict:
    return judge.judge(
        Comment(example.text, parent=example.parent), Article(example.article) if example.article else ()
    )


def told(guideline: str, example: Example, verdict: Verdict) -> str:
    high = {name: score for name, score in verdict.scores.items() if score is not None and score >= 0.1}
    return f"{verdict.decision} {list(verdict.reasons)} {guideline}={verdict.scores[guideline]} {high} {example.text!r}"


@pytest.mark.parametrize("guideline", load_guidelines().by_id)
def test_no_example_that_breaks_a_guideline_is_approved(shipped: Judge, guideline: str) -> None:
    examples = shipped.guidelines.by_id[guideline].breaks
    verdicts = [(example, judged(shipped, example)) for example in examples]
    wrong = [told(guideline, example, verdict) for example, verdict in verdicts if verdict.decision == "approved"]
    assert not wrong, f"{len(wrong)} of {len(examples)} approved:\n" + "\n".join(wrong)


def test_what_is_said_to_be_missed_is_missed_and_is_little(shipped: Judge) -> None:
    rules = shipped.guidelines.rules
    missed = [(rule.id, example) for rule in rules for example in rule.missed]
    caught = [told(guideline, e, v) for guideline, e in missed if (v := judged(shipped, e)).decision != "approved"]
    assert not caught, "no longer missed, so they belong under breaks:\n" + "\n".join(caught)
    assert len(missed) <= sum(len(rule.breaks) for rule in rules) / 10


@pytest.mark.parametrize("guideline", load_guidelines().by_id)
def test_no_example_that_keeps_a_guideline_is_rejected(shipped: Judge, guideline: str) -> None:
    examples = shipped.guidelines.by_id[guideline].keeps
    verdicts = [(example, judged(shipped, example)) for example in examples]
    wrong = [told(guideline, example, verdict) for example, verdict in verdicts if verdict.decision == "rejected"]
    assert not wrong, f"{len(wrong)} of {len(examples)} rejected:\n" + "\n".join(wrong)


# The same verdict


def sample() -> Iterator[tuple[Comment, tuple[Article, ...]]]:
    """Give 64 comments of every kind: short and long, with and without article, parent and other languages."""
    rules = load_guidelines().rules
    for at in range(5):
        for rule in rules:
            example = (rule.breaks, rule.keeps)[at % 2][at]
            yield Comment(example.text, parent=example.parent), (FERRY,) if at % 2 else ()
    for text in (
        LONG,
        LONG + INSULT,
        "Well said",
        "🙂",
        "Das ist eine Frechheit",
        "مقال رائع",
        "10:3",
        INSULT,
        "So true.",
    ):
        yield Comment(text), (FERRY, AUDIT)


def shape(verdicts: Iterator[Verdict] | list[Verdict]) -> list[dict[str, object]]:
    return [verdict.as_dict() for verdict in verdicts]


def assert_same(one: list[dict[str, object]], other: list[dict[str, object]]) -> None:
    assert len(one) == len(other) == 64
    for a, b in zip(one, other, strict=True):
        assert a["decision"] == b["decision"]
        assert a["reasons"] == b["reasons"]
        assert a["scores"] == pytest.approx(b["scores"], abs=1e-5)
        assert a == b


@pytest.fixture(scope="module")
def alone(shipped: Judge) -> list[dict[str, object]]:
    """Give the verdicts on the sample, one comment after the other."""
    return shape([shipped.judge(*row) for row in sample()])


@pytest.mark.parametrize("threads", [1, 2])
def test_among_others_a_comment_has_the_verdict_it_has_alone(
    shipped: Judge, alone: list[dict[str, object]], threads: int
) -> None:
    assert_same(alone, shape(shipped.judge_many(sample(), threads)))


def test_the_order_of_comments_changes_nothing(shipped: Judge, alone: list[dict[str, object]]) -> None:
    assert_same(alone, shape(list(shipped.judge_many(reversed(list(sample()))))[::-1]))


ELSEWHERE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from test_model import Judge, sample, shape
print(json.dumps(shape(Judge().judge_many(sample(), threads=int(sys.argv[2])))))
"""


@pytest.mark.parametrize("threads", ["1", "2"])
def test_another_process_gives_the_same_verdicts(alone: list[dict[str, object]], threads: str) -> None:
    limits = {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": threads}
    run = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, os.path.dirname(__file__), threads],  # noqa: PTH120
        env={**os.environ, **limits},
        capture_output=True,
        text=True,
        check=True,
    )
    assert_same(alone, json.loads(run.stdout))


# What it must get right


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ein schöner Bericht, vielen Dank dafür, ich fahre seit Jahren mit dieser Fähre."),
        ("de", "Danke!"),
        ("de", "#Ausländerraus"),
        ("tr", "Çok güzel bir yazı olmuş, teşekkürler, vapur kış aylarında da çalışmalı."),
        ("ar", "مقال رائع وشكرا لكم، يجب أن تستمر العبارة في الشتاء"),
        ("ku", "بابەتێکی جوانە، سوپاس بۆ ئێوە، دەبێت کەشتییەکە لە زستانیشدا کار بکات"),
        ("ku", "Nivîsek pir xweş e, spas ji bo we, divê keştî di zivistanê de jî bixebite"),
    ],
)
def test_what_the_model_was_not_measured_in_waits_for_a_person(shipped: Judge, language: str, text: str) -> None:
    for articles in ((), FERRY):
        verdict = shipped.judge(text, articles)
        assert (verdict.language, verdict.decision) == (language, "pending")
        assert any(check.state == "abstained" for check in verdict.checks)


@pytest.mark.parametrize("text", ["Du bist ein Arschloch.", "Das ist doch scheiße, was der Gemeinderat da macht."])
def test_word_lists_speak_languages_that_the_model_does_not(shipped: Judge, text: str) -> None:
    verdict = shipped.judge(text, FERRY)
    assert verdict.language == "de"
    assert verdict.decision in ("pending", "rejected")
    assert "profanity" in verdict.reasons
    assert [text[s.start : s.end] for finding in verdict.findings for s in finding.spans]


@pytest.mark.parametrize("at", [0, 9_000, len(LONG)])
def test_a_long_comment_is_judged_whole(shipped: Judge, at: int) -> None:
    assert shipped.judge(LONG, FERRY).decision == "approved"
    at = LONG.rfind("In ", 0, at + 3) if at < len(LONG) else at
    text = f"{LONG[:at]}{INSULT} {LONG[at:]}"
    verdict = shipped.judge(text, FERRY)
    assert verdict.decision != "approved"
    assert "personal_attacks" in verdict.reasons
    marks = [text[s.start : s.end] for f in verdict.findings if f.check == "classifier" for s in f.spans]
    assert any("idiot" in mark for mark in marks)


@pytest.mark.parametrize("text", [(LONG * 2)[:20_000], "!" * 20_000, "😀" * 20_000, "a b " * 5_000, "ﷺ" * 20_000])
def test_the_longest_comment_is_judged_in_its_time(shipped: Judge, text: str) -> None:
    verdict = shipped.judge(text, FERRY)
    assert len(text) == 20_000
    assert not any(check.state == "not_done" for check in verdict.checks)


@pytest.mark.parametrize(
    "text",
    [
        "That second-hand engine from Norway should never have been fitted without a survey.",
        "So the warranty on the diesel engine had lapsed, and the workshop did not notice?",
        "The auditor is right to call it gross carelessness.",
    ],
)
def test_a_fact_that_only_the_other_paper_reports_is_nearer_to_both(shipped: Judge, text: str) -> None:
    one, both = (shipped.judge(text, articles).scores["relevance"] for articles in (FERRY, [FERRY, AUDIT]))
    assert one is not None
    assert both is not None
    assert both < one


@pytest.mark.parametrize(
    "text", ["Well said", "Shame on them!", "Hear, hear", "So true.", "Thank you!", "Unbelievable", "Bravo!", "lol"]
)
def test_short_reactions_are_approved(shipped: Judge, text: str) -> None:
    verdict = shipped.judge(text, FERRY)
    assert verdict.decision == "approved", verdict.as_dict()


@pytest.mark.parametrize("text", ["👏", "👍👍👍", "🐒🐒", "10/10", "???"])
def test_a_reaction_without_words_is_accused_of_nothing(shipped: Judge, text: str) -> None:
    assert shipped.judge(text, FERRY).reasons == ()


@pytest.mark.parametrize(
    "text",
    [
        "The council's own figures for the winter ferry are at https://www.gov.uk/government/statistics/ferries",
        "The BBC had the story of the ferry last year: https://www.bbc.co.uk/news/uk-scotland-12345",
        "Read the Wikipedia article on island ferries before you write: https://en.wikipedia.org/wiki/Ferry",
    ],
)
def test_a_link_to_a_source_is_approved(shipped: Judge, text: str) -> None:
    verdict = shipped.judge(text, FERRY)
    assert verdict.decision == "approved", verdict.as_dict()


@pytest.mark.parametrize(
    "text",
    [
        "Poor reporting. You give the count of the votes, but no names, and nobody asked the islanders.",
        "This decision is cowardly and short-sighted, and the council knows it.",
        "I disagree with every word of this article, and the headline is misleading.",
    ],
)
def test_criticism_of_the_coverage_and_of_what_was_decided_is_never_rejected(shipped: Judge, text: str) -> None:
    assert shipped.judge(text, FERRY).decision != "rejected"
