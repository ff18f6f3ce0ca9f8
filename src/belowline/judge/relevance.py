"""Relevance: how likely a comment has nothing to do with the article, its subject or the comment it answers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from belowline.errors import ModelError
from belowline.judge.encoder import Background, Encoder, Floats, Reading
from belowline.judge.story import Story
from belowline.judge.subject import Abstained, Answer, Looked, Skipped, Subject
from belowline.normalise.language import NO_LANGUAGE
from belowline.types import Finding, Guidelines

FEATURES = (
    "passage",
    "passages",
    "story",
    "title",
    "nearest",
    "above_background",
    "shared",
    "rarest_shared",
    "weight",
    "background",
    "parent",
    "shared_parent",
)
_NEAREST_BACKGROUND = 12


def describe(reading: Reading, story: Story | None, parent: Reading | None, background: Background) -> Floats:
    """Describe in numbers how near a comment is to its story and its parent, in the order of FEATURES."""
    vector, tokens = reading.vector, np.array(sorted(set(reading.tokens)), np.int64)
    rarity = background.rarity[tokens]
    weight = float(rarity.sum())
    usual = float(np.sort(background.vectors @ vector)[-_NEAREST_BACKGROUND:].mean())
    values = dict.fromkeys(FEATURES, 0.0)
    values["weight"] = float(np.log1p(weight))
    values["background"] = usual
    if story is not None:
        near = np.sort(story.passages @ vector)[::-1]
        values["passage"] = float(near[0])
        values["passages"] = float(near[:3].mean())
        middle = story.passages.mean(0)
        values["story"] = float(middle @ vector / np.linalg.norm(middle))
        values["title"] = float((story.titles @ vector).max())
        values["nearest"] = max(values["passage"], values["title"])
        values["above_background"] = values["nearest"] - usual
        values["shared"], values["rarest_shared"] = _shared(tokens, rarity, story.tokens)
    if parent is not None:
        values["parent"] = float(parent.vector @ vector)
        values["shared_parent"] = _shared(tokens, rarity, frozenset(parent.tokens))[0]
    return np.array([values[name] for name in FEATURES], np.float32)


def _shared(tokens: NDArray[np.int64], rarity: Floats, others: frozenset[int]) -> tuple[float, float]:
    """Give the share of a comment's weight that the other text has too, and its rarest word there."""
    held = np.fromiter((token in others for token in tokens.tolist()), bool, len(tokens))
    if not held.any():
        return 0.0, 0.0
    return float(rarity[held].sum() / max(float(rarity.sum()), 1e-6)), float(rarity[held].max())


class RelevanceCheck:
    """Scores how likely a comment is off topic; skipped where there is no article to be off."""

    name = "relevance"

    def __init__(self, guidelines: Guidelines, encoder: Encoder) -> None:
        self._rules = [rule.id for rule in guidelines.rules if rule.relevance]
        self.covers = frozenset(self._rules)
        self._languages = encoder.languages
        self._background = encoder.background
        self._network = OffTopic(encoder.card["relevance"])

    def run(self, subject: Subject) -> Answer:
        """Give one finding for each guideline that reads relevance."""
        if not self._rules:
            return Skipped("no guideline asks for it")
        if subject.coverage is None:
            return Skipped("no article was given")
        if subject.language.code == NO_LANGUAGE:
            # An emoji or a number is a short reaction.
            score = 0.0
        elif subject.language.code in self._languages:
            parent = subject.parent_reading
            features = describe(subject.reading, subject.coverage.story(), parent, self._background)
            score = self._network.probability(features, answers=parent is not None)
        else:
            return Abstained(f"the model was not measured in this language ({subject.language.code})")
        return Looked(tuple(Finding(rule, self.name, score) for rule in self._rules))


class OffTopic:
    """A network of one small hidden layer over the features, as the card holds it. Raises ModelError."""

    def __init__(self, card: dict[str, Any]) -> None:
        if tuple(card["features"]) != FEATURES:
            raise ModelError("The model's card has other relevance features than this version: install both again.")
        self._mean = np.asarray(card["mean"], np.float32)
        self._scale = np.asarray(card["scale"], np.float32)
        self._layers = [(np.asarray(w, np.float32), np.asarray(b, np.float32)) for w, b in card["layers"]]
        self._logits = np.asarray(card["calibration"]["logit"], np.float64)
        self._probabilities = np.asarray(card["calibration"]["probability"], np.float64)

    def probability(self, features: Floats, answers: bool) -> float:
        """Give the calibrated probability that a comment with these features is off topic."""
        values = np.append((features - self._mean) / self._scale, np.float32(answers))
        (first, bias), (last, offset) = self._layers
        logit = float((np.tanh(values @ first + bias) @ last + offset)[0])
        return float(np.interp(logit, self._logits, self._probabilities))
