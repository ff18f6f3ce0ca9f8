"""Teach the network: first on public sources, then on news-like text with the authored comments.

    python -m training.train --data ../shared/data --base DIR --out runs/one --stage public
    python -m training.train --data ../shared/data --base DIR --out runs/two --stage news --start runs/one

Both stages save a checkpoint every few minutes and go on from it when started again.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from training.data import Batch, Encoder, load
from training.network import Network
from training.noise import misspellings
from training.pairs import batches as pair_batches
from training.pairs import contrast, find_pairs
from training.sources import Row

STAGES = {
    "public": {"epochs": 1, "rate": 1.2e-4, "noise": 0.2, "authored": 1, "pairs_every": 0, "share": {}},
    "news": {
        "epochs": 1, "rate": 8e-5, "noise": 0.25, "authored": 3, "pairs_every": 3,
        "share": {"jigsaw_binary": 0.15, "davidson": 0.4, "edos": 0.4, "stormfront": 0.3, "encyclopedia": 0.3,
                  "goemotions": 0.3, "stackexchange": 0.4, "cat_context": 0.3, "civil_sentences": 0.3, "telegram": 0.4,
                  "jigsaw": 0.6, "templates": 0.4, "misogyny": 0.5},
    },
}
"""What each stage changes: passes over the authored comments, and the share kept of sources far from news."""


PAIRS = 24
"""Pairs in one step that tells them apart."""

AVERAGED_EVERY = 8
"""Steps between two additions to the running average of the weights."""


def teacher_vectors(base: Path, tokenizer: Tokenizer, rows: list[Row], cache: Path, every: int) -> dict[str, np.ndarray]:
    """Give the base weights' embedding of every n-th row, which the network must not lose while it learns."""
    texts = [row.text for i, row in enumerate(rows) if i % every == 0 or row.source == "authored"]
    known: dict[str, np.ndarray] = {}
    if cache.is_file():
        known = np.load(cache, allow_pickle=True).item()
    todo = sorted({t for t in texts if t not in known}, key=len)
    network = Network(base).eval()
    tokenizer.enable_truncation(128)
    tokenizer.enable_padding(length=None)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(todo), 64):
            chunk = todo[at : at + 64]
            encoded = tokenizer.encode_batch([t[:3000] for t in chunk])
            ids = torch.tensor([e.ids for e in encoded])
            mask = torch.tensor([e.attention_mask for e in encoded])
            vectors = network(ids, mask)[2].float().numpy().astype(np.float16)
            known |= dict(zip(chunk, vectors, strict=True))
    tokenizer.no_padding()
    np.save(cache, known, allow_pickle=True)  # type: ignore[arg-type]
    return known


def loss_of(network: Network, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Add up what the labels, the marked words and the lost embedding cost; unknown targets cost nothing."""
    with torch.autocast("cpu", torch.bfloat16):
        labels, spans, vectors = network(batch.ids, batch.mask)
    labels, spans, vectors = labels.float(), spans.float(), vectors.float()
    known = (batch.labels >= 0).float() * batch.weight[:, None]
    by_label = (cross_entropy(labels, batch.labels.clamp(min=0), reduction="none") * known).sum() / known.sum()
    marked = (batch.spans >= 0).float()
    by_word = (cross_entropy(spans, batch.spans.clamp(min=0), reduction="none") * marked).sum() / marked.sum().clamp(min=1)
    drift = ((1 - (vectors * batch.teacher).sum(-1)) * batch.taught).sum() / batch.taught.sum().clamp(min=1)
    parts = {"labels": by_label.item(), "words": by_word.item(), "drift": drift.item()}
    return by_label + 0.7 * by_word + 0.6 * drift, parts


def choose(rows: list[Row], stage: dict, seed: int) -> list[Row]:
    """Pick the rows of a stage: authored comments several times, far sources thinned."""
    rng = random.Random(seed)
    chosen = []
    for row in rows:
        if row.source == "authored":
            chosen += [row] * stage["authored"]
        elif rng.random() < stage["share"].get(row.source, 1.0):
            chosen.append(row)
    return chosen


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of the base weights")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--start", type=Path, help="run whose weights to start from")
    parser.add_argument("--epochs", type=float)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tokens", type=int, default=2048, help="tokens in one batch")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    stage = STAGES[args.stage]
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)

    rows = choose(load(args.data).train, stage, args.seed)
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    teacher = teacher_vectors(args.base, tokenizer, rows, args.out.parent / "teacher.npy", every=4)
    encoder = Encoder(tokenizer, misspellings(args.data), stage["noise"])
    network = Network(args.base)
    if args.start:
        network.load_state_dict(torch.load(args.start / "network.pt", weights_only=True))
    rate = args.rate or stage["rate"]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": network.encoder.parameters(), "lr": rate}, {"params": heads, "lr": rate * 5}], weight_decay=0.01, fused=True
    )
    epochs = args.epochs or stage["epochs"]
    counted = sum(1 for _ in encoder.batches(rows[: len(rows) // 20], {}, args.tokens, 0)) * 20
    total = int(counted * epochs)
    base_rates = [group["lr"] for group in optimizer.param_groups]
    average = {k: v.detach().clone() for k, v in network.state_dict().items()}
    step, began, seen = 0, time.monotonic(), 0
    last = args.out / "last.pt"
    if last.is_file():
        state = torch.load(last, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        average, step = state["average"], state["step"]
    print(f"{len(rows)} rows, about {total} steps, from step {step}", flush=True)
    network.train()
    pairs = pair_batches(find_pairs(rows, args.seed), tokenizer, PAIRS)
    running: dict[str, float] = {}
    at = 0
    for epoch in range(math.ceil(epochs)):
        for batch in encoder.batches(rows, teacher, args.tokens, args.seed * 1000 + epoch):
            at += 1
            if at <= step:
                continue
            if at > total:
                break
            progress = at / total
            pace = min(1.0, at / (0.04 * total)) * (0.5 * (1 + math.cos(math.pi * min(1.0, progress))) * 0.98 + 0.02)
            for group, top in zip(optimizer.param_groups, base_rates, strict=True):
                group["lr"] = top * pace
            loss, parts = loss_of(network, batch)
            if stage["pairs_every"] and at % stage["pairs_every"] == 0:
                apart = contrast(network, *next(pairs))
                loss, parts["pairs"] = loss + 0.3 * apart, apart.item()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            if at % AVERAGED_EVERY == 0:
                keep = min(0.99, (1 + at / AVERAGED_EVERY) / (10 + at / AVERAGED_EVERY))
                with torch.no_grad():
                    for name, value in network.state_dict().items():
                        if value.is_floating_point():
                            average[name].lerp_(value, 1 - keep)
            seen += len(batch.ids)
            running |= {k: 0.98 * running.get(k, v) + 0.02 * v for k, v in parts.items()}
            if at % 100 == 0:
                speed = seen / (time.monotonic() - began)
                print(f"step {at}/{total} " + " ".join(f"{k} {v:.4f}" for k, v in running.items())
                      + f" {speed:.0f} rows/s", flush=True)
            if at % 500 == 0:
                torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average,
                            "step": at}, last)
    torch.save(average, args.out / "network.pt")
    (args.out / "run.json").write_text(json.dumps({
        "stage": args.stage, "rows": len(rows), "steps": total, "epochs": epochs, "rate": rate, "seed": args.seed,
        "start": str(args.start) if args.start else None, "minutes": round((time.monotonic() - began) / 60, 1),
    }, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
