"""A message that is no answer to the open question, and speaks of an earlier one."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from actions.meanings import Answers, AskBack, Command, Heard
from actions.replies import CHANGE_IT, KEEP_IT, question_reply
from actions.understanding import understand
from knowledge import scan as course
from knowledge.base import Knowledge
from knowledge.headcount import read_headcount
from knowledge.retold import RETOLD
from knowledge.scan import STAYS, Candidate, Doubt, Scan

PROFILE = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0342", "hulpvraag": "klanten"}
LATER = Scan(open="gegevens", answers={**PROFILE, "administratie": "1", "vindbaar": "1"})
OFFERED = Doubt("eerder", (Candidate("0", "0", "klanten vinden je via via"),), about="vindbaar")


def make_of(knowledge: Knowledge, text: str, scan: Scan = LATER, **intents: float) -> Any:
    found = {"personen": read_headcount(text), "gemeente": knowledge.places.read(text, date.today())}
    readings: dict[str, Any] = {name: asdict(read) for name, read in found.items() if read}
    return understand(knowledge, scan, Heard(text=text, intents=intents, readings=readings), ())


@pytest.mark.parametrize(
    ("text", "intents", "changed"),
    [
        ("op het scherm staat Soest maar het is Baarn", {"gemeente": 0.7}, ("gemeente", "GM0308")),
        ("7 is te weinig, 17", {"personen_10-49": 0.9}, ("personen", "10-49")),
        ("er staat aannemer, wij zijn een rijschool", {"bedrijf_Q_P": 0.8}, ("bedrijf", "Q/P")),
        ("die website is uit de lucht", {"vindbaar_0": 0.95}, ("vindbaar", "0")),
        ("de boekhouding doe ik tegenwoordig in een programma", {"administratie_2": 0.95}, ("administratie", "2")),
    ],
)
def test_answer_changes_where_the_words_say_so(
    knowledge: Knowledge, text: str, intents: dict[str, float], changed: tuple[str, str]
) -> None:
    assert make_of(knowledge, text, **intents) == Answers((changed,), correction=True)


def test_answer_changes_where_what_is_said_to_be_so_is_clear_and_the_whole_is_not(knowledge: Knowledge) -> None:
    so = {RETOLD: {"intents": {"vindbaar_0": 0.95}}}
    heard = Heard(text="die website is uit de lucht", intents={"onzin": 0.9}, readings=so)
    assert understand(knowledge, LATER, heard, ()) == Answers((("vindbaar", "0"),), correction=True)


@pytest.mark.parametrize(
    "text", ["me broer doet ook mee, zet maar op 18 mensen", "zet maar op 18 mensen, me broer doet ook mee"]
)
def test_size_that_was_given_already_changes_into_no_part_of_it(knowledge: Knowledge, text: str) -> None:
    eighteen = replace(LATER, answers={**LATER.answers, "personen": "10-49"})
    made = make_of(knowledge, text, eighteen, **{"personen_10-49": 0.9})
    assert not isinstance(made, Answers)


@pytest.mark.parametrize(
    ("text", "intents", "about", "code"),
    [
        ("mijn site staat vol met verhalen", {"vindbaar_2": 0.8, "vindbaar_1": 0.1}, "vindbaar", "2"),
        ("met z'n dertigen hier", {"personen_10-49": 0.9}, "personen", "10-49"),
        ("de zaak is gevestigd in Zeist", {"gemeente": 0.9}, "gemeente", "GM0355"),
    ],
)
def test_it_is_asked_whether_it_changes_where_they_do_not(
    knowledge: Knowledge, text: str, intents: dict[str, float], about: str, code: str
) -> None:
    asked = make_of(knowledge, text, **intents)
    assert isinstance(asked, AskBack)
    assert (asked.doubt.kind, asked.doubt.about, asked.doubt.candidates[0].code) == ("eerder", about, code)
    assert not asked.failed


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("de omzet staat op de website", {"vindbaar_2": 0.95}),  # names the open question
        ("mijn site", {"vindbaar_1": 0.95}),  # says what was said before
        ("tarief is 120", {"personen_1": 0.5, "vraag_kosten": 0.2}),  # a number of something else
        ("geen idee of die website nog bestaat", {"vindbaar_0": 0.9}),  # does not know
    ],
)
def test_nothing_is_offered_that_was_not_clearly_said(
    knowledge: Knowledge, text: str, intents: dict[str, float]
) -> None:
    made = make_of(knowledge, text, **intents)
    assert not (isinstance(made, Answers) and made.correction)
    assert not (isinstance(made, AskBack) and made.doubt.about)


def test_question_to_change_is_changed_at_once_when_it_is_said_what_to(knowledge: Knowledge) -> None:
    heard = Heard(
        text="mijn branche was fout: rijschool", intents={"bedrijf_Q_P": 0.9}, readings={RETOLD: {"intents": {}}}
    )
    assert understand(knowledge, LATER, heard, ()) == Answers((("bedrijf", "Q/P"),), correction=True)
    unclear = Heard(text="mijn branche klopt niet", intents={"onzin": 0.9})
    assert understand(knowledge, LATER, unclear, ()) == Command("wijzig", "bedrijf")


class TestOffer:
    """The counter-question about an earlier answer."""

    scan = Scan(open="gegevens", answers=LATER.answers, doubt=OFFERED)

    def test_says_what_was_and_what_becomes(self, knowledge: Knowledge) -> None:
        reply = question_reply(knowledge, self.scan, knowledge.sites["demo"])
        assert reply
        assert reply.buttons == (CHANGE_IT, KEEP_IT)
        assert reply.variables["zin"] == "klanten vinden je via via"
        assert reply.variables["eerst"] == knowledge.statement("vindbaar", "1")

    @pytest.mark.parametrize("text", ["ja", "klopt"])
    def test_yes_changes_it_and_the_open_question_returns(self, knowledge: Knowledge, text: str) -> None:
        taken = make_of(knowledge, text, self.scan)
        assert taken == Answers((("vindbaar", "0"),), correction=True)
        after = course.answer(knowledge.intake, self.scan, *taken.given[0])
        assert (after.open, after.doubt, after.answers["vindbaar"]) == ("gegevens", None, "0")

    def test_no_leaves_it_and_counts_as_no_failure(self, knowledge: Knowledge) -> None:
        assert make_of(knowledge, "nee", self.scan) == AskBack(Doubt("anders", ask=STAYS))

    def test_answer_to_the_open_question_is_taken_as_ever(self, knowledge: Knowledge) -> None:
        taken = make_of(knowledge, "in lijsten waar ik weinig mee doe", self.scan, gegevens_1=0.9)
        assert taken == Answers((("gegevens", "1"),))
        unsure = make_of(knowledge, "tja", self.scan, gegevens_0=0.3, gegevens_1=0.3)
        assert isinstance(unsure, AskBack)  # the code that is offered is of another question
