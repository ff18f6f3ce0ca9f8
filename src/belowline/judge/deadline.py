"""Runs work under a time limit on threads of its own, since code that hangs can't be stopped from within."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

# Every piece of work that hangs holds a thread, and memory with it, so that there must be an end to them.
MOST_HANGING = 16
# A companion that nobody needed for so long, in seconds, ends; so do those of a Judge that was dropped.
IDLE = 60.0

T = TypeVar("T")


class NotDone(Exception):
    """The work gave nothing: it failed, ran past its time, or was not begun. The message says which."""


@dataclass(slots=True, eq=False)
class _Job(Generic[T]):
    work: Callable[[], T]
    finished: threading.Event = field(default_factory=threading.Event)
    abandoned: bool = False
    result: T | None = None
    error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self.work()
        except BaseException as error:  # panics of native code are no Exception, and must end no thread
            self.error = error


class Deadline:
    """Lends each call a companion, a thread that works for it; safe to use from several threads.

    A companion that hangs is left behind and its result thrown away, should it ever come. It is a daemon, so it
    never keeps the process alive. While `most_hanging` of them hang, no work is begun.
    """

    def __init__(self, most_hanging: int = MOST_HANGING, idle: float = IDLE) -> None:
        self._most_hanging = most_hanging
        self._idle_seconds = idle
        self._lock = threading.Lock()
        self._idle: list[_Companion] = []
        self._hanging = 0

    def run(self, work: Callable[[], T], seconds: float) -> T:
        """Give what `work` gives within `seconds`. Raises NotDone."""
        job = _Job(work)
        self._lend(job)
        if not job.finished.wait(seconds):
            with self._lock:
                if not job.finished.is_set():
                    job.abandoned = True
                    self._hanging += 1
                    raise NotDone(f"took longer than {seconds:g} s")
        if job.error is not None:
            raise NotDone(f"failed ({type(job.error).__name__})") from job.error
        return job.result  # type: ignore[return-value]

    def _lend(self, job: _Job[Any]) -> None:
        with self._lock:
            if self._hanging >= self._most_hanging:
                raise NotDone("was not begun: too many before it hang")
            # Threads do not live on in a forked process.
            while self._idle and not self._idle[-1].is_alive():
                self._idle.pop()
            companion = self._idle.pop() if self._idle else None
        if companion is None:
            companion = _Companion(self)
            companion.start()
        companion.jobs.put(job)

    def _take_back(self, companion: _Companion, job: _Job[Any]) -> None:
        with self._lock:
            self._idle.append(companion)
            self._hanging -= job.abandoned
            job.finished.set()

    def _dismiss(self, companion: _Companion) -> bool:
        """Let a companion go, unless it has been lent this moment."""
        with self._lock:
            if companion not in self._idle:
                return False
            self._idle.remove(companion)
            return True


class _Companion(threading.Thread):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__(name="belowline-check", daemon=True)
        self.jobs: SimpleQueue[_Job[Any]] = SimpleQueue()
        self._deadline = deadline

    def run(self) -> None:
        while True:
            try:
                job = self.jobs.get(timeout=self._deadline._idle_seconds)
            except Empty:
                if self._deadline._dismiss(self):
                    return
                continue
            job.run()
            self._deadline._take_back(self, job)
            del job
