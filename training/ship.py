"""Put a model and its bands in the place of the shipped ones, once `evaluate` has shown that they are better.

python -m training.ship --export runs/export
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from pathlib import Path

from belowline.guidelines.load import DEFAULT_FOLDER
from belowline.judge.encoder import SHIPPED, Encoder

FILES = ("model.onnx", "tokenizer.json", "background.npz", "card.json")


def write_bands(guideline: str, approve: float, reject: float) -> None:
    """Put bands into a guideline's file."""
    path = DEFAULT_FOLDER / f"{guideline}.toml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^approve_below = .*$", f"approve_below = {approve}", text)
    text = re.sub(r"(?m)^reject_from = .*$", f"reject_from = {reject}", text)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Read the command line, check that the files belong together, and copy them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--export", type=Path, required=True)
    args = parser.parse_args()
    Encoder(args.export)
    for guideline, bands in json.loads((args.export / "bands.json").read_text(encoding="utf-8")).items():
        write_bands(guideline, bands["approve_below"], bands["reject_from"])
    for name in FILES:
        shutil.copy(args.export / name, SHIPPED / name)


if __name__ == "__main__":
    main()
