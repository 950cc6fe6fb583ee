"""Tables before the gate: as finely divided as the total allows, and only those that may be shown."""

from collections.abc import Mapping

import pytest

from analytics.dimensions import dimensions
from analytics.disclosure import FOR_EVERYBODY, FOR_STAFF, NARROWEST, Count, Rules, derivable
from analytics.drafts import Draft, Drafting
from analytics.menu import INITIATIVES, MONTH, ONE_WAY, QUARTER, SO_FAR, STOPPED, TWO_WAY, YEAR, Scope, months_of
from analytics.periods import Month
from analytics.tally import Tally
from knowledge.base import Knowledge
from tests.analytics.desk import SECRET

WORKPLACE, CAMPUS = "digitale-mkb-werkplaats-utrecht", "mkb-cyber-campus-utrecht"
DECEMBER = Month(2026, 12)


@pytest.fixture
def drafting(knowledge: Knowledge) -> Drafting:
    return made_by(knowledge, FOR_STAFF)


def made_by(knowledge: Knowledge, rules: Rules) -> Drafting:
    return Drafting(knowledge, rules, SECRET, dimensions(knowledge, DECEMBER.last_day))


def scope(identifier: str) -> Scope:
    return Scope(identifier, months_of(identifier, DECEMBER))


def tally(total: int, **tables: Mapping[str, int]) -> Tally:
    """Counts by codes, "handel/10-49" for two; `fase_sector` is the table "fase*sector"."""
    found = {
        name.replace("_", "*"): {
            (code.partition("/")[0], code.partition("/")[2]): Count(number, sum(map(ord, code)) * number)
            for code, number in counts.items()
        }
        for name, counts in tables.items()
    }
    return Tally({**found, "totaal": {("", ""): Count(total, 77)}})


def made(drafting: Drafting, where: str, counted: Tally) -> dict[str, Draft]:
    return {draft.id.partition("/")[2]: draft for draft in drafting.drafts(scope(where), counted)}


class TestMenu:
    @pytest.mark.parametrize(("where", "pairs"), [(MONTH, ()), (SO_FAR, ()), (QUARTER, TWO_WAY), (YEAR, TWO_WAY)])
    def test_which_tables_there_are(self, drafting: Drafting, where: str, pairs: tuple[tuple[str, str], ...]) -> None:
        found = made(drafting, where, tally(10))
        assert list(found) == [*ONE_WAY, *("*".join(pair) for pair in pairs), INITIATIVES]

    def test_fewer_than_ten_records_have_none(self, drafting: Drafting) -> None:
        assert made(drafting, MONTH, tally(9, fase={"adhoc": 5, "verder": 4})) == {}

    def test_stopped_conversations_have_their_own_total(self, drafting: Drafting) -> None:
        stops = {"sector": 15, "personen": 10}
        assert list(made(drafting, MONTH, tally(0, gestopt=stops))) == [STOPPED]
        assert STOPPED not in made(drafting, MONTH, tally(50, gestopt={"sector": 9}))
        assert made(drafting, MONTH, tally(0, gestopt=stops))[STOPPED].values["sector", ""] == 15


class TestLevels:
    @pytest.mark.parametrize(
        ("total", "level"),
        [(60, "zes"), (190, "zes"), (1000, "sectie")],
    )
    def test_sector_is_as_fine_as_the_total_allows(self, drafting: Drafting, total: int, level: str) -> None:
        counts = dict.fromkeys("FGIMQ", total // 5)
        found = made(drafting, MONTH, tally(total, sector=counts))["sector"]
        assert [one.id for one in found.levels] == [level]

    @pytest.mark.parametrize("total", [60, 400, 2000])
    def test_level_does_not_depend_on_what_the_counts_are(self, drafting: Drafting, total: int) -> None:
        half = {"GM0344": total // 2, "GM0402": total // 2}
        fifth = dict.fromkeys(("GM0344", "GM0307", "GM0402", "GM0355", "GM0345"), total // 5)
        levels = {made(drafting, MONTH, tally(total, plaats=one))["plaats"].levels[0].id for one in (half, fifth)}
        assert len(levels) == 1

    def test_all_in_one_region_are_told_apart_more_finely(self, drafting: Drafting) -> None:
        found = made(drafting, MONTH, tally(20, plaats={"GM0344": 10, "GM0307": 10}))["plaats"]
        assert found.values
        assert found.levels[0].id != "regio"

    def test_coarser_has_the_same_records_in_fewer_categories(self, drafting: Drafting) -> None:
        counted = tally(1000, sector=dict.fromkeys("FGIMQ", 200))
        draft = made(drafting, QUARTER, counted)["sector"]
        coarser = drafting.coarser(draft, counted)
        assert [one.levels[0].id for one in (draft, coarser)] == ["sectie", "zes"]
        assert coarser.values["bouw", ""] == draft.values["F", ""] == 200
        assert not drafting.coarser(coarser, counted).values
        assert drafting.coarser(coarser, counted).reason == "te_grof"


class TestShown:
    def test_one_stage_of_nearly_all_is_not_told(self, drafting: Drafting) -> None:
        found = made(drafting, MONTH, tally(100, fase={"adhoc": 91, "engaged": 5, "verder": 4}))["fase"]
        assert (found.values, found.reason) == ({}, "overwicht")
        assert made(drafting, MONTH, tally(100, fase={"adhoc": 90, "engaged": 5, "verder": 5}))["fase"].values

    def test_one_sector_of_nearly_all_may_be(self, drafting: Drafting) -> None:
        assert made(drafting, MONTH, tally(100, sector={"F": 95, "G": 5}))["sector"].values

    def test_all_with_something_that_fits_may_be_told_and_all_with_nothing_not(self, drafting: Drafting) -> None:
        fits, nothing = ({"passend": 90, "geen": 10}, {"passend": 5, "geen": 95})
        assert made(drafting, MONTH, tally(100, aanbod=fits))["aanbod"].values
        assert made(drafting, MONTH, tally(100, aanbod=nothing))["aanbod"].reason == "overwicht"

    def test_stage_of_a_sector_is_told_by_the_row(self, drafting: Drafting) -> None:
        """Of 40 builders all are at the start: no table, however varied the others are."""
        others = {f"{stage}/G": 20 for stage in ("adhoc", "engaged", "verder")}
        varied = {"adhoc/F": 20, "engaged/F": 20}
        all_the_same = {"adhoc/F": 40}
        tables = [made(drafting, QUARTER, tally(100, fase_sector={**others, **one})) for one in (varied, all_the_same)]
        assert [one["fase*sector"].reason for one in tables] == ["", "overwicht"]

    def test_what_everybody_knows_of_outside_the_region(self, drafting: Drafting) -> None:
        """For a firm elsewhere nothing fits, by the rules; of one inside that would tell something."""
        inside = {"GM0344/passend": 40, "GM0344/geen": 20, "GM0307/passend": 40}
        outside = made(drafting, QUARTER, tally(140, plaats_aanbod={**inside, "buiten_regio/geen": 40}))
        assert outside["plaats*aanbod"].values
        also = made(drafting, QUARTER, tally(140, plaats_aanbod={**inside, "GM0402/geen": 40}))
        assert also["plaats*aanbod"].reason == "overwicht"

    def test_who_did_not_tell_a_place_does_not_take_the_table_away(self, drafting: Drafting) -> None:
        """Hardly anything serves them, by the catalogue: that row is in no table, however many they are."""
        inside = {"GM0344/passend": 40, "GM0344/geen": 20, "GM0307/passend": 40}
        for unknown in (
            {},
            {"onbekend/geen": 95, "onbekend/passend": 5},
            {"onbekend/passend": 50, "onbekend/geen": 50},
        ):
            counted = tally(100 + sum(unknown.values()), plaats_aanbod={**inside, **unknown})
            found = made(drafting, QUARTER, counted)["plaats*aanbod"]
            assert found.values
            assert "onbekend" not in {row for row, _ in found.values}

    def test_hidden_counts_leave_enough_open(self, drafting: Drafting) -> None:
        found = made(drafting, MONTH, tally(12, fase={"adhoc": 6, "engaged": 5, "verder": 1}))["fase"]
        values = {row: value for (row, _), value in found.values.items()}
        assert not values or all(
            one.width >= NARROWEST for row, one in derivable(FOR_STAFF, 12, values).items() if values[row] is None
        )

    def test_initiatives_are_named_from_five(self, drafting: Drafting) -> None:
        found = made(drafting, MONTH, tally(60, initiatief={WORKPLACE: 20, CAMPUS: 4}))[INITIATIVES]
        assert found.values == {(WORKPLACE, ""): 20}


class TestWithin:
    """What everybody gets is a part of what staff get."""

    COUNTED = tally(
        200,
        fase={"adhoc": 120, "engaged": 72, "verder": 8},
        sector={"F": 60, "G": 60, "I": 7, "Q": 60, "M": 13},
        initiatief={WORKPLACE: 20, CAMPUS: 7},
        gestopt={"sector": 30, "personen": 20, "fase": 6},
    )

    def test_same_division_with_the_higher_threshold(self, drafting: Drafting, knowledge: Knowledge) -> None:
        public = made_by(knowledge, FOR_EVERYBODY)
        for name, staff in made(drafting, QUARTER, self.COUNTED).items():
            found = public.within(staff, self.COUNTED)
            assert found.id == staff.id
            assert found.levels == staff.levels or not found.values
            for key, value in found.values.items():
                if value is not None:
                    assert value >= 10
                    assert staff.values[key] == value, name

    def test_what_has_five_to_nine_is_hidden(self, drafting: Drafting, knowledge: Knowledge) -> None:
        public = made_by(knowledge, FOR_EVERYBODY)
        staff = made(drafting, QUARTER, self.COUNTED)
        assert staff["fase"].values["verder", ""] in (5, 10)
        assert public.within(staff["fase"], self.COUNTED).values["verder", ""] is None
        assert public.within(staff[INITIATIVES], self.COUNTED).values == {(WORKPLACE, ""): 20}
        assert public.within(staff[STOPPED], self.COUNTED).values["personen", ""] == 20

    def test_table_that_staff_do_not_get(self, drafting: Drafting, knowledge: Knowledge) -> None:
        public = made_by(knowledge, FOR_EVERYBODY)
        staff = made(drafting, QUARTER, self.COUNTED)["fase"].dropped("afleidbaar_samen")
        assert public.within(staff, self.COUNTED) is staff
