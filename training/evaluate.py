"""Measure the judge on everything set aside, write the figures, and compare them with the shipped card.

    python -m training.evaluate --data ../shared/data [--model DIR] [--quick] [--write]

`--quick` draws at most 400 rows a set. `--write` puts the figures into the model's card and docs/model.md.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from belowline import Judge, load_guidelines
from belowline.judge.encoder import SHIPPED
from belowline.types import Guidelines
from training import measures
from training.data import load
from training.figures import Figure
from training.measures import Bench

ROOT = Path(__file__).parent.parent


def measure(judge: Judge, data: Path, limit: int | None, only: str) -> Iterable[Figure]:
    """Run every measure whose name contains `only`."""
    split = load(data)
    bench = Bench(judge, limit)
    runs = {
        "constructive": lambda: measures.constructive(bench, data),
        "healthy": lambda: measures.healthy(bench, data),
        "authored": lambda: measures.authored(bench, split),
        "calibration": lambda: measures.calibration(bench, split),
        "disguised": lambda: measures.disguised(bench, split, data),
        "jigsaw": lambda: measures.jigsaw(bench, split),
        "insults": lambda: measures.insults(bench, data),
        "hate": lambda: measures.hate(bench, data),
        "splits": lambda: measures.own_splits(bench, split),
        "identity": lambda: measures.identity_words(bench, data),
        "promotion": lambda: measures.promotion(bench, split, data),
        "marks": lambda: measures.marks(bench, data),
        "relevance": lambda: measures.relevance(bench, data),
    }
    for name, run in runs.items():
        if only in name:
            began = time.monotonic()
            yield from run()
            print(f"  ({name}: {time.monotonic() - began:.0f} s)", flush=True)


def line(figure: Figure, before: dict[str, float]) -> str:
    """Write a figure for a reader, with what the shipped card says where that differs."""
    old = before.get(figure.name)
    change = f"  (card: {old:.4f})" if old is not None and abs(old - figure.value) > 5e-5 else ""
    return (
        f"{figure.name:70} {figure.value:7.4f}  [{figure.low:.4f}, {figure.high:.4f}]  n={figure.rows}"
        f"  {figure.target}{change}"
    )


def page(card: dict, figures: list[Figure], judge: Judge) -> str:
    """Make docs/model.md."""
    rows = "\n".join(
        f"| {f.name} | {f.value:.4f} | {f.low:.4f} to {f.high:.4f} | {f.rows:,} | {f.target} |" for f in figures
    )
    bands = "\n".join(
        f"| `{r.id}` | {', '.join(f'`{label}`' for label in r.labels) or '(the embedding)'} "
        f"| {r.approve_below} | {r.reject_from} | {r.action} |"
        for r in judge.guidelines.rules
    )
    learned = "\n".join(f"| {name} | {n:,} |" for name, n in card["learned_from"].items())
    template = (ROOT / "training/model_page.md").read_text(encoding="utf-8")
    return template.format(
        fingerprint=card["fingerprint"],
        guidelines=judge.guidelines.fingerprint,
        figures=rows,
        bands=bands,
        learned=learned,
        languages=", ".join(card["languages"]),
    )


def guidelines_with(bands: Path) -> Guidelines:
    """Give the default guidelines, with a candidate's own bands where it brings some."""
    guidelines = load_guidelines()
    if not bands.is_file():
        return guidelines
    chosen = json.loads(bands.read_text(encoding="utf-8"))
    rules = tuple(replace(rule, **chosen.get(rule.id, {})) for rule in guidelines.rules)
    return replace(guidelines, rules=rules, by_id={rule.id: rule for rule in rules})


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", help="measure only what has this in its name")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    judge = Judge(guidelines_with(args.model / "bands.json"), model=args.model)
    card = json.loads((args.model / "card.json").read_text(encoding="utf-8"))
    before = {f["name"]: f["value"] for f in card.get("figures", [])}
    figures = []
    for figure in measure(judge, args.data, 400 if args.quick else None, args.only):
        figures.append(figure)
        print(line(figure, before), flush=True)
    if args.write:
        card["figures"] = [asdict(f) for f in figures]
        card["guidelines"] = judge.guidelines.fingerprint
        (args.model / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        (ROOT / "docs/model.md").write_text(page(card, figures, judge), encoding="utf-8")


if __name__ == "__main__":
    main()
