"""An initiative is known by its usual, short and misspelt names; see test_catalogue.py for every name of every one."""

import pytest

from knowledge.base import Knowledge


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("bestaat cyberchef amersfoort nog", "cyberchef-amersfoort"),
        ("wat is die cyberchev", "cyberchef-amersfoort"),
        ("spot 035", "spot035"),
        ("vertel over u tech", "u-tech-community"),
        ("mijn digitalezaak", "mijn-digitale-zaak"),
        ("is de mkb werkplaats gratis", "digitale-mkb-werkplaats-utrecht"),
        ("wat doet de kamer van koophandel", "kvk"),
        ("skilcity utrecht", "skillcity-utrecht"),
    ],
)
def test_name_leads_to_its_initiative(knowledge: Knowledge, text: str, identifier: str) -> None:
    found = knowledge.initiative_names.find(text)
    assert found is not None
    assert found.id == identifier


@pytest.mark.parametrize("text", ["", "wat kost het", "we zitten in Utrecht", "digitaal werken", "ik wil meer klanten"])
def test_nothing_is_named(knowledge: Knowledge, text: str) -> None:
    assert knowledge.initiative_names.find(text) is None
