"""The training data is in order, and the report finds what is not."""

import pytest

from tests.understanding.evaluation import Utterance, utterances
from tests.understanding.training_data import Example, contradicting, examples, leaked, repeated, thin


@pytest.fixture(scope="module")
def data() -> list[Example]:
    return examples()


def said(text: str) -> Utterance:
    return Utterance("plan", "plan", text, "0", "gewoon")


def test_no_sentence_stands_twice_in_an_intent(data: list[Example]) -> None:
    assert repeated(data) == []


def test_no_sentence_stands_at_intents_that_exclude_each_other(data: list[Example]) -> None:
    assert contradicting(data) == []


def test_no_sentence_of_the_evaluation_is_trained_on(data: list[Example]) -> None:
    assert leaked(data, utterances()) == []


def test_no_intent_is_thin(data: list[Example]) -> None:
    assert thin(data) == []


def test_every_option_has_hundreds_of_sentences(data: list[Example]) -> None:
    options = [
        example for example in data if example.intent[-1].isdigit() and not example.intent.startswith("personen")
    ]
    assert thin(options, 500) == []


@pytest.mark.parametrize(
    ("intents", "found"),
    [
        (("plan_0", "plan_1"), True),
        (("groet", "hulp"), True),
        (("plan_0", "mensen_0"), False),  # the open question tells which
        (("bestanden_1", "bestanden_1"), False),
    ],
)
def test_contradictions_are_between_what_is_told_apart(intents: tuple[str, str], found: bool) -> None:
    data = [Example(intent, "Nooit over nagedacht.", "x.yml") for intent in intents]
    assert bool(contradicting(data)) == found


def test_a_repetition_is_seen_through_capitals_and_signs() -> None:
    assert repeated([Example("groet", "Hé hallo!", "x.yml"), Example("groet", "he hallo", "x.yml")]) == [
        "groet: he hallo"
    ]


@pytest.mark.parametrize(
    ("trained", "judged", "found"),
    [
        ("we hebben er nooit over nagedacht", "We hebben er nooit over nagedacht!", True),
        ("we hebben er nooit over nagedacht", "wij hebben er nooit over nagedacht", True),
        ("we hebben er nooit over nagedacht", "ik heb er wel eens aan gedacht om iets te doen", False),
        ("geen idee", "geen idee", False),  # what everybody says
    ],
)
def test_leaks(trained: str, judged: str, found: bool) -> None:
    assert bool(leaked([Example("plan_0", trained, "x.yml")], [said(judged)])) == found
