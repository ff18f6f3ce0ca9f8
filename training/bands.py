"""Choose every guideline's bands by a stated rule, on rows the network never learned from.

    python -m training.bands --data ../shared/data --model runs/export      writes runs/export/bands.json

The rule, for each guideline on the tuning rows weighed to what stands under news:
reject from the lowest score at and above which precision is at least `PRECISION`; approve below the
highest score under which at most one comment in `ONE_IN` breaks it, but never so low that more than `CLEAN_HELD` of
clean news comments wait for a person on its account. A band is at least `NARROWEST` wide. Nothing is rejected on a
score that one of the guidelines' own near misses reaches, since a fair comment rejected is the worst mistake: for those
examples the bands are therefore no proof.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from belowline import Article, Comment, Judge, Verdict
from belowline.types import Example
from training.data import load
from training.measures import authored_rows, breaks, news_weights, usable

PRECISION = 0.9
ONE_IN = 200
CLEAN_HELD = 0.02
NARROWEST = 0.1
LOWEST_REJECT, HIGHEST_REJECT = 0.7, 0.95
LOWEST_APPROVE, HIGHEST_APPROVE = 0.05, 0.25
GRID = np.round(np.concatenate([np.arange(0.005, 0.1, 0.005), np.arange(0.1, 1.0, 0.01)]), 3)


def posed(example: Example) -> tuple[Comment, Article | tuple[()]]:
    """Give a guideline's example as a comment under its article."""
    return Comment(example.text, parent=example.parent), Article(example.article) if example.article else ()


def choose(
    truth: NDArray[np.bool_], scores: NDArray[np.float64], weight: NDArray[np.float64], clean: NDArray[np.float64]
) -> tuple[float, float]:
    """Give (approve_below, reject_from) by the rule; `clean` are the scores of clean news comments."""
    precise = [
        float(threshold)
        for threshold in GRID
        if (above := scores >= threshold).any() and np.average(truth[above], weights=weight[above]) >= PRECISION
    ]
    reject = min(max(min(precise, default=HIGHEST_REJECT), LOWEST_REJECT), HIGHEST_REJECT)
    approve = 0.0
    for threshold in GRID:
        below = scores < threshold
        if below.any() and (weight[below] * truth[below]).sum() / weight[below].sum() > 1 / ONE_IN:
            break
        approve = float(threshold)
    affordable = float(next(t for t in GRID if (clean >= t).mean() <= CLEAN_HELD))
    approve = max(approve, affordable, LOWEST_APPROVE)
    return round(min(approve, HIGHEST_APPROVE, reject - NARROWEST), 3), round(reject, 3)


def main() -> None:
    """Read the command line, and choose."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    args = parser.parse_args()
    judge = Judge(model=args.model)
    tune = load(args.data).tune
    ours = [row for row in tune if row.source == "authored"]
    clean = [
        row
        for row in tune
        if row.source in ("civil_care", "civil_llm_moderation", "toxic_spans_clean")
        and row.labels["toxicity"] < 0.1
        and usable(row.text)
    ]
    verdicts: Sequence[Verdict] = list(judge.judge_many(authored_rows(ours))) + list(
        judge.judge_many((Comment(row.text), ()) for row in clean)
    )
    weight = news_weights([*ours, *clean])
    near_misses = [judge.judge(*posed(example)) for rule in judge.guidelines.rules for example in rule.keeps]
    kept = np.array([not row.extra["breaks"] for row in ours])
    bands = {}
    for rule in judge.guidelines.rules:
        truth = np.array([breaks(row, rule.id) for row in ours] + [False] * len(clean))
        scores = np.array([v.scores[rule.id] or 0.0 for v in verdicts])
        # Whether a comment is off topic shows only under an article, which the public ones lack.
        innocent = scores[: len(ours)][kept] if rule.relevance else scores[len(ours) :]
        approve, reject = choose(truth, scores, weight, innocent)
        nearest = max(v.scores[rule.id] or 0.0 for v in near_misses)
        if nearest >= reject:
            print(f"{rule.id}: a near miss scores {nearest}, so reject from there instead of {reject}")
            reject = round(nearest + 0.006, 2)
        print(f"{rule.id:18} approve below {approve:.3f}  reject from {reject:.3f}  ({int(truth.sum())} rows break it)")
        bands[rule.id] = {"approve_below": approve, "reject_from": reject}
    (args.model / "bands.json").write_text(json.dumps(bands, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
