"""Ids, buttons and texts agree across the files."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions import moments, phrases
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN
from knowledge.responses import NAMES, NEEDED, OPTIONAL

DOMAIN: dict[str, Any] = yaml.safe_load(Path("domain.yml").read_text())
SOURCES = "\n".join(path.read_text() for path in sorted(Path("actions").glob("*.py")))
CONTRACTED = set(re.findall(r'said\(\s*"(utter_\w+)"', SOURCES)) | set(re.findall(r'"(utter_\w+)" if ', SOURCES))
CONTRACTED |= set(re.findall(r'else "(utter_\w+)"', SOURCES))
OF_ASIDES = {f"utter_{name}" for name in phrases.ASIDES | moments.RULED_ASIDES}


def test_every_text_that_is_said_stands_in_the_domain() -> None:
    assert set(DOMAIN["responses"]) >= CONTRACTED | OF_ASIDES


def test_every_text_in_the_domain_is_said_somewhere() -> None:
    assert set(DOMAIN["responses"]) <= CONTRACTED | OF_ASIDES


def test_what_a_text_may_fill_in_is_what_the_code_gives_it() -> None:
    given: dict[str, set[str]] = {name: {"aanbieder", "contact"} for name in OF_ASIDES}
    for path in Path("actions").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "said":
                for named in ast.walk(call.args[0]):
                    if isinstance(named, ast.Constant) and str(named.value).startswith("utter_"):
                        given[str(named.value)] = {word.arg for word in call.keywords if word.arg}
    given.pop("utter_")  # the asides
    assert set(given) == NAMES
    assert {name: {*NEEDED.get(name, ()), *OPTIONAL.get(name, ())} for name in given} == given


def test_every_intent_has_a_meaning(knowledge: Knowledge) -> None:
    intents = {next(iter(entry)) if isinstance(entry, dict) else entry for entry in DOMAIN["intents"]}
    intake = knowledge.intake
    answers = {question.intent(code) for question in intake.vragen for code, _ in question.choices()}
    answers |= {intake.question("bedrijf").intent(code) for code in knowledge.sectors.codes}
    meant = answers | phrases.COMMANDS | phrases.ASIDES | set(MAY_BE_LEFT_OPEN)
    assert intents - meant == {"kies", "ja", "nee", phrases.NONSENSE}
    assert meant <= intents | {"hulpvraag_weet_niet"}


def test_what_is_offered_beside_answers_can_be_asked_or_wanted(knowledge: Knowledge) -> None:
    assert set(knowledge.texts.tussendoor) <= phrases.ASIDES | phrases.STEERING


def test_every_question_has_a_slot(knowledge: Knowledge) -> None:
    assert {question.id for question in knowledge.intake.vragen} <= set(DOMAIN["slots"])


def test_no_slot_steers_the_policy() -> None:
    assert not [name for name, slot in DOMAIN["slots"].items() if slot["influence_conversation"]]


@pytest.mark.parametrize("name", sorted(DOMAIN["responses"]))
def test_text_is_short_and_says_je(name: str) -> None:
    (response,) = DOMAIN["responses"][name]
    sentences = re.split(r"(?<=[.!?])\s", response["text"])
    assert max(len(sentence.split()) for sentence in sentences) <= 25, response["text"]
    assert not re.search(r"\b(?:u|uw)\b", response["text"].lower())
