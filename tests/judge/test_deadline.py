"""Work under a time limit: what hangs is left behind, and nobody else waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from belowline.judge.deadline import Deadline, NotDone

# Long enough that no machine, however busy, takes it for work that is done at once.
PLENTY = 60.0
# So short that work waiting for an event is sure to run past it.
SHORT = 0.01


def companions() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "belowline-check"}


@contextmanager
def hanging() -> Iterator[Callable[[], bool]]:
    """Give work that hangs until the block is left."""
    released = threading.Event()
    try:
        yield released.wait
    finally:
        released.set()


def test_work_gives_its_result() -> None:
    assert Deadline().run(lambda: 42, PLENTY) == 42
    assert Deadline().run(lambda: None, PLENTY) is None


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_whatever_is_raised_is_work_not_done(error: type[BaseException]) -> None:
    def fail() -> None:
        raise error

    deadline = Deadline()
    with pytest.raises(NotDone, match=rf"failed \({error.__name__}\)"):
        deadline.run(fail, PLENTY)
    assert deadline.run(lambda: 1, PLENTY) == 1


def test_work_that_hangs_is_left_behind() -> None:
    deadline = Deadline()
    with hanging() as wait:
        with pytest.raises(NotDone, match=r"took longer than 0\.01 s"):
            deadline.run(wait, SHORT)
        assert deadline.run(lambda: 1, PLENTY) == 1


def test_one_companion_serves_one_call_after_another() -> None:
    deadline = Deadline()
    served = {deadline.run(threading.current_thread, PLENTY) for _ in range(20)}
    assert len(served) == 1
    assert served <= companions()


def test_threads_that_end_leave_no_companions_behind() -> None:
    deadline = Deadline()
    before = companions()
    for _ in range(10):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda _: deadline.run(lambda: 1, PLENTY), range(8)))
    assert len(companions() - before) <= 2


def test_calls_at_the_same_time_do_not_wait_for_each_other() -> None:
    deadline = Deadline()
    meeting = threading.Barrier(4, timeout=PLENTY)
    with ThreadPoolExecutor(4) as pool:
        places = list(pool.map(lambda _: deadline.run(meeting.wait, PLENTY), range(4)))
    assert sorted(places) == [0, 1, 2, 3]


def test_so_many_may_hang_and_no_more() -> None:
    deadline = Deadline(most_hanging=3)
    begun = []
    with hanging() as wait:
        for _ in range(3):
            with pytest.raises(NotDone, match="took longer"):
                deadline.run(wait, SHORT)
        with pytest.raises(NotDone, match="not begun"):
            deadline.run(lambda: begun.append(1), PLENTY)
        assert not begun


def test_work_is_begun_again_when_what_hung_comes_back() -> None:
    deadline = Deadline(most_hanging=1)
    hung = []
    with hanging() as wait, pytest.raises(NotDone, match="took longer"):
        deadline.run(lambda: hung.append(threading.current_thread()) or wait(), SHORT)  # type: ignore[func-returns-value]

    def serving() -> threading.Thread | None:
        try:
            return deadline.run(threading.current_thread, PLENTY)
        except NotDone:
            return None

    while (companion := serving()) is None:
        pass
    assert [companion] == hung


def test_a_companion_that_nobody_needs_ends() -> None:
    deadline = Deadline(idle=SHORT)
    companion = deadline.run(threading.current_thread, PLENTY)
    companion.join(PLENTY)
    assert not companion.is_alive()
    assert deadline.run(threading.current_thread, PLENTY) is not companion


def test_a_companion_that_did_not_live_on_is_replaced() -> None:
    # As in a forked process, where its thread is gone and nobody told.
    deadline = Deadline(idle=SHORT)
    companion = deadline.run(threading.current_thread, PLENTY)
    companion.join(PLENTY)
    deadline._idle.append(companion)  # type: ignore[arg-type]
    assert deadline.run(lambda: 1, PLENTY) == 1


def test_a_late_result_reaches_nobody() -> None:
    deadline = Deadline()
    with hanging() as wait, pytest.raises(NotDone):
        deadline.run(lambda: (wait(), "late")[1], SHORT)
    results = [deadline.run(lambda at=at: at, PLENTY) for at in range(50)]  # type: ignore[misc]
    assert results == list(range(50))
