"""Negative controls: each attack finds something in figures that are published carelessly.

The same functions find nothing in what the product publishes. T1, T2, T3 and the leads have theirs beside their tests.
"""

from dataclasses import replace
from random import Random

import pytest

from knowledge.base import Knowledge
from tests.analytics.attacks.attack import APART, Loot, pursue, solve
from tests.analytics.attacks.careless import (
    FIRMS,
    MONTH,
    SECTORS,
    Careless,
    cell,
    counted,
    firm,
    firms,
    paper,
    rounded_afresh,
)
from tests.analytics.attacks.downloads import (
    NEWEST,
    answering,
    choosing,
    differing,
    everything,
    in_workbook,
    several_values,
    shares_on,
    statements,
    telling_shares,
    telling_why,
    uneven,
)
from tests.analytics.attacks.events import Event, EventReader
from tests.analytics.attacks.reading import Meaning
from tests.analytics.made_releases import table


class TestOverlap:
    """T4."""

    def test_every_table_and_filter_that_can_be_had_beside_the_menu_is_found(self) -> None:
        with Careless(firms(FIRMS), "filters").client() as client:
            assert len(answering(client, MONTH, ("tot-nu",)) - {"tot-nu-sector"}) > 50
            assert len(choosing(client, [NEWEST])) > 3

    def test_a_menu_that_is_fixed_has_none(self) -> None:
        with Careless(firms(FIRMS)).client() as client:
            assert answering(client, MONTH, ("tot-nu",)) == {"tot-nu-sector"}
            assert choosing(client, [NEWEST]) == []

    def test_regions_of_choice_that_overlap_give_the_difference_away(self, knowledge: Knowledge) -> None:
        """Of Zeist there are two firms, which would be hidden; of De Bilt 21, and of both together 23."""
        records = firms({"GM0344": 40, "GM0310": 21, "GM0355": 2}, "plaats")
        bilt, zeist, both = (
            cell("plaats", codes, counted(records, "plaats", codes))
            for codes in (frozenset({"GM0310"}), frozenset({"GM0355"}), frozenset({"GM0310", "GM0355"}))
        )
        on_the_menu = solve(paper([bilt, zeist], records), knowledge, records)
        assert (on_the_menu.after, on_the_menu.narrow) == (1, ())
        of_choice = solve(paper([bilt, both], records), knowledge, records)
        assert of_choice.recovered == ("plaats GM0310+GM0355 without plaats GM0310: 2.00 to 2.00, 2",)


class TestDeterminism:
    """T5."""

    def test_values_that_are_drawn_for_each_table_can_be_averaged(self) -> None:
        records, random = firms(FIRMS), Random(5)
        tables = [
            cell("sector", {code}, rounded_afresh(random, FIRMS[code]), exact=False, table=f"{number}")
            for number in range(400)
            for code in SECTORS
        ]
        shown, differ = several_values(paper(tables, records), records)
        assert shown == 800
        assert differ == [{20, 25}, {30, 35}]
        of_one = [seen.value or 0 for seen in tables if seen.codes == (frozenset({"F"}),)]
        assert round(sum(of_one) / len(of_one)) == FIRMS["F"]

    def test_values_that_are_drawn_for_each_question_differ(self) -> None:
        with Careless(firms(FIRMS), "afresh").client() as client:
            assert differing(everything(client), everything(client)) != []

    def test_values_that_are_not_stay(self) -> None:
        records = firms(FIRMS)
        same = [cell("sector", {"F"}, 25, exact=False, table=f"{number}") for number in range(3)]
        assert several_values(paper(same, records), records) == (3, [])
        with Careless(records).client() as client:
            assert differing(everything(client), everything(client)) == []


class TestSideChannels:
    """T6."""

    @staticmethod
    def after_three_more(*faults: str) -> list[str]:
        """Where a reader sees that three firms came, of which there were two."""
        records = firms(FIRMS)
        with Careless(records, *faults).client() as client:
            before = everything(client)
            records += firms({"I": 3})
            return differing(before, everything(client))

    @pytest.mark.parametrize("fault", ["live", "etag", "drawing", "order"])
    def test_what_depends_on_hidden_counts_is_seen(self, fault: str) -> None:
        assert self.after_three_more(fault) != []

    def test_row_that_appears_is_seen(self) -> None:
        records = firms({"F": 23, "G": 31, "I": 2})
        with Careless(records, "rows").client() as client:
            before = everything(client)
            records.append(firm("Q"))
            assert differing(before, everything(client)) != []

    def test_figures_that_depend_on_nothing_else_show_nobody(self) -> None:
        assert self.after_three_more() == []

    @pytest.mark.parametrize("faults", [["looks up"], []])
    def test_work_that_depends_on_what_is_hidden_is_seen(self, faults: list[str]) -> None:
        """How long an answer takes is not measured; what is asked of the database for it is."""
        records = firms(FIRMS)
        with Careless(records, *faults).client() as client:
            with statements() as before:
                everything(client)
            records += firms({"I": 3})
            with statements() as after:
                everything(client)
        assert (before != after) == bool(faults)

    @pytest.mark.parametrize("told", [True, False])
    def test_reason_is_seen(self, *, told: bool) -> None:
        with Careless(firms(FIRMS), *(["reason"] if told else [])).client() as client:
            assert (telling_why(everything(client)) != []) == told

    @pytest.mark.parametrize(
        ("later", "seen"),
        [
            ({"f": 20, "g": 30, "i": None}, []),
            ({"f": 20, "g": 30}, ["tot_nu/sector"]),
            ({"g": 30, "f": 20, "i": None}, ["tot_nu/sector"]),
        ],
        ids=["the same rows", "a row left out", "another order"],
    )
    def test_rows_left_out_and_orders_are_seen(self, later: dict[str, int | None], seen: list[str]) -> None:
        before = table("tot_nu/sector", "zes", {"f": 20, "g": 25, "i": None})
        assert uneven([before, table("tot_nu/sector", "zes", later)]) == seen

    def test_cell_left_out_is_seen(self) -> None:
        cells = {("adhoc", "f"): 20, ("adhoc", "g"): 25, ("engaged", "f"): 15}
        assert uneven([table("jaar/fase*sector", "fase*zes", cells)]) == ["jaar/fase*sector"]
        assert uneven([table("jaar/fase*sector", "fase*zes", {**cells, ("engaged", "g"): None})]) == []

    @pytest.mark.parametrize(("faults", "found"), [(["displayed"], ["2", "3"]), ([], [])])
    def test_number_that_only_looks_hidden_is_found_in_a_workbook(self, faults: list[str], found: list[str]) -> None:
        assert in_workbook(Careless(firms(FIRMS), *faults).workbook(), {23, 31}) == found


class TestRatios:
    """T7."""

    @pytest.mark.parametrize(("faults", "found"), [(["shares"], 2), ([], 0)])
    def test_percentages_of_true_counts_give_these_away(self, faults: list[str], found: int) -> None:
        with Careless(firms(FIRMS), *faults).client() as client:
            shares = shares_on(client.get("/portaal/cijfers/bereik?over=jaar").text)["sector"]
        assert len(shares) == 2
        assert len(telling_shares(shares, sum(FIRMS.values()))) == found


class TestInsiders:
    """T8."""

    def loot(self, knowledge: Knowledge, known: int) -> Loot:
        """Who knows some of the four firms of a sector is after the fifth, which is in another one.

        Values are exact, none is shown, and of both sectors a stranger can only say that there are 1 to 4.
        """
        records = firms({"F": 23, "G": 31, "I": 4, "Q": 1})
        others = Meaning(knowledge).codes["sector"] - {*SECTORS}
        cells = [cell("sector", {code}, counted(records, "sector", frozenset({code}))) for code in SECTORS]
        of_sector = [record for record in records if record.codes["sector"] == "I"]
        return solve(paper([*cells, cell("sector", others, 0)], records), knowledge, records, of_sector[:known])

    def test_stranger_finds_nothing(self, knowledge: Knowledge) -> None:
        loot = self.loot(knowledge, 0)
        assert loot.after > 0
        assert (loot.recovered, loot.narrow) == ((), ())

    def test_who_knows_two_firms_narrows_others(self, knowledge: Knowledge) -> None:
        assert self.loot(knowledge, 2).narrow != ()

    def test_owner_who_knows_all_of_one_sector_finds_the_other(self, knowledge: Knowledge) -> None:
        assert [found for found in self.loot(knowledge, 4).recovered if " Q: 1.00 to 1.00" in found]


@pytest.mark.parametrize(("told", "found"), [(21, True), (None, False)], ids=["exact", "no table"])
def test_rest_of_a_month_beside_its_event_is_found(knowledge: Knowledge, told: int | None, *, found: bool) -> None:
    """T1 with events: of 23 firms of a sector 21 were at the event, and neither number is small."""
    records = firms({"F": 23, "G": 31})
    records = [replace(one, event="ZEIST-1") if at < 21 else one for at, one in enumerate(records)]
    month = [cell("sector", {code}, counted(records, "sector", frozenset({code}))) for code in ("F", "G")]
    of_event = Event("ZEIST-1", MONTH, "utrecht", 21, (cell("sector", {"F"}, told),) if told else ())
    reader = EventReader(paper(month, records), knowledge, APART[0], [of_event])
    loot = pursue(reader, records, reader.described.items())
    assert ("sector F of 2026-12 without ZEIST-1: 2.00 to 2.00, 2" in loot.recovered) == found
