"""The classifier: what the model's labels say about each guideline, with the words it took offence at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from belowline.judge.encoder import Encoder, Reading
from belowline.judge.subject import Abstained, Answer, Looked, Skipped, Subject
from belowline.normalise.fold import Folded
from belowline.normalise.language import NO_LANGUAGE
from belowline.types import Finding, Guideline, Guidelines, Span

# Which of the model's marks show the words for a label. Kinds of abuse are marked as one.
_MARKS = {
    "profanity": ("profanity",),
    "threat": ("threat",),
    "insult": ("insult",),
    "sexual": ("profanity", "other"),
    "identity_attack": ("identity_attack",),
    "sexism": ("identity_attack",),
    "racism": ("identity_attack",),
    "homophobia": ("identity_attack",),
    "xenophobia": ("identity_attack",),
    "toxicity": ("insult", "profanity", "identity_attack", "threat", "other"),
    "severe_toxicity": ("insult", "profanity", "identity_attack", "threat", "other"),
}
# A word that is less likely than this to give offence is never shown as doing so.
_LEAST = 0.15


class ClassifierCheck:
    """Scores every guideline that reads labels; abstains in languages the model was not measured in."""

    name = "classifier"

    def __init__(self, guidelines: Guidelines, encoder: Encoder) -> None:
        self._rules = [rule for rule in guidelines.rules if rule.labels]
        self._languages = encoder.languages
        self._marks = {
            rule.id: [
                column
                for column, mark in enumerate(encoder.span_labels)
                if any(mark in _MARKS.get(label, ()) for label in rule.labels)
            ]
            for rule in self._rules
        }
        self._threshold: float = encoder.card["span_threshold"]
        self.covers = frozenset(rule.id for rule in self._rules)

    def run(self, subject: Subject) -> Answer:
        """Give one finding for each guideline, with spans where the score is not plainly innocent."""
        # Where there are no words in any language, there is nothing foreign to misread.
        if subject.language.code not in self._languages | {NO_LANGUAGE}:
            return Abstained(f"the model was not measured in this language ({subject.language.code})")
        if not self._rules:
            return Skipped("no guideline asks for it")
        reading = subject.reading
        if not reading.legible:
            return Abstained("there is nothing in it that the model can read")
        return Looked(tuple(self._finding(rule, reading, subject.folded) for rule in self._rules))

    def _finding(self, rule: Guideline, reading: Reading, folded: Folded) -> Finding:
        score = max(reading.labels[label] for label in rule.labels)
        marks = self._marks[rule.id]
        if score < rule.approve_below or not marks:
            return Finding(rule.id, self.name, score)
        return Finding(rule.id, self.name, score, offending_words(reading, marks, folded, self._threshold))


def offending_words(reading: Reading, marks: Sequence[int], folded: Folded, threshold: float) -> tuple[Span, ...]:
    """Give the stretches of the original whose tokens the model marks, whole words, neighbours joined.

    Where no token reaches `threshold`, those near the strongest are shown, if any is likely at all.
    """
    likely = reading.words[:, list(marks)].max(axis=1)
    top = float(likely.max(initial=0.0))
    if top < _LEAST:
        return ()
    text = folded.text
    stretches: list[list[int]] = []
    for i in np.flatnonzero(likely >= min(threshold, 0.7 * top)):
        start, end = reading.offsets[i]
        if stretches and end <= stretches[-1][1]:
            continue  # a piece of a word that is in already
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
        if stretches and start <= stretches[-1][1] + 1:
            stretches[-1][1] = max(end, stretches[-1][1])
        else:
            stretches.append([start, end])
    return tuple(folded.span(start, end) for start, end in stretches)
