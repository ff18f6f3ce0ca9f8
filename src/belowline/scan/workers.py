"""Judging on every core: worker processes, each with a judge of its own, fed in order and never far ahead."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context, parent_process
from typing import Protocol

from belowline.errors import BelowlineError
from belowline.types import Article, Comment, Guidelines, Verdict

# Rows sent to a worker at a time, and how many such chunks may wait for each worker.
CHUNK = 32
AHEAD = 4


class WorkerError(BelowlineError):
    """A worker process ended before its work was done: `worker_died`."""

    code = "worker_died"


class Judging(Protocol):
    """What is needed of a judge: see `belowline.judge.checks.Judge`."""

    guidelines: Guidelines

    @property
    def model(self) -> str:
        """Give the fingerprint of the model."""

    def judge(self, comment: Comment | str, articles: Article | Sequence[Article] = ()) -> Verdict:
        """Judge one comment."""


@dataclass(frozen=True, slots=True)
class Job:
    """One row to judge, or the error that stands in its place."""

    row: int
    comment: Comment
    articles: tuple[Article, ...] = ()
    error: BelowlineError | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one row: a verdict, or the error that says why there is none."""

    row: int
    id: str
    verdict: Verdict | None = None
    error: BelowlineError | None = None

    def as_dict(self) -> dict[str, object]:
        """Give a verdict in its one JSON shape, or `{"id", "row", "error": {"code", "message"}}`."""
        if self.verdict is not None:
            return self.verdict.as_dict()
        error = self.error or BelowlineError("The row was not judged.")
        return {"id": self.id, "row": self.row, "error": {"code": error.code, "message": error.message}}


@dataclass(frozen=True, slots=True)
class Identity:
    """What verdicts depend on besides their rows: the fingerprints, and the guidelines that are scored."""

    model: str
    guidelines: str
    scored: tuple[str, ...]


class Workers(Protocol):
    """Where rows are judged."""

    def identify(self) -> Identity:
        """Give the fingerprints of the judge. Raises what making it raises."""

    def judge(self, jobs: Iterable[Job]) -> Iterator[Judged]:
        """Give one result for each job, in order."""


@contextmanager
def open_workers(make_judge: Callable[[], Judging], count: int) -> Iterator[Workers]:
    """Open `count` worker processes, or none where `count` is 1; `make_judge` must be picklable for more.

    Raises WorkerError when a worker is killed.
    """
    if count <= 1:
        yield _Here(make_judge)
        return
    # spawn: a process forked from one that runs threads, as the model's do, can hang.
    pool = ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin, initargs=(make_judge,))
    try:
        yield _Pool(pool, count)
    except BrokenProcessPool:
        raise WorkerError("A worker process was killed, perhaps for want of memory; go on with --resume.") from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


class _Here:
    def __init__(self, make_judge: Callable[[], Judging]) -> None:
        self._judge = make_judge()

    def identify(self) -> Identity:
        return _identify(self._judge)

    def judge(self, jobs: Iterable[Job]) -> Iterator[Judged]:
        for job in jobs:
            yield _judge_one(self._judge, job)


class _Pool:
    def __init__(self, pool: ProcessPoolExecutor, count: int) -> None:
        self._pool = pool
        self._most = count * AHEAD

    def identify(self) -> Identity:
        return self._pool.submit(_identify_there).result()

    def judge(self, jobs: Iterable[Job]) -> Iterator[Judged]:
        jobs = iter(jobs)
        waiting: deque[Future[list[Judged]]] = deque()
        while True:
            while len(waiting) < self._most and (chunk := list(islice(jobs, CHUNK))):
                waiting.append(self._pool.submit(_judge_there, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _identify(judge: Judging) -> Identity:
    return Identity(judge.model, judge.guidelines.fingerprint, tuple(rule.id for rule in judge.guidelines.rules))


def _judge_one(judge: Judging, job: Job) -> Judged:
    row, id_ = job.row, job.comment.id
    if job.error is not None:
        return Judged(row, id_, error=job.error)
    try:
        return Judged(row, id_, judge.judge(job.comment, job.articles))
    except BelowlineError as error:
        return Judged(row, id_, error=error)
    except Exception as error:  # one row that upsets the judge must not cost the others
        message = f"The judge failed on this row ({type(error).__name__}); a person must read it."
        return Judged(row, id_, error=BelowlineError(message, code="judge_failed"))


# In a worker process: gives its judge, which is made with the first work, since what that raises reaches the caller.
_there: Callable[[], Judging]


def _begin(make_judge: Callable[[], Judging]) -> None:
    global _there  # noqa: PLW0603 - a process pool hands its workers nothing else
    _there = cache(make_judge)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A killed parent can't say goodbye, and the pool's workers would wait for it for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _identify_there() -> Identity:
    return _identify(_there())


def _judge_there(jobs: list[Job]) -> list[Judged]:
    judge = _there()
    return [_judge_one(judge, job) for job in jobs]
