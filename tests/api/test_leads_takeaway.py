"""Leads as files: a card that address books read, and a table that opens safely and maps by itself."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from api.leads.desk import Entry, Opened
from api.leads.takeaway import FORMS, Taken, card, phone_in_words, table
from api.leads.vault import Content, Profile
from api.leads.wording import NOT_FILLED_IN, in_words
from knowledge.base import Knowledge
from knowledge.intake import OPEN
from tests.api.lead_office import FIRM, NOW, SOMEBODY

ID = "0123456789abcdef0123456789abcdef"
ENTRY = Entry(ID, "kvk", "contact", False, date(2026, 11, 26), None, date(2027, 2, 24), (), 3)


def taken(**changed: str | None) -> Taken:
    contact = replace(SOMEBODY, **changed)
    given_on = date(2026, 11, 25)
    opened = Opened(ENTRY, Content(contact, FIRM), "toestemming-1", "contact-over-digitalisering", "", given_on)
    return Taken(opened, contact, FIRM, "KVK")


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_table_has_who_what_and_until_when(knowledge: Knowledge) -> None:
    (row,) = rows(table(knowledge, [taken()], "gewoon"))
    assert row == {
        "Voornaam": "Jan",
        "Achternaam": "de Wit",
        "E-mail": "jan@bakkerij.example",
        "Telefoon": "06 12345678",
        "Onderwerp": "Aanvraag via de digitale hulp: KVK",
        "Toelichting": "Graag na tienen.",
        "Soort bedrijf": "Industrie",
        "Plaats": "Zeist",
        "Mensen in het bedrijf": "2 tot 9",
        "Uitslag van de scan": "Je staat aan het begin",
        "Zoekt hulp bij": "Meer klanten of beter vindbaar",
        "Initiatief": "KVK",
        "Liefst": "Per telefoon",
        "Moment": "'s Ochtends",
        "Stand": "Contact gehad",
        "Aanvraag": ID,
        "Ontvangen op": "2026-11-26",
        "Toestemming": "toestemming-1",
        "Doel": "contact-over-digitalisering",
        "Toestemming gegeven op": "2026-11-25",
        "Verwijderen voor": "2027-02-24",
    }


def test_what_is_not_known_of_a_firm_is_told_so(knowledge: Knowledge) -> None:
    open_firm = Profile(*(OPEN,) * 4, "adhoc", OPEN, "demo")
    words = in_words(knowledge, open_firm)
    assert [part for part, told in words.items() if told != NOT_FILLED_IN] == ["Hoe ver met digitaal werken"]


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("hubspot", {"First Name", "Last Name", "Email", "Phone Number"}),
        ("dynamics", {"First Name", "Last Name", "Email", "Mobile Phone", "Topic", "Description"}),
    ],
)
def test_columns_bear_the_names_that_software_knows(knowledge: Knowledge, form: str, names: set[str]) -> None:
    (row,) = rows(table(knowledge, [taken()], form))
    assert names <= set(row)
    assert {"Toestemming", "Doel", "Verwijderen voor"} <= set(row)


def test_every_form_can_be_made_of_nothing(knowledge: Knowledge) -> None:
    for form in FORMS:
        assert rows(table(knowledge, [], form)) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\t+1", "\n@"])
def test_no_cell_is_a_formula(knowledge: Knowledge, start: str) -> None:
    (row,) = rows(table(knowledge, [taken(name=f"{start}cmd|'/C calc'!A0", note=f"{start}1+1")], "gewoon"))
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())
    assert row["Toelichting"].startswith("'")


def test_separators_and_quotes_stay_in_their_cell(knowledge: Knowledge) -> None:
    (row,) = rows(table(knowledge, [taken(name='De "Wit"; en zoon', note="a;b\nc")], "gewoon"))
    assert (row["Voornaam"], row["Achternaam"], row["Toelichting"]) == ("De", '"Wit"; en zoon', "a;b c")


@pytest.mark.parametrize(
    ("phone", "written"),
    [("+31612345678", "06 12345678"), ("+31302345678", "030 234 5678"), ("+4930123456", "+49 30 123456")],
)
def test_phone_is_written_as_people_do(phone: str, written: str) -> None:
    assert phone_in_words(phone) == written


def unfolded(content: bytes) -> list[str]:
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()  # no letter was cut in two
    return b"\r\n".join(lines).replace(b"\r\n ", b"").decode().split("\r\n")


def test_card_is_a_vcard_of_version_four() -> None:
    lines = unfolded(card(taken(), NOW))
    assert (lines[:2], lines[-1]) == (["BEGIN:VCARD", "VERSION:4.0"], "END:VCARD")
    assert "UID:urn:uuid:01234567-89ab-cdef-0123-456789abcdef" in lines
    assert "FN:Jan de Wit" in lines
    assert "N:de Wit;Jan;;;" in lines
    assert "EMAIL;PREF=2:jan@bakkerij.example" in lines
    assert "TEL;VALUE=uri;PREF=1:tel:+31-6-12345678" in lines
    assert any("Verwijderen voor 2027-02-24" in line and "toestemming-1" in line for line in lines)


def test_card_escapes_what_would_be_read_otherwise() -> None:
    note = "a,b;c\\d\nEND:VCARD\nBEGIN:VCARD"
    lines = unfolded(card(taken(name="Wit; Jan, de", note=note), NOW))
    assert lines.count("END:VCARD") == lines.count("BEGIN:VCARD") == 1
    assert "FN:Wit\\; Jan\\, de" in lines
    assert "N:Jan\\, de;Wit\\;;;;" in lines
    assert any(line.startswith("NOTE:a\\,b\\;c\\\\d\\nEND:VCARD\\nBEGIN:VCARD\\n") for line in lines)


@pytest.mark.parametrize("name", ["é" * 120, "😀" * 60, "x" * 74 + "é", "Ł" * 37])
def test_long_lines_are_folded_between_letters(name: str) -> None:
    assert f"FN:{name}" in unfolded(card(taken(name=name), NOW))


def test_card_of_who_gave_only_a_number_has_no_address() -> None:
    assert not any(line.startswith("EMAIL") for line in unfolded(card(taken(email=None), NOW)))


def test_name_of_one_word_is_a_last_name(knowledge: Knowledge) -> None:
    (row,) = rows(table(knowledge, [taken(name="Beyoncé")], "dynamics"))
    assert (row["First Name"], row["Last Name"]) == ("", "Beyoncé")
