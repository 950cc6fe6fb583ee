"""Contact data as people type it: what is taken, and what is said of what is not."""

import pytest

from api.leads.contact import FAULTS, LONGEST_NOTE, ContactFaults, contact
from api.leads.phone import NEARBY, number_patterns, phone_number

GIVEN = {"naam": "Noor Bakker", "email": "noor@bakkerijnoor.nl", "telefoon": "06 12345678"}


def faults(**typed: str) -> dict[str, str]:
    with pytest.raises(ContactFaults) as refused:
        contact(GIVEN | typed)
    return refused.value.faults


def test_what_was_typed_is_brought_to_one_form():
    found = contact(
        GIVEN | {"naam": " Noor \t Bakker", "email": " Noor@BakkerijNoor.nl ", "toelichting": "Bel\r\n mij "}
    )
    assert (found.name, found.email, found.phone) == ("Noor Bakker", "noor@bakkerijnoor.nl", "+31612345678")
    assert (found.preference, found.moment, found.note) == ("mail", "altijd", "Bel\nmij")


@pytest.mark.parametrize("pasted", ["Bel\u00a0mij", "Bel\tmij", "Bel\u200b mij", "\ufeffBel mij", "Bel\u0000mij"])
def test_characters_that_programs_paste_along_are_no_fault(pasted):
    found = contact(GIVEN | {"toelichting": pasted, "naam": pasted})
    assert found.note == found.name == "Bel mij"


def test_address_with_something_unseen_around_it_is_taken():
    assert contact(GIVEN | {"email": "\u200bnoor@bakkerijnoor.nl\ufeff"}).email == GIVEN["email"]


def test_name_and_address_cannot_add_a_line_to_a_mail():
    assert contact(GIVEN | {"naam": "Noor\r\nBcc: iedereen@voorbeeld.nl"}).name == "Noor Bcc: iedereen@voorbeeld.nl"
    assert faults(email="noor@bakkerijnoor.nl\r\nBcc: x@voorbeeld.nl") == {"email": FAULTS["email"]}


def test_something_to_reach_somebody_by_is_needed():
    assert faults(email="", telefoon=" ") == {"email": FAULTS["geen"]}
    assert contact(GIVEN | {"email": ""}).preference == "telefoon"
    assert faults(telefoon="", voorkeur="telefoon") == {"telefoon": FAULTS["anders"]}


def test_every_fault_is_told_at_once():
    typed = {"naam": "\u200b", "email": "noor", "telefoon": "12", "voorkeur": "post", "moment": "nooit"}
    found = faults(**typed, toelichting="x" * (LONGEST_NOTE + 1))
    assert found == {name: FAULTS[name] for name in (*typed, "toelichting")}


@pytest.mark.parametrize(
    "typed", ["06-12345678", "+31 (0)6 12345678", "0031612345678", "31612345678", "(06) 1234 5678"]
)
def test_numbers_are_written_in_many_ways(typed):
    assert phone_number(typed) == "+31612345678"


@pytest.mark.parametrize("typed", ["", "12", "06 1234567", "bel me", "030 1234567 toestel 12", "06-BAKKERIJ", "06 1+2"])
def test_what_is_no_number_or_would_lose_a_part(typed):
    assert phone_number(typed) is None


def test_every_country_has_a_pattern():
    patterns = number_patterns()
    assert {"31", "32", "49", "1", "254"} <= patterns.keys()
    assert all(patterns.values())
    assert len(NEARBY) == len(set(NEARBY))
