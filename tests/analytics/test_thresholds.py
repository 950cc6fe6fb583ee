"""Figures made with other thresholds than the lowest: less is shown, and what was made keeps its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.at_events import AtEvent
from analytics.database import migrate, open_database
from analytics.disclosure import Count, Rules
from analytics.event_summary import live_total, publish_event, read_summary
from analytics.known import lowest, rules_of_events
from analytics.linear import Known, Sheet
from analytics.models import Publication
from analytics.periods import month
from analytics.possible_counts import figures
from analytics.releases import Releases
from analytics.tally import Tally
from analytics.thresholds import DEFAULT, HIGHEST, Thresholds
from analytics.verification import verify
from knowledge.base import Knowledge
from tests.analytics.desk import LATER, NOVEMBER, OCTOBER, SECRET, Desk, firms
from tests.api.both_databases import KINDS, empty_database

HIGHER = Thresholds(Rules(10), Rules(15))
CODE = "ZEIST-4K7"


@pytest.fixture(params=KINDS[:1])
def desk(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Iterator[Desk]:
    """52 firms in each of two months: 8, 22 and 22 of three sectors, 12, 18 and 22 of the three stages."""
    url = empty_database(request, tmp_path)
    migrate(url)
    engine = open_database(url)
    found = Desk(engine, knowledge)
    for week, start in ((OCTOBER, 0), (NOVEMBER, 100)):
        sectors, stages = "F" * 8 + "G" * 22 + "Q" * 22, ["engaged"] * 12 + ["adhoc"] * 18 + ["verder"] * 22
        divided = enumerate(zip(sectors, stages, strict=True), start)
        found.add(*(firms(1, week, start=one, sbi2008=sector, stage=stage) for one, (sector, stage) in divided))
    yield found
    engine.dispose()


def make(desk: Desk, month_id: str, thresholds: Thresholds) -> None:
    Releases(desk.engine, desk.knowledge, lambda *, make: SECRET, thresholds).make(month(month_id), LATER)


@pytest.mark.parametrize(
    ("thresholds", "shown"),
    [(DEFAULT, (True, True)), (HIGHER, (False, False)), (Thresholds(Rules(HIGHEST), Rules(HIGHEST)), (False, False))],
)
def test_higher_thresholds_hide_what_the_lowest_show(
    desk: Desk, thresholds: Thresholds, shown: tuple[bool, bool]
) -> None:
    make(desk, "2026-10", thresholds)
    staff, public = desk.staff().tables.get("maand/sector"), desk.public().tables.get("tot_nu/fase")
    eight, twelve = staff and staff.value("bouw"), public and public.value("engaged")
    assert (eight is not None, twelve is not None) == shown
    assert desk.staff().totals["maand"] == 52
    assert [verdict.outcome.narrow for verdict in verify(desk.engine, desk.knowledge)] == [None, None]


@pytest.mark.parametrize("desk", KINDS, indirect=True)
def test_threshold_stands_in_the_record(desk: Desk) -> None:
    make(desk, "2026-10", HIGHER)
    with Session(desk.engine) as session:
        stored = session.scalars(select(Publication).order_by(Publication.id)).all()
        assert [(one.id, one.threshold, one.base) for one in stored] == [
            ("publiek/2026-10", 15, 5),
            ("werkgroep/2026-10", 10, 5),
        ]
        assert [one.decisions["controle"]["drempel"] for one in stored] == [15, 10]
        assert [one.decisions["controle"]["eerder_toegestaan"] for one in stored] == [0, 0]


def test_what_was_made_keeps_its_threshold_when_another_is_set(desk: Desk) -> None:
    make(desk, "2026-10", DEFAULT)
    before = desk.stored("2026-10")
    make(desk, "2026-11", HIGHER)
    assert desk.stored("2026-10") == before
    october, november = desk.staff("2026-10"), desk.staff("2026-11")
    assert (october.threshold, november.threshold) == (5, 10)
    assert november.decisions["controle"]["drempel"] == 10
    highest = [
        max(one.possible.high for one in figures(release, release.tables["maand/sector"]) if one.value is None)
        for release in (october, november)
    ]
    assert highest == [4, 9]
    assert [verdict.outcome.narrow for verdict in verify(desk.engine, desk.knowledge)] == [None, None]


@pytest.mark.parametrize(("rules", "total"), [(Rules(5), 8), (Rules(10), None)])
def test_event_keeps_the_threshold_of_its_day(desk: Desk, rules: Rules, total: int | None) -> None:
    desk.add(firms(8, start=500, event=CODE, channel="evenement"))
    assert live_total(desk.engine, desk.knowledge.sites, CODE, rules) == total
    publish_event(desk.engine, desk.knowledge, SECRET, CODE, date(2026, 11, 20), rules=rules)
    publish_event(desk.engine, desk.knowledge, SECRET, CODE, date(2026, 11, 21), rules=Rules(15))
    summary = read_summary(desk.engine, CODE)
    assert summary
    assert (summary.total, summary.threshold) == (total, rules.threshold)


@pytest.mark.parametrize(("rules", "known"), [(Rules(5), (7, 7)), (Rules(10), (0, 9))])
def test_reader_knows_the_events_that_could_be_seen(rules: Rules, known: tuple[int, int]) -> None:
    counted = Tally({"kanaal": {("evenement", ""): Count(7, 1)}})
    event = AtEvent(CODE, {"2026-10": 7}, counted)
    found = next(iter(rules_of_events({"2026-10": counted}, [event], rules)))
    assert isinstance(found, Known)
    assert found.months == {"2026-10": known}


def test_reader_may_have_looked_under_the_lowest_threshold_of_all() -> None:
    made = [
        Sheet("werkgroep/2026-10", "maand/fase", ("fase",), frozenset(), (), {}, Rules(threshold))
        for threshold in (10, 5, 15)
    ]
    assert lowest(made, Rules(10)) == Rules(5)
    assert lowest(made[::2], Rules(5)) == Rules(5)
    assert lowest(made[::2]) == Rules(10)
