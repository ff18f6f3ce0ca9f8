"""What a check is given to look at, and what it may answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from belowline.normalise.fold import Folded
from belowline.normalise.language import Language
from belowline.types import Finding

if TYPE_CHECKING:
    from belowline.judge.encoder import Encoder, Reading
    from belowline.judge.story import Coverage


class Subject:
    """One comment with its judging copy, its language and what it is written under.

    The encoder reads a comment once, when the first check asks for it, however many ask.
    """

    def __init__(
        self,
        folded: Folded,
        language: Language,
        encoder: Encoder,
        *,
        coverage: Coverage | None = None,
        parent: str = "",
    ) -> None:
        self.folded = folded
        self.language = language
        self.coverage = coverage
        self.parent = parent
        self._encoder = encoder
        # No functools.cached_property: in Python 3.11 one lock of it would hold up every thread's comments.
        self._reading: Reading | None = None
        self._parent_reading: Reading | None = None

    @property
    def reading(self) -> Reading:
        """Give what the encoder makes of the comment."""
        if self._reading is None:
            self._reading = self._encoder.read(self.folded.text)
        return self._reading

    @property
    def parent_reading(self) -> Reading | None:
        """Give what the encoder makes of the comment that is answered."""
        if self._parent_reading is None and self.parent.strip():
            self._parent_reading = self._encoder.read(self.parent)
        return self._parent_reading


@dataclass(frozen=True, slots=True)
class Looked:
    """The check looked and found this; a guideline without a finding is not broken as far as it can see."""

    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """There was nothing to look at."""

    reason: str


@dataclass(frozen=True, slots=True)
class Abstained:
    """The check can't judge this comment; nothing may be approved on its silence."""

    reason: str


Answer = Looked | Skipped | Abstained


class Check(Protocol):
    """Code that looks at a comment. To add one, write it and name it in `checks.ordered_checks`."""

    @property
    def name(self) -> str:
        """Give the name that verdicts show."""

    @property
    def covers(self) -> frozenset[str]:
        """Give the ids of the guidelines it looks after."""

    def run(self, subject: Subject) -> Answer:
        """Look at a comment. Pure: no database, clock or network. Whatever it raises makes it *not done*."""
