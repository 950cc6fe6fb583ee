"""The result as the entrepreneur gets it: reasons, freshness and the shape of the public interface."""

import re
from datetime import date
from itertools import product

import pytest

from knowledge.base import Knowledge
from knowledge.result import profile, result
from tests.knowledge.agreed import AGREED, PLACES, QUESTIONS, SIZES
from tests.knowledge.fixed import with_agreed_initiatives

CORE = [question["id"] for question in AGREED["vragen"] if question["kern"]]
NEW_YEAR = date(2027, 1, 1)


def answered(size="2-9", place="GM0355", question="klanten", scored="1") -> dict[str, str]:
    answers = {"personen": size, "bedrijf": "F/F", "gemeente": place, "hulpvraag": question}
    return answers | {identifier: scored for identifier in CORE if identifier not in answers}


@pytest.fixture(scope="module")
def knowledge(knowledge: Knowledge) -> Knowledge:
    """What was agreed holds for the initiatives of the agreement: a region may add others."""
    return with_agreed_initiatives(knowledge)


@pytest.fixture
def outcome(knowledge, today):
    def make(*, on: date = today, **answers):
        return result(knowledge, answered(**answers), on)

    return make


def test_an_initiative_of_the_own_province_says_so(outcome):
    (werkplaats,) = outcome().initiatives
    assert werkplaats.reason == (
        "Werkt in jouw streek (provincie Utrecht), helpt je met meer klanten en beter vindbaar zijn "
        "en past bij een bedrijf dat op weg is."
    )


def test_an_initiative_of_the_own_municipality_names_it(outcome):
    chef, campus = outcome(place="GM0307", question="veilig").initiatives
    assert chef.reason.startswith("Werkt in jouw gemeente (Amersfoort), helpt je met veilig werken")
    assert campus.reason.startswith("Werkt in jouw streek (provincie Utrecht)")


def test_an_initiative_of_the_gooi_names_the_gooi(outcome):
    assert "Werkt in jouw streek (Gooi en Vechtstreek)" in outcome(place="GM0402").initiatives[0].reason


def test_wijdemeren_is_in_the_gooi_after_new_year_too(outcome):
    assert "Gooi en Vechtstreek" in outcome(place="GM1696", on=NEW_YEAR).initiatives[0].reason


def test_an_initiative_of_the_whole_region_says_so(outcome):
    (edih,) = outcome(place="onbekend", question="gegevens_ai", scored="3").initiatives
    assert edih.reason.startswith("Werkt in de hele regio Utrecht, helpt je met gegevens en AI")
    assert edih.reason.endswith("past bij een bedrijf dat al ver is.")


@pytest.mark.parametrize(
    ("answers", "identifier", "beginning"),
    [
        ({}, "kvk", "Werkt in heel Nederland: "),
        ({"question": "veilig"}, "pvo-midden-nederland", "Werkt in de hele regio Utrecht en "),
        ({"question": "veilig", "place": "buiten_regio"}, "ncsc", "Werkt in heel Nederland en "),
        ({"size": "50-249"}, "rom-utrecht-region", "Werkt in de hele regio Utrecht en "),
    ],
)
def test_every_vangnet_has_a_reason_of_its_own(outcome, answers, identifier, beginning):
    fallback = outcome(**answers).fallback
    assert fallback.id == identifier
    assert fallback.reason.startswith(beginning)


def test_data_of_more_than_a_year_ago_are_marked(outcome):
    found = outcome()
    assert (found.initiatives[0].last_seen, found.initiatives[0].outdated) == ("2024-05", True)
    assert (found.fallback.last_seen, found.fallback.outdated) == ("2025-11", False)


def test_freshness_is_said_in_words(knowledge):
    texts = knowledge.texts
    assert texts.freshness("2026-01", outdated=False) == "Voor het laatst gezien in januari 2026."
    assert texts.freshness("2022-12", outdated=True) == (
        "Voor het laatst gezien in december 2022. Dat is meer dan een jaar geleden. Vraag eerst of het er nog is."
    )


@pytest.mark.parametrize(
    ("answers", "notes"),
    [
        ({}, ()),
        ({"scored": "0"}, ("veiligheid",)),
        ({"place": "buiten_regio"}, ("buiten_regio",)),
        ({"size": "10-49", "question": "personeel", "scored": "3", "place": "onbekend"}, ("geen_aanbod", "al_ver")),
        ({"size": "250+", "scored": "3", "place": "buiten_regio"}, ("buiten_regio", "groot_bedrijf", "al_ver")),
        ({"size": "50-249", "scored": "weet_niet"}, ("veiligheid", "geen_aanbod", "groot_bedrijf")),
    ],
)
def test_what_has_to_be_said_with_a_result_is_named(outcome, answers, notes):
    assert outcome(**answers).notes == notes


def test_every_note_is_short_and_says_je(knowledge):
    for text in knowledge.texts.opmerkingen.values():
        assert max(len(sentence.split()) for sentence in re.split(r"(?<=[.!?])\s", text)) <= 25, text
        assert not re.search(r"\b(?:u|uw)\b", text.lower())


def test_the_result_has_the_shape_of_the_public_interface(outcome):
    found = outcome().as_dict()
    assert list(found) == [
        "fase",
        "score",
        "voorlopig",
        "veiligheidsvlag",
        "uitleg",
        "volgendeStap",
        "initiatieven",
        "vangnet",
        "geenPassendAanbod",
    ]
    assert (found["fase"], found["score"], found["voorlopig"]) == ("engaged", 12, True)
    assert (found["veiligheidsvlag"], found["geenPassendAanbod"]) == (False, False)
    assert found["vangnet"] == {
        "id": "kvk",
        "naam": "KVK",
        "reden": "Werkt in heel Nederland: hier kan iedere ondernemer terecht met vragen over digitaal werken.",
        "url": "https://ondernemersplein.kvk.nl",
        "laatstGezien": "2025-11",
        "verouderd": False,
    }


def test_the_result_of_few_digital_answers(outcome):
    found = outcome(scored="0").as_dict()
    assert (found["fase"], found["score"], found["veiligheidsvlag"]) == ("adhoc", 0, True)
    assert found["uitleg"][0] == "Je administratie gaat nog op papier."
    assert found["volgendeStap"].startswith("Zet je facturen en bonnetjes op de computer")
    assert found["vangnet"]["id"] == "pvo-midden-nederland"


def test_matching_gets_the_profile_from_the_answers(knowledge, today):
    found = result(knowledge, answered(size="250+", place="GM0402", question="veilig", scored="3"), today)
    firm = profile(answered(size="250+", place="GM0402", question="veilig", scored="3"), found.maturity)
    assert (firm.size, firm.municipality, firm.question) == ("250+", "GM0402", "veilig")
    assert (firm.stage, firm.safety_flag) == ("verder", False)


def test_the_sector_makes_no_difference(knowledge, today):
    builder = result(knowledge, answered(), today)
    assert result(knowledge, answered() | {"bedrijf": "T/G"}, today) == builder
    assert result(knowledge, answered() | {"bedrijf": "onbekend"}, today) == builder


def test_before_the_core_scan_is_complete_there_is_no_result(knowledge, today):
    answers = answered()
    del answers["inloggen"]
    with pytest.raises(ValueError, match="inloggen"):
        result(knowledge, answers, today)


@pytest.mark.parametrize("scored", ["0", "1", "2", "weet_niet"])
def test_nobody_gets_an_empty_ending(outcome, scored):
    for size, place, question in product(SIZES, PLACES, QUESTIONS):
        found = outcome(size=size, place=place, question=question, scored=scored)
        said = [*found.reasons, found.next_step, *(advice.reason for advice in (*found.initiatives, found.fallback))]
        assert all(text.endswith(".") and "{" not in text for text in said), (size, place, question)
        assert found.referral.nothing_fits is (not found.initiatives or place == "buiten_regio")
