"""The judging copy of a comment while it is being made, and the map from it to the original."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from belowline.types import Span

Kind = Literal["entity", "invisible", "styled", "space", "marks", "look-alike", "spaced", "stretched", "leet", "masked"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of the copy that a step wants replaced; offsets into the copy the step was given."""

    start: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Change:
    """One disguise that was undone, and where in the original it stood."""

    span: Span
    kind: Kind


@dataclass(frozen=True, slots=True)
class JudgingCopy:
    """Text and, for each of its characters, where in the original the stretch it came from starts and ends."""

    text: str
    starts: list[int]
    ends: list[int]
    changes: tuple[Change, ...] = ()

    @classmethod
    def of(cls, original: str) -> JudgingCopy:
        """Begin with the original itself."""
        return cls(original, list(range(len(original))), list(range(1, len(original) + 1)))

    def apply(self, edits: Sequence[Edit]) -> JudgingCopy:
        """Make the next copy by all `edits` at once; they are in order and do not overlap."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        changes = list(self.changes)
        done = 0
        for edit in edits:
            pieces += (self.text[done : edit.start], edit.text)
            starts += self.starts[done : edit.start]
            ends += self.ends[done : edit.start]
            first, last = self.starts[edit.start], self.ends[edit.end - 1]
            if len(edit.text) == edit.end - edit.start:
                starts += self.starts[edit.start : edit.end]
                ends += self.ends[edit.start : edit.end]
            else:
                starts += [first] * len(edit.text)
                ends += [last] * len(edit.text)
            changes.append(Change(Span(first, last), edit.kind))
            done = edit.end
        pieces.append(self.text[done:])
        starts += self.starts[done:]
        ends += self.ends[done:]
        return JudgingCopy("".join(pieces), starts, ends, tuple(changes))
