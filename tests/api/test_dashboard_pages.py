"""The pages of figures: who may see them, what there is without a release, and what cannot be seen from them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

import pytest
from sqlalchemy import event as sqlalchemy_event

from analytics.event_summary import publish_event
from analytics.gaps import combinations, gaps
from analytics.metric_lines import Bound, Line
from analytics.metrics import metrics
from analytics.synthetic import fill
from api.dashboard import goal, words
from api.dashboard.explained import PARTS, links
from api.events.service import EventPlan
from knowledge.catalogue import Theme
from tests.api.dashboard import PATHS, SECRET, TODAY, Board, drawings
from tests.api.released import CROSSED, SECTORS, STAGES, forget_releases, publish

MOST_QUERIES = 8
THEMES = get_args(Theme)
RELEASED = {
    "totals": {"maand": 40, "kwartaal": 61, "tot_nu": 187},
    "tables": {
        "tot_nu/sector": SECTORS,
        "tot_nu/fase": STAGES,
        "maand/sector": {"bouw": 15, "overig": None},
        "kwartaal/fase*sector": CROSSED,
        "tot_nu/plaats": {"utrecht_stad": 65, "eemland": None, "gooi": 25, "buiten_regio": 95},
    },
    "levels": {
        "tot_nu/sector": ["zes"],
        "maand/sector": ["zes"],
        "kwartaal/fase*sector": ["fase", "zes"],
        "tot_nu/plaats": ["deelregio"],
    },
    "stopped": {"maand": None, "kwartaal": 30, "tot_nu": 80},
}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    board = Board(tmp_path_factory.mktemp("pages"))
    yield board
    board.close()


@pytest.fixture
def board(running: Board) -> Board:
    """The pages without releases of other tests."""
    forget_releases(running.app)
    running.parts = running.app.state.parts
    running.log_in("werkgroep")
    return running


@pytest.fixture
def september(board: Board) -> Board:
    """The pages with one release."""
    publish(board.parts.engine, "werkgroep", "2026-09", **RELEASED)
    return board


class TestAccess:
    @pytest.mark.parametrize("path", PATHS)
    def test_anonymous_is_sent_to_the_login(self, board: Board, path: str) -> None:
        board.log_out()
        response = board.get(path)
        assert response.status_code == 303
        assert response.headers["location"].startswith("/portaal/inloggen?naar=%2Fportaal%2Fcijfers")

    @pytest.mark.parametrize("path", PATHS)
    def test_staff_of_events_may_not(self, september: Board, path: str) -> None:
        september.log_in("evenement")
        response = september.get(path)
        assert response.status_code == 403
        assert "187" not in response.text
        assert "/portaal/cijfers" not in response.text

    @pytest.mark.parametrize("role", ["werkgroep", "coordinator"])
    @pytest.mark.parametrize("path", PATHS)
    def test_working_group_and_coordinator_may(self, board: Board, path: str, role: str) -> None:
        board.log_in(role)
        assert 'href="/portaal/cijfers" aria-current="page"' in board.page(path)


class TestWithoutRelease:
    def test_goal_is_there_and_the_day_of_the_first_figures(self, board: Board) -> None:
        page = board.page()
        assert "minder dan 5 gesprekken" in page
        assert "Een maand met minder dan 10 gesprekken" in page
        assert "november 2026 komen op zijn vroegst op 30 november 2026" in page

    @pytest.mark.parametrize("path", ["/bereik", "/uitkomsten"])
    def test_page_says_that_there_is_nothing_yet(self, board: Board, path: str) -> None:
        page = board.page(path)
        assert "Er zijn nog geen cijfers" in page
        assert "<table" not in page

    def test_gaps_follow_from_the_offer_alone(self, board: Board) -> None:
        page = board.page("/gaten")
        assert "Praat met" in page
        assert "Er is geen hulp bij" in page
        assert "33.760 bedrijven van deze grootte, in alle fasen samen" in page
        assert page.index("mensen dat aan het begin staat") < page.index("mensen dat al ver is")
        assert "Bij welke hulpvraag ondernemers niets vonden, is nog niet te zien." in page

    def test_every_metric_is_explained(self, board: Board) -> None:
        page = board.page("/uitleg")
        assert page.count("Zo berekend") == page.count('<details id="')
        assert " open>" not in page
        assert "Minder dan 5 gesprekken laten we niet zien" in page

    def test_metric_that_is_asked_for_stands_open(self, board: Board) -> None:
        for name in metrics():
            assert re.findall(r'<details id="(\w+)" open>', board.page("/uitleg", cijfer=name)) == [name]


class TestChoice:
    def test_newest_release_and_the_year_so_far_unless_told(self, september: Board) -> None:
        publish(september.parts.engine, "werkgroep", "2026-10", totals={"maand": 9, "tot_nu": 196}, tables={})
        page = september.page("/uitkomsten")
        assert '<option value="2026-10" selected>oktober 2026</option>' in page
        assert '<option value="jaar" selected>' in page

    def test_table_of_an_earlier_month_holds_when_this_one_has_none(self, september: Board) -> None:
        publish(september.parts.engine, "werkgroep", "2026-10", totals={"maand": 9, "tot_nu": 196}, tables={})
        page = september.page("/bereik")
        assert "Over januari tot en met september 2026" in page
        assert "van de 187 gesprekken" in page
        assert "Over januari tot en met oktober 2026" not in page

    def test_one_month(self, september: Board) -> None:
        page = september.page("/bereik", maand="2026-09", over="maand")
        assert "ongeveer 15 van de 40 gesprekken" in page
        assert "187" not in page

    def test_last_whole_quarter(self, september: Board) -> None:
        publish(september.parts.engine, "werkgroep", "2026-10", totals={"maand": 9, "tot_nu": 196}, tables={})
        page = september.page("/uitkomsten", over="kwartaal")
        assert "Over juli tot en met september 2026" in page
        assert "Van de 91 geopende gesprekken kregen er 61 een uitslag (67%)" in page

    def test_another_year_is_not_mixed_in(self, september: Board) -> None:
        publish(september.parts.engine, "werkgroep", "2027-01", totals={"maand": 12, "tot_nu": 12}, tables={})
        page = september.page("/bereik")
        assert "van de 187" not in page

    def test_unknown_month_is_a_page_that_says_so(self, september: Board) -> None:
        response = september.get("/bereik", maand="2026-08")
        assert response.status_code == 404
        assert "Van deze maand zijn er geen cijfers" in response.text

    @pytest.mark.parametrize("query", [{"maand": "2026-9"}, {"maand": "x"}, {"over": "week"}, {"over": ""}])
    def test_outside_the_menu_is_refused(self, september: Board, query: dict[str, str]) -> None:
        assert september.get("/bereik", **query).status_code == 400

    @pytest.mark.parametrize("query", [{"sector": "bouw"}, {"van": "2026-01-01"}])
    def test_what_is_no_choice_changes_nothing(self, september: Board, query: dict[str, str]) -> None:
        assert september.page("/bereik", **query) == september.page("/bereik")


class TestExplained:
    @pytest.mark.parametrize("path", ["", "/bereik", "/gaten", "/uitkomsten"])
    def test_every_part_links_to_the_definition_of_its_figures(self, september: Board, path: str) -> None:
        parts = re.split(r'<section class="vlak"', september.page(path))[1:]
        without = [part for part in parts if 'class="klein uitleg"' not in part]
        assert [re.findall(r'<h2 id="([\w-]+)-kop"', part)[0] for part in without] == {
            "": ["volgende", "lezen"]  # no figures in these
        }.get(path, ["lezen"])

    def test_links_lead_to_what_is_open_there(self, september: Board) -> None:
        pages = "".join(september.page(path) for path in ("", "/bereik", "/gaten", "/uitkomsten"))
        found = set(re.findall(r'href="/portaal/cijfers/uitleg\?cijfer=(\w+)#(\w+)"', pages))
        assert found
        for asked, anchor in found:
            assert f'<details id="{anchor}" open>' in september.page("/uitleg", cijfer=asked)

    def test_every_metric_stands_in_some_part(self) -> None:
        assert {address.partition("#")[2] for part in PARTS for address, _ in links(part)} == set(metrics())


class TestShown:
    def test_share_of_the_target_group_is_of_firms_that_are_in_it(self, board: Board) -> None:
        tables = {
            "tot_nu/grootte": {"1": 2000, "2-9": 2000, "10-49": 1000, "50-249": 200, "onbekend": None},
            "tot_nu/plaats": {"utrecht_stad": 3200, "gooi": 2000, "buiten_regio": None},
        }
        levels = {"tot_nu/grootte": ["klasse"], "tot_nu/plaats": ["deelregio"]}
        publish(board.parts.engine, "werkgroep", "2026-09", totals={"tot_nu": 5200}, tables=tables, levels=levels)
        page = board.page()
        found = re.search(r"Er waren ([\d.]+ tot [\d.]+) gesprekken met de doelgroep", page)
        assert found is not None
        assert f"{found[1]} van de 13.500: " in page
        assert "5.200 van de 13.500" not in page
        assert "13.500: 39%" not in page

    def test_without_sizes_no_share_of_the_target_group_is_told(self, board: Board) -> None:
        publish(board.parts.engine, "werkgroep", "2026-09", totals={"tot_nu": 5200}, tables={})
        assert "Hoeveel van de 13.500 dat zijn, is nog niet te zien." in board.page()

    def test_share_beside_a_minimum_is_a_minimum_or_a_maximum_too(self, board: Board) -> None:
        tables = {
            "tot_nu/plaats": {"GM0344": 100, "GM0402": 15, "GM0406": None, "GM1942": 10},
            "tot_nu/aanbod": {"passend": 105, "geen": 25},
        }
        levels = {"tot_nu/plaats": ["gemeente"]}
        totals, stopped = {"tot_nu": 131}, {"tot_nu": None}
        publish(
            board.parts.engine, "werkgroep", "2026-09", totals=totals, stopped=stopped, tables=tables, levels=levels
        )
        assert re.search(
            r"Gooi en Vechtstreek</th><td[^>]*>minstens 17</td><td[^>]*>minstens 12%</td>", board.page("/bereik")
        )
        page = board.page("/uitkomsten")
        assert "Van de minstens 131 geopende gesprekken kregen er 131 een uitslag (hoogstens 100%)." in page
        assert re.search(r"Geopend</th><td[^>]*>minstens 131</td><td[^>]*>100%</td>", page)
        assert re.search(r"Doorverwezen</th><td[^>]*>105</td><td[^>]*>hoogstens 84%</td>", page)

    def test_sum_of_rounded_values_is_no_minimum(self, board: Board) -> None:
        levels = {"tot_nu/initiatief": ["initiatief"]}
        tables = {"tot_nu/initiatief": {"spot035": 15, "mkb-cyber-campus-utrecht": 10}}
        publish(board.parts.engine, "werkgroep", "2026-09", totals={"tot_nu": 60}, tables=tables, levels=levels)
        page = board.page("/uitkomsten")
        assert "De initiatieven hieronder noemden we samen ongeveer 25 keer." in page
        assert "minstens 25" not in page

    def test_hidden_figures_are_told_as_such_and_without_length(self, september: Board) -> None:
        page = september.page("/bereik")
        (drawing,) = [found for found in drawings(page) if '<title id="sector-titel">' in found]
        assert drawing.count("&lt;5</text>") == sum(value is None for value in SECTORS.values())
        stubs = re.findall(r'<path d="M0,[\d.]+h([\d.]+)v18[^"]*" fill="url\(#sector-dun\)"', drawing)
        assert len(stubs) == 2
        assert len(set(stubs)) == 1
        assert "Minder dan 5 gesprekken, misschien geen: Handel en Specialistische zakelijke dienstverlening." in page

    def test_tables_of_which_everything_is_hidden_say_so(self, board: Board) -> None:
        tables = {
            "tot_nu/sector": dict.fromkeys(SECTORS),
            "kwartaal/fase*sector": dict.fromkeys(CROSSED),
            "tot_nu/aanbod": {"passend": 60, "geen": None},
        }
        levels = {"tot_nu/sector": ["zes"], "kwartaal/fase*sector": ["fase", "zes"]}
        totals = {"kwartaal": 60, "tot_nu": 60}
        publish(board.parts.engine, "werkgroep", "2026-09", totals=totals, tables=tables, levels=levels)
        page = board.page("/bereik")
        assert "Elke groep heeft minder dan 5 gesprekken. Dat kan ook 0 zijn." in page
        assert "Elk vak heeft minder dan 5 gesprekken. Dat kan ook 0 zijn." in page
        assert "Voor minder dan 5 gesprekken was er geen initiatief dat past." in board.page("/uitkomsten")

    def test_initiative_that_left_the_list_is_told_as_such(self, board: Board) -> None:
        tables = {"tot_nu/initiatief": {"ooit": 15, "spot035": 10}}
        publish(board.parts.engine, "werkgroep", "2026-09", totals={"tot_nu": 60}, tables=tables)
        page = board.page("/uitkomsten")
        assert page.count("niet meer in de lijst") == 1
        assert re.search(r"ooit</th>.*?niet meer in de lijst", page)

    def test_map_has_a_tile_for_each_released_place_of_the_region(self, september: Board) -> None:
        page = september.page("/bereik")
        assert re.findall(r'tegel k\d r\d (\w+)"><span class="kort">(\w+)</span>.*?<b>(.*?)</b>', page) == [
            ("licht", "Gooi", "25"),
            ("midden", "Utr", "65"),
            ("verborgen", "Eem", "&lt;5"),
        ]

    def test_map_says_what_its_colours_are(self, september: Board) -> None:
        page = september.page("/bereik")
        legend = page.partition('class="legenda"')[2].partition("</ul>")[0]
        assert re.findall(r'<span class="(\w+)"></span>([^<]+)<', legend) == [
            ("licht", "weinig"),
            ("midden", "gemiddeld"),
            ("donker", "veel"),
            ("verborgen", "te weinig om te laten zien"),
        ]

    @pytest.mark.parametrize(
        ("percent", "bound", "said"),
        [(None, "minstens", "–"), (0, "", "<1%"), (0, "minstens", "meer dan 0%"), (7, "hoogstens", "hoogstens 7%")],
    )
    def test_share_is_never_said_surer_than_it_is(self, percent: int | None, bound: Bound, said: str) -> None:
        assert words.share(Line("x", "X", 5, "getoond", percent, bound)) == said

    @pytest.mark.parametrize("with_places", [False, True])
    def test_whom_to_talk_to_first_follows_from_where_people_found_nothing(
        self, board: Board, *, with_places: bool
    ) -> None:
        before = re.findall(r"<h3>Praat met ([^<]+)</h3>", board.page("/gaten"))
        found = gaps(combinations(board.parts.knowledge, TODAY), goal.cbs())
        theme = [gap for gap in found if gap.region == "provincie"][-1].questions[-1]
        asked = {(one, offer): 60 if one == theme else 5 for one in THEMES for offer in ("passend", "geen")}
        where = {("provincie", "passend"): 60, ("provincie", "geen"): 60}
        tables = {"kwartaal/hulpvraag*aanbod": asked, "kwartaal/plaats*aanbod": where if with_places else {}}
        levels = {"kwartaal/plaats*aanbod": ["regio", "aanbod"]}
        publish(board.parts.engine, "werkgroep", "2026-09", totals={"kwartaal": 160}, tables=tables, levels=levels)
        page = board.page("/gaten")
        there = " in dat gebied" if with_places else ""
        assert (
            f"Bovenaan staat de hulpvraag waarbij ondernemers{there} het vaakst niets vonden, over juli tot en met "
            "september 2026."
        ) in page
        first, *_ = page.partition('<div class="praat">')[2].split("<h3>")[1:]
        assert board.parts.knowledge.texts.thema[theme] in first
        assert sorted(re.findall(r"<h3>Praat met ([^<]+)</h3>", page)) == sorted(before)

    def test_coverage_is_told_by_sector_and_size_where_that_was_released(self, board: Board) -> None:
        values = {("bouw", "2-9"): 30, ("bouw", "50-249"): 10, ("bouw", "250+"): None, ("horeca", "10-49"): None}
        tables, levels = {"kwartaal/sector*grootte": values}, {"kwartaal/sector*grootte": ["zes", "klasse"]}
        totals = {"kwartaal": 45, "tot_nu": 45}
        publish(board.parts.engine, "werkgroep", "2026-09", totals=totals, tables=tables, levels=levels)
        part = board.page("/bereik").partition('id="dekking-sector-grootte"')[2].partition("</section>")[0]
        rows = {name: re.findall(r">([^<]*)</td>", rest) for name, rest in re.findall(r'"row">(.*?)</th>(.*)', part)}
        assert rows["Bouw, 2 tot en met 9"] == ["30", "1.468", "20"]
        assert rows["Bouw, 50 of meer"] == ["minstens 7", "107", "minstens 65"]  # of 45, less 34 and 4
        assert rows["Horeca, 10 tot en met 49"] == ["&lt;5", "367", "–"]
        assert len(rows) == 18
        assert "Het meest bereikt: “Bouw, 2 tot en met 9”, ongeveer 20 van elke 1.000 bedrijven." in part

    def test_who_cannot_be_told_apart_is_not_said_to_be_few(self, board: Board) -> None:
        tables = {"tot_nu/grootte": {"1-9": 60, "10-49": 25, "50+": None, "onbekend": None}}
        levels = {"tot_nu/grootte": ["drie"]}
        publish(board.parts.engine, "werkgroep", "2026-09", totals={"tot_nu": 88}, tables=tables, levels=levels)
        part = board.page("/bereik").partition('id="vertegenwoordiging-grootte"')[2].partition("</section>")[0]
        row = part.partition('"row">2 tot en met 9</th>')[2].partition("</tr>")[0]
        assert re.findall(">([^<]+)</td>", row)[:3] == ["hoogstens 64", "26.865", "hoogstens 3"]

    def test_few_of_every_thousand_is_not_none(self) -> None:
        assert [words.per_thousand(value) for value in (None, 0, 1, 1250)] == ["–", "<1", "1", "1.250"]

    def test_places_coarser_than_the_map_have_a_chart(self, board: Board) -> None:
        publish(
            board.parts.engine,
            "werkgroep",
            "2026-09",
            totals={"tot_nu": 90},
            tables={"tot_nu/plaats": {"provincie": 65, "gooi": 25}},
            levels={"tot_nu/plaats": ["regio"]},
        )
        page = board.page("/bereik")
        assert 'class="tegels' not in page
        assert any('id="plaats-titel"' in drawing for drawing in drawings(page))

    def test_two_dimensions(self, september: Board) -> None:
        page = september.page("/bereik")
        assert "Het vaakst samen: “Je bent al ver” met “Andere sectoren”, ongeveer 70 gesprekken." in page

    def test_what_cannot_be_shown_yet_is_named_once(self, september: Board) -> None:
        page = september.page("/uitkomsten")
        assert page.count("Dit laten we niet zien.") == 2  # of initiatives, and of all the rest
        assert "“Waar gesprekken stoppen” en “Was er hulp die past?”" in page

    def test_goal_page_has_the_year_month_by_month(self, september: Board) -> None:
        page = september.page()
        assert "Tot en met september waren er 187 gesprekken, en nodig waren er ongeveer 184." in page
        assert re.search(r"september</th><td[^>]*>40</td><td[^>]*>187</td>", page)

    def test_real_figures_are_not_called_synthetic_and_made_up_ones_are(self, september: Board) -> None:
        assert "Synthetische gegevens" not in "".join(september.page(path) for path in PATHS)
        publish(september.parts.engine, "werkgroep", "2026-10", totals={"tot_nu": 196}, tables={}, synthetic=True)
        for path in ("", "/bereik", "/gaten", "/uitkomsten"):
            assert "<strong>Synthetische gegevens.</strong>" in september.page(path)

    def test_figures_for_everybody_are_not_mixed_in(self, september: Board) -> None:
        before = september.page("/bereik")
        publish(september.parts.engine, "publiek", "2026-09", totals={"tot_nu": 187}, tables={"tot_nu/sector": SECTORS})
        assert september.page("/bereik") == before


def test_events_that_were_closed_are_listed(board: Board) -> None:
    publish(board.parts.engine, "werkgroep", "2026-09", **RELEASED)
    plan = EventPlan("Beurs <i>", date(2026, 11, 1), "GM0355", "Gemeente Zeist", "utrecht")
    created = board.parts.events.create(plan, TODAY)
    assert "Per evenement" not in board.page("/bereik")
    publish_event(board.parts.engine, board.parts.knowledge, SECRET, created.event.code, TODAY)
    page = board.page("/bereik")
    assert "Beurs &lt;i&gt;" in page
    assert "Bij elk evenement waren er minder dan 5 gesprekken." in page


def test_demonstration_is_not_among_the_events(board: Board) -> None:
    publish(board.parts.engine, "werkgroep", "2026-09", **RELEASED)
    plan = EventPlan("Demo-ontbijt", date(2026, 11, 1), "GM0355", "Gemeente Zeist", "demo")
    created = board.parts.events.create(plan, TODAY)
    publish_event(board.parts.engine, board.parts.knowledge, SECRET, created.event.code, TODAY)
    assert "Per evenement" not in board.page("/bereik")


def test_figures_on_pages_change_with_a_release_only(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.dashboard.live.SLOW_SECONDS", 60.0)  # counted anew, also on a machine that is busy
    board = Board(tmp_path_factory.mktemp("waiting"))
    board.fill(60, date(2026, 9, 1), date(2026, 10, 25))
    before = {path: board.page(path) for path in PATHS}
    fill(board.parts.engine, board.parts.knowledge, seed=3, records=8, first=date(2026, 9, 1), last=TODAY)
    after = {path: board.page(path) for path in PATHS}
    board.close()
    assert [path for path in PATHS if after[path] != before[path]] == [""]  # the total of today
    assert "68 gesprekken in 2026." in after[""]


def test_page_asks_the_database_little_and_nothing_of_records(september: Board) -> None:
    for path in PATHS:
        september.page(path)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    sqlalchemy_event.listen(september.parts.engine, "before_cursor_execute", note)
    try:
        for path in ("/bereik", "/gaten", "/uitkomsten", "/uitleg"):
            asked.clear()
            september.page(path)
            assert len(asked) <= MOST_QUERIES, path
            assert not [statement for statement in asked if "referral" in statement or "stopped" in statement]
    finally:
        sqlalchemy_event.remove(september.parts.engine, "before_cursor_execute", note)


def test_answers_are_kept_by_nobody_and_run_nothing(september: Board) -> None:
    for path in PATHS:
        headers = september.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert "script-src" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "set-cookie" not in headers
        page = september.page(path)
        assert "<script" not in page
        assert " style=" not in page
