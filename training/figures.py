"""Measured numbers with their 95 % intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number: `value` with its interval on `rows` rows; `target` as the issue or the design sets it."""

    name: str
    value: float
    rows: int
    low: float
    high: float
    target: str = ""


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Give the 95 % interval of a share."""
    if not n:
        return 0.0, 1.0
    z, p = 1.96, hits / n
    middle, half = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return float((middle - half) / (1 + z * z / n)), float((middle + half) / (1 + z * z / n))


def share(name: str, flags: Sequence[bool], target: str = "") -> Figure:
    """Give the share of true flags."""
    hits, n = sum(flags), len(flags)
    return Figure(name, hits / max(n, 1), n, *wilson(hits, n), target)


def resampled(
    name: str, truth: np.ndarray, scores: np.ndarray, score: Callable[[np.ndarray, np.ndarray], float], target: str = ""
) -> Figure:
    """Give a score with its bootstrap interval (200 draws)."""
    rng = np.random.default_rng(1)
    draws = []
    for _ in range(200):
        pick = rng.integers(0, len(truth), len(truth))
        if len(set(truth[pick].tolist())) > 1:
            draws.append(score(truth[pick], scores[pick]))
    low, high = np.percentile(draws, [2.5, 97.5])
    return Figure(name, float(score(truth, scores)), len(truth), float(low), float(high), target)


def auc(name: str, truth: Sequence[float], scores: Sequence[float], target: str = "") -> Figure:
    """Give the area under the ROC curve."""
    return resampled(name, np.array(truth, float), np.array(scores, float), roc_auc_score, target)


def macro_f1(name: str, truth: Sequence[float], marked: Sequence[float], target: str = "") -> Figure:
    """Give F1 averaged over the two classes."""

    def score(t: np.ndarray, m: np.ndarray) -> float:
        return float(f1_score(t, m, average="macro"))

    return resampled(name, np.array(truth, float), np.array(marked, float), score, target)
