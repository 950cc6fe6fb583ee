"""What the intake suggests while somebody types a sector or a place."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser

from knowledge.base import Knowledge
from knowledge.intake import OUTSIDE_REGION
from tests.browser.rules import BrowserRules, place_names, sector_names
from tests.knowledge.agreed import CODES

TODAY, AFTER_THE_MERGER = "2026-11-26", "2027-01-01"
AT_MOST = 8


@pytest.fixture(scope="module")
def rules(browser: Browser, knowledge: Knowledge) -> Iterator[BrowserRules]:
    loaded = BrowserRules(browser, knowledge)
    yield loaded
    loaded.page.close()


def sectors(rules: BrowserRules, text: str) -> list[str]:
    return [choice["title"] for choice in rules.each("suggestSectors", [(text,)])[0]]


def places(rules: BrowserRules, text: str, today: str = TODAY) -> list[str]:
    return [choice["title"] for choice in rules.each("suggestPlaces", [(text, today)])[0]]


def test_begin_of_a_name_suggests_the_activity_with_its_sector(rules: BrowserRules) -> None:
    assert sectors(rules, "webs")[0] == "Webshop (handel)"
    assert sectors(rules, "KAPPER")[0] == "Kapper (persoonlijke diensten of reparatie)"
    assert sectors(rules, "ict")[0] == "Ict"  # is called as its sector is


def test_what_the_understanding_reads_comes_before_what_looks_alike(rules: BrowserRules) -> None:
    assert sectors(rules, "ik run een kapsaln met mijn zus") == ["Kapsalon (persoonlijke diensten of reparatie)"]
    assert sectors(rules, "fietsenm")[:2] == [
        "Fietsenmaker: Ik verkoop fietsen, ik repareer ook (handel)",
        "Fietsenmaker: Ik repareer alleen (persoonlijke diensten of reparatie)",
    ]


def test_doubtful_word_suggests_what_it_may_mean(rules: BrowserRules) -> None:
    assert sectors(rules, "bakker")[:2] == [
        "Bakker: Ik bak zelf (industrie)",
        "Bakker: Ik heb vooral een winkel (handel)",
    ]


def test_begin_of_a_place_suggests_it_with_its_municipality(rules: BrowserRules) -> None:
    assert places(rules, "maarn") == ["Maarn (Utrechtse Heuvelrug)"]
    assert places(rules, "utr")[:2] == ["Utrecht", "Utrechtse Heuvelrug"]
    assert places(rules, "arnh") == ["Arnhem (buiten de regio)"]
    assert places(rules, "laren")[:3] == ["Laren", "Laren in het Gooi", "Laren in Gelderland"]


def test_nickname_and_postcode_suggest_their_municipality(rules: BrowserRules) -> None:
    assert places(rules, "keistad") == ["Amersfoort"]
    assert places(rules, "3818") == ["Amersfoort"]
    assert places(rules, "3818 ab") == ["Amersfoort"]
    assert places(rules, "38") == ["Amersfoort", "Leusden"]
    assert places(rules, "9711") == ["Buiten de regio"]


def test_places_of_a_municipality_that_ended_are_suggested_with_its_successor(rules: BrowserRules) -> None:
    assert places(rules, "loosdr")[0] == "Loosdrecht (Wijdemeren)"
    assert places(rules, "loosdr", AFTER_THE_MERGER)[0] == "Loosdrecht (Hilversum)"
    assert places(rules, "wijdem", AFTER_THE_MERGER) == ["Wijdemeren (Hilversum)"]


@pytest.mark.parametrize("text", ["", "  ", "?!", "qqqq", "\ud83d\ude00"])
def test_nothing_known_suggests_nothing(rules: BrowserRules, text: str) -> None:
    assert sectors(rules, text) == places(rules, text) == []


def test_every_sector_name_suggests_a_sector_that_it_may_be(rules: BrowserRules, knowledge: Knowledge) -> None:
    names = sector_names(knowledge)
    suggested = rules.each("suggestSectors", [(name,) for name in names])
    known = {f"{o.sbi2025}/{o.sbi2008}" for doubt in knowledge.sectors.activities.twijfel for o in doubt.opties}
    known |= set(knowledge.sectors.codes)

    lost = []
    for name, choices in zip(names, suggested, strict=True):
        reading = knowledge.sectors.read(name)
        assert reading is not None
        shown = [choice["code"] for choice in choices]
        if not {sector.code for sector in reading.sectors} & set(shown[:3]):
            lost.append((name, choices))
        assert set(shown) <= known
        assert len(shown) <= AT_MOST
        assert len({(choice["code"], choice["title"]) for choice in choices}) == len(choices)

    assert lost == []


def test_every_place_name_suggests_where_it_is(rules: BrowserRules, knowledge: Knowledge) -> None:
    names = place_names(knowledge)
    suggested = rules.each("suggestPlaces", [(name, TODAY) for name in names])

    lost = []
    for name, choices in zip(names, suggested, strict=True):
        reading = knowledge.places.read(name, date.fromisoformat(TODAY))
        assert reading is not None
        shown = [choice["code"] for choice in choices]
        if not {place.code for place in reading.places} <= set(shown):
            lost.append((name, choices))
        assert set(shown) <= {*CODES, OUTSIDE_REGION}
        assert len(shown) <= AT_MOST

    assert lost == []
