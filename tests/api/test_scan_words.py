"""What somebody types on the form about sector and place: taken, asked back, or asked from the list."""

from datetime import date

import pytest

from api.intakes import form
from api.intakes.service import IntakeService
from knowledge.base import Knowledge
from tests.api.scan_page import FILLED, Form, words


@pytest.mark.parametrize(
    ("typed", "sections"), [("ik heb een kapsalon", ("T", "S")), ("wij leggen vloeren", ("F", "F"))]
)
def test_sector_that_is_certain_is_taken(scan: Form, typed: str, sections: tuple[str, str]) -> None:
    scan.send(**words(bedrijf_woorden=typed))
    (row,) = scan.records()
    assert (row["sbi2025"], row["sbi2008"]) == sections


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Hollandsche Rading", "GM0310"),
        ("3512 AB", "GM0344"),
        ("amersfort", "GM0307"),
        ("Amsterdam", "buiten_regio"),
    ],
)
def test_village_postcode_misspelling_and_elsewhere(scan: Form, typed: str, code: str) -> None:
    scan.send(**words(gemeente_woorden=typed))
    assert [row["municipality"] for row in scan.records()] == [code]


def test_doubtful_sector_comes_back_as_a_choice_with_everything_else(scan: Form) -> None:
    page = scan.send(400, **words(bedrijf_woorden="bakker"))
    assert page.choices["bedrijf-keuze"] == ["C/C", "G/G", form.NONE_OF_THESE]
    assert "Bak je zelf, of verkoop je vooral?" in page.text
    assert page.html.count('href="#bedrijf-keuze-1"') == 1
    assert scan.records() == []
    scan.send(**{**page.sends, "bedrijf-keuze": "G/G"})
    assert [row["sbi2025"] for row in scan.records()] == ["G"]


def test_doubtful_place_comes_back_as_a_choice(scan: Form) -> None:
    page = scan.send(400, **words(gemeente_woorden="Elst"))
    assert page.choices["gemeente-keuze"] == ["GM0340", "buiten_regio", form.NONE_OF_THESE]
    scan.send(**{**page.sends, "gemeente-keuze": "GM0340"})
    assert [row["municipality"] for row in scan.records()] == ["GM0340"]


@pytest.mark.parametrize(
    ("typed", "message"), [("qwertyuiop", form.NOT_FOUND["gemeente"]), ("het Gooi", form.LARGER_AREA)]
)
def test_place_that_is_not_found_is_asked_from_the_list(scan: Form, typed: str, message: str) -> None:
    page = scan.send(400, **words(gemeente_woorden=typed))
    assert page.text.count(message) == 2
    assert page.html.count('href="#gemeente-lijst"') == 1
    scan.send(**{**page.sends, "gemeente-lijst": "GM0308"})
    assert [row["municipality"] for row in scan.records()] == ["GM0308"]


def test_sector_that_is_not_found_is_asked_from_the_list(scan: Form) -> None:
    page = scan.send(400, **words(bedrijf_woorden="qwertyuiop"))
    assert page.text.count(form.NOT_FOUND["bedrijf"]) == 2
    scan.send(**{**page.sends, "bedrijf-lijst": "N/M"})
    assert [row["sbi2008"] for row in scan.records()] == ["M"]


def test_list_alone_is_enough(scan: Form) -> None:
    scan.send(**words(bedrijf_woorden="", bedrijf_lijst="onbekend", gemeente_woorden="", gemeente_lijst="GM0402"))
    (row,) = scan.records()
    assert (row["sbi2025"], row["sbi2008"], row["municipality"]) == ("onbekend", "onbekend", "GM0402")


def test_typed_place_counts_more_than_the_suggestion(scan: Form) -> None:
    suggested = {name: scan.open("/scan?site=utrecht").sends[name] for name in ("gemeente-lijst", "gemeente-voorstel")}
    scan.send(address="/scan?site=utrecht", **suggested)
    assert [row["municipality"] for row in scan.records()] == ["GM0355"]


def test_suggestion_that_is_left_standing_is_an_answer(scan: Form) -> None:
    fields = scan.open("/scan?site=utrecht").sends
    scan.send(**{**FILLED, **fields, **words(bedrijf_woorden="kapper")})
    assert [row["municipality"] for row in scan.records()] == ["GM0344"]


def test_suggestion_does_not_stand_in_for_words_that_are_not_understood(scan: Form) -> None:
    fields = {name: scan.open("/scan?site=utrecht").sends[name] for name in ("gemeente-lijst", "gemeente-voorstel")}
    page = scan.send(400, **fields, **words(gemeente_woorden="qwertyuiop"))
    assert page.sends["gemeente-lijst"] == ""
    scan.send(**{**page.sends, "gemeente-lijst": "GM0344"})
    assert [row["municipality"] for row in scan.records()] == ["GM0344"]


def test_words_and_list_that_differ_are_asked_back(scan: Form) -> None:
    page = scan.send(400, **words(gemeente_lijst="GM0344"))
    assert page.text.count(form.DIFFERENT) == 2
    scan.send(**words(gemeente_lijst="GM0355"))
    assert len(scan.records()) == 1


def test_choice_and_list_that_differ_are_asked_back(scan: Form) -> None:
    doubtful = words(gemeente_woorden="Elst", gemeente_keuze="GM0340")
    assert form.TWO_CHOSEN in scan.send(400, **doubtful, **words(gemeente_lijst="GM0344")).text
    scan.send(**doubtful, **words(gemeente_lijst="GM0340"))
    assert len(scan.records()) == 1


def test_choice_that_belonged_to_earlier_words_does_not_count(scan: Form) -> None:
    scan.send(**words(gemeente_woorden="Zeist", gemeente_keuze="GM0340"))
    assert [row["municipality"] for row in scan.records()] == ["GM0355"]
    page = scan.send(400, **words(bedrijf_woorden="bakker", bedrijf_keuze="F/F"))
    assert page.text.count(form.SEVERAL["bedrijf"]) == 2


def test_none_of_these_leads_to_the_list(scan: Form) -> None:
    none = words(bedrijf_woorden="bakker", bedrijf_keuze=form.NONE_OF_THESE)
    page = scan.send(400, **none)
    assert page.html.count('href="#bedrijf-lijst"') == 1
    scan.send(**none, **words(bedrijf_lijst="I/I"))
    assert [row["sbi2025"] for row in scan.records()] == ["I"]


def test_text_that_is_too_long(scan: Form) -> None:
    page = scan.send(400, **words(bedrijf_woorden="kapper " * 100))
    assert page.text.count(form.TOO_LONG) == 2


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "{{ 7*7 }}kanarie", "' onfocus='x", "\x00\u202e<b>"])
def test_typed_words_stand_in_their_own_field_only_and_escaped(scan: Form, typed: str) -> None:
    page = scan.send(400, **words(bedrijf_woorden=typed))
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert page.sends["bedrijf-woorden"] == typed.replace("\x00\u202e", "")
    shown = page.sends["bedrijf-woorden"]
    assert page.text.count(shown) == 0


def test_typed_words_are_not_on_the_page_of_the_result(scan: Form) -> None:
    page = scan.send(**words(bedrijf_woorden="loodgieter kanariepietje", gemeente_woorden="Zeist kanariepietje"))
    assert "kanariepietje" not in page.html


def test_personal_data_is_taken_out_and_said_so(scan: Form) -> None:
    page = scan.send(400, **words(bedrijf_woorden="bakker, bel 06-87654321"))
    assert "06-87654321" not in page.html
    assert "Je typte een telefoonnummer. Dat gebruiken en bewaren we niet" in page.text
    done = scan.send(**words(bedrijf_woorden="kapper, bel 06-87654321"))
    assert "Je typte een telefoonnummer" in done.text
    assert "06-87654321" not in done.html


def test_municipality_that_has_ended_counts_as_its_successor(scan: Form, knowledge: Knowledge) -> None:
    service: IntakeService = scan.app.state.parts.intakes
    new_year = date(2027, 1, 1)
    chosen = {**FILLED, **words(gemeente_woorden="", gemeente_lijst="GM1696")}
    assert form.read(knowledge, service, chosen, date(2026, 12, 31)).answers["gemeente"] == "GM1696"
    assert form.read(knowledge, service, chosen, new_year).answers["gemeente"] == "GM0402"
    assert form.blank(knowledge, "GM1696", new_year).values["gemeente-lijst"] == "GM0402"
