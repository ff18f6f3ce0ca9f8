"""Turn a trained run into the files the package ships: model.onnx in int8, tokenizer.json, background.npz.

python -m training.export --run runs/news --base DIR --data ../shared/data --out runs/export
"""

from __future__ import annotations

import argparse
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from belowline.normalise.fold import fold
from training.data import load
from training.network import Network

SUBJECTS = 256
"""Embeddings of common subjects that are shipped as background."""


class Alone(nn.Module):
    """The network for one text without padding, which is how it is always run: nothing to mask."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Ids (1, length) to label logits, span logits and embedding."""
        return self.network(ids, torch.ones_like(ids))


def write_onnx(network: Network, folder: Path, *, narrow: bool) -> None:
    """Write the network in fp32 beside the int8 that is shipped.

    `narrow` keeps weights to seven bits: processors without VNNI add products up in 16 bits, and eight would
    overflow there, so that the same comment had another score on another machine.
    """
    torch.onnx.export(
        Alone(network.eval()),
        (torch.ones((1, 16), dtype=torch.int64),),
        str(folder / "model.fp32.onnx"),
        input_names=["ids"],
        output_names=["labels", "words", "vector"],
        opset_version=17,
        dynamo=False,
        dynamic_axes={"ids": {1: "length"}, "words": {1: "length"}},
    )
    quantize_dynamic(
        folder / "model.fp32.onnx",
        folder / "model.onnx",
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=narrow,
    )
    onnx.checker.check_model(str(folder / "model.onnx"))


def write_background(network: Network, tokenizer: Tokenizer, texts: list[str], folder: Path) -> None:
    """Write how rare every vocabulary entry is among comments, and the embeddings of what they are about."""
    counts: Counter[int] = Counter()
    vectors = []
    tokenizer.enable_truncation(128)
    with torch.inference_mode():
        for i, text in enumerate(texts):
            ids = tokenizer.encode(fold(text).text).ids
            counts.update(set(ids))
            if i < 6000 and len(ids) > 20:
                row = torch.tensor([ids])
                vectors.append(network(row, torch.ones_like(row))[2][0].numpy())
    rarity = np.zeros(tokenizer.get_vocab_size(), np.float32)
    for token in range(len(rarity)):
        rarity[token] = max(0.0, np.log(len(texts) / (1 + counts[token])) - 2.0)
    np.savez_compressed(
        folder / "background.npz",
        rarity=rarity.astype(np.float16),
        vectors=middles(np.stack(vectors)).astype(np.float16),
    )


def middles(vectors: np.ndarray, rounds: int = 12) -> np.ndarray:
    """Group unit vectors around SUBJECTS middles (spherical k-means) and give the middles."""
    chosen = vectors[np.random.default_rng(1).choice(len(vectors), SUBJECTS, replace=False)]
    for _ in range(rounds):
        nearest = (vectors @ chosen.T).argmax(1)
        for i in range(SUBJECTS):
            if (nearest == i).any():
                chosen[i] = vectors[nearest == i].mean(0)
        chosen /= np.linalg.norm(chosen, axis=1, keepdims=True)
    return chosen


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--wide", action="store_true", help="use all eight bits")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    network = Network(args.base)
    network.load_state_dict(torch.load(args.run / "network.pt", weights_only=True))
    write_onnx(network, args.out, narrow=not args.wide)
    shutil.copy(args.base / "tokenizer.json", args.out / "tokenizer.json")
    texts = [r.text for r in load(args.data).train if r.source.startswith(("civil_care", "civil_llm", "toxic_spans"))]
    write_background(network, Tokenizer.from_file(str(args.base / "tokenizer.json")), texts, args.out)
    shutil.copy(args.run / "run.json", args.out / "run.json")


if __name__ == "__main__":
    main()
