"""The scan: every row of a file judged, in order, each exactly once however often it is interrupted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any

from belowline.errors import InputError, OutputError
from belowline.judge.checks import Judge
from belowline.scan.output import check_output, open_output
from belowline.scan.row import Row, Rows, require_columns
from belowline.scan.source import STANDARD_INPUT, open_rows
from belowline.scan.state import State, fingerprint_articles, fingerprint_file
from belowline.scan.workers import Job, Judging, open_workers
from belowline.types import Article, Comment

# Results written at a time.
_BATCH = 64


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a row keeps its comment; None where rows have no such column.

    `id` None takes the column `id` where there is one, and the row's number otherwise.
    """

    text: str = "text"
    id: str | None = None
    article: str | None = None
    parent: str | None = None


PLAIN_COLUMNS = Columns()


@dataclass(slots=True)
class Summary:
    """What a scan has come to, earlier runs of it included; `judged` and `seconds` are this run's own."""

    decisions: Counter[str] = field(default_factory=Counter)
    rejected_for: Counter[str] = field(default_factory=Counter)
    left_for: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    first_errors: list[str] = field(default_factory=list)
    resumed: int = 0
    judged: int = 0
    seconds: float = 0.0
    share_read: float = 0.0

    @property
    def rows(self) -> int:
        """Give how many rows have a result."""
        return self.decisions.total() + self.errors.total()

    @property
    def rate(self) -> float:
        """Give how many rows a second this run has judged."""
        return self.judged / self.seconds if self.seconds else 0.0

    def add(self, result: Mapping[str, Any]) -> None:
        """Count one result."""
        if error := result.get("error"):
            self.errors[error["code"]] += 1
            if len(self.first_errors) < 5:
                self.first_errors.append(f"row {result['row']}: {error['message']} [{error['code']}]")
            return
        self.decisions[result["decision"]] += 1
        counter = {"rejected": self.rejected_for, "pending": self.left_for}.get(result["decision"])
        if counter is not None:
            counter.update(result["reasons"])

    def as_dict(self) -> dict[str, object]:
        """Give the summary as plain values."""
        return {
            "rows": self.rows,
            **{name: self.decisions[name] for name in ("approved", "rejected", "pending")},
            "unread": self.errors.total(),
            "rejected_for": dict(self.rejected_for.most_common()),
            "pending_for": dict(self.left_for.most_common()),
            "errors": dict(self.errors.most_common()),
            "resumed": self.resumed,
            "seconds": round(self.seconds, 2),
            "rate": round(self.rate, 1),
        }


def scan(
    source: Path,
    out: Path,
    *,
    columns: Columns = PLAIN_COLUMNS,
    articles: Sequence[Article] = (),
    guidelines: Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    on_progress: Callable[[Summary], None] | None = None,
    make_judge: Callable[[], Judging] | None = None,
) -> Summary:
    """Judge every row of `source` into `out`, one result a row in the rows' order.

    A row that can't be judged has its error in the output. `resume` goes on where an earlier run stopped. `workers`:
    processes, by default one for each core. Raises InputError, OutputError, GuidelineError, ModelError, WorkerError.
    """
    if resume and source == STANDARD_INPUT:
        raise OutputError("Standard input can't be read twice, so there is no --resume for it.", code="resume_mismatch")
    check_output(out, resume)
    summary = Summary()
    with (
        open_rows(source) as rows,
        open_workers(make_judge or partial(Judge, guidelines), workers or os.cpu_count() or 1) as pool,
    ):
        require_columns(rows, tuple(filter(None, (columns.text, columns.id, columns.article, columns.parent))), source)
        identity = pool.identify()
        state = State(
            model=identity.model,
            guidelines=identity.guidelines,
            input="standard input" if source == STANDARD_INPUT else fingerprint_file(source),
            article=fingerprint_articles(articles),
            columns=repr(columns),
        )
        with open_output(out, state, identity.scored, resume) as output:
            for result in output.written():
                summary.add(result)
            summary.resumed = summary.rows
            started = monotonic()
            results = pool.judge(_jobs(rows, columns, tuple(articles), skip=summary.resumed))
            while batch := [judged.as_dict() for judged in islice(results, _BATCH)]:
                output.write(batch)
                for result in batch:
                    summary.add(result)
                summary.judged += len(batch)
                summary.seconds = monotonic() - started
                summary.share_read = rows.share_read()
                if on_progress:
                    on_progress(summary)
            output.finish()
    return summary


def _jobs(rows: Rows, columns: Columns, articles: tuple[Article, ...], skip: int) -> Iterator[Job]:
    for row in islice(rows, skip, None):
        yield make_job(row, columns, articles)


def make_job(row: Row, columns: Columns, articles: tuple[Article, ...] = ()) -> Job:
    """Make a row into work for a judge; a row that lacks what it needs becomes work that is an error."""
    id_ = row.values.get(columns.id or "id")
    name = str(row.number if id_ is None else id_)
    if row.error is not None:
        return Job(row.number, Comment("", name), error=row.error)
    try:
        parent = row.text(columns.parent) if columns.parent else None
        if columns.article:
            articles = (Article(row.text(columns.article)),)
        return Job(row.number, Comment(row.text(columns.text), name, parent or None), articles)
    except InputError as error:
        return Job(row.number, Comment("", name), error=error)
