"""Choose every guideline's bands by a stated rule, on rows the network never learned from, and write them.

    python -m training.bands --data ../shared/data [--model DIR]

The rule, for each guideline on the tuning rows weighed to what stands under news:
reject from the lowest score at which precision is at least `PRECISION` there and from there up; approve below the
highest score under which at most `MISSED` of the comments that break it fall. A band is at least `NARROWEST` wide.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from belowline import Comment, Judge, Verdict
from belowline.guidelines.load import DEFAULT_FOLDER
from belowline.judge.encoder import SHIPPED
from training.data import load
from training.fit import news_weights
from training.measures import ABUSE, authored_rows, usable
from training.sources import Row

PRECISION = 0.95
MISSED = 0.06
NARROWEST = 0.1
LOWEST_REJECT = 0.5
HIGHEST_APPROVE = 0.45
GRID = np.round(np.arange(0.01, 1.0, 0.01), 2)


def breaks(row: Row, guideline: str) -> bool:
    """Say whether an authored row breaks a guideline; abuse is the general kind of four others."""
    broken = set(row.extra["breaks"])
    return guideline in broken or (guideline == "abuse" and bool(broken & set(ABUSE)))


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


def write(guideline: str, approve: float, reject: float) -> None:
    """Put the bands into the guideline's file."""
    path = DEFAULT_FOLDER / f"{guideline}.toml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^approve_below = .*$", f"approve_below = {approve}", text)
    text = re.sub(r"(?m)^reject_from = .*$", f"reject_from = {reject}", text)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Read the command line, choose and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    args = parser.parse_args()
    judge = Judge(model=args.model)
    tune = load(args.data).tune
    ours = [row for row in tune if row.source == "authored"]
    clean = [row for row in tune if row.source in ("civil_care", "civil_llm_moderation", "toxic_spans_clean")
             and row.labels["toxicity"] < 0.1 and usable(row.text)]
    verdicts: Sequence[Verdict] = list(judge.judge_many(authored_rows(ours))) + list(
        judge.judge_many((Comment(row.text), ()) for row in clean)
    )
    weight = news_weights([*ours, *clean])
    for rule in judge.guidelines.rules:
        truth = np.array([breaks(row, rule.id) for row in ours] + [False] * len(clean))
        scores = np.array([v.scores[rule.id] or 0.0 for v in verdicts])
        approve, reject = choose(truth, scores, weight)
        print(f"{rule.id:18} approve below {approve:.2f}  reject from {reject:.2f}  ({int(truth.sum())} rows break it)")
        write(rule.id, approve, reject)


if __name__ == "__main__":
    main()
