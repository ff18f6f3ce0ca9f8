"""What is learned when: first everything, then what is near news, then the fine differences."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from training.sources import Row


@dataclass(frozen=True, slots=True)
class Stage:
    """One pass over a choice of rows.

    `rate` is the encoder's highest learning rate, `noise` the share of rows disturbed, `authored` how often an
    authored comment comes, `share` the part kept of sources far from news. Every `pairs_every` steps (0: never)
    the embedding tells pairs apart; `hard_pairs` puts those on like subjects together.
    """

    rate: float
    noise: float
    authored: int
    pairs_every: int = 0
    hard_pairs: bool = False
    share: dict[str, float] = field(default_factory=dict)

    def choose(self, rows: Sequence[Row], seed: int) -> list[Row]:
        """Pick the rows of this stage."""
        rng = random.Random(seed)
        chosen: list[Row] = []
        for row in rows:
            if row.source == "authored":
                chosen += [row] * self.authored
            elif rng.random() < self.share.get(row.source, 1.0):
                chosen.append(row)
        return chosen


STAGES = {
    "public": Stage(rate=1.2e-4, noise=0.2, authored=1),
    "news": Stage(
        rate=8e-5,
        noise=0.25,
        authored=3,
        pairs_every=3,
        share={
            "jigsaw": 0.6,
            "misogyny": 0.5,
            "davidson": 0.4,
            "edos": 0.4,
            "stackexchange": 0.4,
            "telegram": 0.4,
            "templates": 0.4,
            "cat_context": 0.3,
            "civil_sentences": 0.3,
            "encyclopedia": 0.3,
            "goemotions": 0.3,
            "stormfront": 0.3,
            "jigsaw_binary": 0.15,
        },
    ),
    "polish": Stage(
        rate=4e-5,
        noise=0.25,
        authored=3,
        pairs_every=3,
        hard_pairs=True,
        share={
            "dghs": 0.7,
            "civil_care": 0.6,
            "civil_llm_moderation": 0.6,
            "toxic_spans_clean": 0.4,
            "civil_marco": 0.3,
            "hatemoji": 0.3,
            "civil_sociosim": 0.3,
            "toxic_spans": 0.25,
            "edos": 0.2,
            "ghc": 0.2,
            "jigsaw": 0.2,
            "misogyny": 0.1,
            "templates": 0.2,
            "cat_context": 0.1,
            "civil_sentences": 0.1,
            "davidson": 0.1,
            "encyclopedia": 0.1,
            "goemotions": 0.1,
            "stackexchange": 0.1,
            "stormfront": 0.1,
            "telegram": 0.1,
            "jigsaw_binary": 0.05,
        },
    ),
}
