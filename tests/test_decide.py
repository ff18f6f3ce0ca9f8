"""From scores and states to a decision: certain enough to approve, certain enough to reject, else a person."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belowline.decide import decide
from belowline.types import Action, CheckState, Guideline, Guidelines, State

RULES = tuple(
    Guideline(name, name, name, approve_below=0.2, reject_from=0.8, action=action)
    for name, action in (("first", "reject"), ("second", "hold"), ("third", "reject"))
)
GUIDELINES = Guidelines(RULES, "")
DONE = CheckState("check", "done")

# How far a decision is from appearing.
DISTANCE = {"approved": 0, "pending": 1, "rejected": 2}


def decided(
    first: float | None = 0.0, second: float | None = 0.0, third: float | None = 0.0, *states: State
) -> tuple[str, tuple[str, ...]]:
    checks = [CheckState(f"check {at}", state) for at, state in enumerate(states or ("done",))]
    return decide(GUIDELINES, {"first": first, "second": second, "third": third}, checks)


@pytest.mark.parametrize(
    ("score", "decision", "reasons"),
    [
        (0.0, "approved", ()),
        (0.1999, "approved", ()),
        (0.2, "pending", ("first",)),
        (0.7999, "pending", ("first",)),
        (0.8, "rejected", ("first",)),
        (1.0, "rejected", ("first",)),
    ],
)
def test_bands_begin_at_their_number(score: float, decision: str, reasons: tuple[str, ...]) -> None:
    assert decided(score) == (decision, reasons)


def test_a_guideline_that_holds_never_rejects() -> None:
    assert decided(second=1.0) == ("pending", ("second",))
    assert decided(first=0.5, second=1.0) == ("pending", ("first", "second"))


def test_a_rejection_names_what_is_broken_and_not_what_is_in_doubt() -> None:
    assert decided(first=0.5, second=0.9, third=0.9) == ("rejected", ("second", "third"))
    assert decided(first=0.5, second=0.3, third=0.9) == ("rejected", ("third",))


def test_reasons_stand_in_the_order_of_the_rules() -> None:
    scores = {"third": 0.99, "second": 0.98, "first": 0.97}
    assert decide(GUIDELINES, scores, [DONE])[1] == ("first", "second", "third")


@pytest.mark.parametrize("score", [0.0, 0.5, 1.0])
def test_a_check_not_done_leaves_it_to_a_person_whatever_the_score(score: float) -> None:
    for states in (("not_done",), ("done", "not_done"), ("abstained", "not_done", "skipped")):
        assert decided(score, 0.0, 0.0, *states)[0] == "pending"  # type: ignore[arg-type]


def test_one_that_abstained_forbids_approval_and_no_rejection() -> None:
    assert decided(0.0, 0.0, 0.0, "done", "abstained") == ("pending", ())
    assert decided(0.5, 0.0, 0.0, "done", "abstained") == ("pending", ("first",))
    assert decided(0.9, 0.0, 0.0, "done", "abstained") == ("rejected", ("first",))


def test_one_that_skipped_forbids_nothing() -> None:
    assert decided(0.0, None, 0.0, "done", "skipped") == ("approved", ())


def test_a_score_that_is_no_number_is_in_doubt() -> None:
    assert decided(nan) == ("pending", ("first",))


SCORES = st.one_of(st.none(), st.floats(0, 1))
STATES = st.lists(st.sampled_from(["done", "abstained", "skipped", "not_done"]), max_size=4)


@st.composite
def houses(draw: st.DrawFn) -> tuple[Guidelines, dict[str, float | None], list[CheckState]]:
    rules = []
    for at in range(draw(st.integers(1, 4))):
        low, high = sorted((draw(st.floats(0.01, 1)), draw(st.floats(0.01, 1))))
        action: Action = draw(st.sampled_from(["reject", "hold"]))
        rules.append(Guideline(f"rule {at}", "", "", low, high, action))
    scores = {rule.id: draw(SCORES) for rule in rules}
    return Guidelines(tuple(rules), ""), scores, [CheckState("", state) for state in draw(STATES)]


@given(houses(), st.data())
def test_a_higher_score_never_brings_a_comment_nearer_to_approval(
    house: tuple[Guidelines, Mapping[str, float | None], list[CheckState]], data: st.DataObject
) -> None:
    guidelines, scores, states = house
    raised = data.draw(st.sampled_from(sorted(scores)))
    higher = {**scores, raised: data.draw(st.floats(scores[raised] or 0.0, 1))}
    before, after = (decide(guidelines, each, states)[0] for each in (scores, higher))
    assert DISTANCE[after] >= DISTANCE[before]


@given(houses())
def test_what_decides(house: tuple[Guidelines, Mapping[str, float | None], list[CheckState]]) -> None:
    guidelines, scores, checks = house
    decision, reasons = decide(guidelines, scores, checks)
    states = {check.state for check in checks}
    order = [rule.id for rule in guidelines.rules]
    assert list(reasons) == sorted(reasons, key=order.index)
    if decision == "approved":
        assert not states & {"not_done", "abstained"}
        assert all((scores[rule.id] or 0.0) < rule.approve_below for rule in guidelines.rules)
        assert reasons == ()
    if decision == "rejected":
        assert "not_done" not in states
        assert any(rule.action == "reject" and rule.id in reasons for rule in guidelines.rules)
        assert all((scores[rule.id] or 0.0) >= rule.reject_from for rule in guidelines.rules if rule.id in reasons)
    if "not_done" in states:
        assert decision == "pending"
