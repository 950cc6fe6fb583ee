"""Counting: every record that counts, once, and no other."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, func, select, true
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analytics.counting import (
    at_levels,
    copied,
    count,
    counting,
    crossed,
    excluded,
    live_total,
    mentions_of_initiatives,
    uncounted,
)
from analytics.dimensions import dimensions
from analytics.disclosure import Count
from analytics.menu import APART, INITIATIVES
from analytics.models import Referral, Stopped
from analytics.periods import Month
from analytics.tally import Moved, Tally, kept, take, tally, together
from knowledge.site_folder import Sites
from tests.analytics.desk import NOVEMBER, Desk, firms, stops

IN_OCTOBER = Month(2026, 10)
CAMPUS, WORKPLACE = "mkb-cyber-campus-utrecht", "digitale-mkb-werkplaats-utrecht"


def test_demo_never_counts(desk: Desk) -> None:
    desk.add(firms(3), firms(7, start=10, site="demo"), stops(2), stops(5, NOVEMBER, site="demo"))
    assert excluded(desk.knowledge.sites) == ["demo"]
    with Session(desk.engine) as session:
        assert count(session, counting(desk.knowledge.sites)).records == 3
        assert session.query(Stopped).where(counting(desk.knowledge.sites, Stopped)).count() == 2
    assert live_total(desk.engine, desk.knowledge.sites, 2026) == 3
    counted = tally(desk.engine, desk.knowledge, IN_OCTOBER)
    assert (counted.total.records, counted.stopped) == (3, 2)


def test_count_is_of_records_and_their_keys(desk: Desk) -> None:
    with Session(desk.engine) as session:
        assert count(session, true()) == Count()
    desk.add(firms(3))
    with Session(desk.engine) as session:
        assert count(session, true()) == Count(3, 1000 + 1001 + 1002)
        assert count(session, Referral.week == NOVEMBER) == Count()


def test_crossed_and_put_into_categories(desk: Desk) -> None:
    desk.add(firms(6, stage=("adhoc", "engaged"), size_class=("1", "2-9", "50-249")))
    known = dimensions(desk.knowledge)
    with Session(desk.engine) as session:
        found = crossed(session, true(), [known["fase"].column, known["grootte"].column])
    assert found["adhoc", "1"] == Count(1, 1000)
    assert len(found) == 6
    counts = at_levels(found, [known["fase"].levels[0], known["grootte"].level("drie")])
    assert len(counts) == 3 * 4  # also those without a record
    assert {key: one.records for key, one in counts.items() if one.records} == {
        ("adhoc", "1-9"): 2,
        ("adhoc", "50+"): 1,
        ("engaged", "1-9"): 2,
        ("engaged", "50+"): 1,
    }


def test_record_counts_once_for_an_initiative(desk: Desk) -> None:
    desk.add(
        firms(2, initiatives=[WORKPLACE, CAMPUS, WORKPLACE]), firms(1, start=5, initiatives=[CAMPUS]), firms(1, start=9)
    )
    with Session(desk.engine) as session:
        found = mentions_of_initiatives(session, true())
    assert found == {WORKPLACE: Count(2, 2001), CAMPUS: Count(3, 3006)}
    assert list(found) == sorted(found)


def test_copy_is_of_one_moment_and_gone_afterwards(desk: Desk) -> None:
    desk.add(firms(4, initiatives=[CAMPUS]), firms(2, start=20, stage="verder"), firms(5, start=30, site="demo"))
    here = counting(desk.knowledge.sites)
    for expected in (6, 7):
        with Session(desk.engine) as session, copied(session, here, [Referral.stage, Referral.id]) as copy:
            desk.add(firms(1, start=60 + expected))
            assert sum(crossed(session, true(), [Referral.stage], copy).values(), Count()).records == expected
            assert mentions_of_initiatives(session, true(), copy)[CAMPUS] == Count(4, 1000 + 1001 + 1002 + 1003)
            assert crossed(session, copy.c.stage == "verder", [Referral.stage], copy) == {("verder",): Count(2, 2041)}


def test_copy_of_a_count_that_failed_is_in_nobodys_way(desk: Desk) -> None:
    desk.add(firms(3))
    for failing in (True, False):
        with suppress(ZeroDivisionError), Session(desk.engine) as session:
            with copied(session, true(), []) as copy:
                assert session.scalar(select(func.count()).select_from(copy)) == 3
                if failing:
                    raise ZeroDivisionError
            with pytest.raises(SQLAlchemyError):
                session.scalar(select(func.count()).select_from(copy))


@pytest.mark.parametrize(("week", "year"), [("2026-W01", 2026), ("2026-W53", 2026), ("2027-W01", 2027)])
def test_total_of_a_year_is_of_its_weeks(desk: Desk, week: str, year: int) -> None:
    desk.add(firms(3, week))
    found = {one: live_total(desk.engine, desk.knowledge.sites, one) for one in (2025, 2026, 2027, 2028)}
    assert found == {one: 3 if one == year else 0 for one in found}
    waiting = {one: uncounted(desk.engine, desk.knowledge.sites, one) for one in found}
    assert waiting == found


def test_what_is_in_a_release_no_longer_waits(desk: Desk) -> None:
    desk.add(firms(6), firms(4, NOVEMBER, start=10))
    desk.make("2026-10")
    assert uncounted(desk.engine, desk.knowledge.sites, 2026) == 4
    assert live_total(desk.engine, desk.knowledge.sites, 2026) == 10


@pytest.mark.parametrize("counts", [uncounted, live_total])
def test_exact_total_is_found_without_reading_records(desk: Desk, counts: Callable[[Engine, Sites, int], int]) -> None:
    if desk.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by how much there is")
    desk.add(firms(6), firms(4, NOVEMBER, start=10))
    desk.make("2026-10")
    plans: list[str] = []

    def explain(connection: Connection, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("SELECT count"):
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(step.detail for step in steps)

    event.listen(desk.engine, "before_cursor_execute", explain)
    assert counts(desk.engine, desk.knowledge.sites, 2026)
    event.remove(desk.engine, "before_cursor_execute", explain)
    assert plans and all("COVERING INDEX" in plan for plan in plans), plans


def test_month_has_its_weeks(desk: Desk) -> None:
    desk.add(
        firms(1, "2026-W39"),
        firms(2, "2026-W40", start=10),
        firms(4, "2026-W44", start=20),
        firms(8, "2026-W45", start=30),
    )
    assert tally(desk.engine, desk.knowledge, IN_OCTOBER).total.records == 6


def test_every_table_counts_the_same_records(desk: Desk) -> None:
    desk.add(
        firms(11, stage=("adhoc", "verder"), municipality=("GM0344", "GM1696", "onbekend"), nothing_fits=(True, False)),
        firms(2, start=50, sbi2008="onbekend", size_class="onbekend", municipality="buiten_regio", site="weg"),
    )
    counted = tally(desk.engine, desk.knowledge, IN_OCTOBER)
    whole = counted.total
    assert whole.records == 13
    tables = [name for name in counted.tables if name not in (INITIATIVES, *APART)]
    assert len(tables) == 8 + 6 + 1
    for name in tables:
        assert sum(counted.of(name).values(), Count()) == whole, name
    assert counted.of("site")["overig", ""].records == 2
    assert counted.of("plaats*aanbod")["GM0344", "geen"].records == 2


def test_what_was_counted_is_kept(desk: Desk) -> None:
    desk.add(firms(8, initiatives=[CAMPUS]), stops(3))
    counted = tally(desk.engine, desk.knowledge, IN_OCTOBER)
    with Session(desk.engine) as session, session.begin():
        take(session, desk.knowledge, IN_OCTOBER, counted)
    with Session(desk.engine) as session:
        found = kept(session, [IN_OCTOBER, IN_OCTOBER.next])
    assert found == {
        "2026-10": Tally({name: dict(counts) for name, counts in counted.tables.items() if counts}),
        "2026-11": Tally(),
    }


@pytest.mark.parametrize("late", [firms(1, start=90), stops(1, "2026-W42")], ids=["result", "stopped"])
def test_record_that_comes_in_between_is_noticed(desk: Desk, late: list[Referral] | list[Stopped]) -> None:
    desk.add(firms(8))
    counted = tally(desk.engine, desk.knowledge, IN_OCTOBER)
    desk.add(late)
    with Session(desk.engine) as session, pytest.raises(Moved), session.begin():
        take(session, desk.knowledge, IN_OCTOBER, counted)
    assert desk.is_untouched()


def test_record_of_a_later_month_is_left_alone(desk: Desk) -> None:
    desk.add(firms(8))
    counted = tally(desk.engine, desk.knowledge, IN_OCTOBER)
    desk.add(firms(1, NOVEMBER, start=90))
    with Session(desk.engine) as session, session.begin():
        take(session, desk.knowledge, IN_OCTOBER, counted)
    assert desk.periods()["record-090"] is None


def test_synthetic_is_seen_among_what_counts(desk: Desk) -> None:
    desk.add(firms(8), firms(1, start=20, site="demo", scoring_version="synthetisch"))
    assert not tally(desk.engine, desk.knowledge, IN_OCTOBER).synthetic
    desk.add(firms(1, start=30, scoring_version="synthetisch"))
    assert tally(desk.engine, desk.knowledge, IN_OCTOBER).synthetic


def test_months_together() -> None:
    first = Tally({"fase": {("adhoc", ""): Count(2, 20)}, "totaal": {("", ""): Count(2, 20)}})
    second = Tally({"fase": {("adhoc", ""): Count(1, 5), ("verder", ""): Count(3, 7)}}, synthetic=True)
    found = together([first, second, Tally()])
    assert found.of("fase") == {("adhoc", ""): Count(3, 25), ("verder", ""): Count(3, 7)}
    assert (found.total, found.stopped, found.synthetic) == (Count(2, 20), 0, True)
    assert together([]) == Tally()


def test_order_of_arrival_changes_nothing(desk: Desk) -> None:
    desk.add(firms(20, stage=("adhoc", "verder"), initiatives=[CAMPUS]))
    before = tally(desk.engine, desk.knowledge, IN_OCTOBER)
    with Session(desk.engine) as session, session.begin():
        for record in session.query(Referral).all():
            session.delete(record)
    desk.add(firms(20, stage=("adhoc", "verder"), initiatives=[CAMPUS])[::-1])
    assert tally(desk.engine, desk.knowledge, IN_OCTOBER) == before
