"""THE ORDERED LIST: every check that looks at a comment, the one function that merges, and Judge."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from belowline.decide import decide
from belowline.errors import GuidelineError
from belowline.guidelines import load_guidelines
from belowline.intake.text import LONGEST_COMMENT, accept
from belowline.judge.classifier import ClassifierCheck
from belowline.judge.deadline import Deadline, NotDone
from belowline.judge.encoder import SHIPPED, Encoder
from belowline.judge.links import LinksCheck
from belowline.judge.relevance import RelevanceCheck
from belowline.judge.repeats import RepeatHistory, RepeatsCheck
from belowline.judge.story import StoryShelf
from belowline.judge.subject import Abstained, Answer, Check, Looked, Skipped, Subject
from belowline.judge.terms import TermsCheck
from belowline.normalise.fold import fold
from belowline.normalise.language import detect
from belowline.types import Article, CheckState, Comment, Finding, Guidelines, Verdict

# A check takes milliseconds; one that takes this long hangs.
TIME_LIMIT = 10.0
# Scores are rounded so that the last bits, in which processors differ, can't turn a decision.
DIGITS = 4


def ordered_checks(guidelines: Guidelines, encoder: Encoder, history: RepeatHistory | None) -> tuple[Check, ...]:
    """Give every check in the order in which verdicts list them. All of them run, whatever the others find."""
    return (
        TermsCheck(guidelines),
        LinksCheck(guidelines),
        ClassifierCheck(guidelines, encoder),
        RelevanceCheck(guidelines, encoder),
        RepeatsCheck(guidelines, history),
    )


class Judge:
    """Judges comments against the guidelines and the article; safe to use from several threads.

    `guidelines`: the default rules, a publisher's folder over them, or rules already loaded. `history` remembers
    earlier comments, for repeats. `time_limit`: seconds a check may take before it counts as not done.
    Raises GuidelineError and ModelError.
    """

    def __init__(
        self,
        guidelines: Guidelines | Path | str | None = None,
        *,
        model: Path | str = SHIPPED,
        history: RepeatHistory | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        self.encoder = Encoder(Path(model))
        if not isinstance(guidelines, Guidelines):
            folder = None if guidelines is None else Path(guidelines)
            guidelines = load_guidelines(folder, self.encoder.labels)
        self.guidelines = guidelines
        self.checks = ordered_checks(guidelines, self.encoder, history)
        for rule in guidelines.rules:
            # Comments would be approved by silence.
            if not any(rule.id in check.covers for check in self.checks):
                raise GuidelineError(
                    f"No check looks after the guideline {rule.id}: give it terms or say what it reads."
                )
        self._shelf = StoryShelf(self.encoder)
        self._deadline = Deadline()
        self._time_limit = time_limit

    @property
    def model(self) -> str:
        """Give the fingerprint of the model, which every verdict names."""
        return self.encoder.fingerprint

    def judge(self, comment: Comment | str, articles: Article | Sequence[Article] = ()) -> Verdict:
        """Judge one comment under an article, or under several that tell one story.

        Raises CommentError and ArticleError for what can't be judged; a check that fails raises nothing, it is
        recorded as not done and the decision is `pending`.
        """
        if isinstance(comment, str):
            comment = Comment(comment)
        text = accept(comment.text)
        told = (articles,) if isinstance(articles, Article) else tuple(articles)
        coverage = self._shelf.get(told) if told else None
        folded = fold(text)
        language = detect(folded.text, hint=next((a.language for a in told if a.language), None))
        parent = fold((comment.parent or "")[:LONGEST_COMMENT]).text
        subject = Subject(folded, language, self.encoder, coverage=coverage, parent=parent)
        outcomes = [(check, *self._ask(check, subject)) for check in self.checks]
        scores, findings = merge(self.guidelines, outcomes)
        states = tuple(state for _, state, _ in outcomes)
        decision, reasons = decide(self.guidelines, scores, states)
        return Verdict(
            id=comment.id,
            decision=decision,
            reasons=reasons,
            scores=scores,
            findings=findings,
            checks=states,
            language=language.code,
            language_confidence=round(language.confidence, DIGITS),
            model=self.encoder.fingerprint,
            guidelines=self.guidelines.fingerprint,
        )

    def judge_many(
        self, rows: Iterable[tuple[Comment, Article | Sequence[Article]]], threads: int = 2
    ) -> Iterator[Verdict]:
        """Judge many comments on several threads, in constant memory; verdicts come in the order of the rows.

        Ends with CommentError or ArticleError at the first row that can't be judged.
        """
        rows = iter(rows)
        with ThreadPoolExecutor(threads) as pool:
            while chunk := list(islice(rows, 64 * threads)):
                yield from pool.map(lambda row: self.judge(*row), chunk)

    def _ask(self, check: Check, subject: Subject) -> tuple[CheckState, tuple[Finding, ...]]:
        def work() -> tuple[CheckState, tuple[Finding, ...]]:
            return _record(check, check.run(subject), self.guidelines, len(subject.folded.original))

        try:
            return self._deadline.run(work, self._time_limit)
        except NotDone as error:  # fails closed: whatever a check raises, a person decides
            return CheckState(check.name, "not_done", str(error)), ()


def merge(
    guidelines: Guidelines, outcomes: Iterable[tuple[Check, CheckState, tuple[Finding, ...]]]
) -> tuple[Mapping[str, float | None], tuple[Finding, ...]]:
    """Bring all checks' findings together: each guideline's highest score, and the findings that forbid approval.

    A guideline that no check could fully look after has the score of what was found all the same, or None.
    """
    outcomes = list(outcomes)
    scores: dict[str, float | None] = {}
    kept: list[Finding] = []
    for rule in guidelines.rules:
        looking = [(state, findings) for check, state, findings in outcomes if rule.id in check.covers]
        found = [f for _, findings in looking for f in findings if f.guideline == rule.id]
        reasons = [f for f in found if f.score >= rule.approve_below]
        complete = any(s.state == "done" for s, _ in looking) and not any(
            s.state in ("not_done", "abstained") for s, _ in looking
        )
        if reasons or complete:
            scores[rule.id] = max((f.score for f in found), default=0.0)
        else:
            scores[rule.id] = None
        kept += reasons
    return scores, tuple(kept)


def _record(
    check: Check, answer: Answer, guidelines: Guidelines, length: int
) -> tuple[CheckState, tuple[Finding, ...]]:
    """Take a check's answer, rounded; nonsense counts as not done."""
    match answer:
        case Skipped(reason):
            return CheckState(check.name, "skipped", reason), ()
        case Abstained(reason):
            return CheckState(check.name, "abstained", reason), ()
        case Looked(findings):
            for finding in findings:
                if nonsense := _nonsense(finding, check, guidelines, length):
                    return CheckState(check.name, "not_done", nonsense), ()
            return CheckState(check.name, "done"), tuple(
                Finding(f.guideline, check.name, round(float(f.score), DIGITS), f.spans, f.note) for f in findings
            )
        case _:
            return CheckState(check.name, "not_done", "gave no answer"), ()


def _nonsense(finding: Finding, check: Check, guidelines: Guidelines, length: int) -> str:
    if finding.guideline not in guidelines.by_id:
        return "named a guideline that does not exist"
    if finding.guideline not in check.covers:
        return "named a guideline that it does not look after"
    if not (math.isfinite(finding.score) and 0 <= finding.score <= 1):
        return "gave a score that is no probability"
    if any(not 0 <= span.start < span.end <= length for span in finding.spans):
        return "gave a span outside the comment"
    return ""
