"""The audit against a reader who tries everything: it finds what can be worked out, and claims nothing else."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from random import Random
from types import MappingProxyType

import pytest

from analytics.audit import Outcome, allowed_before, audit, components
from analytics.disclosure import FOR_STAFF, NARROWEST, Interval, Rules
from analytics.drafts import Draft
from analytics.gate import Gate
from analytics.linear import NOTHING, Cell, Known, Place, Sheet
from analytics.menu import SO_FAR, Scope
from analytics.periods import Month
from tests.analytics.every_solution import CODES, Firms, Region

JANUARY, FEBRUARY, MARCH = "2026-01", "2026-02", "2026-03"
BOTH = (JANUARY, FEBRUARY)
# Menus of which every solution can be tried, with the months and how many firms came in each.
MONTHS = (("fase",), [("maand", ("fase",), [JANUARY]), ("tot_nu", ("fase",), BOTH)], BOTH, (8, 15))
CROSSED = (
    ("fase", "sector"),
    [("maand", names, [JANUARY]) for names in (("fase",), ("sector",), ("fase", "sector"))],
    (JANUARY,),
    (10, 15),
)
# What one month has of each dimension, and what a quarter has of both together.
QUARTER = (
    ("fase", "sector"),
    [
        *(("maand", (name,), [month]) for month in BOTH for name in ("fase", "sector")),
        ("kwartaal", ("fase", "sector"), BOTH),
    ],
    BOTH,
    (10, 13),
)


def some_firms(random: Random, region: tuple[str, ...], months: tuple[str, ...], between: tuple[int, int]) -> Firms:
    """Firms of which some combinations are rare."""
    combinations = list(product(*(CODES[name] for name in region)))
    firms: dict[str, dict[tuple[str, ...], int]] = {}
    for month in months:
        likely = [random.random() ** 2 for _ in combinations]
        came = random.choices(combinations, likely, k=random.randint(*between))
        firms[month] = {one: came.count(one) for one in combinations}
    return firms


def compare(region: Region, sheets: tuple[Sheet, ...], *, firms: bool) -> Outcome:
    """Check all that the audit says of some tables; with `firms` to readers that are one of them."""
    outcome = audit(sheets, region.records, {}, true=region.true if firms else None)
    solutions = region.solutions(sheets)
    true = {place: region.interval(solutions, place) for place in outcome.shown}
    hidden = {
        Cell("", sheet.names, sheet.months, key, NOTHING).place
        for sheet in sheets
        for key, value in sheet.values.items()
        if value is None
    }
    assert hidden <= set(true)
    for place, (low, high) in outcome.shown.items():
        if low <= high:
            assert true[place].low <= round(low) <= round(high) <= true[place].high, place
    left = {place: region.interval(solutions, place, firms=firms) for place in outcome.shown}
    narrow = {place for place, one in left.items() if one.width < NARROWEST and one.low < FOR_STAFF.threshold}
    assert (outcome.narrow is None) == (not narrow)
    if outcome.narrow:
        assert outcome.narrow.place in narrow
    return outcome


@pytest.mark.parametrize(
    ("menu", "seeds"), [(MONTHS, 25), (CROSSED, 25), (QUARTER, 12)], ids=["months", "crossed", "quarter"]
)
def test_audit_agrees_with_trying_everything(menu: tuple[object, ...], seeds: int) -> None:
    dimensions, tables, months, between = menu
    said = []
    for seed in range(seeds):
        random = Random(seed)
        region = Region(dimensions, some_firms(random, dimensions, months, between))  # type: ignore[arg-type]
        for sheets in components(region.sheet(*one) for one in tables):  # type: ignore[attr-defined]
            said.append(tuple(compare(region, sheets, firms=firms).narrow is None for firms in (False, True)))
    assert {(True, True), (True, False), (False, False)} == set(said)  # who is one of them knows more, and never less


@pytest.mark.parametrize("seed", range(12))
def test_one_count_alone_is_judged_as_among_all(seed: int) -> None:
    dimensions, tables, months, between = MONTHS
    region = Region(dimensions, some_firms(Random(seed), dimensions, months, between))
    sheets = tuple(region.sheet(*one) for one in tables)
    solutions = region.solutions(sheets)
    for place in audit(sheets, region.records, {}, true=region.true).shown:
        alone = audit(sheets, region.records, {}, true=region.true, only=Cell(*place[:4], NOTHING))
        one = region.interval(solutions, place, firms=True)
        assert (alone.narrow is None) == (one.width >= NARROWEST or one.low >= FOR_STAFF.threshold or not alone.cells)


def table(names: tuple[str, ...], months: tuple[str, ...], values: dict[str, int | None], **more: object) -> Sheet:
    """A table of one dimension, written down."""
    keys = {(code, ""): value for code, value in values.items()}
    members = ({code: code for code in values},)
    return Sheet("werkgroep/2026-02", "maand/x", names, frozenset(months), members, keys, FOR_STAFF, **more)  # type: ignore[arg-type]


class TestThresholds:
    """At least 6 and at most 7 firms of a in January can be known by the rules; c is told with b in that month."""

    KNOWN = (Known("fase", frozenset({"a"}), {JANUARY: (6, 7)}),)
    RECORDS = MappingProxyType({JANUARY: 60, FEBRUARY: 60, MARCH: 60})
    PLACE = ("", ("fase",), frozenset({JANUARY}), ("a", ""), "")
    DAYS = (date(2026, 2, 9), date(2026, 3, 9), date(2026, 4, 13))

    def sheets(self, *thresholds: int) -> list[Sheet]:
        """January, the year so far in February, and that in March, in the order in which they came."""
        fine, coarse = {"a": 30, "b": 45, "c": 45}, {"a": "ab", "b": "ab", "c": "c"}
        so_far = table(("fase",), (JANUARY, FEBRUARY), fine)
        single = replace(table(("fase",), (JANUARY,), {"ab": 40, "c": 20}), members=(coarse,))
        later = table(("fase",), (JANUARY, FEBRUARY, MARCH), {"a": 45, "b": 70, "c": 65})
        made = zip((single, so_far, later), thresholds, strict=True)
        return [
            replace(sheet, rules=Rules(threshold), publication=f"werkgroep/{day}", made_on=day)
            for day, (sheet, threshold) in zip(self.DAYS, made, strict=True)
        ]

    def prove(self, sheets: Sequence[Sheet], *, but: Collection[Place] = ()) -> Outcome:
        return audit(sheets, self.RECORDS, {}, rules=self.KNOWN, but=but)

    def test_count_that_is_surely_high_enough_may_be_known(self) -> None:
        found = self.prove(self.sheets(5, 5, 5))
        assert found.narrow is None
        assert found.high == {self.PLACE}

    @pytest.mark.parametrize("thresholds", [(10, 10, 10), (10, 5, 5), (5, 10, 5), (5, 5, 10)])
    def test_highest_threshold_of_all_decides_how_high_that_is(self, thresholds: tuple[int, ...]) -> None:
        found = self.prove(self.sheets(*thresholds))
        assert found.narrow is not None
        assert found.narrow.place == self.PLACE

    def test_what_could_be_known_before_a_rise_is_no_fault_of_what_came_after(self) -> None:
        sheets = self.sheets(5, 5, 10)
        allowed = allowed_before(reversed(sheets), self.prove)
        assert allowed == {self.PLACE}
        assert self.prove(sheets, but=allowed).narrow is None

    def test_new_table_need_not_give_way_for_it_and_the_record_tells(self) -> None:
        *earlier, later = self.sheets(5, 5, 10)
        gate = Gate(
            publication=later.publication,
            earlier=earlier,
            records=self.RECORDS,
            apart={},
            sheet=lambda _: later,
            coarser=lambda draft: draft,
            complete=list,
            rules=self.KNOWN,
        )
        gate.settle([Draft(later.id, Scope(SO_FAR, Month(2026, 3).of_year), later.names, (), later.values)])
        assert gate.drafts[later.id].values == later.values
        told = {"drempel": 10, "eerder_toegestaan": 1, "al_afleidbaar": 0}
        assert {name: gate.proof[name] for name in told} == told

    @pytest.mark.parametrize("thresholds", [(5, 5, 5), (10, 5, 5), (10, 10, 5), (10, 15, 15), (10, 10, 15)])
    def test_nothing_else_is_allowed(self, thresholds: tuple[int, ...]) -> None:
        assert allowed_before(self.sheets(*thresholds), self.prove) == frozenset()


class TestFound:
    """Ways in which tables give away what is hidden; each is safe without the last of its tables."""

    def narrow(self, *sheets: Sheet, **records: int) -> Cell | None:
        months = {f"2026-0{month[-1]}": number for month, number in records.items()}
        return audit(sheets, months, {}).narrow

    def test_total_less_what_is_shown(self) -> None:
        found = self.narrow(table(("fase",), (JANUARY,), {"a": 10, "b": 5, "c": None}), month_1=12)
        assert found is not None
        assert found.key == ("c", "")
        assert self.narrow(table(("fase",), (JANUARY,), {"a": 10, "b": 5, "c": None}), month_1=20) is None

    def test_month_beside_the_year_so_far(self) -> None:
        """At most 9 of a in both months, so at most 9 of the 15 in January, and 6 or more of b and c: 2 of each."""
        month = table(("fase",), (JANUARY,), {"a": 10, "b": None, "c": None})
        so_far = table(("fase",), BOTH, {"a": 5, "b": 10, "c": 5})
        assert self.narrow(month, month_1=15, month_2=9) is self.narrow(so_far, month_1=15, month_2=9) is None
        found = self.narrow(month, so_far, month_1=15, month_2=9)
        assert found is not None
        assert found.months == {JANUARY}

    def test_rows_and_columns(self) -> None:
        """a is at least 11 and b at least 10 of 22, which the single tables do not tell."""
        stage = table(("fase",), (JANUARY,), {"a": 10, "b": 10, "c": None})
        cells = {("a", "x"): 10, ("a", "y"): 5, ("b", "x"): 5, ("b", "y"): 5, ("c", "x"): None, ("c", "y"): None}
        members = ({code: code for code in "abc"}, {code: code for code in "xy"})
        both = Sheet("w", "maand/fase*sector", ("fase", "sector"), frozenset({JANUARY}), members, cells, FOR_STAFF)
        assert self.narrow(stage, month_1=22) is None
        assert self.narrow(stage, both, month_1=22) is not None

    def test_a_row_that_is_left_out(self) -> None:
        """Of x there are at most 14, of which a and b have at least 12: at most 2 are left for c, not in the table."""
        sector = table(("sector",), (JANUARY,), {"x": 10, "y": 65})
        cells = {("a", "x"): 10, ("a", "y"): 20, ("b", "x"): 10, ("b", "y"): 20}
        members = ({code: code for code in "abc"}, {code: code for code in "xy"})
        both = Sheet("w", "maand/fase*sector", ("fase", "sector"), frozenset({JANUARY}), members, cells, FOR_STAFF)
        assert self.narrow(sector, both, month_1=80) is None
        found = self.narrow(sector, replace(both, left_out="c"), month_1=80)
        assert found is not None
        assert found.key == ("c", "x")

    def test_the_same_counts_rounded_for_two_audiences(self) -> None:
        """What is 20 for one and 25 for the other is 21 to 24, and of 44 at most 2 are left for c."""
        staff = {"a": 20, "b": 20, "c": None}
        public = {("a", ""): 25, ("b", ""): 25, ("c", ""): None}
        assert self.narrow(table(("fase",), (JANUARY,), staff), month_1=44) is None
        same = {(code, ""): value for code, value in staff.items()}
        assert self.narrow(table(("fase",), (JANUARY,), staff, beside=same), month_1=44) is None
        assert self.narrow(table(("fase",), (JANUARY,), staff, beside=public), month_1=44) is not None

    def test_event_within_its_month(self) -> None:
        month = table(("fase",), (JANUARY,), {"a": 20, "b": None, "c": 20})
        event = table(("fase",), (JANUARY,), {"a": 10, "b": 5, "c": None}, event="ZEIST-4K7", totals={JANUARY: 12})
        assert self.narrow(month, month_1=42) is None
        assert self.narrow(month, event, month_1=42) is not None


@pytest.mark.parametrize(("low", "narrow"), [(4, True), (5, False)])
def test_count_that_would_surely_be_shown_may_be_known(low: int, *, narrow: bool) -> None:
    """Of January, which has no table, everybody knows one of two values of a."""
    month = table(("fase",), (FEBRUARY,), {"a": 20, "b": 20, "c": 20})
    so_far = table(("fase",), BOTH, {"a": 25, "b": 30, "c": 35})
    rule = Known("fase", frozenset("a"), {JANUARY: (low, low + 1)})
    found = audit([month, so_far], {JANUARY: 30, FEBRUARY: 60}, {}, rules=[rule]).narrow
    assert (found is not None) == narrow
    assert found is None or (found.months, found.key) == ({JANUARY}, ("a", ""))


class TestBeside:
    def test_nothing_was_published(self) -> None:
        assert audit([], {}, {}) == Outcome()

    def test_everything_is_shown(self) -> None:
        outcome = audit([table(("fase",), (JANUARY,), {"a": 20, "b": 20})], {JANUARY: 40}, {})
        assert (outcome.cells, outcome.narrowest, outcome.narrow) == (0, None, None)

    def test_tables_that_cannot_all_be_true_do_not_pass(self) -> None:
        impossible = table(("fase",), (JANUARY,), {"a": 20, "b": 20, "c": None})
        assert audit([impossible], {JANUARY: 10}, {}).narrow is not None

    def test_stopped_conversations_add_up_to_their_own_total(self) -> None:
        sheet = table(("gestopt",), (JANUARY,), {"sector": 10, "personen": 5, "plaats": None})
        assert audit([sheet], {JANUARY: 1000}, {"gestopt": {JANUARY: 12}}).narrow is not None
        assert audit([sheet], {JANUARY: 12}, {"gestopt": {JANUARY: 18}}).narrow is None

    def test_outcomes_together(self) -> None:
        cell = audit([table(("fase",), (JANUARY,), {"a": 10, "b": 5, "c": None})], {JANUARY: 12}, {}).narrow
        both = Outcome(2, 4) + Outcome(3, None) + Outcome(1, 3, cell)
        assert (both.cells, both.narrowest, both.narrow) == (6, 3, cell)

    def test_tables_hang_together_by_dimensions(self) -> None:
        region = Region(("fase", "sector"), {JANUARY: {("a", "x"): 8, ("b", "y"): 7}})
        stage, sector, both = (
            region.sheet("maand", names, [JANUARY]) for names in (("fase",), ("sector",), ("fase", "sector"))
        )
        assert [set(map(id, one)) for one in components([stage, sector])] == [{id(stage)}, {id(sector)}]
        assert [len(one) for one in components([stage, sector, both])] == [3]

    def test_what_holds_already_is_not_solved_again(self) -> None:
        sheet = table(("fase",), (JANUARY,), {"a": 20, "b": None, "c": None})
        first = audit([sheet], {JANUARY: 24}, {})
        assert first.narrow is None
        again = audit([sheet], {JANUARY: 24}, {}, shown=first.shown)
        assert again.narrow is None
        assert Interval(*(round(one) for one in again.shown[next(iter(first.shown))])).width >= NARROWEST

    @pytest.mark.parametrize(("shown", "narrow"), [((0.0, 3.0), False), ((0.4, 3.6), True), ((0.0, 2.0), True)])
    def test_only_whole_numbers_hold_already(self, shown: tuple[float, float], *, narrow: bool) -> None:
        """Of 12 at most 1 is of c: who says that more was shown is believed, but not of half firms."""
        sheet = table(("fase",), (JANUARY,), {"a": 10, "b": 5, "c": None})
        place = Cell("", ("fase",), frozenset({JANUARY}), ("c", ""), NOTHING).place
        assert (audit([sheet], {JANUARY: 12}, {}, shown={place: shown}).narrow is not None) == narrow
