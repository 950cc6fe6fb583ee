"""Work that is done by itself: all of it, again and again, and none in the way of another."""

import asyncio
import logging
import threading
from collections.abc import Iterator

import pytest

from api import sweeping
from api.sweeping import Run, Sweeps


class Sweeper:
    def __init__(self, *due: int | Exception) -> None:
        self._due = list(due)

    def sweep(self, now: int) -> int:
        assert now > 0
        found = self._due.pop(0)
        if isinstance(found, Exception):
            raise found
        return found


def test_sweeper_goes_on_until_nothing_is_left() -> None:
    sweeps, sweeper = Sweeps(), Sweeper(200, 3, 0)
    sweeps.run(sweeper.sweep)
    last = sweeps.last(sweeper.sweep)
    assert last is not None
    assert (last.done, last.fault) == (203, None)


def test_fault_is_remembered_by_its_kind_and_gone_after_the_next_run(caplog: pytest.LogCaptureFixture) -> None:
    sweeps, sweeper = Sweeps(), Sweeper(5, ValueError("jan@bakkerij.example"), 0)
    with caplog.at_level(logging.WARNING, "assistent"):
        sweeps.run(sweeper.sweep)
    assert sweeps.last(sweeper.sweep) == Run(sweeps.last(sweeper.sweep).at, 5, "ValueError")  # type: ignore[union-attr]
    assert "jan@" not in caplog.text
    sweeps.run(sweeper.sweep)
    assert sweeps.last(sweeper.sweep).fault is None  # type: ignore[union-attr]


def test_what_did_not_run_yet_says_so() -> None:
    assert Sweeps().last(Sweeper().sweep) is None


class Slow:
    """Takes until it is let go."""

    def __init__(self) -> None:
        self.go, self.times = threading.Event(), 0

    def sweep(self, now: int) -> int:
        self.times += 1
        assert self.go.wait(20)
        return 0


class Quick:
    def __init__(self) -> None:
        self.times = 0

    def sweep(self, now: int) -> int:
        self.times += 1
        return 0


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    monkeypatch.setattr(sweeping, "HELD_UP_SECONDS", 0.01)
    monkeypatch.setattr(sweeping, "SWEEP_SECONDS", 0.01)
    found = Slow()
    yield found
    found.go.set()


def test_one_that_takes_long_holds_up_no_other_and_runs_once_at_a_time(slow: Slow) -> None:
    before, after = Quick(), Quick()
    sweeps = Sweeps()

    async def for_a_while() -> None:
        work = asyncio.create_task(sweeps.keep_running([before.sweep, slow.sweep, after.sweep]))
        while before.times < 3 or after.times < 3:
            await asyncio.sleep(0.01)
        assert slow.times == 1
        slow.go.set()
        while slow.times < 2:
            await asyncio.sleep(0.01)
        work.cancel()
        await asyncio.wait([work])
        assert work.cancelled()

    asyncio.run(asyncio.wait_for(for_a_while(), 20))
