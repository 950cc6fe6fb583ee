"""The answers of an intake that was sent: from what a client calls them to question ids and codes."""

from collections.abc import Mapping

from api.errors import BadInput
from api.intakes.service import Unfit
from knowledge.base import Knowledge
from knowledge.intake import OPEN

Given = Mapping[str, str | int | None]

_NEWER, _OLDER, _SIZE = "sbi2025", "sbi2008", "grootteklasse"  # as the conversation interface calls them
_DETAILS = {"ontbreekt": "Hier ontbreekt een antwoord.", "bestaat_niet": "Deze vraag of dit antwoord bestaat niet."}


def codes(knowledge: Knowledge, given: Given) -> dict[str, str]:
    """The answers by question id. What is null was not answered.

    The conversation interface gives a sector as two sections and the number of people as a size class; both ways count.
    Of a section of SBI 2025 alone the one of SBI 2008 is taken, where there is only one.
    """
    answers = {question: str(code) for question, code in given.items() if code is not None}
    if _SIZE in answers:
        answers.setdefault("personen", answers.pop(_SIZE))
    newer, older = answers.pop(_NEWER, None), answers.pop(_OLDER, None)
    if newer is not None and "bedrijf" not in answers:
        answers["bedrijf"] = _sector(knowledge, newer, older)
    return answers


def _sector(knowledge: Knowledge, newer: str, older: str | None) -> str:
    if newer == OPEN:
        return OPEN
    if older is not None:
        return f"{newer}/{older}"
    possible = [code for code in knowledge.sectors.codes if code.partition("/")[0] == newer]
    return possible[0] if len(possible) == 1 else newer


def refusal(unfit: Unfit) -> BadInput:
    """What is wrong with answers, for a client: the questions by name, never what was answered."""
    missing = [question for question, fault in unfit.faults.items() if fault == "ontbreekt"]
    unknown = [question for question, fault in unfit.faults.items() if fault == "bestaat_niet"]
    said = []
    if missing:
        said.append(f"De intake is niet compleet. Er ontbreekt een antwoord op: {', '.join(missing)}.")
    if unknown:
        said.append(f"Een vraag of antwoordcode bestaat niet: {', '.join(_known(unknown))}.")
    errors = [
        {"pointer": f"/antwoorden/{question}", "code": fault, "detail": _DETAILS[fault]}
        for question, fault in unfit.faults.items()
        if question.isidentifier()
    ]
    return BadInput(" ".join(said), errors)


def _known(questions: list[str]) -> list[str]:
    """Names as they may be repeated: a key that is no name may be something that somebody typed."""
    return [question if question.isidentifier() else "een veld met een onbekende naam" for question in questions]
