"""How well is understood what changes an earlier answer, and what answers two questions at once.

Four outcomes are told apart: all of it was taken; the question that changes was opened again, or was offered, or one
of the two answers was taken; nothing was understood; and something was taken that was not said.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from actions.meanings import Answers, AskBack, Command, Understood
from knowledge.base import load
from knowledge.scan import Scan
from tests.understanding.evaluation import describe, hear, make_of, scan_at

FOLDER = Path(__file__).parent / "retellings"
CHANGED, ALONG, PLAIN = "verbetering", "twee_antwoorden", "geen_verbetering"
KINDS: Mapping[str, str] = {
    CHANGED: "an earlier answer changed in words",
    ALONG: "two answers in one message",
    PLAIN: "an answer that only sounds like a correction",
}
RIGHT, PARTLY, NOTHING, WRONG = "right", "partly", "nothing", "wrong"


@dataclass(frozen=True)
class Retelling:
    """What somebody typed, with the answers that a careful person takes from it and the one that they replace."""

    kind: str
    question: str
    text: str
    expected: Mapping[str, str]
    before: Mapping[str, str]


def retellings() -> list[Retelling]:
    """Everything in the folder."""
    return [
        Retelling(path.stem, entry["vraag"], entry["tekst"], entry["verwacht"], entry.get("eerder", {}))
        for path in sorted(FOLDER.glob("*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def outcome(said: Retelling, understood: Understood) -> str:
    """One of the four."""
    match understood:
        case Answers(given):
            taken = dict(given)
            if taken == said.expected:
                return RIGHT
            return PARTLY if taken.items() <= said.expected.items() else WRONG
        case Command("wijzig", question):
            return PARTLY if said.kind == CHANGED and question in (None, *said.expected) else WRONG
        case AskBack(doubt):
            offered = {candidate.code for candidate in doubt.candidates}
            return PARTLY if offered & {"wijzig", *said.expected.values()} else NOTHING
    return WRONG


def evaluate(agent: Any) -> list[tuple[Retelling, str, str]]:
    """Each with its outcome, and what was made of it."""
    return asyncio.run(_every(agent))


async def _every(agent: Any) -> list[tuple[Retelling, str, str]]:
    knowledge = load()
    judged = []
    for said in retellings():
        scan = scan_at(knowledge, said.question)
        scan = replace(scan, answers={**scan.answers, **said.before})
        understood = make_of(knowledge, scan, await hear(agent, said.text))
        judged.append((said, outcome(_new(said, scan), understood), describe(understood)))
    return judged


def _new(said: Retelling, scan: Scan) -> Retelling:
    """What was said without what was on record already."""
    known = {name for name, code in scan.answers.items() if said.expected.get(name) == code}
    return replace(said, expected={name: code for name, code in said.expected.items() if name not in known})


def share(judged: Iterable[tuple[Retelling, str, str]], kind: str, *outcomes: str) -> float:
    """The share of outcomes among those of a kind, 0 to 1."""
    those = [found for said, found, _ in judged if said.kind == kind]
    return sum(found in outcomes for found in those) / len(those)


def table(judged: list[tuple[Retelling, str, str]]) -> str:
    """The figures, as Markdown."""
    lines = [
        "| what is said | messages | all of it taken | in part, or asked about | wrong |",
        "|---|---:|---:|---:|---:|",
    ]
    for kind, title in KINDS.items():
        number = sum(said.kind == kind for said, _, _ in judged)
        figures = (share(judged, kind, RIGHT), share(judged, kind, PARTLY), share(judged, kind, WRONG))
        lines.append(f"| {title} | {number} | " + " | ".join(f"{figure:.1%}" for figure in figures) + " |")
    return "\n".join(lines) + "\n"
