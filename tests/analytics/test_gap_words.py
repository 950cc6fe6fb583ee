"""Gaps in the offer in sentences, and whom to talk to about them: on small catalogues with known gaps."""

from collections.abc import Callable
from functools import partial

import pytest

from analytics.gap_words import statement, talk_to
from analytics.gaps import NOTHING_KNOWN, Demand
from knowledge.base import Knowledge
from tests.analytics.small_offers import SIZES, THEMES, TODAY, found_in, initiative, offer

UTRECHT = "GM0344"


@pytest.fixture
def offering(knowledge: Knowledge) -> Callable[..., Knowledge]:
    return partial(offer, knowledge)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"fase": ("adhoc", "engaged"), "grootte": ("1", "2-9")},
            "Er is geen hulp bij meer klanten en beter vindbaar zijn, administratie en planning, veilig werken, "
            "gegevens en AI, leren omgaan met computers of kiezen waar je begint voor een bedrijf van 10 of meer "
            "mensen in welke fase ook, in de hele provincie Utrecht.",
        ),
        (
            {"thema": THEMES[1:], "regio": ("provincie",)},
            "Er is geen hulp bij meer klanten en beter vindbaar zijn voor een bedrijf van elke grootte in welke fase "
            "ook, in de hele provincie Utrecht.",
        ),
    ],
)
def test_a_gap_is_told_in_a_sentence(offering, fields, said):
    here = offering(initiative("een", **fields))
    assert said in [statement(here, gap) for gap in found_in(here)]


@pytest.mark.parametrize(
    ("served", "said"),
    [
        (("2-9", "10-49", "50-249", "250+"), "een bedrijf van 1 persoon in"),
        (("50-249", "250+"), "een bedrijf van hoogstens 49 mensen in"),
        (("1", "50-249", "250+"), "een bedrijf van 2 tot en met 49 mensen in"),
        (("2-9", "10-49", "50-249"), "een bedrijf van 1 persoon of van 250 of meer mensen in"),
    ],
)
def test_sizes_that_follow_each_other_are_told_as_one(offering, served, said):
    here = offering(initiative("een", grootte=served))
    assert said in statement(here, found_in(here)[0])


def test_a_gap_in_most_of_the_province_names_where_it_is_not(offering):
    here = offering(initiative("stad", regio=(UTRECHT,)))
    assert statement(here, found_in(here)[0]).endswith("in de hele provincie Utrecht behalve Stad Utrecht.")


def test_a_gap_in_few_places_names_them(offering):
    deelregios = ("utrecht_stad", "eemland", "zuidoost", "lekstroom", "utrecht_west")
    codes = [one.code for one in offering().municipalities.gemeenten if one.deelregio in deelregios]
    here = offering(initiative("bijna", regio=(*codes, "gooi")))
    (gap,) = found_in(here)
    assert statement(here, gap).endswith("in welke fase ook, in Foodvalley (Utrechtse kant).")


def test_talk_to_who_would_have_to_change_the_least(offering):
    """Clients for who is far: one lacks the stage, the other stage and place."""
    here = offering(
        initiative("rest", thema=THEMES[1:]),
        initiative(
            "dichtbij", thema=("klanten",), fase=("adhoc", "engaged"), soort="digitalisering", eigenaar="Provincie"
        ),
        initiative("ver", thema=("klanten",), fase=("adhoc",), regio=("gooi",), soort="digitalisering"),
    )
    (talk,) = talk_to(here, [gap for gap in found_in(here) if gap.region == "provincie"], NOTHING_KNOWN, TODAY)
    assert (talk.who, talk.initiative, talk.owner) == ("Dichtbij", "dichtbij", "Provincie")
    assert talk.about == ("hulp bij meer klanten en beter vindbaar zijn, ook voor een bedrijf dat al ver is",)
    assert talk.firms == 26865 + 6895 + 1400 + 247


def test_talk_about_the_same_help_in_another_place(offering):
    here = offering(
        initiative("rest", thema=THEMES[1:]),
        initiative("gooi", thema=("klanten",), regio=("gooi",), soort="digitalisering"),
    )
    (talk,) = talk_to(here, found_in(here), NOTHING_KNOWN, TODAY)
    assert talk.about == ("hulp bij meer klanten en beter vindbaar zijn, ook in de hele provincie Utrecht",)


def test_one_talk_has_every_question_that_asks_for_the_same_change(offering):
    here = offering(initiative("een", grootte=SIZES[1:]))
    (talk,) = talk_to(here, found_in(here), NOTHING_KNOWN, TODAY)
    (about,) = talk.about
    assert about.startswith("hulp bij meer klanten en beter vindbaar zijn, administratie en planning, veilig werken,")
    assert about.endswith(", ook voor een bedrijf van 1 persoon")


def test_where_nothing_comes_near_talk_to_who_is_there_for_the_region(offering):
    here = offering(initiative("rest", thema=THEMES[1:]))
    province, gooi = talk_to(here, found_in(here), NOTHING_KNOWN, TODAY)
    assert (province.who, gooi.who) == ("de provincie Utrecht", "de gemeenten in Gooi en Vechtstreek")
    assert (province.initiative, province.firms, gooi.firms) == (None, 26865 + 6895 + 1400 + 247, None)
    assert province.about == (
        "hulp bij meer klanten en beter vindbaar zijn voor een bedrijf van elke grootte in welke fase ook, in de hele "
        "provincie Utrecht",
    )


@pytest.mark.parametrize(
    ("demand", "first"),
    [
        (NOTHING_KNOWN, "winkel"),  # of 26,865 firms, and the other of 6,895
        (Demand({"klanten": 10, "veilig": 25}), "slot"),
        (Demand({"klanten": 25, "veilig": 25}), "winkel"),
        (Demand({"klanten": 10, "veilig": 25}, {"provincie": 35}), "slot"),
        (Demand({"klanten": 10, "veilig": 25}, {"gooi": 35}), "winkel"),
    ],
)
def test_first_is_where_firms_found_nothing_and_then_where_most_are(offering, demand, first):
    here = offering(
        initiative("rest", thema=("administratie", "gegevens_ai", "personeel", "weet_niet"), soort="digitalisering"),
        initiative("winkel", thema=("klanten",), soort="digitalisering", grootte=("1", "10-49", "50-249", "250+")),
        initiative("slot", thema=("veilig",), grootte=("1", "2-9", "50-249", "250+")),
    )
    talks = talk_to(here, [gap for gap in found_in(here) if gap.region == "provincie"], demand, TODAY)
    assert {talk.initiative for talk in talks} == {"winkel", "slot"}
    assert talks[0].initiative == first


def test_nobody_talks_to_what_has_stopped_or_takes_no_referrals(offering):
    here = offering(
        initiative("gestopt", status="gestopt", verwijst=False, gezien="2022-11"),
        initiative("dicht", verwijst=False, gezien="2022-11"),
    )
    assert {talk.initiative for talk in talk_to(here, found_in(here), NOTHING_KNOWN, TODAY)} == {None}


@pytest.mark.parametrize(("seen", "asked"), [("2025-10", True), ("2025-11", False)])
def test_talk_about_whether_it_is_still_there_after_a_year(offering, seen, asked):
    here = offering(initiative("oud", gezien=seen, eigenaar="Gemeente Zeist"))
    talks = talk_to(here, found_in(here), NOTHING_KNOWN, TODAY)
    expected = (
        [("Oud", ("of het er nog is: voor het laatst gezien in oktober 2025",), "Gemeente Zeist")] if asked else []
    )
    assert [(talk.who, talk.about, talk.owner) for talk in talks] == expected
