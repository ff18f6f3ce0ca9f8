"""The same text again and again: from one comment to the next, and inside one comment."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from threading import Lock
from typing import Protocol

from belowline.judge.subject import Looked, Subject
from belowline.normalise.fold import Folded
from belowline.types import Finding, Guidelines, Span

# Below this many letters two readers may well say the same ("well said", "I could not agree more").
FEWEST_LETTERS = 25
# (times it stands, score), highest first.
STEPS = ((6, 0.9), (3, 0.6), (2, 0.3))
_SENTENCE = re.compile(r"[^.!?…。؟\n]+")


class RepeatHistory(Protocol):
    """Whoever remembers what was written before."""

    def times_seen(self, text: str) -> int:
        """Say how often a text came before, the comment being judged left out.

        `text` is what `essence` gives: lower-cased letters and digits only.
        """


class MemoryHistory:
    """A history that lives in memory and forgets the text not seen for longest beyond `limit` of them."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._times: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()

    def add(self, text: str) -> None:
        """Remember that a text, as `essence` gives it, was written once more."""
        with self._lock:
            self._times[text] = self._times.pop(text, 0) + 1
            if len(self._times) > self._limit:
                self._times.popitem(last=False)

    def times_seen(self, text: str) -> int:
        """Say how often a text was added."""
        with self._lock:
            return self._times.get(text, 0)


class RepeatsCheck:
    """Finds comments that were written before and sentences that a comment says over and over.

    Without a history only the second is looked at.
    """

    name = "repeats"

    def __init__(self, guidelines: Guidelines, history: RepeatHistory | None = None) -> None:
        self._guidelines = [rule.id for rule in guidelines.rules if rule.repeats]
        self.covers = frozenset(self._guidelines)
        self._history = history

    def run(self, subject: Subject) -> Looked:
        """Give one finding for a text seen before and one for a sentence repeated, for each guideline that asks.

        Raises ValueError where the history answers with less than zero.
        """
        if not self._guidelines:
            return Looked()
        found = [*self._seen_before(subject.folded), *_said_over(subject.folded)]
        return Looked(
            tuple(
                Finding(guideline, self.name, score, spans, note)
                for guideline in self._guidelines
                for score, spans, note in found
            )
        )

    def _seen_before(self, folded: Folded) -> list[tuple[float, tuple[Span, ...], str]]:
        text = essence(folded.text)
        if self._history is None or len(text) < FEWEST_LETTERS:
            return []
        before = self._history.times_seen(text)
        if before < 0:
            raise ValueError("a text can't have been seen less than never")
        score = _score(before + 1)
        if score == 0:
            return []
        return [(score, (folded.span(0, len(folded.text)),), f"the same text {before + 1} times")]


def essence(text: str) -> str:
    """Reduce a judging copy to lower-cased letters and digits, by which two texts are the same."""
    return "".join(filter(str.isalnum, text.lower()))


def _said_over(folded: Folded) -> list[tuple[float, tuple[Span, ...], str]]:
    sentences = [(essence(match[0]), match) for match in _SENTENCE.finditer(folded.text)]
    counted = Counter(text for text, _ in sentences if len(text) >= FEWEST_LETTERS)
    if not counted:
        return []
    most, times = counted.most_common(1)[0]
    # Twice in one comment is a slip of the paste key; anything more is meant.
    if times < 3:
        return []
    spans = tuple(folded.span(match.start(), match.end()) for text, match in sentences if text == most)
    return [(_score(times), spans, f"the same sentence {times} times")]


def _score(times: int) -> float:
    return next((score for step, score in STEPS if times >= step), 0.0)
