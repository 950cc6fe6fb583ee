"""What changes an earlier answer, and what only sounds like it."""

from typing import Any

import pytest

from actions.meanings import Answers, Command, Heard
from actions.understanding import understand
from knowledge.base import Knowledge
from knowledge.headcount import read_headcount
from knowledge.retold import RETOLD
from knowledge.scan import Scan

PROFILE = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0342", "hulpvraag": "klanten"}
LATER = Scan(open="gegevens", answers={**PROFILE, "administratie": "2", "vindbaar": "1"})
OPTIONS = ("0", "1", "2", "3", "weet_niet")


def make_of(
    knowledge: Knowledge, text: str, scan: Scan = LATER, so: dict[str, float] | None = None, **intents: float
) -> Any:
    readings: dict[str, Any] = {RETOLD: {"intents": so}} if so else {}
    return understand(knowledge, scan, Heard(text=text, intents=intents, readings=readings), OPTIONS)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("wacht ik had 4 gezegd maar we zijn met 14", {"personen": "10-49"}),
        ("sorry tikfout net, geen 8 man maar 80", {"personen": "50-249"}),
        ("niet met zijn achten maar met zijn twaalven", {"personen": "10-49"}),
        ("14, niet 4", {"personen": "10-49"}),
        ("oeps verkeerde plaats, moet Zeist zijn niet Soest", {"gemeente": "GM0355"}),
        ("nee zeist", {"gemeente": "GM0355"}),
        ("blaricum sorry", {"gemeente": "GM0376"}),
        ("ff een foutje, soest moet huizen zijn", {"gemeente": "GM0406"}),
        ("ik zei schilder maar bij nader inzien is mijn bedrijf een kapsalon", {"bedrijf": "T/S"}),
    ],
)
def test_size_trade_and_place_are_read_from_what_is_so(
    knowledge: Knowledge, text: str, changed: dict[str, str]
) -> None:
    assert make_of(knowledge, text) == Answers(tuple(changed.items()), correction=True)


def test_option_is_that_of_what_is_so(knowledge: Knowledge) -> None:
    text = "over de boekhouding, die doen we niet meer in moneybird maar weer in excel"
    whole = {"administratie_2": 0.5, "administratie_1": 0.4}
    assert make_of(knowledge, text, so={"administratie_1": 0.9}, **whole) == Answers(
        (("administratie", "1"),), correction=True
    )


def test_what_was_answered_before_is_not_what_is_meant(knowledge: Knowledge) -> None:
    """Who corrects himself names it too: "eigenlijk liever veilig werken dan klanten"."""
    text = "ik had klanten gezegd, ik wil eigenlijk liever veilig werken dan klanten"
    heard = make_of(knowledge, text, hulpvraag_klanten=0.5, hulpvraag_veilig=0.4)
    assert heard == Answers((("hulpvraag", "veilig"),), correction=True)


def test_question_is_asked_again_when_its_answer_is_not_clear(knowledge: Knowledge) -> None:
    heard = make_of(knowledge, "bij de boekhouding zei ik iets verkeerds", administratie_0=0.4, administratie_1=0.4)
    assert heard == Command("wijzig", "administratie")
    named = make_of(knowledge, "die gemeente van net klopt niet", onzin=0.9)
    assert named == Command("wijzig", "gemeente")


@pytest.mark.parametrize(
    "text",
    [
        "mijn neef uit Zeist houdt dat bij",
        "vroeger rommelden we maar wat aan, nu doet een trainer het",
        "met drie man kijken we er elke maand naar",
    ],
)
def test_answer_to_the_open_question_changes_nothing_else(knowledge: Knowledge, text: str) -> None:
    heard = make_of(knowledge, text, gegevens_2=0.9, gegevens_1=0.02)
    assert heard == Answers((("gegevens", "2"),))


def test_who_does_not_know_corrects_nothing(knowledge: Knowledge) -> None:
    known = make_of(knowledge, "ik zei moneybird maar het is papier", weet_niet=0.1, administratie_0=0.8)
    assert known == Answers((("administratie", "0"),), correction=True)
    unknown = make_of(knowledge, "ik zei moneybird maar het is papier", weet_niet=0.4, administratie_0=0.55)
    assert not (isinstance(unknown, Answers) and unknown.correction)


def test_alone_may_be_said_of_something_else(knowledge: Knowledge) -> None:
    text = "sorry, daar ben ik alleen niet aan toegekomen"
    alone = {"classes": ("1",), "certain": True, "explicit": True}
    readings: dict[str, Any] = {"personen": alone}
    of_people = Heard(text=text, intents={"personen_1": 0.8, "gegevens_0": 0.1}, readings=readings)
    assert understand(knowledge, LATER, of_people, OPTIONS) == Answers((("personen", "1"),), correction=True)
    of_another = Heard(text=text, intents={"gegevens_0": 0.6, "vindbaar_1": 0.3}, readings=readings)
    heard = understand(knowledge, LATER, of_another, OPTIONS)
    assert not (isinstance(heard, Answers) and heard.correction)


class TestAlong:
    """Answers to two questions in one message."""

    def heard(self, knowledge: Knowledge, text: str, **intents: float) -> Any:
        headcount = read_headcount(text)
        readings: dict[str, Any] = {"personen": headcount.__dict__} if headcount else {}
        return understand(knowledge, Scan(open="personen"), Heard(text=text, intents=intents, readings=readings), ())

    def test_help_that_is_wanted_is_taken_with_the_size(self, knowledge: Knowledge) -> None:
        taken = self.heard(knowledge, "met zijn zessen, en we willen meer klanten", hulpvraag_klanten=0.9)
        assert isinstance(taken, Answers)
        assert dict(taken.given) == {"personen": "2-9", "hulpvraag": "klanten"}

    def test_help_that_may_be_meant_is_not(self, knowledge: Knowledge) -> None:
        taken = self.heard(knowledge, "met zijn zessen, graag", hulpvraag_klanten=0.2, hulpvraag_veilig=0.2)
        assert taken == Answers((("personen", "2-9"),))
