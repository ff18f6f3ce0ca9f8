"""The comments this project wrote: complete, consistent, and apart from what tests and measures the model."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from belowline import load_guidelines

AUTHORED = Path(__file__).parents[2] / "training" / "authored"
GUIDELINES = load_guidelines()

Row = dict[str, Any]
# Shorter than this it may be anybody's: "Shame on them!"
STOCK_PHRASE = 25


def read_rows() -> dict[str, list[Row]]:
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted((AUTHORED / "comments").glob("*.jsonl"))
    }


ROWS = read_rows()
ALL = [row for rows in ROWS.values() for row in rows]


def essence(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


def test_there_are_enough_articles_and_comments() -> None:
    assert len(ROWS) >= 60
    assert len(ALL) >= 8000
    assert {path.stem for path in (AUTHORED / "articles").glob("*.json")} == set(ROWS)


@pytest.mark.parametrize("article", ROWS)
def test_every_row_is_well_formed(article: str) -> None:
    known = {rule.id for rule in GUIDELINES.rules}
    for number, row in enumerate(ROWS[article], start=1):
        assert row["id"] == f"{article}-{number:03}"
        assert row["text"].strip()
        assert set(row["breaks"]) <= known, row["id"]
        assert row.keys() <= {"id", "text", "breaks", "pair", "parent"}


@pytest.mark.parametrize("article", ROWS)
def test_every_contrast_pair_holds_different_labels(article: str) -> None:
    pairs = defaultdict(list)
    for row in ROWS[article]:
        if "pair" in row:
            pairs[row["pair"]].append(row)
    for name, members in pairs.items():
        assert len(members) >= 2, f"{article} {name}"
        assert len({tuple(row["breaks"]) for row in members}) > 1, f"{article} {name}"


def test_at_least_half_stand_in_contrast_pairs() -> None:
    assert sum("pair" in row for row in ALL) >= len(ALL) / 2


def test_neither_breaking_nor_keeping_is_rare() -> None:
    broken = Counter(guideline for row in ALL for guideline in row["breaks"])
    assert set(broken) == {rule.id for rule in GUIDELINES.rules}
    assert min(broken.values()) >= 100
    assert 0.4 <= sum(not row["breaks"] for row in ALL) / len(ALL) <= 0.6


def test_a_tenth_is_set_aside_by_article() -> None:
    held = set((AUTHORED / "held-out.txt").read_text(encoding="utf-8").split())
    tuning = set((AUTHORED / "tuning.txt").read_text(encoding="utf-8").split())
    assert held <= set(ROWS)
    assert tuning <= set(ROWS)
    assert not held & tuning
    assert sum(len(ROWS[article]) for article in held) >= len(ALL) / 10


def test_the_guidelines_examples_are_not_learned_from() -> None:
    written = {essence(row["text"]) for row in ALL}
    for rule in GUIDELINES.rules:
        for example in (*rule.breaks, *rule.keeps, *rule.missed):
            if len(example.text) < STOCK_PHRASE:
                continue
            assert essence(example.text) not in written, f"{rule.id}: {example.text}"


def test_what_was_settled_stands_in_the_rows() -> None:
    labels = {row["id"]: row["breaks"] for row in ALL}
    for line in (AUTHORED / "settled.jsonl").read_text(encoding="utf-8").splitlines():
        settled = json.loads(line)
        assert settled["why"].strip()
        assert labels[settled["id"]] == sorted(settled["settled"]), settled["id"]
