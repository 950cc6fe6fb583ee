"""What came of leads, on the pages of the working group and for everybody."""

import re
from collections.abc import Iterator, Mapping

import pytest

from tests.api.dashboard import Board, drawings
from tests.api.released import Cells, forget_releases, publish, restart

WORKPLACE, SPOT, CAMPUS = "digitale-mkb-werkplaats-utrecht", "spot035", "mkb-cyber-campus-utrecht"
STEPS: Cells = {"aangevraagd": 65, "contact": 45, "geholpen": 25, "anders": 35, "ervaring": 20}
ENDS: Cells = {
    "geholpen": 25,
    "niet_verder": 15,
    "niet_passend": 10,
    "geen_gehoor": None,
    "geen_plek": None,
    "ingetrokken": None,
    "verlopen": None,
}
TABLES: Mapping[str, Cells] = {
    "tot_nu/lead_stap": STEPS,
    "tot_nu/lead_afloop": ENDS,
    "tot_nu/lead_tijd": {"0-2": 30, "3-5": 10, "6-10": None, "11+": 5},
    "tot_nu/lead_ervaring": {"geholpen": 10, "nog_bezig": None, "niet_geholpen": 5},
    "tot_nu/lead_initiatief": {WORKPLACE: 40, SPOT: 15, CAMPUS: None},
    "tot_nu/lead_geholpen": {WORKPLACE: 15, SPOT: None, CAMPUS: None},
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    board = Board(tmp_path_factory.mktemp("leads"))
    yield board
    board.close()


@pytest.fixture
def board(running: Board) -> Board:
    """The pages without releases."""
    forget_releases(running.app)
    running.parts = running.app.state.parts
    return running


def release(
    board: Board, month: str, tables: Mapping[str, Cells], audience: str = "werkgroep", total: int = 187
) -> None:
    publish(board.parts.engine, audience, month, totals={"tot_nu": total}, tables=tables, stopped={"tot_nu": 80})
    restart(board.app)


def panel(board: Board, identifier: str, **query: str) -> str:
    """A part of the page, without its chart."""
    page = board.page("/uitkomsten", **query)
    found = re.search(rf'<section class="vlak" id="{identifier}".*?</section>', page, re.DOTALL)
    assert found, f"no {identifier}"
    return re.sub(r"<img[^>]*>", "", found[0])


def rows(part: str) -> list[list[str]]:
    return [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", part)][1:]


class TestFunnel:
    def test_goes_on_to_who_was_helped(self, board: Board) -> None:
        release(board, "2026-09", TABLES)
        part = panel(board, "trechter")
        assert "Er waren ongeveer 65 aanvragen om contact. Geholpen: ongeveer 25." in part
        assert rows(part)[-3:] == [["Aanvraag", "65", "24%"], ["In contact", "45", "17%"], ["Geholpen", "25", "9%"]]

    def test_is_of_the_months_of_which_leads_were_released(self, board: Board) -> None:
        """In October and November the year up to September is the newest of which all steps are known."""
        release(board, "2026-09", TABLES)
        release(board, "2026-10", {}, total=211)
        part = panel(board, "trechter")
        assert "Over januari tot en met september 2026" in part
        assert "211" not in part

    def test_without_leads_says_when_those_come(self, board: Board) -> None:
        release(board, "2026-09", {})
        part = panel(board, "trechter")
        assert "komt er per heel kwartaal" in part
        assert rows(part)[-3:] == [["Aanvraag", "–", "–"], ["In contact", "–", "–"], ["Geholpen", "–", "–"]]

    def test_few_who_were_helped_are_told_as_such(self, board: Board) -> None:
        release(board, "2026-09", {"tot_nu/lead_stap": {"aangevraagd": 15, "contact": 10, "geholpen": None}})
        part = panel(board, "trechter")
        assert "Er waren ongeveer 15 aanvragen om contact. Geholpen: minder dan 5." in part
        assert rows(part)[-1] == ["Geholpen", "&lt;5", "–"]


class TestWhatCameOfIt:
    def test_how_they_ended(self, board: Board) -> None:
        release(board, "2026-09", TABLES)
        part = panel(board, "afloop")
        assert "Ongeveer 25 aanvragen brachten de ondernemer een stap verder (42%)." in part  # of 25 + 35
        assert "Minder dan 5 aanvragen, misschien geen: Geen gehoor, Geen plek, Ingetrokken en Verlopen." in part
        assert ["Geholpen: een stap verder", "25", "42%"] in rows(part)
        assert len(rows(part)) == 7

    def test_where_that_is_too_fine_there_are_two_groups(self, board: Board) -> None:
        release(board, "2026-09", {"tot_nu/lead_stap": STEPS})
        assert rows(panel(board, "afloop")) == [["Geholpen", "25", "42%"], ["Anders afgesloten", "35", "58%"]]

    def test_the_newest_is_shown_also_when_it_is_coarser(self, board: Board) -> None:
        release(board, "2026-06", TABLES)
        release(board, "2026-09", {"tot_nu/lead_stap": {**STEPS, "geholpen": 30}})
        assert rows(panel(board, "afloop"))[0][1] == "30"

    def test_how_long_it_took(self, board: Board) -> None:
        release(board, "2026-09", TABLES)
        part = panel(board, "doorlooptijd")
        assert "Het vaakst: “Binnen 2 werkdagen”, ongeveer 30 aanvragen (67%)." in part  # of 45
        assert "Er was contact bij ongeveer 69% van de aanvragen." in part  # 45 of 65

    def test_what_entrepreneurs_say(self, board: Board) -> None:
        release(board, "2026-09", TABLES)
        part = panel(board, "ervaring")
        assert "Ongeveer 10 ondernemers zeggen dat ze geholpen zijn (50%)." in part  # of 20
        assert rows(part)[1] == ["Nog niet, we zijn bezig", "&lt;5", "–"]

    def test_by_initiative(self, board: Board) -> None:
        release(board, "2026-09", TABLES)
        part = panel(board, "aanvragen-initiatief")
        assert "Het vaakst: “Digitale MKB Werkplaats Utrecht”, ongeveer 40 aanvragen." in part
        assert "Initiatieven die hier niet staan, kregen elk minder dan 5 aanvragen, misschien geen." in part
        assert rows(part) == [["Digitale MKB Werkplaats Utrecht", "40", "15"], ["SPOT035", "15", "&lt;5"]]

    def test_by_initiative_where_nobody_who_was_helped_can_be_shown(self, board: Board) -> None:
        tables = {name: cells for name, cells in TABLES.items() if "geholpen" not in name}
        release(board, "2026-09", tables)
        part = panel(board, "aanvragen-initiatief")
        assert "is bij deze aantallen nog niet te zien" in part
        assert rows(part)[1] == ["SPOT035", "15"]

    def test_what_cannot_be_shown_is_named_with_the_rest(self, board: Board) -> None:
        release(board, "2026-09", {"tot_nu/lead_stap": STEPS})
        page = board.page("/uitkomsten")
        assert "“Hoe snel er contact is”, “Wat ondernemers zelf zeggen”, “Aanvragen per initiatief”" in page

    def test_each_part_has_a_chart_and_a_table(self, board: Board) -> None:
        release(board, "2026-09", TABLES)
        drawn = "".join(drawings(board.page("/uitkomsten")))
        for name in ("trechter", "afloop", "doorlooptijd", "ervaring", "aanvragen-initiatief"):
            assert f'id="{name}-titel"' in drawn
            assert len(rows(panel(board, name))) > 1


class TestForEverybody:
    def test_newest_figures_of_leads_stay_in_the_months_without(self, board: Board) -> None:
        release(board, "2026-09", {"tot_nu/lead_stap": STEPS, "tot_nu/fase": {"adhoc": 85, "verder": 60}}, "publiek")
        release(board, "2026-10", {"tot_nu/fase": {"adhoc": 95, "verder": 70}}, "publiek")
        page = board.client.get("/cijfers").text
        assert "<h3>Januari tot en met september 2026: aanvragen om contact</h3>" in page
        assert 'href="/v1/cijfers/2026-09/tot-nu-lead-stap"' in page
        assert "<h3>Januari tot en met oktober 2026: 187 gesprekken</h3>" in page

    def test_long_list_of_initiatives_has_those_with_a_figure(self, board: Board) -> None:
        release(board, "2026-09", {"tot_nu/lead_initiatief": TABLES["tot_nu/lead_initiatief"]}, "publiek")
        page = board.client.get("/cijfers").text
        assert "SPOT035" in page
        assert "MKB Cyber Campus Utrecht" not in page

    def test_tables_and_their_codes_are_in_the_interface(self, board: Board) -> None:
        release(board, "2026-09", {"tot_nu/lead_afloop": ENDS}, "publiek")
        (table,) = board.client.get("/v1/cijfers/2026-09").json()["tabellen"]
        assert (table["id"], table["titel"], table["periode"]) == (
            "tot-nu-lead-afloop",
            "Hoe een aanvraag afliep",
            "tot_nu",
        )
        known = {(one["indeling"], one["code"]) for one in board.client.get("/v1/cijfers/woordenboek").json()["codes"]}
        assert {("lead_afloop", cell["rij"]["code"]) for cell in table["cellen"]} <= known
        assert board.client.get(table["csv"]).text.count("\r\n") == 8

    def test_table_that_was_not_published_is_not_there(self, board: Board) -> None:
        release(board, "2026-09", {"tot_nu/lead_stap": STEPS}, "publiek")
        assert board.client.get("/v1/cijfers/2026-09/tot-nu-lead-tijd").status_code == 404
        assert board.client.get("/v1/cijfers/2026-09/tot-nu-lead-sector").status_code == 400
