"""Work that is done by itself: all of it, again and again, and none in the way of another."""

import logging

import pytest

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
