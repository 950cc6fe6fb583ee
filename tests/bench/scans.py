"""The scans that are driven: always the same, buttons and typed text mixed, and how the next message is chosen."""

import random
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.base import load
from knowledge.intake import Intake

SEED = 20261126
SCANS = 200
TYPED = 0.5  # share of the answers that are typed where there are buttons too
FURTHER = 0.5  # share of the scans that go on after the first result
PLAIN = ("makkelijk", "gewoon")
MOST_TURNS = 60
UTTERANCES = Path(__file__).parents[1] / "understanding" / "utterances"
DOES_NOT_KNOW = "weet ik niet"

Message = dict[str, str]  # {"tekst": ...} or {"keuze": ...}


class StuckError(Exception):
    """A conversation that leads nowhere: too long, or without a question and without a result."""


@dataclass(frozen=True)
class Scan:
    """What one firm answers, by question, and whether it goes on after the first result."""

    number: int
    answers: dict[str, Message]
    further: bool


@cache
def scans() -> tuple[Scan, ...]:
    """The scans, the same in every run."""
    chance = random.Random(SEED)  # no secret
    intake = load().intake
    return tuple(_scan(number, intake, chance) for number in range(SCANS))


def _scan(number: int, intake: Intake, chance: random.Random) -> Scan:
    answers = {}
    for question in intake.vragen:
        codes = [code for code, _ in question.choices()]
        typed = _utterances(question.id)
        if codes and chance.random() >= TYPED:
            answers[question.id] = {"keuze": chance.choice(codes)}
        else:
            answers[question.id] = {"tekst": chance.choice(typed)}
    return Scan(number, answers, chance.random() < FURTHER)


@cache
def _utterances(question: str) -> tuple[str, ...]:
    entries = yaml.safe_load((UTTERANCES / f"{question}.yml").read_text(encoding="utf-8"))
    return tuple(entry["tekst"] for entry in entries if entry["niveau"] in PLAIN)


@dataclass
class Course:
    """How far one scan is; `next` gives the next message from the state that the last turn left."""

    scan: Scan
    turns: int = 0
    _asked: set[str] = field(default_factory=set)

    def next(self, state: dict[str, Any], offered: list[str]) -> Message | None:
        """The next message, None at the end. Raises StuckError.

        A question that stays open after its answer is answered by the first button, which is "yes" to a
        counter-question.
        """
        self.turns += 1
        question = state["voortgang"]["vraag"]
        if self.turns > MOST_TURNS or (question is None and not state["uitslag"]):
            raise StuckError
        if question is None:
            return {"keuze": "verder"} if self.scan.further and "verder" in offered else None
        if question not in self._asked:
            self._asked.add(question)
            return self.scan.answers[question]
        return {"keuze": offered[0]} if offered else {"tekst": DOES_NOT_KNOW}


def outcome(state: dict[str, Any]) -> str:
    """What a scan came to, to lay beside what the same scan came to elsewhere."""
    result = state["uitslag"]
    return repr([result["fase"], result["score"], [entry["id"] for entry in result["initiatieven"]]])
