"""How well the assistant understands sentences that nobody trained on.

Every utterance is parsed by the trained model and judged given its open question, as in a conversation. Four outcomes
are told apart: right at once; asked back, with the right answer among the choices; asked back in vain; taken with
confidence and wrong. Where a careful person would ask back, doing so is right. Runs in Rasa's environment,
`make understanding`.
"""

import asyncio
import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from actions.meanings import Answers, Aside, AskBack, Command, Heard, Understood
from actions.understanding import understand
from knowledge.base import Knowledge, load
from knowledge.intake import OPEN
from knowledge.personal_data import redact
from knowledge.scan import Scan

FOLDER = Path(__file__).parent / "utterances"
ASK = "vraag"  # a careful person would ask back
NOT_UNDERSTOOD = "niet_begrepen"
ELSEWHERE = "wedervragen"  # the file of what is said while a question is open

RIGHT, HELPED, ASKED, WRONG = "right", "helped", "asked", "wrong"
_ANSWERED = {"personen": "2-9", "bedrijf": "F/F", "gemeente": "GM0344", "hulpvraag": "weet_niet"}


@dataclass(frozen=True)
class Utterance:
    """What somebody typed while a question was open, and what a careful person makes of it."""

    subject: str
    question: str
    text: str
    expected: str
    level: str


@dataclass(frozen=True)
class Judged:
    """An utterance with what the assistant made of it."""

    utterance: Utterance
    outcome: str
    made_of_it: str
    milliseconds: float


def utterances() -> list[Utterance]:
    """Everything in the folder."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            question = entry.get("vraag", path.stem)
            found.append(Utterance(path.stem, question, entry["tekst"], entry["verwacht"], entry["niveau"]))
    return found


def scan_at(knowledge: Knowledge, question: str) -> Scan:
    """A scan in which everything before a question has been answered."""
    order = [entry.id for entry in knowledge.intake.vragen]
    before = order[: order.index(question)]
    answers = {name: _ANSWERED.get(name, "1") for name in before}
    core = knowledge.intake.question(question).deel == "kern"
    return Scan(phase="kern" if core else "verdieping", open=question, answers=answers)


async def judge(agent: Any, knowledge: Knowledge, utterance: Utterance) -> Judged:
    """Parse one utterance and compare."""
    begun = time.perf_counter()
    heard = await hear(agent, utterance.text)
    milliseconds = (time.perf_counter() - begun) * 1000
    understood = make_of(knowledge, scan_at(knowledge, utterance.question), heard)
    return Judged(utterance, outcome(utterance, understood), describe(understood), milliseconds)


async def hear(agent: Any, text: str) -> Heard:
    """What the trained model makes of a text, without the personal data in it."""
    redacted = redact(text)
    parsed = await agent.parse_message(redacted.text)
    return Heard(
        text=redacted.text,
        personal=redacted.found,
        intents={entry["name"]: entry["confidence"] for entry in parsed.get("intent_ranking") or []},
        readings={entry["entity"]: entry["value"] for entry in parsed["entities"]},
    )


def make_of(knowledge: Knowledge, scan: Scan, heard: Heard) -> Understood:
    """What it means at the question that is open."""
    assert scan.open
    return understand(knowledge, scan, heard, tuple(code for code, _ in knowledge.intake.question(scan.open).choices()))


def outcome(utterance: Utterance, understood: Understood) -> str:
    """One of the four."""
    if isinstance(understood, AskBack):
        return _asked(utterance, understood)
    if isinstance(understood, Answers):
        given = dict(understood.given).get(utterance.question)
        return RIGHT if given == utterance.expected else WRONG
    return RIGHT if understood.name == utterance.expected else WRONG


def _asked(utterance: Utterance, understood: AskBack) -> str:
    if utterance.expected in (ASK, NOT_UNDERSTOOD):
        return RIGHT
    if utterance.expected == OPEN:
        return RIGHT  # a profile question gets one friendly second try, which offers "Weet ik niet"
    candidates = [candidate.code for candidate in understood.doubt.candidates]
    if utterance.expected in candidates:
        return HELPED
    if utterance.subject == ELSEWHERE:
        return ASKED
    # Asked in other words, a question shows all its buttons; sector and place have none.
    shows_all = understood.doubt.kind == "anders" and utterance.question not in ("bedrijf", "gemeente")
    also = utterance.expected == "weet_niet" and understood.doubt.kind == "kies"
    return HELPED if shows_all or also else ASKED


def describe(understood: Understood) -> str:
    """What was made of it, for the list of mistakes."""
    match understood:
        case Answers(given):
            return ", ".join(f"{name}={code}" for name, code in given)
        case AskBack(doubt):
            return f"{doubt.kind}? {' '.join(candidate.code for candidate in doubt.candidates)}".strip()
        case Aside(name) | Command(name):
            return name


def evaluate(agent: Any) -> list[Judged]:
    """Judge every utterance."""
    knowledge = load()

    async def every() -> list[Judged]:
        return [await judge(agent, knowledge, utterance) for utterance in utterances()]

    return asyncio.run(every())


def share(judged: Iterable[Judged], *outcomes: str) -> float:
    """The share of outcomes, 0 to 1."""
    everything = list(judged)
    return sum(entry.outcome in outcomes for entry in everything) / len(everything)


def table(judged: list[Judged], pipeline: str) -> str:
    """The figures per subject and in total, as Markdown."""
    lines = [
        f"Dutch pipeline: {pipeline}. {len(judged)} utterances, median "
        f"{statistics.median(entry.milliseconds for entry in judged):.1f} ms each.",
        "",
        "| subject | utterances | right first time | right after one counter-question | asked back needlessly "
        "| wrong with confidence |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    subjects = sorted({entry.utterance.subject for entry in judged})
    groups = [(name, [entry for entry in judged if entry.utterance.subject == name]) for name in subjects]
    for name, group in [*groups, ("**all**", judged)]:
        figures = (share(group, RIGHT), share(group, RIGHT, HELPED), share(group, HELPED, ASKED), share(group, WRONG))
        lines.append(f"| {name} | {len(group)} | " + " | ".join(f"{figure:.1%}" for figure in figures) + " |")
    levels = sorted({entry.utterance.level for entry in judged})
    lines += ["", "| level | utterances | right first time | wrong with confidence |", "|---|---:|---:|---:|"]
    for level in levels:
        group = [entry for entry in judged if entry.utterance.level == level]
        lines.append(f"| {level} | {len(group)} | {share(group, RIGHT):.1%} | {share(group, WRONG):.1%} |")
    return "\n".join(lines) + "\n"
