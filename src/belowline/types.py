"""The words of the system as frozen values; they know nothing of how they are made or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

DecisionName = Literal["approved", "rejected", "pending"]
Action = Literal["reject", "hold"]
State = Literal["done", "abstained", "skipped", "not_done"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a comment's original text, in Unicode code points, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """What readers comment on, as plain text off the page; boilerplate may still be in it."""

    text: str
    title: str = ""
    id: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote, byte for byte; `parent` is the text of the comment it answers."""

    text: str
    id: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's reason to think that a comment breaks one guideline.

    `score` is the calibrated probability, 0 to 1, that it does; `note` says in a few plain words what
    was found where the spans alone do not ("link to a shop").
    """

    guideline: str
    check: str
    score: float
    spans: tuple[Span, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckState:
    """How one check's run ended.

    `done`: it looked and said what it found. `abstained`: it can't judge this comment (a language it
    was not measured in), so nothing may be approved on its silence. `skipped`: there was nothing to
    look at (no article given). `not_done`: it failed, ran past its time or returned nonsense, and a
    person must decide.
    """

    name: str
    state: State
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that the machine found about one comment, and what follows from it under the guidelines.

    `scores` has every guideline, 0 to 1 or None where no check could say. `reasons` are the guidelines
    that led to the decision: those broken when rejected, those in doubt when pending.
    """

    id: str
    decision: DecisionName
    reasons: tuple[str, ...]
    scores: Mapping[str, float | None]
    findings: tuple[Finding, ...]
    checks: tuple[CheckState, ...]
    language: str
    language_confidence: float
    model: str
    guidelines: str

    def as_dict(self) -> dict[str, object]:
        """Give the one JSON shape of a verdict, the same in command line, API, webhooks and exports."""
        return {
            "id": self.id,
            "decision": self.decision,
            "reasons": list(self.reasons),
            "scores": dict(self.scores),
            "findings": [
                {
                    "guideline": f.guideline,
                    "check": f.check,
                    "score": f.score,
                    "spans": [{"start": s.start, "end": s.end} for s in f.spans],
                    **({"note": f.note} if f.note else {}),
                }
                for f in self.findings
            ],
            "checks": [
                {"name": c.name, "state": c.state, **({"reason": c.reason} if c.reason else {})} for c in self.checks
            ],
            "language": self.language,
            "language_confidence": self.language_confidence,
            "model": self.model,
            "guidelines": self.guidelines,
        }


@dataclass(frozen=True, slots=True)
class TermList:
    """Words and phrases that a guideline looks for, in one language, with the score a hit is worth.

    `quoted_score` is what the same hit is worth inside quotation marks or where the writer objects to it.
    """

    words: tuple[str, ...]
    score: float
    quoted_score: float
    language: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A comment that a guideline names as breaking or keeping it, with its context where that matters."""

    text: str
    article: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Guideline:
    """A rule of the house: its public text, what it reads, how sure is sure enough, and what follows.

    A score below `approve_below` is sure enough to approve, one of `reject_from` or more sure enough
    for `action`; between them a person decides. `missed` are comments that break it and that the shipped model is known
    to let through.
    """

    id: str
    title: str
    text: str
    approve_below: float
    reject_from: float
    action: Action = "reject"
    heading: str = ""
    labels: tuple[str, ...] = ()
    links: bool = False
    relevance: bool = False
    repeats: bool = False
    terms: tuple[TermList, ...] = ()
    breaks: tuple[Example, ...] = ()
    keeps: tuple[Example, ...] = ()
    missed: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Guidelines:
    """The rules of one house in a fixed order, with the fingerprint that verdicts name.

    `by_id` follows from the rules and need not be given.
    """

    rules: tuple[Guideline, ...]
    fingerprint: str
    by_id: Mapping[str, Guideline] = field(repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        if not self.by_id:
            object.__setattr__(self, "by_id", {rule.id: rule for rule in self.rules})
