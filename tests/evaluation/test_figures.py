from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belowline.evaluation.figures import Bin, auc, calibration, measure, measure_decisions, share

scores_and_labels = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def test_wilson_interval_against_the_published_example() -> None:
    # Newcombe (1998), table I: 81 of 263, and 0 of 20, method 3.
    found = share(81, 263)
    assert (round(found.low or 0, 4), round(found.high or 0, 4)) == (0.2553, 0.3662)
    none = share(0, 20)
    assert (none.low, round(none.high or 0, 4)) == (0.0, 0.1611)


def test_nothing_to_count_has_no_share() -> None:
    assert share(0, 0).share is share(0, 0).low is share(0, 0).high is None


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_interval_holds_its_share(count: int, of: int) -> None:
    found = share(min(count, of), of)
    assert found.share is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.share + 1e-12
    assert found.share - 1e-12 <= found.high <= 1


def test_auc_by_hand() -> None:
    # Breaches 0.9, 0.4; others 0.4, 0.1: of four pairs three are right and one is a tie.
    assert auc([0.9, 0.4, 0.4, 0.1], [True, True, False, False]) == 3.5 / 4
    assert auc([0.1, 0.9], [True, False]) == 0.0
    assert auc([0.5, 0.5], [True, True]) is None


@given(scores_and_labels)
def test_auc_is_the_share_of_pairs_in_order(rows: list[tuple[float, bool]]) -> None:
    broke = [score for score, label in rows if label]
    kept = [score for score, label in rows if not label]
    found = auc([score for score, _ in rows], [label for _, label in rows])
    if not broke or not kept:
        assert found is None
    else:
        pairs = sum((b > k) + (b == k) / 2 for b in broke for k in kept) / (len(broke) * len(kept))
        assert found == pytest.approx(pairs)


def test_calibration_by_hand() -> None:
    bins, error = calibration([0.05, 0.15, 0.11, 1.0], [False, False, True, True])
    assert bins == (
        Bin(0.0, 0.1, 1, 0.05, 0.0),
        Bin(0.1, 0.2, 2, pytest.approx(0.13), 0.5),  # type: ignore[arg-type]
        Bin(0.9, 1.0, 1, 1.0, 1.0),
    )
    assert error == pytest.approx((0.05 + 2 * 0.37 + 0) / 4)


@given(scores_and_labels)
def test_every_row_is_in_one_bin(rows: list[tuple[float, bool]]) -> None:
    bins, error = calibration([score for score, _ in rows], [label for _, label in rows])
    assert sum(b.rows for b in bins) == len(rows)
    assert sum(b.rows * b.broke for b in bins) == pytest.approx(sum(label for _, label in rows))
    assert error is not None
    assert 0 <= error <= 1


def test_a_guideline_by_hand() -> None:
    scores = [0.95, 0.9, 0.5, 0.1, 0.85, 0.1, 0.0, None]
    labels = [True, True, True, True, False, False, False, True]
    found = measure(scores, labels, approve_below=0.2, reject_from=0.8)
    assert (found.rows, found.broke, found.unscored) == (7, 4, 1)
    assert found.precision.share == pytest.approx(2 / 3)
    assert found.recall.share == 0.5
    assert (found.wrongly_approved.count, found.wrongly_approved.of) == (1, 4)
    assert (found.wrongly_rejected.count, found.wrongly_rejected.of) == (1, 3)
    assert (found.left.count, found.left.of) == (1, 7)
    # Pairs: 0.95 and 0.9 beat all three; 0.5 beats two; 0.1 ties one and beats one.
    assert found.auc == pytest.approx((3 + 3 + 2 + 1.5) / 12)


def test_bands_are_closed_below_and_open_above() -> None:
    found = measure([0.8, 0.2], [False, True], approve_below=0.2, reject_from=0.8)
    assert found.wrongly_rejected.count == 1
    assert found.wrongly_approved.count == 0
    assert found.left.count == 1


def test_decisions_by_hand() -> None:
    decisions = ["rejected", "approved", "pending", "rejected", "approved"]
    found = measure_decisions(decisions, [True, True, True, False, False], [0.9, 0.1, None, 0.9, 0.1])
    assert found.precision.share == 0.5
    assert found.recall.share == pytest.approx(1 / 3)
    assert (found.wrongly_approved.count, found.wrongly_rejected.count, found.left.count) == (1, 1, 1)
    assert found.auc == 0.5


def test_no_rows_have_no_figures() -> None:
    found = measure([], [], 0.2, 0.8)
    assert found.auc is found.calibration_error is found.precision.share is None
    assert not math.isnan(found.rows)
