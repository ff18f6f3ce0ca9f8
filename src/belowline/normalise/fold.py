"""The judging copy of a comment: what a reader sees in it, in plain letters, with a map to what was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from belowline.normalise import characters, entities, lookalikes, marks, spaced, stretched, symbols
from belowline.normalise.copy import Change, Edit, JudgingCopy
from belowline.types import Span

# The order matters: each step expects what the ones before it have cleared away.
_STEPS: tuple[Callable[[str], list[Edit]], ...] = (
    entities.find,
    characters.find,
    characters.find_joiners,
    marks.find,
    lookalikes.find,
    spaced.find,
    spaced.find_broken,
    spaced.find_underscored,
    stretched.find,
    symbols.find,
)

# Undoing one disguise can lay open another. Real comments need one or two rounds; the limit keeps the cost
# of the most contrived text in proportion to its length.
_MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Folded:
    """A comment's judging copy; `changes` names the disguises that were undone, in the original's order."""

    original: str
    text: str
    changes: tuple[Change, ...] = ()
    _starts: list[int] | None = field(default=None, compare=False, repr=False)
    _ends: list[int] | None = field(default=None, compare=False, repr=False)

    def span(self, start: int, end: int) -> Span:
        """Give the stretch of the original that `text[start:end]` came from.

        Code points, end exclusive; offsets beyond the copy are taken as its edges. A stretch that is not
        empty gives one that is not empty.
        """
        start = min(max(start, 0), len(self.text))
        end = min(max(end, start), len(self.text))
        if self._starts is None or self._ends is None:
            return Span(start, end)
        if start == end:
            here = self._starts[start] if start < len(self.text) else len(self.original)
            return Span(here, here)
        return Span(self._starts[start], self._ends[end - 1])


def fold(text: str) -> Folded:
    """Make the judging copy of `text`: disguises undone, case and every living orthography kept.

    Folding a judging copy again changes nothing. Any string is taken, and the cost grows with its length.
    """
    copy: JudgingCopy | None = None
    current = text
    for _ in range(_MOST_ROUNDS):
        before = current
        for find in _STEPS:
            edits = find(current)
            if edits:
                copy = (copy or JudgingCopy.of(text)).apply(edits)
                current = copy.text
        if current == before:
            break
    if copy is None:
        return Folded(text, text)
    changes = tuple(sorted(copy.changes, key=lambda change: (change.span.start, change.span.end)))
    return Folded(text, copy.text, changes, copy.starts, copy.ends)
