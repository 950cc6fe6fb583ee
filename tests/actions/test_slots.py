"""A conversation comes out of the slots as it went in, and what was typed is not among them."""

from actions import slots
from actions.slots import Conversation
from knowledge.base import Knowledge
from knowledge.scan import Candidate, Doubt, Scan

CONVERSATION = Conversation("demo", "widget", None, "een-id", ("ja", "nee"))


def test_nothing_begun_is_no_scan(knowledge: Knowledge) -> None:
    assert slots.read_scan({}, knowledge.intake) is None


def test_scan_survives_the_slots(knowledge: Knowledge) -> None:
    scan = Scan(
        phase="verdieping",
        open="plan",
        answers={"personen": "1", "bedrijf": "T/S", "administratie": "weet_niet"},
        replaced={"plan": "2"},
        tries=2,
        doubt=Doubt(
            "kies", (Candidate("0", "Nee", "Je maakt geen back-ups"), Candidate("1", "Soms", "Soms")), "Vraag?"
        ),
    )
    written = slots.write(scan, CONVERSATION, knowledge.intake)
    assert slots.read_scan(written, knowledge.intake) == scan
    assert slots.read_conversation(written, None) == CONVERSATION


def test_question_about_an_earlier_answer_survives_the_slots(knowledge: Knowledge) -> None:
    asked = Doubt("eerder", (Candidate("1", "1", "je werkt alleen"),), about="personen")
    scan = Scan(open="gemeente", answers={"personen": "2-9"}, doubt=asked)
    assert slots.read_scan(slots.write(scan, CONVERSATION, knowledge.intake), knowledge.intake) == scan


def test_new_conversation_takes_its_place_from_the_gateway() -> None:
    made = slots.read_conversation({}, {"site": "utrecht", "kanaal": "formulier", "evenement": "BEURS"})
    assert (made.site, made.channel, made.event) == ("utrecht", "formulier", "BEURS")


def test_records_of_two_conversations_differ() -> None:
    assert slots.read_conversation({}, None).record != slots.read_conversation({}, None).record
