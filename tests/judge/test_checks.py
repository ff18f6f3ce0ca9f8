"""The judge: every check runs, whatever goes wrong is recorded, and nothing unjudged is approved."""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from belowline.errors import ArticleError, BelowlineError, CommentError, GuidelineError, ModelError
from belowline.guidelines import load_guidelines
from belowline.judge.checks import Judge, merge
from belowline.judge.subject import Abstained, Answer, Looked, Skipped, Subject
from belowline.types import Article, CheckState, Comment, Finding, Guideline, Guidelines, Span, State, Verdict

FERRY = Article("The ferry to the island will not run in winter. The boat will stop at the harbour.", "Ferry to stop")
CHECKS = ("terms", "links", "classifier", "relevance", "repeats")
# So short that a check waiting for an event is sure to run past it, long enough for the others.
SHORT = 0.5


class Planted:
    """A check that does what a test wants of it."""

    name = "planted"

    def __init__(self, act: Callable[[Subject], Any], covers: frozenset[str] = frozenset({"threats"})) -> None:
        self.act = act
        self.covers = covers

    def run(self, subject: Subject) -> Answer:
        answer: Answer = self.act(subject)
        return answer


def planted(judge: Judge, act: Callable[[Subject], Any], covers: frozenset[str] = frozenset({"threats"})) -> Judge:
    """Put a check before all others."""
    judge.checks = (Planted(act, covers), *judge.checks)
    return judge


def state_of(verdict: Verdict, name: str = "planted") -> CheckState:
    return next(state for state in verdict.checks if state.name == name)


def fail(_: Subject) -> Answer:
    raise ZeroDivisionError


def panic(_: Subject) -> Answer:
    raise SystemExit


def found(score: Any, *spans: Span, guideline: str = "threats") -> Callable[[Subject], Answer]:
    return lambda _: Looked((Finding(guideline, "planted", score, spans),))


@pytest.fixture
def hang() -> Iterator[Callable[[Subject], Answer]]:
    """Give what a check that hangs does; it is let go when the test is over."""
    released = threading.Event()

    def wait(_: Subject) -> Answer:
        released.wait()
        return Looked()

    yield wait
    released.set()


# Whatever a check does wrong


NONSENSE: dict[str, tuple[Callable[[Subject], Any], str]] = {
    "raises": (fail, "failed (ZeroDivisionError)"),
    "gives up the whole program": (panic, "failed (SystemExit)"),
    "answers nothing": (lambda _: None, "gave no answer"),
    "answers something": (lambda _: "fine", "gave no answer"),
    "answers with no findings": (lambda _: Looked(None), "failed (TypeError)"),  # type: ignore[arg-type]
    "finds something else": (lambda _: Looked(("threats",)), "failed (AttributeError)"),  # type: ignore[arg-type]
    "scores NaN": (found(math.nan), "gave a score that is no probability"),
    "scores infinity": (found(math.inf), "gave a score that is no probability"),
    "scores 1.2": (found(1.2), "gave a score that is no probability"),
    "scores below nothing": (found(-0.1), "gave a score that is no probability"),
    "scores in words": (found("high"), "failed (TypeError)"),
    "scores nothing": (found(None), "failed (TypeError)"),
    "marks beyond the end": (found(0.9, Span(0, 9999)), "gave a span outside the comment"),
    "marks before the start": (found(0.9, Span(-1, 3)), "gave a span outside the comment"),
    "marks nothing": (found(0.9, Span(3, 3)), "gave a span outside the comment"),
    "marks backwards": (found(0.9, Span(3, 1)), "gave a span outside the comment"),
    "names no guideline": (found(0.9, guideline="manners"), "named a guideline that does not exist"),
    "names another's guideline": (found(0.9, guideline="racism"), "named a guideline that it does not look after"),
    "is right once and then not": (
        lambda _: Looked((Finding("threats", "planted", 0.9), Finding("threats", "planted", 7.0))),
        "gave a score that is no probability",
    ),
}


@pytest.mark.parametrize(("act", "reason"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_not_done_and_a_person_decides(judge: Judge, act: Callable[[Subject], Answer], reason: str) -> None:
    verdict = planted(judge, act).judge("The day")
    assert state_of(verdict) == CheckState("planted", "not_done", reason)
    assert verdict.decision == "pending"
    assert verdict.scores["threats"] is None
    assert verdict.scores["profanity"] == 0.0
    assert [check.name for check in verdict.checks] == ["planted", *CHECKS]
    assert [check.state for check in verdict.checks[1:]] == ["done", "done", "done", "skipped", "done"]


@pytest.mark.parametrize(("act", "reason"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense_loses_nothing_that_others_found(judge: Judge, act: Callable[[Subject], Answer], reason: str) -> None:
    verdict = planted(judge, act).judge("Murder the idiot, and murder the moron again")
    assert verdict.decision == "pending"
    assert verdict.reasons == ("threats", "personal_attacks")
    assert verdict.scores["threats"] == pytest.approx(0.9667)
    assert {finding.check for finding in verdict.findings} >= {"classifier"}


def test_a_check_that_hangs_is_not_done_and_holds_up_nobody(
    guidelines: Guidelines, tiny: Path, hang: Callable[[Subject], Answer]
) -> None:
    judge = planted(Judge(guidelines, model=tiny, time_limit=SHORT), hang)
    verdict = judge.judge("You idiot")
    assert state_of(verdict) == CheckState("planted", "not_done", "took longer than 0.5 s")
    assert verdict.decision == "pending"
    assert verdict.scores["personal_attacks"] == pytest.approx(0.9667)
    judge.checks = judge.checks[1:]
    assert judge.judge("The old boat").decision == "approved"


def test_the_article_a_model_fails_on_leaves_the_comment_to_a_person(judge: Judge) -> None:
    verdict = judge.judge("You idiot", Article("There is a glitch in the ferry."))
    assert state_of(verdict, "relevance") == CheckState("relevance", "not_done", "failed (ValueError)")
    assert verdict.decision == "pending"
    assert verdict.scores["personal_attacks"] == pytest.approx(0.9667)


def test_a_comment_the_model_fails_on_is_left_to_a_person(judge: Judge) -> None:
    verdict = judge.judge("There is a glitch in the old ferry", FERRY)
    assert verdict.decision == "pending"
    assert [check.state for check in verdict.checks] == ["done", "done", "not_done", "not_done", "done"]
    assert set(verdict.scores.values()) == {None}


def test_a_history_that_fails_is_not_done(tiny: Path) -> None:
    class Broken:
        def times_seen(self, text: str) -> int:
            raise ConnectionError

    verdict = Judge(model=tiny, history=Broken()).judge("The ferry is old, and so it will not run again in winter")
    assert state_of(verdict, "repeats").reason == "failed (ConnectionError)"
    assert verdict.decision == "pending"


def test_one_that_abstains_leaves_it_to_a_person(judge: Judge) -> None:
    verdict = planted(judge, lambda _: Abstained("it is Greek to me")).judge("The day")
    assert state_of(verdict) == CheckState("planted", "abstained", "it is Greek to me")
    assert verdict.decision == "pending"
    assert verdict.reasons == ()


def test_one_with_nothing_to_look_at_changes_nothing(judge: Judge) -> None:
    verdict = planted(judge, lambda _: Skipped("nothing there")).judge("The day")
    assert state_of(verdict) == CheckState("planted", "skipped", "nothing there")
    assert verdict.decision == "approved"


def test_a_finding_is_signed_by_the_check_that_ran(judge: Judge) -> None:
    forged = Looked((Finding("threats", "classifier", 0.98765432, (Span(0, 3),), "a note"),))
    verdict = planted(judge, lambda _: forged).judge("The day")
    assert verdict.findings == (Finding("threats", "planted", 0.9877, (Span(0, 3),), "a note"),)
    assert verdict.decision == "rejected"


# The merge


RULES = (Guideline("a", "", "", 0.2, 0.8), Guideline("b", "", "", 0.5, 0.8))
HOUSE = Guidelines(RULES, "")


def outcome(state: State, covers: str, **scores: float) -> tuple[Planted, CheckState, tuple[Finding, ...]]:
    check = Planted(lambda _: Looked(), frozenset(covers))
    return check, CheckState("planted", state), tuple(Finding(name, "planted", score) for name, score in scores.items())


def test_the_highest_score_counts_and_only_what_forbids_approval_is_kept() -> None:
    scores, findings = merge(
        HOUSE, [outcome("done", "ab", a=0.1, b=0.4), outcome("done", "ab", a=0.3, b=0.49), outcome("done", "a", a=0.2)]
    )
    assert scores == {"a": 0.3, "b": 0.49}
    assert [finding.score for finding in findings] == [0.3, 0.2]


def test_findings_stand_in_the_order_of_the_guidelines_and_then_of_the_checks() -> None:
    _, findings = merge(HOUSE, [outcome("done", "ab", b=0.9, a=0.8), outcome("done", "ab", b=0.7, a=0.6)])
    assert [(finding.guideline, finding.score) for finding in findings] == [
        ("a", 0.8),
        ("a", 0.6),
        ("b", 0.9),
        ("b", 0.7),
    ]


def test_a_guideline_on_which_nobody_found_anything_scores_nothing() -> None:
    assert merge(HOUSE, [outcome("done", "ab")])[0] == {"a": 0.0, "b": 0.0}


@pytest.mark.parametrize("state", ["not_done", "abstained"])
def test_a_guideline_that_somebody_could_not_look_after_has_no_score(state: State) -> None:
    assert merge(HOUSE, [outcome("done", "ab", a=0.1), outcome(state, "a")])[0] == {"a": None, "b": 0.0}


def test_what_was_found_all_the_same_is_a_score() -> None:
    scores, findings = merge(HOUSE, [outcome("done", "ab", a=0.2), outcome("not_done", "a")])
    assert scores == {"a": 0.2, "b": 0.0}
    assert len(findings) == 1


def test_a_guideline_with_nothing_to_look_at_has_no_score() -> None:
    assert merge(HOUSE, [outcome("skipped", "a"), outcome("done", "b")])[0] == {"a": None, "b": 0.0}
    assert merge(HOUSE, [outcome("skipped", "a"), outcome("done", "ab")])[0] == {"a": 0.0, "b": 0.0}


# What is refused


LONE = "half \ud83d of it"
REFUSED = {
    "empty": ("", "comment_empty"),
    "whitespace": (" \n\t ", "comment_empty"),
    "invisible": ("\u200b\u200d\ufeff", "comment_empty"),
    "lone surrogate": (LONE, "comment_not_text"),
    "NUL": ("a\x00b", "comment_not_text"),
    "bytes": (b"the day", "comment_not_text"),
    "nothing": (None, "comment_not_text"),
    "1 MB of one character": ("a" * 1_000_000, "comment_too_long"),
    "a million combining marks": ("e" + "\u0301" * 1_000_000, "comment_too_long"),
    "one too long": ("a" * 20_001, "comment_too_long"),
}


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_comment_is_refused(judge: Judge, text: Any, code: str) -> None:
    for comment in (Comment(text), Comment(text, parent="The day")):
        with pytest.raises(CommentError) as caught:
            judge.judge(comment, FERRY)
        assert caught.value.code == code
        assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "🙂🙂🙂",
        "👩‍👩‍👧‍👦",
        "🇦🇹",
        "1",
        "!?",
        "a" * 20_000,
        "e" + "\u0301" * 19_999,
        "漢" * 20_000,
        "😀" * 20_000,
        "\ufffd",
        "\x01 a",
        "&nbsp;x",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_odd_comments_are_judged(judge: Judge, text: str) -> None:
    verdict = judge.judge(text, FERRY)
    assert verdict.decision in ("approved", "pending")
    assert not any(check.state == "not_done" for check in verdict.checks)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "article_empty"),
        (" \n ", "article_empty"),
        ("%PDF-1.7\n1 0 obj <<>>", "article_not_text"),
        ("\x00\x01\x02\x03" * 50, "article_not_text"),
        ("a" * 1_000_001, "article_too_long"),
    ],
)
def test_what_is_no_article_is_refused(judge: Judge, text: str, code: str) -> None:
    for articles in (Article(text), [Article(text)], [FERRY, Article(text)]):
        with pytest.raises(ArticleError) as caught:
            judge.judge("The day", articles)
        assert caught.value.code == code


@pytest.mark.parametrize("parent", ["", "  ", LONE, "a\x00b", "a" * 1_000_000, "\u0301" * 1_000_000, "🙂"])
def test_an_odd_parent_does_no_harm(judge: Judge, parent: str) -> None:
    verdict = judge.judge(Comment("The old boat", parent=parent), FERRY)
    assert verdict.decision == "approved"


def test_of_an_endless_parent_no_more_is_read_than_of_a_comment(judge: Judge) -> None:
    parents = []
    planted(judge, lambda subject: parents.append(len(subject.parent)) or Looked())  # type: ignore[func-returns-value]
    judge.judge(Comment("The old boat", parent="word " * 200_000), FERRY)
    assert parents == [20_000]


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    for model in (tmp_path, str(tmp_path)):
        with pytest.raises(ModelError) as caught:
            Judge(model=model)
        assert caught.value.code == "model_invalid"


def test_guidelines_may_be_a_folder_or_loaded(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "promotion.toml").write_text("enabled = false\n")
    judges = [Judge(each, model=tiny) for each in (tmp_path, str(tmp_path), load_guidelines(tmp_path))]
    assert len({judge.guidelines.fingerprint for judge in judges}) == 1
    assert all("promotion" not in judge.judge("A sale").scores for judge in judges)
    with pytest.raises(GuidelineError):
        Judge(tmp_path / "nowhere", model=tiny)


def test_a_guideline_that_no_check_looks_after_is_refused(tiny: Path) -> None:
    with pytest.raises(GuidelineError, match="No check looks after the guideline manners"):
        Judge(Guidelines((Guideline("manners", "", "", 0.2, 0.8),), ""), model=tiny)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.none() | st.text(max_size=50))
def test_any_text_is_judged_or_refused(judge: Judge, text: str, parent: str | None) -> None:
    try:
        verdict = judge.judge(Comment(text, parent=parent), FERRY)
    except BelowlineError as error:
        assert error.code in ("comment_empty", "comment_not_text")
        return
    assert not any(check.state == "not_done" for check in verdict.checks)
    for finding in verdict.findings:
        assert all(0 <= span.start < span.end <= len(text) for span in finding.spans)
    assert json.loads(json.dumps(verdict.as_dict())) == verdict.as_dict()


# One comment among many


ROWS = [
    (Comment(text, id=str(at)), articles)
    for at, (text, articles) in enumerate(
        [
            ("The old boat to the island", FERRY),
            ("You idiot", ()),
            ("A goal for the league " * 20, (FERRY,)),
            ("Das ist eine Frechheit und niemand sagt etwas", FERRY),
            ("🙂", ()),
            ("Buy now at quickgadgets.shop", [FERRY]),
            ("There is a glitch in the old ferry", ()),
        ]
        * 40
    )
]


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_many_are_judged_in_order_as_if_alone(judge: Judge, threads: int) -> None:
    verdicts = list(judge.judge_many(ROWS, threads))
    assert [verdict.id for verdict in verdicts] == [comment.id for comment, _ in ROWS]
    assert verdicts == [judge.judge(comment, articles) for comment, articles in ROWS]


def test_threads_share_a_judge(judge: Judge) -> None:
    alone = [judge.judge(comment, articles) for comment, articles in ROWS[:70]]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda row: judge.judge(*row), ROWS[:70])) == alone


def test_rows_are_taken_only_as_they_are_needed(judge: Judge) -> None:
    taken = 0

    def endless() -> Iterator[tuple[Comment, Article]]:
        nonlocal taken
        while True:
            taken += 1
            yield Comment("The old boat", id=str(taken)), FERRY

    verdicts = judge.judge_many(endless())
    assert [next(verdicts).id for _ in range(3)] == ["1", "2", "3"]
    verdicts.close()  # type: ignore[attr-defined]
    assert taken <= 256


def test_judging_many_ends_at_what_can_not_be_judged(judge: Judge) -> None:
    verdicts = judge.judge_many([(Comment("The boat"), ()), (Comment(""), ()), (Comment("The day"), ())])
    assert next(verdicts).decision == "approved"
    with pytest.raises(CommentError):
        next(verdicts)


def test_judging_leaves_no_threads_behind(judge: Judge) -> None:
    before = threading.active_count()
    for _ in range(8):
        assert len(list(judge.judge_many(ROWS[:8]))) == 8
    assert threading.active_count() <= before + 2


# The verdict


def test_the_verdict_names_what_it_was_made_with(judge: Judge) -> None:
    verdict = judge.judge(Comment("The old boat", id="7"), FERRY)
    assert verdict.id == "7"
    assert verdict.model == judge.model == json.loads(json.dumps(verdict.as_dict()))["model"]
    assert verdict.guidelines == judge.guidelines.fingerprint
    assert (verdict.language, verdict.language_confidence > 0.5) == ("en", True)
    assert list(verdict.scores) == [rule.id for rule in judge.guidelines.rules]
    assert [check.name for check in verdict.checks] == list(CHECKS)


def test_the_language_is_told_from_what_a_reader_sees(judge: Judge) -> None:
    assert judge.judge("Ｔｈｅ ｏｌｄ ｂｏａｔ ｗｉｌｌ ｎｏｔ ｒｕｎ").language == "en"


def test_a_comment_in_another_language_waits_for_a_person_who_is_told_why(judge: Judge) -> None:
    verdict = judge.judge("Das ist eine Frechheit und niemand sagt etwas dagegen", FERRY)
    assert verdict.decision == "pending"
    assert verdict.language == "de"
    assert state_of(verdict, "classifier").state == state_of(verdict, "relevance").state == "abstained"
    assert "(de)" in state_of(verdict, "classifier").reason


def test_the_articles_language_settles_what_is_undecided(judge: Judge) -> None:
    article = Article("Die Fähre zur Insel wird im Winter nicht fahren.", language="de")
    assert judge.judge("Frechheit", article).language == "de"


def test_as_json_a_verdict_has_one_shape(judge: Judge) -> None:
    verdict = planted(judge, found(0.95, Span(0, 3))).judge(Comment("The day", id="7"))
    assert verdict.as_dict() == {
        "id": "7",
        "decision": "rejected",
        "reasons": ["threats"],
        "scores": {
            **dict.fromkeys(
                [
                    "profanity",
                    "threats",
                    "personal_attacks",
                    "vulgarity",
                    "sexism",
                    "racism",
                    "homophobia",
                    "xenophobia",
                    "abuse",
                    "promotion",
                ],
                0.0,
            ),
            "threats": 0.95,
            "relevance": None,
        },
        "findings": [{"guideline": "threats", "check": "planted", "score": 0.95, "spans": [{"start": 0, "end": 3}]}],
        "checks": [
            {"name": "planted", "state": "done"},
            {"name": "terms", "state": "done"},
            {"name": "links", "state": "done"},
            {"name": "classifier", "state": "done"},
            {"name": "relevance", "state": "skipped", "reason": "no article was given"},
            {"name": "repeats", "state": "done"},
        ],
        "language": "en",
        "language_confidence": verdict.language_confidence,
        "model": judge.model,
        "guidelines": judge.guidelines.fingerprint,
    }


def test_a_finding_has_a_note_only_where_there_is_one(judge: Judge) -> None:
    verdict = judge.judge("Buy now at quickgadgets.shop").as_dict()
    notes = [finding.get("note") for finding in verdict["findings"]]  # type: ignore[attr-defined]
    assert notes == ["link to a shop"]
