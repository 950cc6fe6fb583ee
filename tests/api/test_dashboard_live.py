"""The total of this moment."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import create_engine

from analytics.disclosure import FOR_STAFF
from analytics.periods import month
from api.dashboard import goal, live

YEAR = 2026


def release(identifier: str, so_far: int | None) -> Any:
    return SimpleNamespace(month=month(identifier), totals={"tot_nu": so_far})


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int | None]:
    """Counts what there is, as often as is asked, on a clock on which each count takes so many seconds."""
    engine, now = create_engine("sqlite://"), [0.0]
    monkeypatch.setattr(live, "monotonic", lambda: now[0])

    def counted(records: int, *releases: Any, seconds: float = 0.0, later: float = 0.0) -> int | None:
        def slowly(*_: Any) -> int:
            now[0] += seconds
            return records

        monkeypatch.setattr(live, "uncounted", slowly)
        monkeypatch.setattr(live, "live_total", slowly)
        now[0] += later
        return live.reached(engine, {}, releases, YEAR, FOR_STAFF)

    return counted


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "In 2026 zijn er nog minder dan 5 gesprekken."),
        (-1, "We lopen 1 achter."),
        (0, "We liggen op schema."),
        (1, "We liggen op schema."),
    ],
)
def test_it_is_told_whether_that_is_enough(found: int | None, said: str) -> None:
    today = date(YEAR, 9, 30)
    beside = goal.pace(None, today, goal.cbs()).expected
    assert said in " ".join(goal.headline(None if found is None else beside + found, today, FOR_STAFF))


def test_goal_that_was_reached_is_told() -> None:
    today = date(YEAR, 9, 30)
    aim = goal.pace(None, today, goal.cbs()).goal
    assert "Dat doel is gehaald." not in goal.headline(aim - 1, today, FOR_STAFF)
    assert "Dat doel is gehaald." in goal.headline(aim, today, FOR_STAFF)


def test_what_was_released_and_what_came_since(count: Callable[..., int | None]) -> None:
    assert count(7, release("2026-09", 80), release("2026-10", 93)) == 100


def test_release_of_another_year_does_not_count(count: Callable[..., int | None]) -> None:
    assert count(7, release("2025-12", 80)) == 7


def test_hidden_total_of_a_release_is_counted_with_the_rest(count: Callable[..., int | None]) -> None:
    assert count(6, release("2026-10", None)) == 6


@pytest.mark.parametrize(("records", "shown"), [(0, None), (4, None), (5, 5)])
def test_too_few_is_not_told(count: Callable[..., int | None], records: int, shown: int | None) -> None:
    assert count(records) == shown


def test_quick_count_is_made_each_time(count: Callable[..., int | None]) -> None:
    assert [count(8, seconds=0.01), count(9, seconds=0.01)] == [8, 9]


def test_slow_count_is_kept_for_a_while(count: Callable[..., int | None]) -> None:
    assert [count(8, seconds=0.2), count(9, seconds=0.2, later=19), count(9, seconds=0.2, later=1)] == [8, 8, 9]


def test_slow_count_is_not_kept_when_a_release_took_over(count: Callable[..., int | None]) -> None:
    assert count(50, release("2026-09", 100), seconds=0.2) == 150
    assert count(0, release("2026-09", 100), release("2026-10", 150), seconds=0.2) == 150
