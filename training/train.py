"""Teach the network, in the stages of stages.py, each starting from the one before.

    python -m training.train --data ../shared/data --base DIR --out runs/public --stage public
    python -m training.train --data ../shared/data --base DIR --out runs/news --stage news --start runs/public
    python -m training.train --data ../shared/data --base DIR --out runs/polish --stage polish --start runs/news

A run saves a checkpoint every few minutes and goes on from it when started again.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from training.data import Batch, Encoder, load, part
from training.network import Network
from training.noise import misspellings
from training.pairs import batches as pair_batches
from training.pairs import by_subject, contrast, find_pairs
from training.sources import Row
from training.stages import STAGES, Stage

WORDS, DRIFT, APART = 0.7, 0.6, 0.3
"""What the marked words, the drift from the base weights' embedding and the pairs weigh beside the labels."""

PAIRS = 24
"""Pairs in one step that tells them apart."""

TOKENS = 2048
"""Tokens in one batch."""

AVERAGED_EVERY = 8
"""Steps between two additions to the running average of the weights, which is what a run leaves behind."""

TAUGHT = 4
"""One row in so many is held to the base weights' embedding."""


def teacher_vectors(base: Path, tokenizer: Tokenizer, rows: list[Row], cache: Path) -> dict[str, np.ndarray]:
    """Give the base weights' embedding of one row in `TAUGHT`, which the network must not lose while it learns."""
    texts = [row.text for row in rows if row.source == "authored" or part(row.text, TAUGHT) == 0]
    known: dict[str, np.ndarray] = np.load(cache, allow_pickle=True).item() if cache.is_file() else {}
    todo = sorted({text for text in texts if text not in known}, key=len)
    network = Network(base).eval()
    tokenizer.enable_truncation(128)
    tokenizer.enable_padding(length=None)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(todo), 64):
            chunk = todo[at : at + 64]
            encoded = tokenizer.encode_batch([text[:3000] for text in chunk])
            ids = torch.tensor([e.ids for e in encoded])
            mask = torch.tensor([e.attention_mask for e in encoded])
            known |= dict(zip(chunk, network(ids, mask)[2].float().numpy().astype(np.float16), strict=True))
    tokenizer.no_padding()
    np.save(cache, known, allow_pickle=True)
    return known


def loss_of(network: Network, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Add up what the labels, the marked words and the lost embedding cost; unknown targets cost nothing."""
    with torch.autocast("cpu", torch.bfloat16):
        labels, words, vectors = (output.float() for output in network(batch.ids, batch.mask))
    known = (batch.labels >= 0).float() * batch.weight[:, None]
    by_label = (cross_entropy(labels, batch.labels.clamp(min=0), reduction="none") * known).sum() / known.sum()
    marked = (batch.spans >= 0).float()
    by_word = (cross_entropy(words, batch.spans.clamp(min=0), reduction="none") * marked).sum()
    by_word = by_word / marked.sum().clamp(min=1)
    drift = ((1 - (vectors * batch.teacher).sum(-1)) * batch.taught).sum() / batch.taught.sum().clamp(min=1)
    parts = {"labels": by_label.item(), "words": by_word.item(), "drift": drift.item()}
    return by_label + WORDS * by_word + DRIFT * drift, parts


class Run:
    """A network being taught: its optimizer, the running average of its weights, and how far it is."""

    def __init__(self, network: Network, rate: float, steps: int, checkpoint: Path) -> None:
        self.network, self.steps, self.checkpoint, self.step = network, steps, checkpoint, 0
        heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
        groups = [{"params": list(network.encoder.parameters()), "lr": rate}, {"params": heads, "lr": 5 * rate}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
        self.rates = [rate, 5 * rate]
        self.average = {name: value.detach().clone() for name, value in network.state_dict().items()}
        if checkpoint.is_file():
            state = torch.load(checkpoint, weights_only=True)
            network.load_state_dict(state["network"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.average, self.step = state["average"], state["step"]
        network.train()

    def save(self) -> None:
        """Write a checkpoint that `__init__` goes on from; never half of one."""
        state = {"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict()}
        unfinished = self.checkpoint.with_suffix(".part")
        torch.save({**state, "average": self.average, "step": self.step}, unfinished)
        unfinished.replace(self.checkpoint)

    def learn(self, loss: Tensor) -> None:
        """Take one step down, slowly at first, then along a cosine."""
        self.step += 1
        progress = min(1.0, self.step / self.steps)
        pace = min(1.0, progress / 0.04) * (0.49 * (1 + math.cos(math.pi * progress)) + 0.02)
        for group, top in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = top * pace
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        if self.step % AVERAGED_EVERY == 0:
            self._add_to_average(self.step / AVERAGED_EVERY)

    def _add_to_average(self, times: float) -> None:
        keep = min(0.99, (1 + times) / (10 + times))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                if value.is_floating_point():
                    self.average[name].lerp_(value, 1 - keep)


def follow(run: Run, stage: Stage, batches: Iterator[Batch], pairs: Iterator[tuple[Tensor, Tensor, Tensor]]) -> None:
    """Learn from every batch after the checkpoint, and say now and then how it goes."""
    began, seen, usual = time.monotonic(), 0, dict[str, float]()
    for at, batch in enumerate(batches, start=1):
        if at <= run.step:
            continue
        loss, parts = loss_of(run.network, batch)
        if stage.pairs_every and at % stage.pairs_every == 0:
            apart = contrast(run.network, *next(pairs))
            loss, parts["pairs"] = loss + APART * apart, apart.item()
        run.learn(loss)
        seen += len(batch.ids)
        usual |= {name: 0.98 * usual.get(name, value) + 0.02 * value for name, value in parts.items()}
        if at % 100 == 0:
            figures = " ".join(f"{name} {value:.4f}" for name, value in usual.items())
            print(f"step {at}/{run.steps} {figures} {seen / (time.monotonic() - began):.0f} rows/s", flush=True)
        if at % 500 == 0:
            run.save()


def main() -> None:
    """Read the command line and teach one stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--start", type=Path, help="run whose weights to start from")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    stage, began = STAGES[args.stage], time.monotonic()
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)

    rows = stage.choose(load(args.data).train, args.seed)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    teacher = teacher_vectors(args.base, tokenizer, rows, args.out.parent / "teacher.npy")
    encoder = Encoder(tokenizer, misspellings(args.data), stage.noise)
    network = Network(args.base)
    if args.start:
        network.load_state_dict(torch.load(args.start / "network.pt", weights_only=True))
    pairs = find_pairs(rows, args.seed)
    if stage.hard_pairs:
        pairs = by_subject(pairs, network, tokenizer, args.seed, PAIRS)
    # Counting exactly would mean preparing every row twice; a twentieth tells the number of steps well enough.
    steps = 20 * sum(1 for _ in encoder.batches(rows[: len(rows) // 20], {}, TOKENS, 0))
    run = Run(network, stage.rate, steps, args.out / "last.pt")
    print(f"{len(rows)} rows, about {steps} steps, from step {run.step}", flush=True)
    follow(run, stage, encoder.batches(rows, teacher, TOKENS, 1000 * args.seed), pair_batches(pairs, tokenizer, PAIRS))
    torch.save(run.average, args.out / "network.pt")
    about = {"stage": args.stage, "rows": len(rows), "steps": run.step, "seed": args.seed, "start": str(args.start)}
    about["minutes"] = round((time.monotonic() - began) / 60, 1)
    (args.out / "run.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
