"""Runs work under a time limit on a thread of its own, since code that hangs can't be stopped from within."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class OutOfTime(Exception):
    """The work ran past its time. It may still be running; its result will be thrown away."""


class _Job(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self.work = work
        self.done = threading.Event()
        self.result: T | None = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self.work()
        except BaseException as error:  # handed to the thread that waits
            self.error = error
        self.done.set()


class Deadline:
    """Gives each calling thread a companion that works for it, and a new one when the old one hangs.

    A companion that hangs is left behind: it is a daemon, so it never keeps the process alive.
    """

    def __init__(self) -> None:
        self._local = threading.local()

    def run(self, work: Callable[[], T], seconds: float) -> T:
        """Give what `work` gives or raise what it raises; raises OutOfTime after `seconds`."""
        jobs: SimpleQueue[_Job[T]] | None = getattr(self._local, "jobs", None)
        if jobs is None:
            jobs = self._local.jobs = SimpleQueue()
            threading.Thread(target=_serve, args=(jobs,), name="belowline-check", daemon=True).start()
        job = _Job(work)
        jobs.put(job)
        if not job.done.wait(seconds):
            self._local.jobs = None
            raise OutOfTime
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[return-value]


def _serve(jobs: SimpleQueue[_Job[T]]) -> None:
    while True:
        jobs.get().run()
