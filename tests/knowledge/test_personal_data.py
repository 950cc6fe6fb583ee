"""Personal data is taken out, and nothing else is."""

import pytest

from knowledge.personal_data import redact


@pytest.mark.parametrize(
    ("text", "left", "found"),
    [
        ("bel me op 06 12345678", "bel me op", ("telefoon",)),
        ("030-2345678 is het nummer", "is het nummer", ("telefoon",)),
        ("+31612345678", "", ("telefoon",)),
        ("mail naar piet@bakkerij.example graag", "mail naar graag", ("email",)),
        ("mijn bsn is 111222333", "mijn bsn is", ("bsn",)),
        ("1112.22.333 en we zijn met 3", "en we zijn met 3", ("bsn",)),
        ("NL91 ABNA 0417 1643 00 en ik zit in Zeist", "en ik zit in Zeist", ("rekening",)),
        ("nl91abna0417164300", "", ("rekening",)),
        ("de btw is NL123456789B01", "de btw is", ("btw",)),
        ("kvk 12345678", "kvk", ("kvk",)),
        ("mijn bus, AB-123-C, staat voor", "mijn bus, , staat voor", ("kenteken",)),
        ("kenteken 12abc3", "kenteken", ("kenteken",)),
        ("ik heet fatima yilmaz en heb een kapsalon", "ik heet en heb een kapsalon", ("naam",)),
        ("Mijn naam is Piet en ik werk alleen", "Mijn naam is en ik werk alleen", ("naam",)),
        ("Ik ben Jan de Vries, aannemer", "Ik ben , aannemer", ("naam",)),
        ("Met vriendelijke groet, Kees Bakker", "Met vriendelijke groet,", ("naam",)),
        ("bel 06-12345678 of mail a@b.example", "bel of mail", ("telefoon", "email")),
    ],
)
def test_personal_data_is_taken_out(text: str, left: str, found: tuple[str, ...]) -> None:
    redacted = redact(text)
    assert (redacted.text, redacted.found) == (left, found)


@pytest.mark.parametrize(
    "text",
    [
        "we zijn met 12 mensen sinds 25-11-1998",
        "123456789",  # nine digits with a wrong checksum
        "tussen de 30 en 40",
        "10-49",
        "3512 AB",
        "omzet is 12.345.678 euro",
        "ik ben bakker in Soest",
        "Ik ben Zelfstandig Ondernemer",
        "ik ben 54 en we zijn met zijn zessen",
        "ik gebruik Mijn Digitale Zaak",
        "NL00ABCD",
        "vanaf 31-12-2026 met 2 man",
        "groetjes!",
        "",
    ],
)
def test_everything_else_stays(text: str) -> None:
    redacted = redact(text)
    assert (redacted.text, redacted.found) == (text, ())


def test_the_same_kind_twice_is_told_once() -> None:
    assert redact("0612345678 of 0687654321").found == ("telefoon",)
