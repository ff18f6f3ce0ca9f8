"""Choose every guideline's bands by a stated rule, on rows the network never learned from.

    python -m training.bands --data ../shared/data --model runs/export      writes runs/export/bands.json

The rule, for each guideline on the tuning rows weighed to what stands under news:
reject from the lowest score at which precision is at least `PRECISION` there and from there up; approve below the
highest score under which at most `MISSED` of the comments that break it fall. A band is at least `NARROWEST` wide.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from belowline import Comment, Judge, Verdict
from training.data import load
from training.measures import authored_rows, breaks, news_weights, usable

PRECISION = 0.95
MISSED = 0.06
NARROWEST = 0.1
LOWEST_REJECT = 0.5
HIGHEST_APPROVE = 0.45
GRID = np.round(np.arange(0.01, 1.0, 0.01), 2)


def choose(truth: np.ndarray, scores: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Give (approve_below, reject_from) by the rule."""
    reject = 0.98
    for threshold in GRID[::-1]:
        above = scores >= threshold
        if above.any() and (weight[above] * truth[above]).sum() / weight[above].sum() < PRECISION:
            break
        reject = threshold
    missed = np.array([(scores[truth] < t).mean() for t in GRID])
    approve = float(GRID[missed <= MISSED].max(initial=0.02))
    reject = max(float(reject), LOWEST_REJECT)
    return round(min(approve, HIGHEST_APPROVE, reject - NARROWEST), 2), round(reject, 2)


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
    bands = {}
    for rule in judge.guidelines.rules:
        truth = np.array([breaks(row, rule.id) for row in ours] + [False] * len(clean))
        scores = np.array([v.scores[rule.id] or 0.0 for v in verdicts])
        approve, reject = choose(truth, scores, weight)
        print(f"{rule.id:18} approve below {approve:.2f}  reject from {reject:.2f}  ({int(truth.sum())} rows break it)")
        bands[rule.id] = {"approve_below": approve, "reject_from": reject}
    (args.model / "bands.json").write_text(json.dumps(bands, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
