"""The gate on understanding, and the evaluation's own arithmetic.

The floors are what was measured, with a little room; `make understanding` shows the figures and writes them into docs.
"""

import pytest
from rasa.core.agent import Agent

from actions.meanings import Answers, Aside, AskBack
from knowledge.scan import Candidate, Doubt
from tests.bot.agents import trained
from tests.understanding import retellings
from tests.understanding.evaluation import ASKED, HELPED, RIGHT, WRONG, Judged, Utterance, evaluate, outcome, share

FIRST_TIME, AFTER_ONE_QUESTION, WRONG_AT_MOST = 0.93, 0.98, 0.018
EACH_SUBJECT = 0.88
RETELLINGS = {retellings.CHANGED: (0.87, 0.03), retellings.ALONG: (0.85, 0.02), retellings.PLAIN: (0.91, 0.03)}


@pytest.fixture(scope="module")
def agent() -> Agent:
    return trained()


@pytest.fixture(scope="module")
def judged(agent: Agent) -> list[Judged]:
    return evaluate(agent)


def test_there_is_enough_to_judge_by(judged: list[Judged]) -> None:
    assert len(judged) >= 3600
    texts = [(entry.utterance.question, entry.utterance.text.lower()) for entry in judged]
    assert len(texts) == len(set(texts))


def test_understanding_is_not_worse_than_it_was(judged: list[Judged]) -> None:
    assert share(judged, RIGHT) >= FIRST_TIME
    assert share(judged, RIGHT, HELPED) >= AFTER_ONE_QUESTION
    assert share(judged, WRONG) <= WRONG_AT_MOST


def test_no_subject_is_left_behind(judged: list[Judged]) -> None:
    for subject in {entry.utterance.subject for entry in judged}:
        group = [entry for entry in judged if entry.utterance.subject == subject]
        assert share(group, RIGHT) >= EACH_SUBJECT, subject


def test_corrections_are_taken_and_nothing_else_for_one(agent: Agent) -> None:
    found = retellings.evaluate(agent)
    for kind, (least_right, most_wrong) in RETELLINGS.items():
        assert retellings.share(found, kind, retellings.RIGHT) >= least_right, kind
        assert retellings.share(found, kind, retellings.WRONG) <= most_wrong, kind


def said(expected: str, question: str = "administratie", subject: str | None = None) -> Utterance:
    return Utterance(subject or question, question, "tekst", expected, "gewoon")


@pytest.mark.parametrize(
    ("utterance", "understood", "expected"),
    [
        (said("1"), Answers((("administratie", "1"),)), RIGHT),
        (said("1"), Answers((("administratie", "2"),)), WRONG),
        (said("1"), Answers((("personen", "1"),)), WRONG),
        (said("1"), AskBack(Doubt("kies", (Candidate("1", "", ""), Candidate("2", "", "")))), HELPED),
        (said("1"), AskBack(Doubt("bevestig", (Candidate("2", "", ""),))), ASKED),
        (said("1"), AskBack(Doubt("anders")), HELPED),
        (said("T/S", "bedrijf"), AskBack(Doubt("anders")), ASKED),
        (said("vraag", "personen"), AskBack(Doubt("kies")), RIGHT),
        (said("1"), Aside("vraag_kosten"), WRONG),
        (said("vraag_kosten", subject="wedervragen"), Aside("vraag_kosten"), RIGHT),
        (said("vraag_kosten", subject="wedervragen"), AskBack(Doubt("anders")), ASKED),
        (said("vraag_kosten", subject="wedervragen"), Answers((("administratie", "1"),)), WRONG),
    ],
)
def test_outcome(utterance: Utterance, understood: object, expected: str) -> None:
    assert outcome(utterance, understood) == expected  # type: ignore[arg-type]
