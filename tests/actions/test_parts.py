"""Two answers in one message, and an answer after a question to oneself."""

from typing import Any

import pytest

from actions.meanings import Answers, Aside, Heard
from actions.understanding import understand
from knowledge.base import Knowledge
from knowledge.scan import Scan
from knowledge.subjects import SPOKEN, spans

PROFILE = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0342", "hulpvraag": "klanten"}
SCAN = Scan(open="administratie", answers=PROFILE)


def make_of(knowledge: Knowledge, text: str, *parts: dict[str, float], scan: Scan = SCAN, **whole: float) -> Any:
    assert len(spans(text)) == len(parts)
    heard = Heard(text=text, intents=whole, readings={SPOKEN: {"spans": list(parts)}})
    return understand(knowledge, scan, heard, ())


def test_answer_to_a_question_that_comes_later_is_taken_too(knowledge: Knowledge) -> None:
    made = make_of(
        knowledge,
        "in Yuki, en een back-up maken we nooit",
        {"administratie_2": 0.9},
        {"backup_updates_0": 0.95},
        backup_updates_0=0.9,
    )
    assert made == Answers((("backup_updates", "0"), ("administratie", "2")))


def test_part_is_read_apart_from_the_other(knowledge: Knowledge) -> None:
    made = make_of(
        knowledge,
        "slager, de boekhouding is allemaal met pen",
        {"bedrijf_G_G": 0.9},
        {"administratie_0": 0.95},
        scan=Scan(open="bedrijf", answers={"personen": "1"}),
        administratie_0=0.9,
    )
    assert dict(made.given) == {"administratie": "0", "bedrijf": "G/G"}


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("in Yuki, en een back-up maken we nooit", {"backup_updates_0": 0.6, "inloggen_0": 0.4}),  # of what?
        ("in Yuki, en een back-up maken we nooit", {"backup_updates_0": 0.5, "backup_updates_1": 0.5}),  # which?
        ("in Yuki, vroeger maakte ik een back-up", {"backup_updates_0": 0.95}),  # was so
        ("in Yuki, de buurman maakt een back-up", {"backup_updates_2": 0.95}),  # of somebody else
        ("in Yuki, van een back-up weet ik het niet", {"backup_updates_0": 0.95}),
        ("in Yuki, ook de back-up", {"backup_updates_2": 0.95}),  # says nothing of it
        ("in Yuki, ik wil een back-up maken", {"backup_updates_0": 0.95}),  # a wish
    ],
)
def test_nothing_is_taken_that_may_not_be_meant(knowledge: Knowledge, text: str, second: dict[str, float]) -> None:
    made = make_of(knowledge, text, {"administratie_2": 0.9}, second, administratie_2=0.9)
    assert made == Answers((("administratie", "2"),))


def test_what_was_answered_before_is_not_taken_again(knowledge: Knowledge) -> None:
    scan = Scan(open="inloggen", answers={**PROFILE, "backup_updates": "2"})
    made = make_of(
        knowledge,
        "overal hetzelfde wachtwoord, een back-up maken we nooit",
        {"inloggen_0": 0.95},
        {"backup_updates_0": 0.95},
        scan=scan,
        inloggen_0=0.95,
    )
    assert made == Answers((("inloggen", "0"),))


def test_help_that_is_not_known_yet(knowledge: Knowledge) -> None:
    scan = Scan(open="gemeente", answers={"personen": "1", "bedrijf": "F/F"})
    text = "Rhenen, en van hulp weet ik het nog niet"
    made = make_of(knowledge, text, {"gemeente": 0.9}, {"weet_niet": 0.9}, scan=scan, weet_niet=0.9)
    assert dict(made.given) == {"gemeente": "GM0340", "hulpvraag": "weet_niet"}


class TestQuestionToOneself:
    """The answer that somebody gives himself."""

    def heard(self, knowledge: Knowledge, itself: dict[str, float], **whole: float) -> Any:
        text = "bedoel je de bonnen? nou gewoon met pen"
        return understand(knowledge, SCAN, Heard(text, None, whole, {SPOKEN: {"itself": itself}}), ())

    def test_is_taken(self, knowledge: Knowledge) -> None:
        made = self.heard(knowledge, {"administratie_0": 0.9}, vraag_betekenis=0.5, administratie_0=0.4)
        assert made == Answers((("administratie", "0"),))

    def test_a_question_that_is_really_asked_is_answered(self, knowledge: Knowledge) -> None:
        made = self.heard(knowledge, {"administratie_0": 0.9}, vraag_betekenis=0.9)
        assert made == Aside("vraag_betekenis")

    def test_not_knowing_is_no_answer(self, knowledge: Knowledge) -> None:
        made = self.heard(knowledge, {"weet_niet": 0.9}, vraag_betekenis=0.55)
        assert made == Aside("vraag_betekenis")
