"""Figures over scores and labels, as pure functions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

BINS = 10
# The normal deviate that leaves 2.5 % on either side.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the 95 % interval after Wilson; all None where there were none to count."""

    count: int
    of: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Bin:
    """The rows whose score lies in [low, high): how many, their mean score, and the share that broke the rule."""

    low: float
    high: float
    rows: int
    mean_score: float
    broke: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a guideline's scores are worth, measured on `rows` rows, `broke` of which people say broke it.

    Sure of a breach is a score in the reject band. `wrongly_approved` are breaches below the approve band, out of all
    breaches; `wrongly_rejected` are rows that keep the rule in the reject band, out of all that keep it; `left` lie
    between the bands, out of all rows. `unscored` rows had no score and stand in no other figure.
    """

    rows: int
    broke: int
    unscored: int
    precision: Share
    recall: Share
    wrongly_approved: Share
    wrongly_rejected: Share
    left: Share
    auc: float | None
    calibration_error: float | None
    bins: tuple[Bin, ...]

    def as_dict(self) -> dict[str, object]:
        """Give the figures as plain values."""
        return asdict(self)


def share(count: int, of: int) -> Share:
    """Give a share with its 95 % interval after Wilson (1927), which stays inside 0 to 1 for few rows too."""
    if of == 0:
        return Share(count, of, None, None, None)
    p, z2 = count / of, _Z * _Z
    middle = (p + z2 / (2 * of)) / (1 + z2 / of)
    reach = _Z * math.sqrt(p * (1 - p) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return Share(count, of, p, max(0.0, middle - reach), min(1.0, middle + reach))


def auc(scores: ArrayLike, labels: ArrayLike) -> float | None:
    """Give the chance that a row that breaks the rule scores above one that keeps it, ties counting half.

    None where there are no rows of one kind.
    """
    values, broke = np.asarray(scores, float), np.asarray(labels, bool)
    positive = int(broke.sum())
    negative = broke.size - positive
    if not positive or not negative:
        return None
    _, group, sizes = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(sizes) - (sizes - 1) / 2)[group]
    return float((ranks[broke].sum() - positive * (positive + 1) / 2) / (positive * negative))


def calibration(scores: ArrayLike, labels: ArrayLike, bins: int = BINS) -> tuple[tuple[Bin, ...], float | None]:
    """Sort rows into bins of equal width by score, leaving out empty ones, and give the expected calibration error.

    That is the mean distance between a bin's mean score and the share of it that broke the rule, weighed by rows.
    """
    values, broke = np.asarray(scores, float), np.asarray(labels, bool)
    place = np.minimum((values * bins).astype(int), bins - 1)
    found = tuple(
        Bin(at / bins, (at + 1) / bins, int(here.sum()), float(values[here].mean()), float(broke[here].mean()))
        for at in range(bins)
        if (here := place == at).any()
    )
    if not found:
        return (), None
    return found, sum(b.rows * abs(b.mean_score - b.broke) for b in found) / values.size


def measure(
    scores: Sequence[float | None], labels: Sequence[bool], approve_below: float, reject_from: float
) -> Figures:
    """Give all figures for one guideline with its bands; scores and labels run side by side."""
    scored = [(score, label) for score, label in zip(scores, labels, strict=True) if score is not None]
    values = np.array([score for score, _ in scored], float)
    broke = np.array([label for _, label in scored], bool)
    sure, safe = values >= reject_from, values < approve_below
    bins, error = calibration(values, broke)
    return _figures(
        broke=broke,
        sure=sure,
        safe=safe,
        unscored=len(scores) - len(scored),
        area=auc(values, broke),
        bins=bins,
        error=error,
    )


def measure_decisions(decisions: Sequence[str], labels: Sequence[bool], scores: Sequence[float | None]) -> Figures:
    """Give the figures for whole decisions, where `labels` say whether a row breaks any rule.

    `scores` are each row's highest; only the AUC and the calibration are taken from them.
    """
    broke = np.array(labels, bool)
    sure = np.array([decision == "rejected" for decision in decisions], bool)
    safe = np.array([decision == "approved" for decision in decisions], bool)
    known = np.array([score is not None for score in scores], bool)
    values = np.array([score for score in scores if score is not None], float)
    bins, error = calibration(values, broke[known])
    return _figures(
        broke=broke, sure=sure, safe=safe, unscored=0, area=auc(values, broke[known]), bins=bins, error=error
    )


def _figures(
    *,
    broke: NDArray[np.bool_],
    sure: NDArray[np.bool_],
    safe: NDArray[np.bool_],
    unscored: int,
    area: float | None,
    bins: tuple[Bin, ...],
    error: float | None,
) -> Figures:
    breaches = int(broke.sum())
    caught = int((sure & broke).sum())
    return Figures(
        rows=broke.size,
        broke=breaches,
        unscored=unscored,
        precision=share(caught, int(sure.sum())),
        recall=share(caught, breaches),
        wrongly_approved=share(int((safe & broke).sum()), breaches),
        wrongly_rejected=share(int((sure & ~broke).sum()), broke.size - breaches),
        left=share(int((~sure & ~safe).sum()), broke.size),
        auc=area,
        calibration_error=error,
        bins=bins,
    )
