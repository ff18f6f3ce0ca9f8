"""Fit what stands on the exported network: calibration, the relevance network, the mark threshold; write the card.

    python -m training.fit --export runs/export --data ../shared/data

Everything is fitted on rows the network never learned from. The base rates of the tuning rows are weighed to those
expected under news (`BROKEN_SHARE`), or the probabilities would mean nothing there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from belowline.judge.encoder import Encoder, Reading, fingerprint
from belowline.judge.relevance import FEATURES, describe
from belowline.judge.story import Story, read_story
from belowline.normalise.fold import fold
from belowline.types import Article
from training.data import AUTHORED, WINDOW, load
from training.labels import LABELS, SPAN_LABELS
from training.measures import news_weights
from training.sources import Row

FEW = 150
"""Below so many positives a curve of two parameters is fitted instead of a free one."""

FARTHEST = 0.9995
VERSION = "1"


def identity() -> dict[str, list[float]]:
    """Give the calibration that leaves a logit as it is."""
    return {"logit": [-30.0, 30.0], "probability": [-30.0, 30.0]}


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write card.json with the fingerprint of everything that can change a verdict."""
    card["files"] = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("model.onnx", "tokenizer.json", "background.npz")
    }
    card["fingerprint"] = fingerprint(card)
    (folder / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def first_card() -> dict[str, Any]:
    """Give a card with which the network can be read before anything is fitted."""
    n = len(FEATURES)
    return {
        "name": "belowline-judge",
        "version": VERSION,
        "licence": "Apache-2.0",
        "base": "all-MiniLM-L6-v2 (Apache-2.0)",
        "languages": ["en"],
        "labels": list(LABELS),
        "span_labels": list(SPAN_LABELS),
        "window": WINDOW,
        "calibration": {label: identity() for label in LABELS},
        "relevance": {
            "features": list(FEATURES),
            "mean": [0.0] * n,
            "scale": [1.0] * n,
            "layers": [[[[0.0]] * (n + 1), [0.0]], [[[0.0]], [0.0]]],
            "calibration": identity(),
        },
        "span_threshold": 0.5,
    }


def read_all(encoder: Encoder, texts: Sequence[str]) -> list[Reading]:
    """Read texts on two threads."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda text: encoder.read(fold(text).text), texts))


def knots(logits: np.ndarray, truth: np.ndarray, weight: np.ndarray) -> dict[str, list[float]]:
    """Fit a rising curve from logit to probability and give it as at most 33 points."""
    grid = np.linspace(-12, 12, 33)
    curve = LogisticRegression(C=10.0).fit(logits[:, None], truth, sample_weight=weight)
    smooth = curve.predict_proba(grid[:, None])[:, 1]
    if truth.sum() >= FEW:
        free = IsotonicRegression(out_of_bounds="clip").fit(logits, truth, sample_weight=weight)
        # The free curve is made of steps; averaged with the smooth one it keeps its shape and rises everywhere.
        smooth = 0.5 * smooth + 0.5 * free.predict(grid)
    rising = np.maximum.accumulate(np.clip(smooth, 1 - FARTHEST, FARTHEST)) + np.arange(33) * 1e-7
    return {"logit": grid.round(4).tolist(), "probability": np.clip(rising, 0, 1).round(7).tolist()}


def calibrate(rows: Sequence[Row], readings: Sequence[Reading]) -> dict[str, dict[str, list[float]]]:
    """Fit every label on the rows that know it."""
    weight = news_weights(rows)
    fitted = {}
    for label in LABELS:
        known = [i for i, row in enumerate(rows) if label in row.labels]
        truth = np.array([rows[i].labels[label] >= 0.5 for i in known])
        logits = np.array([readings[i].labels[label] for i in known])
        fitted[label] = (
            knots(logits, truth, weight[known])
            if truth.sum() >= 5
            else {
                "logit": np.linspace(-12, 12, 33).tolist(),
                "probability": (1 / (1 + np.exp(-np.linspace(-12, 12, 33)))).tolist(),
            }
        )
        print(f"  {label}: {len(known)} rows, {int(truth.sum())} break it")
    return fitted


def read_articles(encoder: Encoder) -> dict[str, Story]:
    """Read every authored article as a story."""
    stories = {}
    for path in sorted((AUTHORED / "articles").glob("*.json")):
        a = json.loads(path.read_text(encoding="utf-8"))
        stories[path.stem] = read_story([Article(a["text"], a["title"])], encoder)
    return stories


def subjects(
    rows: Iterable[Row], stories: dict[str, Story], encoder: Encoder, rng: random.Random
) -> tuple[np.ndarray, np.ndarray]:
    """Give features and truth: a comment with its own article is on topic, with another one it is off.

    Half of the others are the nearest by subject. Short reactions fit every article and stay on topic under each;
    a comment labelled off topic is off under its own.
    """
    rows = [row for row in rows if row.article in stories]
    readings = read_all(encoder, [row.text for row in rows])
    parents = {p: encoder.read(fold(p).text) for p in {row.parent for row in rows if row.parent}}
    x, y = [], []
    names = sorted(stories)
    middles = np.stack([np.vstack([stories[n].titles, stories[n].passages]).mean(0) for n in names])
    likeness = middles @ middles.T - 9 * np.eye(len(names))
    nearest = {name: names[int(row.argmax())] for name, row in zip(names, likeness, strict=True)}
    for row, reading in zip(rows, readings, strict=True):
        off = "relevance" in row.extra["breaks"]
        parent = parents.get(row.parent) if row.parent else None
        x.append(np.append(describe(reading, stories[row.article], parent, encoder.background), parent is not None))
        y.append(off)
        says_much = encoder.background.rarity[sorted(set(reading.tokens))].sum() > 14
        if off or (not says_much and rng.random() < 0.7):
            continue
        other = nearest[row.article] if rng.random() < 0.5 else rng.choice([n for n in names if n != row.article])
        x.append(np.append(describe(reading, stories[other], None, encoder.background), False))
        y.append(says_much)
    return np.array(x, np.float32), np.array(y)


def fit_relevance(train: list[Row], tune: list[Row], encoder: Encoder) -> dict[str, Any]:
    """Fit the small network over the features, and its calibration on the tuning articles."""
    rng = random.Random(1)
    stories = read_articles(encoder)
    x, y = subjects(train, stories, encoder, rng)
    mean, scale = x[:, :-1].mean(0), x[:, :-1].std(0) + 1e-6
    scaled = np.c_[(x[:, :-1] - mean) / scale, x[:, -1]]
    network = MLPClassifier((12,), activation="tanh", alpha=0.03, max_iter=400, random_state=1, early_stopping=True)
    network.fit(scaled, y)
    tx, ty = subjects(tune, stories, encoder, rng)
    hidden = np.tanh(np.c_[(tx[:, :-1] - mean) / scale, tx[:, -1]] @ network.coefs_[0] + network.intercepts_[0])
    logits = (hidden @ network.coefs_[1] + network.intercepts_[1])[:, 0]
    # Half of these pairs were set up to be off topic; under news it is one comment in twenty.
    weight = np.where(ty, 0.05 / ty.mean(), 0.95 / (1 - ty.mean()))
    print(f"  relevance: {len(y)} pairs to learn from, {len(ty)} to tune on")
    return {
        "features": list(FEATURES),
        "mean": mean.round(6).tolist(),
        "scale": scale.round(6).tolist(),
        "layers": [
            [w.round(6).tolist(), b.round(6).tolist()] for w, b in zip(network.coefs_, network.intercepts_, strict=True)
        ],
        "calibration": knots(logits, ty, weight),
    }


def best_mark_threshold(rows: Sequence[Row], readings: Sequence[Reading]) -> float:
    """Find the token probability at which the marked characters agree best with what annotators marked."""
    hits: dict[float, list[float]] = defaultdict(list)
    for row, reading in zip(rows, readings, strict=True):
        if row.source != "toxic_spans" or not row.spans:
            continue
        folded = fold(row.text)
        shares = np.zeros(len(row.text) + 1)
        for start, end, _, share in row.spans:
            shares[start:end] += share
        truth = set(np.flatnonzero(shares >= 0.5).tolist())
        likely = reading.words.max(1)
        for threshold in np.arange(0.1, 0.7, 0.05):
            marked: set[int] = set()
            for i in np.flatnonzero(likely >= threshold):
                place = folded.span(*reading.offsets[i])
                marked |= set(range(place.start, place.end))
            both = len(marked & truth)
            hits[float(threshold)].append(2 * both / (len(marked) + len(truth)) if marked or truth else 1.0)
    return round(max(hits, key=lambda t: float(np.mean(hits[t]))), 2) if hits else 0.4


def main() -> None:
    """Read the command line and fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--export", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    split = load(args.data)
    card = first_card()
    write_card(args.export, card)
    encoder = Encoder(args.export)
    tune = [
        r for r in split.tune if r.source.startswith(("civil_care", "civil_llm", "civil_auto", "toxic", "authored"))
    ]
    readings = read_all(encoder, [row.text for row in tune])
    print(f"{len(tune)} rows to calibrate on")
    card["span_threshold"] = best_mark_threshold(tune, readings)
    card["calibration"] = calibrate(tune, readings)
    authored = [r for r in split.train if r.source == "authored"]
    card["relevance"] = fit_relevance(authored, [r for r in tune if r.source == "authored"], encoder)
    learned: dict[str, int] = defaultdict(int)
    for row in split.train:
        learned[row.source] += 1
    card["learned_from"] = dict(sorted(learned.items()))
    write_card(args.export, card)
    print(card["fingerprint"])


if __name__ == "__main__":
    main()
