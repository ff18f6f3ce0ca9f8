"""Texts that belong together, from which the embedding learns what a news comment is about rather than how it sounds.

Two halves of one comment share a subject, so do a comment and its article, and a comment and the one it answers.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import cross_entropy

from belowline.normalise.fold import fold
from training.data import AUTHORED
from training.network import Network
from training.sources import SENTENCE_END, Row

TEMPERATURE = 0.05


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts on one subject; pairs of one `group` may share theirs and are never told apart."""

    left: str
    right: str
    group: str


def find_pairs(rows: Sequence[Row], seed: int) -> list[Pair]:
    """Make one pair of every row that allows it; authored rows take a passage of their article."""
    rng = random.Random(seed)
    passages = {
        path.stem: [
            p for p in json.loads(path.read_text(encoding="utf-8"))["text"].split("\n\n") if len(p.split()) > 15
        ]
        for path in (AUTHORED / "articles").glob("*.json")
    }
    pairs = []
    for row in rows:
        if row.source == "authored":
            if "relevance" not in row.extra["breaks"] and len(row.text.split()) >= 8:
                pairs.append(Pair(row.text, rng.choice(passages[row.article]), row.article))
        elif row.source == "cat_context" and row.parent and len(row.text.split()) >= 6:
            pairs.append(Pair(row.text[:800], row.parent[:800], row.text[:40]))
        elif row.source.startswith(("civil", "toxic_spans")):
            sentences = SENTENCE_END.split(row.text)
            if len(sentences) >= 2 and len(row.text.split()) >= 24:
                cut = rng.randrange(1, len(sentences))
                left, right = " ".join(sentences[:cut]), " ".join(sentences[cut:])
                if min(len(left.split()), len(right.split())) >= 8:
                    pairs.append(Pair(left, right, row.group or row.text[:40]))
    rng.shuffle(pairs)
    return pairs


def by_subject(pairs: Sequence[Pair], network: Network, tokenizer: Tokenizer, seed: int, size: int) -> list[Pair]:
    """Order pairs so that every `size` in a row are on like subjects: telling those apart is what has to be learned."""
    vectors = np.zeros((len(pairs), 384), np.float32)
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].left))
    network.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(order), 64):
            chunk = order[at : at + 64]
            ids, mask = pad([tokenizer.encode(pairs[i].left).ids for i in chunk])
            vectors[chunk] = network(ids, mask)[2].float().numpy()
    network.train()
    rng = random.Random(seed)
    left = list(range(len(pairs)))
    rng.shuffle(left)
    groups = []
    while len(left) >= size:
        pool = left[:4000]
        first = pool[0]
        near = np.argsort(-(vectors[pool] @ vectors[first]))[:size]
        chosen = {pool[i] for i in near}
        groups.append([pairs[i] for i in chosen])
        left = [i for i in left if i not in chosen]
    rng.shuffle(groups)
    return [pair for group in groups for pair in group]


def pad(encoded: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Give ids and mask of token lists, padded to the longest."""
    length = max(map(len, encoded))
    ids, mask = np.zeros((len(encoded), length), np.int64), np.zeros((len(encoded), length), np.int64)
    for i, tokens in enumerate(encoded):
        ids[i, : len(tokens)], mask[i, : len(tokens)] = tokens, 1
    return torch.from_numpy(ids), torch.from_numpy(mask)


def batches(pairs: Sequence[Pair], tokenizer: Tokenizer, size: int) -> Iterator[tuple[Tensor, Tensor, Tensor]]:
    """Yield ids and mask of `size` pairs for ever, lefts before rights, and which pairs share a group."""
    at = 0
    while True:
        chosen = [pairs[(at + i) % len(pairs)] for i in range(size)]
        at += size
        encoded = [tokenizer.encode(fold(t).text).ids for t in [p.left for p in chosen] + [p.right for p in chosen]]
        groups = [p.group for p in chosen]
        same = torch.tensor([[i != j and a == b for j, b in enumerate(groups)] for i, a in enumerate(groups)])
        yield *pad(encoded), same


def contrast(network: Network, ids: Tensor, mask: Tensor, same: Tensor) -> Tensor:
    """Give the loss of telling each left's right among all rights, and the other way round."""
    with torch.autocast("cpu", torch.bfloat16):
        vectors = network(ids, mask)[2]
    left, right = vectors.float().chunk(2)
    likeness = (left @ right.T / TEMPERATURE).masked_fill(same, -1e4)
    target = torch.arange(len(left))
    return 0.5 * (cross_entropy(likeness, target) + cross_entropy(likeness.T, target))
