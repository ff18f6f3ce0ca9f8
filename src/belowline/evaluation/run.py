"""The judge held against people's labels, row by row, and what comes of it for each guideline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from belowline.errors import InputError
from belowline.evaluation.figures import Figures, measure, measure_decisions
from belowline.evaluation.labels import read_labels, require_labels
from belowline.guidelines import load_guidelines
from belowline.judge.checks import Judge
from belowline.scan.row import Rows, require_columns
from belowline.scan.run import PLAIN_COLUMNS, Columns, make_job
from belowline.scan.source import open_rows
from belowline.scan.workers import Job, Judging, open_workers
from belowline.types import Article, Guidelines


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures for each guideline that was labelled, for whole decisions, and the rows that could not be used."""

    guidelines: Mapping[str, Figures]
    overall: Figures
    errors: tuple[str, ...]
    model: str
    fingerprint: str

    def as_dict(self) -> dict[str, object]:
        """Give the evaluation as plain values."""
        return {
            "overall": self.overall.as_dict(),
            "guidelines": {name: figures.as_dict() for name, figures in self.guidelines.items()},
            "errors": list(self.errors),
            "model": self.model,
            "fingerprint": self.fingerprint,
        }


@dataclass(slots=True)
class _Notes:
    """What is kept of each row: a score and a label for each guideline, and the decision."""

    scores: dict[str, list[float | None]] = field(default_factory=dict)
    labels: dict[str, list[bool]] = field(default_factory=dict)
    decisions: list[str] = field(default_factory=list)
    breaks_any: list[bool] = field(default_factory=list)
    highest: list[float | None] = field(default_factory=list)

    def add(self, labels: Mapping[str, bool], scores: Mapping[str, float | None], decision: str) -> None:
        for name, label in labels.items():
            self.labels.setdefault(name, []).append(label)
            self.scores.setdefault(name, []).append(scores[name])
        self.decisions.append(decision)
        self.breaks_any.append(any(labels.values()))
        self.highest.append(max((score for name in labels if (score := scores[name]) is not None), default=None))


def evaluate(
    source: Path,
    *,
    columns: Columns = PLAIN_COLUMNS,
    labels_column: str = "breaks",
    articles: Sequence[Article] = (),
    guidelines: Path | None = None,
    workers: int | None = None,
    make_judge: Callable[[], Judging] | None = None,
) -> Evaluation:
    """Judge labelled rows and measure how right that was.

    A row that can't be judged, or whose labels can't be read, is among `errors` and counts nowhere else.
    Raises InputError, GuidelineError, ModelError, WorkerError.
    """
    rules = load_guidelines(guidelines)
    notes, errors = _Notes(), []
    with (
        open_rows(source) as rows,
        open_workers(make_judge or partial(Judge, guidelines), workers or os.cpu_count() or 1) as pool,
    ):
        require_columns(rows, tuple(filter(None, (columns.text, columns.id, columns.article, columns.parent))), source)
        require_labels(rows, labels_column, rules.by_id, source)
        identity = pool.identify()
        waiting: dict[int, Mapping[str, bool]] = {}
        jobs = _jobs(
            rows,
            columns=columns,
            articles=tuple(articles),
            labels_column=labels_column,
            rules=rules,
            waiting=waiting,
        )
        for judged in pool.judge(jobs):
            labels = waiting.pop(judged.row, {})
            if judged.verdict is not None:
                notes.add(labels, judged.verdict.scores, judged.verdict.decision)
            elif judged.error is not None:
                errors.append(f"row {judged.row}: {judged.error.message} [{judged.error.code}]")
    return Evaluation(
        guidelines={
            rule.id: measure(notes.scores[rule.id], notes.labels[rule.id], rule.approve_below, rule.reject_from)
            for rule in rules.rules
            if rule.id in notes.labels
        },
        overall=measure_decisions(notes.decisions, notes.breaks_any, notes.highest),
        errors=tuple(errors),
        model=identity.model,
        fingerprint=identity.guidelines,
    )


def _jobs(
    rows: Rows,
    *,
    columns: Columns,
    articles: tuple[Article, ...],
    labels_column: str,
    rules: Guidelines,
    waiting: dict[int, Mapping[str, bool]],
) -> Iterator[Job]:
    """Give a job for each row, and note its labels in `waiting` until it has been judged."""
    for row in rows:
        job = make_job(row, columns, articles)
        if job.error is None:
            try:
                waiting[row.number] = read_labels(row, labels_column, rules.by_id)
            except InputError as error:
                job = replace(job, error=error)
        yield job
