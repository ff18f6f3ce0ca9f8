"""What a check is given to look at, and what it may answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from belowline.normalise.fold import Folded
from belowline.normalise.language import Language
from belowline.types import Finding

if TYPE_CHECKING:
    from belowline.judge.encoder import Encoder, Reading
    from belowline.judge.story import Story


class Subject:
    """One comment with its judging copy, its language and what it is written under.

    The encoder reads a comment once, when the first check asks for it, however many ask.
    """

    def __init__(
        self, folded: Folded, language: Language, encoder: Encoder, *, story: Story | None = None, parent: str = ""
    ) -> None:
        self.folded = folded
        self.language = language
        self.story = story
        self.parent = parent
        self._encoder = encoder

    @cached_property
    def reading(self) -> Reading:
        """Give what the encoder makes of the comment."""
        return self._encoder.read(self.folded.text)

    @cached_property
    def parent_reading(self) -> Reading | None:
        """Give what the encoder makes of the comment that is answered."""
        return self._encoder.read(self.parent) if self.parent.strip() else None


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
