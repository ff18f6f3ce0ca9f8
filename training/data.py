"""What is learned from, what is tuned on and what is only measured, and how rows become tensors."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from belowline.normalise.fold import fold
from training import sources
from training.labels import LABELS, SPAN_LABELS
from training.noise import disturb
from training.sources import Row, key

WINDOW = 128
AUTHORED = Path(__file__).parent / "authored"
VIDEO_LEFT_OUT = "Youtube05-Shakira"


def part(name: str, parts: int = 100) -> int:
    """Put a text or a group into one of `parts` drawers, the same one every time."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "replace")).digest()[:4], "big") % parts


@dataclass(slots=True)
class Split:
    """`train` teaches, `tune` sets calibration and bands, `held` only measures."""

    train: list[Row]
    tune: list[Row]
    held: list[Row]


def set_aside(name: str) -> frozenset[str]:
    """Read the ids of the authored articles that only measure (`held-out.txt`) or only tune (`tuning.txt`)."""
    return frozenset((AUTHORED / name).read_text(encoding="utf-8").split())


HELD, TUNING = set_aside("held-out.txt"), set_aside("tuning.txt")


def destination(row: Row) -> str:
    """Say which part of the split a row belongs to."""
    if row.source == "authored":
        return "held" if row.article in HELD else "tune" if row.article in TUNING else "train"
    if row.extra.get("split") == "test" or row.extra.get("video") == VIDEO_LEFT_OUT:
        return "held"
    drawer = part(row.group or key(row.text))
    if row.source in ("jigsaw", "jigsaw_binary", "cat_context"):
        return "held" if drawer < 12 and row.source == "jigsaw" else "tune" if drawer < 14 else "train"
    if row.source.startswith(("civil", "toxic_spans")):
        return "tune" if drawer < 7 else "train"
    return "train"


def measured_only(root: Path) -> set[str]:
    """Collect the keys of every text that measures and must not teach."""
    keys: set[str] = set()
    texts = {
        "eval/c3/C3_anonymized.csv": "comment_text",
        "eval/ucc/val.csv": "comment",
        "eval/ucc/test.csv": "comment",
        "eval/impermium/train.csv": "Comment",
        "eval/impermium/test_with_solutions.csv": "Comment",
        "eval/impermium/impermium_verification_labels.csv": "Comment",
        "eval/ruddit/ruddit_with_text.csv": "txt",
        "eval/neutralnews/kept_comments.csv": "content",
        "eval/unintended_bias/toxicity_nonfuzzed_testset.csv": "comment",
        "train/toxic_spans/tsd_test.csv": "text",
        "train/toxic_spans/tsd_trial.csv": "text",
    }
    for name, column in texts.items():
        keys |= {key(r[column]) for r in sources.table(root / name) if r.get(column)}
    for name in ("Ethos_Dataset_Binary.csv", "Ethos_Dataset_Multi_Label.csv"):
        for line in (root / "eval/ethos/ethos/ethos_data" / name).read_text(encoding="utf-8").splitlines()[1:]:
            keys.add(key(line.split(";")[0]))
    for path in (root / "eval/yt_spam_extra").glob("*.csv"):
        keys |= {key(r["CONTENT"]) for r in sources.table(path)}
    return keys


def load(root: Path) -> Split:
    """Read every source, drop doubles and everything that is also measured, and split it."""
    split, seen = Split([], [], []), set()
    forbidden = measured_only(root)
    for rows in [sources.authored(AUTHORED), *(reader(root) for reader in sources.PUBLIC)]:
        for row in rows:
            name = key(row.text)
            where = destination(row)
            if len(name) < 2 or name in seen or (name in forbidden and where == "train"):
                continue
            if row.source != "authored":
                seen.add(name)
            getattr(split, where).append(row)
    measured = {key(row.text) for row in split.held}
    split.train = [row for row in split.train if key(row.text) not in measured]
    split.tune = [row for row in split.tune if key(row.text) not in measured]
    return split


@dataclass(slots=True)
class Batch:
    """Tensors for one step; targets below zero are unknown and cost nothing."""

    ids: Tensor
    mask: Tensor
    labels: Tensor
    spans: Tensor
    weight: Tensor
    teacher: Tensor
    taught: Tensor


class Encoder:
    """Turns rows into batches of like length, disturbing a share of them anew in every epoch."""

    def __init__(self, tokenizer: Tokenizer, slips: dict[str, list[str]], noise: float) -> None:
        self.tokenizer, self.slips, self.noise = tokenizer, slips, noise
        self.tokenizer.enable_truncation(WINDOW)
        self.tokenizer.no_padding()

    def encode(self, row: Row, rng: random.Random) -> tuple[list[int], np.ndarray]:
        """Give the ids of a row, disturbed or not, and its span targets (length, SPAN_LABELS)."""
        text, noisy = row.text[:3000], rng.random() < self.noise
        if noisy:
            text = disturb(text, rng, self.slips)
        folded = fold(text)
        encoding = self.tokenizer.encode(folded.text)
        targets = np.full((len(encoding.ids), len(SPAN_LABELS)), -1.0, dtype=np.float32)
        if row.spans is not None and not noisy:
            shares = np.zeros((len(text) + 1, len(SPAN_LABELS)), dtype=np.float32)
            for start, end, kind, share in row.spans:
                shares[start:end, SPAN_LABELS.index(kind)] += share
            sums = np.concatenate([np.zeros((1, len(SPAN_LABELS)), np.float32), shares.cumsum(0)])
            for i, (start, end) in enumerate(encoding.offsets):
                if end > start:
                    place = folded.span(start, end)
                    targets[i] = (sums[place.end] - sums[place.start]) / max(place.end - place.start, 1)
            np.clip(targets, -1, 1, out=targets)
        return encoding.ids, targets

    def batches(self, rows: Sequence[Row], teacher: dict[str, np.ndarray], tokens: int, seed: int) -> Iterator[Batch]:
        """Yield an epoch: shuffled, cut into batches of at most `tokens` tokens with little padding."""
        rng = random.Random(seed)
        order = list(range(len(rows)))
        rng.shuffle(order)
        for at in range(0, len(order), 4096):
            pool = [(rows[i], *self.encode(rows[i], rng)) for i in order[at : at + 4096]]
            pool.sort(key=lambda item: len(item[1]))
            groups: list[list[tuple[Row, list[int], np.ndarray]]] = [[]]
            for item in pool:
                if groups[-1] and len(item[1]) * (len(groups[-1]) + 1) > tokens:
                    groups.append([])
                groups[-1].append(item)
            rng.shuffle(groups)
            for group in groups:
                yield collate(group, teacher)


def collate(group: list[tuple[Row, list[int], np.ndarray]], teacher: dict[str, np.ndarray]) -> Batch:
    """Pad a group of rows to its longest."""
    length, n = max(len(ids) for _, ids, _ in group), len(group)
    ids, mask = np.zeros((n, length), np.int64), np.zeros((n, length), np.int64)
    spans = np.full((n, length, len(SPAN_LABELS)), -1.0, np.float32)
    labels = np.full((n, len(LABELS)), -1.0, np.float32)
    vectors, taught = np.zeros((n, 384), np.float32), np.zeros(n, np.float32)
    for i, (row, tokens, targets) in enumerate(group):
        ids[i, : len(tokens)], mask[i, : len(tokens)] = tokens, 1
        spans[i, : len(tokens)] = targets
        for label, value in row.labels.items():
            labels[i, LABELS.index(label)] = value
        if (vector := teacher.get(row.text)) is not None:
            vectors[i], taught[i] = vector, 1.0
    weight = np.array([row.weight for row, _, _ in group], np.float32)
    return Batch(*(torch.from_numpy(a) for a in (ids, mask, labels, spans, weight, vectors, taught)))
