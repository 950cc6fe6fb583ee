"""T1 where the threshold changes within a quarter: who reads what came before and what came after finds nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine

from analytics.database import migrate, open_database
from analytics.disclosure import Rules
from analytics.figures import Figures
from analytics.menu import AUDIENCES
from analytics.periods import month, month_of
from analytics.releases import Releases
from analytics.thresholds import Thresholds
from analytics.verification import verify
from knowledge.base import Knowledge
from tests.analytics.attacks.attack import Loot, solve
from tests.analytics.attacks.conftest import LATER, SECRET, add, by_week
from tests.analytics.attacks.reading import read
from tests.analytics.attacks.records import Record, records
from tests.analytics.attacks.test_solving import READERS

FIRMS, FIRST, LAST = 150, date(2025, 12, 29), date(2026, 4, 5)
LOW, HIGH = Thresholds(Rules(5), Rules(10)), Thresholds(Rules(10), Rules(15))
QUARTER = ("2026-01", "2026-02", "2026-03")
CHANGES = {"rise": (LOW, LOW, HIGH), "fall": (HIGH, LOW, LOW)}


@dataclass(frozen=True)
class Quarter:
    """The figures of three months, each made under the thresholds of its turn."""

    engine: Engine
    records: Sequence[Record]
    thresholds: Sequence[Thresholds]


@pytest.fixture(scope="module", params=CHANGES)
def quarter(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, knowledge: Knowledge
) -> Iterator[Quarter]:
    url = f"sqlite:///{tmp_path_factory.mktemp('thresholds') / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    arriving = by_week(knowledge, FIRMS, FIRST, LAST)
    for one, thresholds in zip(QUARTER, CHANGES[request.param], strict=True):
        for week, rows in arriving.items():
            if month_of(week).id == one:
                add(engine, rows)
        Releases(engine, knowledge, lambda *, make: SECRET, thresholds).make(month(one), LATER)
    yield Quarter(engine, records(engine, knowledge), CHANGES[request.param])
    engine.dispose()


def attack(quarter: Quarter, knowledge: Knowledge, reader: str, below: int | None = None) -> Loot:
    paper = read(quarter.engine, knowledge, READERS[reader], 2026)
    return solve(paper, knowledge, quarter.records, below=below)


@pytest.mark.parametrize("reader", READERS)
def test_nothing_below_the_highest_threshold_is_found(quarter: Quarter, knowledge: Knowledge, reader: str) -> None:
    audience = READERS[reader][0]
    highest = max(thresholds.of(audience).threshold for thresholds in quarter.thresholds)
    for below in (None, highest):
        loot = attack(quarter, knowledge, reader, below)
        assert loot.after > 100
        assert (loot.recovered, loot.narrow) == ((), ())


def test_proof_of_everything_finds_nothing(quarter: Quarter, knowledge: Knowledge) -> None:
    verdicts = verify(quarter.engine, knowledge)
    assert [verdict.outcome.narrow for verdict in verdicts] == [None, None]
    assert min(verdict.outcome.cells for verdict in verdicts) > 100


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_release_keeps_its_threshold_and_tells_the_strictest(
    quarter: Quarter, knowledge: Knowledge, audience: str
) -> None:
    made = [thresholds.of(audience).threshold for thresholds in quarter.thresholds]
    releases = Figures(quarter.engine, knowledge).all(audience)
    assert [release.threshold for release in releases] == made
    strictest = [max(made[: number + 1]) for number in range(len(made))]
    assert [release.decisions["controle"]["drempel"] for release in releases] == strictest
    for release in releases:
        shown = [cell.value for table in release.tables.values() for cell in table.cells if cell.value is not None]
        assert min(shown) >= release.threshold
