"""Measure the judge beside a classifier the size of BERT-base in PyTorch, in one run on one machine.

    python bench/judge.py [--out bench/results.md] [--comments 20000] [--rounds 200] [--batches 12]

The classifier's weights are random: time is the same. It reads a comment's tokens and gives one number for each
guideline, alone and on one thread for the first figure, in batches of 32 at 64 tokens on every core for the others.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from belowline.cli.demo import page
from belowline.guidelines import load_guidelines
from belowline.judge.checks import Judge
from belowline.judge.encoder import SHIPPED
from belowline.scan.run import scan
from belowline.types import Article

# Rounds that are run before the clock is looked at.
WARM = 5
BATCH, TOKENS = 32, 64
_START = """
from time import perf_counter
begun = perf_counter()
from belowline import Judge
judge = Judge()
ready = perf_counter() - begun
judge.judge("Well said, Mr Adeyemi. Somebody had to ask.")
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(ready, peak / 1024)
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; `peer` is the classifier's figure, `met` None where there is no target."""

    what: str
    here: str
    peer: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """Give the line's cells as text."""
        met = {True: "yes", False: "NO", None: ""}[self.met]
        return self.what, self.here, self.peer, self.ratio, self.target, met


HEADING = ("what", "Belowline", "BERT-base", "ratio", "target", "met")


class Peer:
    """A classifier of BERT-base's size in PyTorch, with random weights."""

    def __init__(self) -> None:
        import torch  # noqa: PLC0415 - loaded only once the judge's own memory has been measured
        from transformers import BertConfig, BertForSequenceClassification  # noqa: PLC0415

        self._torch = torch
        torch.manual_seed(0)
        self._network = BertForSequenceClassification(BertConfig()).eval()

    def seconds(self, rows: int, tokens: int, threads: int) -> float:
        """Give how long one batch takes."""
        self._torch.set_num_threads(threads)
        ids = self._torch.randint(1000, 30_000, (rows, tokens))
        begun = perf_counter()
        with self._torch.inference_mode():
            self._network(input_ids=ids, attention_mask=self._torch.ones_like(ids))
        return perf_counter() - begun


class Writer:
    """Writes comments of any length out of the sample page and the guidelines' own examples; seeded, so repeatable."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._chance = random.Random(7)

    def write(self, words: int) -> str:
        """Give a comment of so many words."""
        found: list[str] = []
        while len(found) < words:
            found += self._chance.choice(self._texts).split()
        return " ".join(found[:words])

    def mixed(self, count: int) -> list[str]:
        """Give comments of 5 to 150 words, short ones more often, as under news."""
        return [self.write(round(5 * 30 ** self._chance.random())) for _ in range(count)]


def median_ms(work: Callable[[str], object], texts: Sequence[str]) -> float:
    """Give the median time of one piece of work, in milliseconds."""
    times = []
    for text in texts:
        begun = perf_counter()
        work(text)
        times.append(perf_counter() - begun)
    return 1000 * statistics.median(times[WARM:])


def measure_start() -> list[Measure]:
    """Measure a fresh process: time until a judge is ready, and the most memory it ever held."""
    runs = [
        subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(3)
    ]
    ready = statistics.median(float(run[0]) for run in runs)
    peak = statistics.median(float(run[1]) for run in runs)
    return [
        Measure("start, import to Judge() ready", f"{ready:.2f} s", target="under 1.5 s", met=ready < 1.5),
        Measure("memory at its peak", f"{peak:.0f} MB", target="under 350 MB", met=peak < 350),
    ]


def measure_one(peer: Peer, writer: Writer, article: Article, rounds: int) -> list[Measure]:
    """Measure one comment of 60 words on one thread, all checks."""
    from tokenizers import Tokenizer  # noqa: PLC0415

    texts = [writer.write(60) for _ in range(rounds + WARM)]
    tokenizer = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    lengths = {text: len(tokenizer.encode(text).ids) for text in texts}
    theirs = median_ms(lambda text: peer.seconds(1, lengths[text], threads=1), texts[: max(20, rounds // 5) + WARM])
    judge = Judge()
    lines = []
    for what, articles in (("without an article", ()), ("under an article", (article,))):
        ours = median_ms(lambda text, articles=articles: judge.judge(text, articles), texts)  # type: ignore[misc]
        lines.append(
            Measure(
                f"one comment of 60 words, one thread, {what}",
                f"{ours:.2f} ms",
                f"{theirs:.0f} ms",
                f"{theirs / ours:.0f} times",
                "20 times; under 8 ms",
                theirs / ours >= 20 and ours < 8,
            )
        )
    return lines


def measure_scan(peer: Peer, writer: Writer, article: Article, comments: int, batches: int) -> list[Measure]:
    """Measure a scan of mixed comments on every core, start of the workers included."""
    cores = os.cpu_count() or 1
    peer.seconds(BATCH, TOKENS, cores)
    theirs = BATCH / statistics.median(peer.seconds(BATCH, TOKENS, cores) for _ in range(batches))
    lines = []
    plain = 0.0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "comments.jsonl"
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in writer.mixed(comments)))
        for what, articles in (("without an article", []), ("under one article", [article])):
            begun = perf_counter()
            scan(source, Path(folder) / f"{what}.jsonl", articles=articles, workers=cores)
            ours = comments / (perf_counter() - begun)
            plain = plain or ours
            target, met = (
                ("half of that without", ours >= plain / 2)
                if articles
                else ("25 times; 300 a second", ours >= 300 and ours >= 25 * theirs)
            )
            lines.append(
                Measure(
                    f"scan of {comments:,} mixed comments, {cores} cores, {what}",
                    f"{ours:.0f} a second",
                    f"{theirs:.1f} a second",
                    f"{ours / theirs:.0f} times",
                    target,
                    met,
                )
            )
    return lines


def table(lines: Sequence[Measure]) -> str:
    """Give the measures as a Markdown table."""
    rows = [HEADING, *(line.cells() for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADING))]
    shown = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    return "\n".join([shown[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *shown[1:]])


def main() -> None:
    """Measure everything, print the table and keep it where asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--out", type=Path, help="a Markdown file to write the table to")
    parser.add_argument("--comments", type=int, default=20_000, help="comments in the scan")
    parser.add_argument("--rounds", type=int, default=200, help="comments judged one by one")
    parser.add_argument("--batches", type=int, default=12, help="batches the classifier is timed on")
    chosen = parser.parse_args()

    article, samples = page.read_page(page.FOLDER)
    examples = [example.text for rule in load_guidelines().rules for example in (*rule.breaks, *rule.keeps)]
    writer = Writer([*(sample.comment.text for sample in samples), *examples])
    lines = measure_start()
    peer = Peer()
    parts = (
        partial(measure_one, peer, writer, article, chosen.rounds),
        partial(measure_scan, peer, writer, article, chosen.comments, chosen.batches),
    )
    for part in parts:
        lines += part()
    print(table(lines))
    if chosen.out:
        cores = os.cpu_count() or 1
        chosen.out.write_text(
            f"# Speed and memory\n\nMeasured by `make bench` on a machine with {cores} cores.\n\n{table(lines)}\n",
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
