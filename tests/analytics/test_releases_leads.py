"""Figures of leads: counted once, with whole quarters, from records that nothing else has to do with."""

from itertools import count

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from analytics.disclosure import Rules, possible
from analytics.figures import Release
from analytics.models import Counted, Outcome
from analytics.outcomes import ENDS
from analytics.synthetic import SYNTHETIC
from analytics.verification import verify
from tests.analytics.desk import Desk, firms

CAMPUS, WORKPLACE, SPOT = "mkb-cyber-campus-utrecht", "digitale-mkb-werkplaats-utrecht", "spot035"
OF_LEADS = ("lead_stap", "lead_afloop", "lead_tijd", "lead_ervaring", "lead_initiatief", "lead_geholpen")
_NUMBERS = count()


def steps(number: int, step: str, month: str = "2026-11", **columns: str) -> list[Outcome]:
    """So many leads that took a step."""
    kind = {"initiative": WORKPLACE, "outcome": "", "lead_time": "", **columns}
    return [Outcome(id=f"step-{next(_NUMBERS)}", month=month, step=step, **kind) for _ in range(number)]


def a_quarter() -> list[Outcome]:
    """60 leads in the last quarter of 2026. Multiples of five stay as they are."""
    return [
        *steps(25, "aangevraagd", "2026-10"),
        *steps(20, "aangevraagd", initiative=CAMPUS),
        *steps(15, "aangevraagd", "2026-12", initiative=SPOT),
        *steps(25, "contact", lead_time="0-2"),
        *steps(15, "contact", "2026-12", lead_time="3-5"),
        *steps(5, "contact", "2026-12", lead_time="11+"),
        *steps(15, "afgesloten", outcome="geholpen"),
        *steps(10, "afgesloten", "2026-12", outcome="geholpen", initiative=CAMPUS),
        *steps(10, "afgesloten", "2026-12", outcome="niet_verder", initiative=CAMPUS),
        *steps(5, "afgesloten", "2026-12", outcome="geen_gehoor"),
        *steps(3, "afgesloten", "2026-12", outcome="geen_plek"),
        *steps(20, "ervaring", "2026-12", outcome="geholpen"),
        *steps(10, "ervaring", "2026-12", outcome="niet_geholpen"),
    ]


def values(release: Release, table: str) -> dict[str, int]:
    """What is shown of a table."""
    return {cell.row: cell.value for cell in release.tables[table].cells if cell.value is not None}


def named(release: Release) -> set[str]:
    return {name for name in release.tables if "lead" in name}


class TestNumbers:
    def test_a_quarter_counted_by_hand(self, desk: Desk) -> None:
        desk.add(a_quarter())
        desk.make("2026-12")
        release = desk.staff("2026-12")
        # Of who was closed 25 were helped, and 18 were not: a number between 15 and 20 is shown as one of these.
        found = values(release, "tot_nu/lead_stap")
        assert found.pop("anders") in (15, 20)
        assert found == {"aangevraagd": 60, "contact": 45, "geholpen": 25, "ervaring": 30}
        assert values(release, "tot_nu/lead_tijd") == {"0-2": 25, "3-5": 15, "11+": 5}
        assert values(release, "tot_nu/lead_afloop") == {"geholpen": 25, "niet_verder": 10, "geen_gehoor": 5}
        assert values(release, "tot_nu/lead_ervaring") == {"geholpen": 20, "niet_geholpen": 10}
        assert values(release, "tot_nu/lead_initiatief") == {WORKPLACE: 25, CAMPUS: 20, SPOT: 15}
        assert values(release, "tot_nu/lead_geholpen") == {WORKPLACE: 15, CAMPUS: 10}

    def test_no_exact_number_of_leads_is_published(self, desk: Desk) -> None:
        """Steps are within each other: from two exact numbers, how many leads had no contact would be known."""
        desk.add(a_quarter(), firms(1, "2026-W41"))
        desk.make("2026-12")
        release = desk.staff("2026-12")
        assert all(value % 5 == 0 for table in named(release) for value in values(release, table).values())
        assert {*release.totals.values(), *release.stopped.values()} == {None}

    def test_every_value_is_one_that_the_records_can_have(self, desk: Desk) -> None:
        desk.add(a_quarter())
        desk.make("2026-12")
        counted = {end: sum(one.outcome == end for one in a_quarter() if one.step == "afgesloten") for end in ENDS}
        for release in (desk.staff("2026-12"), desk.public("2026-12")):
            table = release.tables["tot_nu/lead_afloop"]
            assert list(table.rows) == list(ENDS)
            for cell in table.cells:
                bounds = possible(Rules(release.threshold), cell.value)
                assert bounds.low <= counted[cell.row] <= bounds.high

    def test_conversations_count_by_themselves(self, desk: Desk) -> None:
        desk.add(a_quarter(), firms(40, "2026-W41", stage=("adhoc", "engaged")))
        desk.make("2026-12")
        assert desk.staff("2026-12").totals["tot_nu"] == 40
        assert values(desk.staff("2026-12"), "tot_nu/lead_stap")["aangevraagd"] == 60

    def test_everybody_sees_leads_from_ten(self, desk: Desk) -> None:
        desk.add(a_quarter())
        desk.make("2026-12")
        assert values(desk.public("2026-12"), "tot_nu/lead_tijd") == {"0-2": 25, "3-5": 15}
        assert named(desk.public("2026-12")) <= named(desk.staff("2026-12"))


class TestMenu:
    def test_leads_come_with_whole_quarters(self, desk: Desk) -> None:
        desk.add(steps(60, "aangevraagd", "2026-07"), steps(40, "aangevraagd", "2026-07", initiative=CAMPUS))
        desk.add(steps(60, "contact", "2026-07", lead_time="0-2"), steps(40, "contact", "2026-07", lead_time="3-5"))
        desk.make("2026-09")
        assert [named(desk.staff(month)) for month in ("2026-07", "2026-08")] == [set(), set()]
        both = {
            f"{scope}/{name}"
            for scope in ("tot_nu", "kwartaal")
            for name in ("lead_stap", "lead_tijd", "lead_initiatief")
        }
        assert named(desk.staff("2026-09")) == both

    def test_few_leads_have_no_quarter_apart(self, desk: Desk) -> None:
        desk.add(a_quarter())
        desk.make("2026-12")
        quarterly = {name for name in named(desk.staff("2026-12")) if name.startswith("kwartaal")}
        assert quarterly == {"kwartaal/lead_stap", "kwartaal/lead_initiatief"}
        yearly = {name for name in named(desk.staff("2026-12")) if name.startswith("jaar")}
        assert yearly == {f"jaar/{name}" for name in OF_LEADS}

    @pytest.mark.parametrize("number", [0, 1, 9])
    def test_very_few_have_no_tables(self, desk: Desk, number: int) -> None:
        desk.add(steps(number, "aangevraagd"))
        desk.make("2026-12")
        assert named(desk.staff("2026-12")) == set()

    def test_nearly_all_without_a_step_ahead_is_not_told(self, desk: Desk) -> None:
        desk.add(steps(55, "afgesloten", outcome="niet_verder"), steps(5, "afgesloten", outcome="geholpen"))
        desk.make("2026-12")
        assert "tot_nu/lead_afloop" not in desk.staff("2026-12").tables

    def test_nearly_all_helped_may_be_told(self, desk: Desk) -> None:
        desk.add(steps(55, "afgesloten", outcome="geholpen"), steps(5, "afgesloten", outcome="niet_verder"))
        desk.make("2026-12")
        assert values(desk.staff("2026-12"), "tot_nu/lead_afloop") == {"geholpen": 55, "niet_verder": 5}

    def test_what_came_to_an_initiative_that_is_gone_counts_with_the_others(self, desk: Desk) -> None:
        desk.add(steps(20, "aangevraagd"), steps(10, "aangevraagd", initiative="gone"))
        desk.add(steps(5, "aangevraagd", initiative="gone-too"))
        desk.make("2026-12")
        assert values(desk.staff("2026-12"), "tot_nu/lead_initiatief") == {WORKPLACE: 20, "overig": 15}


class TestOverTime:
    def test_late_steps_count_in_the_next_month_that_is_open(self, desk: Desk) -> None:
        desk.add(steps(30, "aangevraagd", "2026-08"), steps(30, "contact", "2026-08", lead_time="0-2"))
        desk.make("2026-09")
        before = desk.stored("2026-09")
        desk.add(steps(20, "aangevraagd", "2026-07", initiative=CAMPUS))
        desk.make("2026-12")
        assert desk.stored("2026-09") == before
        assert values(desk.staff("2026-12"), "tot_nu/lead_stap")["aangevraagd"] == 50
        with Session(desk.engine) as session:
            late = set(session.scalars(select(Outcome.period).where(Outcome.month == "2026-07")))
            assert late == {"2026-10"}

    def test_leads_alone_are_reason_enough_to_make_figures(self, desk: Desk) -> None:
        desk.add(steps(12, "aangevraagd", "2026-09"))
        assert desk.make("2026-12") == ["2026-09", "2026-10", "2026-11", "2026-12"]

    def test_year_so_far_is_left_out_when_it_differs_by_a_few(self, desk: Desk) -> None:
        desk.add(steps(20, "contact", "2026-07", lead_time="0-2"), steps(20, "contact", "2026-08", lead_time="3-5"))
        desk.make("2026-09")
        desk.add(steps(4, "contact", "2026-10", lead_time="0-2"))
        desk.make("2026-12")
        assert "tot_nu/lead_tijd" in desk.staff("2026-09").tables
        assert "tot_nu/lead_tijd" not in desk.staff("2026-12").tables
        assert "jaar/lead_tijd" not in desk.staff("2026-12").tables

    def test_what_was_counted_is_kept_by_table(self, desk: Desk) -> None:
        desk.add(a_quarter())
        desk.make("2026-12")
        with Session(desk.engine) as session:
            kept = session.scalars(select(Counted).where(Counted.period == "2026-10")).all()
            counted = {(one.table, one.row): one.records for one in kept}
        assert counted == {("lead_stap", "aangevraagd"): 25, ("lead_initiatief", WORKPLACE): 25}

    def test_everything_together_leaves_each_hidden_count_open(self, desk: Desk) -> None:
        desk.add(a_quarter())
        desk.make("2027-03")
        verdicts = verify(desk.engine, desk.knowledge)
        assert [one.outcome.narrow for one in verdicts] == [None] * len(verdicts)
        assert sum(one.outcome.cells for one in verdicts) > 50


def test_made_up_leads_mark_the_release(desk: Desk) -> None:
    desk.add(steps(20, "aangevraagd"))
    desk.make("2026-11")
    assert not desk.staff("2026-11").synthetic
    one = steps(1, "aangevraagd", "2026-12")[0]
    one.id = f"{SYNTHETIC}-1"
    desk.add([one])
    desk.make("2026-12")
    assert desk.staff("2026-12").synthetic
    assert desk.public("2026-12").synthetic


def test_both_databases_count_leads_the_same(desk: Desk, postgresql: str) -> None:
    migrate(postgresql)
    engine = open_database(postgresql)
    other = Desk(engine, desk.knowledge)
    for one in (desk, other):
        one.add([Outcome(rounding_key=number, **kind) for number, kind in enumerate(map(columns, a_quarter()))])
        one.make("2026-12")
    found = [row for row in desk.stored("2026-12") if "lead_" in str(row[3])]
    assert found
    assert found == [row for row in other.stored("2026-12") if "lead_" in str(row[3])]
    engine.dispose()


def columns(step: Outcome) -> dict[str, str]:
    names = ("id", "month", "step", "initiative", "outcome", "lead_time")
    return {name: getattr(step, name) for name in names}
