"""The gate: new tables give way until nothing hidden can be worked out, and no more of them than needed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from analytics import build
from analytics.audit import audit
from analytics.dimensions import Level
from analytics.disclosure import FOR_STAFF, Rules
from analytics.drafts import Draft
from analytics.gate import DERIVABLE_TOGETHER, TOO_CLOSE, Gate
from analytics.linear import Key, Sheet
from analytics.menu import MONTH, SO_FAR, Scope, months_of
from analytics.periods import Month
from tests.analytics.desk import MIXED, NOVEMBER, Desk, firms, stops

JANUARY, FEBRUARY = Month(2026, 1), Month(2026, 2)
STAGES, SECTORS = Level("fase", dict.fromkeys("abc", ""), str), Level("sector", dict.fromkeys("xy", ""), str)
# Of 22 firms: a is at least 11 and b at least 10, which no table tells alone.
STAGE = {("a", ""): 10, ("b", ""): 10, ("c", ""): None}
EVEN = {("a", ""): 20, ("b", ""): 20, ("c", ""): 20}
NARROW = {("a", ""): 10, ("b", ""): 5, ("c", ""): None}  # of 12 firms at most 1 is of c
CROSSED = {("a", "x"): 10, ("a", "y"): 5, ("b", "x"): 5, ("b", "y"): 5, ("c", "x"): None, ("c", "y"): None}


def draft(scope: str, month: Month, values: Mapping[Key, int | None], coarser: bool = False) -> Draft:
    levels = (STAGES, SECTORS) if any(column for _, column in values) else (STAGES,)
    names = tuple(level.id for level in levels)
    found = Scope(scope, months_of(scope, month))
    return Draft(f"{scope}/{'*'.join(names)}", found, names, levels, values, coarser=((STAGES,),) if coarser else ())


def sheet(one: Draft, publication: str = "werkgroep/2026-02", rules: Rules = FOR_STAFF) -> Sheet:
    members = tuple({code: code for code in level.titles} for level in one.levels)
    months = frozenset(month.id for month in one.scope.months)
    return Sheet(publication, one.id, one.dimensions, months, members, one.values, rules)


def gate(records: Mapping[str, int], *earlier: Sheet, month: Month = FEBRUARY, rules: Rules = FOR_STAFF) -> Gate:
    return Gate(
        publication=f"werkgroep/{month.id}",
        earlier=earlier,
        records=records,
        apart={},
        sheet=lambda one: sheet(one, f"werkgroep/{month.id}", rules),
        coarser=lambda one: replace(one, values={key: 20 for key in one.values if key[0] == "a"}, coarser=()),
        complete=list,
    )


class TestGiveWay:
    def test_safe_tables_stay_as_they_are(self) -> None:
        made = gate({"2026-02": 22})
        made.settle([draft(MONTH, FEBRUARY, STAGE)])
        assert made.drafts["maand/fase"].values == STAGE
        assert (made.merged, made.outcome.cells) == ([], 1)
        assert made.outcome.narrowest is not None
        assert made.outcome.narrowest >= 3

    def test_table_that_tells_too_much_alone(self) -> None:
        made = gate({"2026-02": 12})
        made.settle([draft(MONTH, FEBRUARY, NARROW)])
        assert made.drafts["maand/fase"].reason == DERIVABLE_TOGETHER
        assert made.sheets() == []

    def test_of_two_that_tell_too_much_together_one_is_left(self) -> None:
        made = gate({"2026-02": 22})
        made.settle([draft(MONTH, FEBRUARY, STAGE), draft(MONTH, FEBRUARY, CROSSED)])
        dropped = [one for one in made.drafts.values() if not one.values]
        assert [one.reason for one in dropped] == [DERIVABLE_TOGETHER]
        assert audit(made.sheets(), {"2026-02": 22}, {}).narrow is None

    def test_what_was_published_before_stays_and_the_new_one_gives_way(self) -> None:
        before = sheet(draft(MONTH, FEBRUARY, STAGE), "publiek/2026-01")
        made = gate({"2026-02": 22}, before)
        made.settle([draft(MONTH, FEBRUARY, CROSSED)])
        assert not made.drafts["maand/fase*sector"].values

    def test_coarser_before_nothing(self) -> None:
        made = gate({"2026-02": 12})
        made.settle([draft(MONTH, FEBRUARY, NARROW, coarser=True)])
        assert made.merged == ["maand/fase"]

    def test_year_so_far_gives_way_first(self) -> None:
        month = draft(MONTH, FEBRUARY, {("a", ""): 10, ("b", ""): None, ("c", ""): None})
        so_far = draft(SO_FAR, FEBRUARY, {("a", ""): 5, ("b", ""): 10, ("c", ""): 5})
        made = gate({"2026-01": 15, "2026-02": 15})
        made.settle([month, so_far])
        assert made.drafts["maand/fase"].values
        assert not made.drafts["tot_nu/fase"].values

    def test_what_was_published_before_and_gives_away_by_itself_takes_nothing_new_along(self) -> None:
        before = sheet(draft(MONTH, JANUARY, NARROW), "werkgroep/2026-01")
        made = gate({"2026-01": 12, "2026-02": 22}, before)
        made.settle([draft(MONTH, FEBRUARY, STAGE)])
        assert made.drafts["maand/fase"].values == STAGE
        assert made.proof["al_afleidbaar"] == 1

    def test_year_so_far_is_not_tried_more_coarsely(self) -> None:
        made = gate({"2026-01": 12}, month=JANUARY)
        made.settle([draft(SO_FAR, JANUARY, NARROW, coarser=True)])
        assert (made.merged, made.drafts["tot_nu/fase"].reason) == ([], DERIVABLE_TOGETHER)

    def test_new_table_stays_when_what_was_published_before_gives_a_count_away(self) -> None:
        before = sheet(draft(MONTH, JANUARY, NARROW), "werkgroep/2026-01")
        made = gate({"2026-01": 12, "2026-02": 60}, before)
        made.settle([draft(SO_FAR, FEBRUARY, EVEN)])
        assert made.drafts["tot_nu/fase"].values == EVEN
        assert made.proof["al_afleidbaar"] == 1

    def test_nothing_new(self) -> None:
        made = gate(
            {"2026-01": 12},
            sheet(draft(MONTH, JANUARY, NARROW), "werkgroep/2026-01"),
        )
        made.settle([])
        assert (made.drafts, made.outcome.cells) == ({}, 0)


class TestApart:
    """No two tables that differ by a few firms: what changed would be theirs."""

    @pytest.mark.parametrize(
        ("came", "threshold", "shown"),
        [(1, 5, False), (9, 5, False), (10, 5, True), (0, 5, True), (10, 10, True), (10, 15, False)],
    )
    def test_from_the_month_before(self, came: int, threshold: int, shown: bool) -> None:
        before = sheet(draft(SO_FAR, JANUARY, EVEN), "werkgroep/2026-01")
        made = gate({"2026-01": 60, "2026-02": came}, before, rules=Rules(threshold))
        made.settle([draft(SO_FAR, FEBRUARY, EVEN)])
        found = made.drafts["tot_nu/fase"]
        assert (bool(found.values), found.reason) == (shown, "" if shown else TOO_CLOSE)

    def test_two_new_tables(self) -> None:
        made = gate({"2026-01": 4, "2026-02": 60})
        made.settle([draft(MONTH, FEBRUARY, EVEN), draft(SO_FAR, FEBRUARY, EVEN)])
        assert [one.reason for one in made.drafts.values()] == ["", TOO_CLOSE]

    def test_released_month_with_few_changes_nothing_in_the_year_so_far(self, desk: Desk) -> None:
        desk.add(firms(40, **MIXED), firms(6, NOVEMBER, start=100, stage="verder"), stops(20), stops(3, NOVEMBER))
        desk.add(stops(20, "2026-W42", question="personen"))
        desk.make("2026-11")
        assert desk.staff("2026-10").tables["tot_nu/fase"].cells
        november = desk.staff("2026-11")
        assert november.totals == {"maand": 6, "tot_nu": 46}
        assert november.tables == {}
        assert november.decisions["vervallen"]["tot_nu/fase"] == TOO_CLOSE
        assert november.decisions["vervallen"]["tot_nu/gestopt"] == TOO_CLOSE

    def test_what_everybody_gets_is_within_what_staff_get(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """And staff are reckoned to have both."""
        gates: list[Gate] = []

        class Noting(Gate):
            def settle(self, drafts: Sequence[Draft]) -> None:
                super().settle(drafts)
                gates.append(self)

        monkeypatch.setattr(build, "Gate", Noting)
        desk.add(firms(120, **MIXED))
        desk.make("2026-12")
        for_staff, for_everybody = ({one.id: one for one in gate.sheets()} for gate in gates[-2:])
        assert for_everybody
        assert all(for_staff[name].beside == one.values for name, one in for_everybody.items())
        staff, public = desk.staff("2026-12"), desk.public("2026-12")
        assert public.tables
        for name, table in public.tables.items():
            for cell in table.cells:
                if cell.value is not None:
                    assert staff.tables[name].value(cell.row, cell.column) == cell.value
