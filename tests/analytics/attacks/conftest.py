"""Years in which firms come week after week, and figures are made as they fall due.

Each attack is tried on a quarter, and in the slow tests on half a year and on two.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.due import due
from analytics.event_summary import publish_event
from analytics.models import Outcome, Publication, Referral, ReferredInitiative, Stopped
from analytics.periods import month, month_of
from analytics.releases import Releases
from analytics.synthetic import generate
from knowledge.base import Knowledge
from tests.analytics.attacks.records import Record, records

SECRET = bytes(range(32))
FIRST, LAST = date(2024, 12, 30), date(2026, 12, 27)
MIDSUMMER, AUTUMN = date(2026, 6, 29), date(2026, 9, 28)
A_YEAR, BUSY = 250, 2000  # firms in a year, and in two busy ones
# Made-up firms among which those who know the rarest find most when hidden counts are left 3 wide to others only.
SEED, SEED_OF_YEARS = 6, 31
LATER = date(2027, 6, 1)
YEARS = (2025, 2026)


@dataclass(frozen=True)
class Years:
    """The database, its records, and after each week what was published by then: a digest by publication."""

    url: str
    engine: Engine
    records: Sequence[Record]
    weeks: Sequence[Mapping[str, str]]
    which: Sequence[int] = YEARS
    months: int = 12 * len(YEARS)

    def in_a_year(self, of_a_month: int) -> int:
        """How many there are in one of the years, or in the part that there is of it, when each month has so many."""
        return of_a_month * self.months // len(self.which)


@pytest.fixture(
    scope="session",
    params=[
        pytest.param((YEARS[-1:], AUTUMN, A_YEAR // 2, SEED), id="quarter"),
        pytest.param((YEARS[-1:], MIDSUMMER, A_YEAR, SEED), id="half a year", marks=pytest.mark.slow),
        pytest.param((YEARS, FIRST, 2 * A_YEAR, SEED_OF_YEARS), id="two years", marks=pytest.mark.slow),
    ],
)
def years(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge
) -> Iterator[Years]:
    """Two years of 250 firms, or twice as many a month in a part of one, with every release; nothing may be changed."""
    which, first, number_of_firms, seed = request.param
    url = f"sqlite:///{tmp_path_factory.mktemp('attacks') / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    releases = Releases(engine, knowledge, lambda *, make: SECRET)
    weeks = []
    arriving = by_week(knowledge, number_of_firms, first, seed=seed)
    for number in range(1 + (LAST - first).days // 7 + 2):
        monday = first + timedelta(weeks=number)
        add(engine, arriving.get(week_name(monday), []))
        releases.sweep(int(datetime(monday.year, monday.month, monday.day).timestamp()) + 7 * 86400)
        weeks.append(published(engine))
    yield Years(url, engine, records(engine, knowledge), weeks, which, round((LAST - first).days / 30.4))
    engine.dispose()


@pytest.fixture(scope="session")
def busy_years(tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge) -> Iterator[Years]:
    """Two years of 2,000 firms, some at events: of every other one the figures come after those of its month."""
    url = f"sqlite:///{tmp_path_factory.mktemp('busy') / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    releases = Releases(engine, knowledge, lambda *, make: SECRET)
    arriving = by_week(knowledge, BUSY, FIRST)
    weeks = {str(row["event"]): week for week, rows in arriving.items() for _, row in rows if row.get("event")}
    in_order = sorted(weeks, key=lambda code: (weeks[code], code))
    waiting: list[str] = []
    for one in sorted({month_of(week) for week in arriving}):
        for week, rows in arriving.items():
            if month_of(week) == one:
                add(engine, rows)
        here = [code for code in in_order if month_of(weeks[code]) == one]
        for code in (*waiting, *(code for code in here if code in in_order[::2])):
            publish_event(engine, knowledge, SECRET, code, one.last_day)
        releases.make(one, LATER)
        waiting = [code for code in here if code in in_order[1::2]]
    for code in waiting:
        publish_event(engine, knowledge, SECRET, code, LATER)
    yield Years(url, engine, records(engine, knowledge), ())
    engine.dispose()


Row = tuple[Any, dict[str, Any]]  # the table and what is put into it


def by_week(
    knowledge: Knowledge, number: int, first: date, last: date = LAST, *, seed: int = SEED
) -> dict[str, list[Row]]:
    """Everything that is recorded, by the week in which it is."""
    rows: list[tuple[str, int, Row]] = []
    for batch in generate(knowledge, seed=seed, records=number, first=first, last=last):
        weeks = {row["id"]: row["week"] for row in batch.referrals}
        rows += [(row["week"], 0, (Referral, row)) for row in batch.referrals]
        rows += [(row["week"], 1, (Stopped, row)) for row in batch.stops]
        rows += [(month(row["month"]).last_week, 3, (Outcome, row)) for row in batch.outcomes]
        rows += [(weeks[row["referral_id"]], 2, (ReferredInitiative, row)) for row in batch.initiatives]
    rows.sort(key=lambda row: row[:2])
    return {week: [row for _, _, row in those] for week, those in groupby(rows, key=lambda row: row[0])}


def add(engine: Engine, rows: Sequence[Row]) -> None:
    """Record them."""
    with engine.begin() as connection:
        here = due(connection)
        for table, row in rows:
            if table is not ReferredInitiative:
                of = month(row["month"]) if table is Outcome else month_of(row["week"])
                row["period"] = here.in_release_of(of)
            connection.execute(insert(table), [row])


def week_name(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def published(engine: Engine) -> dict[str, str]:
    """A digest of every publication, with all that is stored of it."""
    found = {}
    with Session(engine) as session:
        for one in session.scalars(select(Publication)):
            cells = [(cell.table, cell.row, cell.column, cell.value, cell.status) for cell in one.cells]
            stored = repr((one.made_on, one.threshold, one.base, one.decisions, cells))
            found[one.id] = hashlib.sha256(stored.encode()).hexdigest()
    return found
