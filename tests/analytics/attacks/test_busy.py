"""T1 with four times as many firms, and events among them whose figures came before or after those of their month."""

import pytest

from analytics.event_summary import read_summary
from knowledge.base import Knowledge
from tests.analytics.attacks.attack import APART, Loot, pursue, solve
from tests.analytics.attacks.conftest import YEARS, Years
from tests.analytics.attacks.events import EventReader, read_events
from tests.analytics.attacks.reading import read

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("audiences", [("werkgroep", "publiek"), ("publiek",)], ids=["working group", "public"])
def test_solving_everything_together_finds_nothing(
    busy_years: Years, knowledge: Knowledge, audiences: tuple[str, ...], year: int
) -> None:
    loot = solve(read(busy_years.engine, knowledge, audiences, year), knowledge, busy_years.records)
    assert loot.after > 1000
    assert (loot.recovered, loot.narrow) == ((), ())


@pytest.mark.parametrize("year", YEARS)
def test_events_beside_their_months_give_nothing_away(busy_years: Years, knowledge: Knowledge, year: int) -> None:
    paper = read(busy_years.engine, knowledge, ("werkgroep", "publiek"), year)
    events = read_events(busy_years.engine, knowledge, busy_years.records, year)
    assert len(events) >= 5
    loot = Loot()
    for names in APART:
        reader = EventReader(paper, knowledge, names, events)
        loot += pursue(reader, busy_years.records, reader.described.items())
    assert loot.after > 1000
    assert (loot.recovered, loot.narrow) == ((), ())


def test_there_are_events_of_the_usual_size_with_tables(busy_years: Years) -> None:
    codes = {record.event for record in busy_years.records if record.event}
    summaries = [read_summary(busy_years.engine, str(code)) for code in codes]
    usual = [one for one in summaries if one and 20 <= (one.total or 0) <= 45]
    assert len(usual) > 8
    assert all(len(one.tables) >= 3 for one in usual)
