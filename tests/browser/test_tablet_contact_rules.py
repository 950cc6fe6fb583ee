"""Contact data are checked on a tablet as on the server, down to the words: what it keeps will not be refused later."""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import phonenumbers
import pytest
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType
from playwright.sync_api import Browser

from api.leads.contact import LONGEST_NAME, LONGEST_NOTE, MOMENTS, PREFERENCES, ContactFaults, contact
from api.leads.phone import NEARBY, phone_number
from knowledge.base import Knowledge
from tests.browser.rules import SEED, BrowserRules

EMPTY = {"naam": "Noor", "email": "", "telefoon": "", "voorkeur": "", "moment": "", "toelichting": ""}
NAMES = (
    *("", " ", "Noor", " Noor  Bakker ", "Noor\tBakker", "Noor\r\nBcc: x@y.nl", "\u200b", "N\u00a0B", "\ufeffNoor"),
    *(
        "x" * LONGEST_NAME,
        "x" * (LONGEST_NAME + 1),
        "👨‍👩‍👧 & co",
        "é" * LONGEST_NAME,
        "😀" * (LONGEST_NAME + 1),
        "李娜",
        "نور",
    ),
)
ADDRESSES = (
    *("", " ", "noor", "noor@", "@bakker.nl", "noor@bakker.nl", " Noor@Bakker.NL ", "noor bakker@x.nl", "noor@x"),
    *("noor+scan@x.nl", "noor..b@x.nl", ".noor@x.nl", "noor@x..nl", "noor@x.nl.", "noor@bäcker.de", "İ@x.nl", "K@x.nl"),
    *(f"{'n' * 64}@x.nl", f"{'n' * 65}@x.nl", f"n@{'x' * 249}.nl", f"n@{'x' * 250}.nl", "a@b@c.nl", "o'neil@x.nl"),
    *("noor@x.nl\r\nBcc: y@z.nl", "\u200bnoor@x.nl", "noor@x_y.nl", "{noor}|~@x.nl", '"noor"@x.nl', "noor@[1.2.3.4]"),
)
NUMBERS = (
    *("", " ", "06", "0612345678", "06-12 34 56 78", "+31 (0)6 12345678", "0031612345678", "31612345678", "612345678"),
    *("030 123 45 67", "(030) 1234567", "14 030", "0800-1234", "0900 8844", "112", "+32 470 12 34 56", "06 1234 567x"),
    *("0031 (0)30 1234567", "+31 31 31 31 313", "000612345678", "+", "(+31) 612345678", "++31612345678", "06+12345678"),
    *(
        "030/1234567",
        "030.123.4567",
        "06\u00a012345678",
        "06\u201312345678",
        "٠٦١٢٣٤٥٦٧٨",
        "+999 123456",
        "088 1234567",
        "1" * 40,
    ),
)
NOTES = (
    "",
    " Bel mij\r\n na vijf ",
    "a\n\nb",
    "x" * LONGEST_NOTE,
    "x" * (LONGEST_NOTE + 1),
    "\u2028x\x0by\x1cz\x85",
    "😀" * 500,
)
DIGITS = 4_000


@pytest.fixture(scope="module")
def rules(browser: Browser, knowledge: Knowledge) -> Iterator[BrowserRules]:
    loaded = BrowserRules(browser, knowledge)
    yield loaded
    loaded.page.close()


def on_server(typed: dict[str, str]) -> dict[str, Any]:
    try:
        found = contact(typed)
    except ContactFaults as wrong:
        return {"faults": wrong.faults}
    return {
        "contact": {
            "naam": found.name,
            "email": found.email or "",
            "telefoon": found.phone or "",
            "voorkeur": found.preference,
            "moment": found.moment,
            "toelichting": found.note,
        }
    }


def in_browser(rules: BrowserRules, typed: list[dict[str, str]]) -> list[dict[str, Any]]:
    found = rules.each("checkContact", [(one,) for one in typed])
    return [{"faults": one["faults"]} if one["faults"] else {"contact": one["contact"]} for one in found]


def differences(rules: BrowserRules, typed: list[dict[str, str]]) -> list[Any]:
    pairs = zip(typed, in_browser(rules, typed), map(on_server, typed), strict=True)
    return [(one, browser, server) for one, browser, server in pairs if browser != server]


def with_number(text: str) -> dict[str, str]:
    return EMPTY | {"telefoon": text}


def numbers(region: str) -> list[PhoneNumber]:
    """Numbers of a country, one of each kind, and what slips of the finger make of them."""
    chance, found = random.Random(SEED), []
    for kind in PhoneNumberType.values():
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None:
            continue
        national = phonenumbers.national_significant_number(number)
        found.append(national)
        for _ in range(8):
            at = chance.randrange(len(national))
            found.append(national[:at] + chance.choice(("", *"0123456789", "77")) + national[at + 1 :])
    code = phonenumbers.country_code_for_region(region)
    return [phonenumbers.parse(f"+{code}{national}") for national in found if len(national) > 2]


def written(number: PhoneNumber) -> list[str]:
    international = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    compact = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return [international, compact, f"00{compact[1:]}"]


def test_every_field_is_read_the_same(rules: BrowserRules) -> None:
    fields = (("naam", NAMES), ("email", ADDRESSES), ("telefoon", NUMBERS), ("toelichting", NOTES))
    both = {"email": "noor@x.nl", "telefoon": "0612345678"}
    typed = [EMPTY | base | {name: text} for name, texts in fields for text in texts for base in ({}, both)]
    assert differences(rules, typed) == []


def test_every_combination_of_ways_is_judged_the_same(rules: BrowserRules) -> None:
    typed = [
        EMPTY | {"naam": name, "email": email, "telefoon": phone, "voorkeur": way, "moment": moment}
        for name, email, phone, way, moment in product(
            ("Noor", ""),
            ("", "noor", "n@x.nl"),
            ("", "12", "0612345678"),
            ("", *PREFERENCES, "post"),
            ("", *MOMENTS, "ooit"),
        )
    ]
    assert differences(rules, typed) == []


def test_dutch_numbers_are_judged_the_same_digit_by_digit(rules: BrowserRules) -> None:
    chance = random.Random(SEED)
    lengths = (3, 5, 7, 8, 9, 10, 11, 12)
    texts = ["".join(chance.choices("0123456789", k=chance.choice(lengths))) for _ in range(DIGITS)]
    starts = ("0", "06", "+31", "31")
    typed = [with_number(start + text) for text in texts for start in starts if "00" not in (start + text)[:4]]
    assert differences(rules, typed) == []
    assert {"contact", "faults"} == {name for one in in_browser(rules, typed) for name in one}


def test_numbers_of_countries_nearby_are_judged_the_same(rules: BrowserRules) -> None:
    typed = [with_number(text) for region in NEARBY for number in numbers(region) for text in written(number)]
    assert differences(rules, typed) == []


def test_every_number_of_the_world_that_the_server_takes_is_taken(rules: BrowserRules) -> None:
    every = [number for region in phonenumbers.SUPPORTED_REGIONS for number in numbers(region)]
    taken = [text for number in every for text in written(number) if phone_number(text)]
    found = in_browser(rules, [with_number(text) for text in taken])
    refused = [(text, one) for text, one in zip(taken, found, strict=True) if one != on_server(with_number(text))]
    assert refused == []
    assert len(taken) > 5_000
