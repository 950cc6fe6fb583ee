"""The yearly questions (recommendation 3 of the seed): what is asked, what counts as an answer, and what is known."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from knowledge.catalogue import Initiative
from knowledge.words import visible

Kind = Literal["tekst", "keuzes", "aantal", "cijfer"]
Answers = Mapping[str, Any]

MOST = 100_000  # of anything that is counted
GRADES = (1.0, 10.0)


@dataclass(frozen=True)
class Question:
    """One question: texts have a longest length in characters, choices are those of the field of the catalogue."""

    key: str
    title: str
    short: str
    kind: Kind
    hint: str = ""
    needed: bool = False
    longest: int = 0


QUESTIONS = (
    Question(
        "doelgroep", "Voor welke ondernemers was het?", "Doelgroep", "tekst", "In gewone woorden.", needed=True,
        longest=1000,
    ),
    Question("grootte", "Hoeveel mensen werken er in die bedrijven?", "Doelgroep: grootte", "keuzes"),
    Question("fase", "Hoe digitaal zijn die bedrijven?", "Doelgroep: fase", "keuzes"),
    Question("focus", "Waar hielp je ze mee?", "Focus", "tekst", needed=True, longest=1000),
    Question("thema", "Onder welke onderwerpen valt dat?", "Focus: onderwerpen", "keuzes"),
    Question(
        "belemmeringen", "Wat zat er tegen?", "Belemmeringen", "tekst",
        "Denk aan tijd, geld, of ondernemers die je niet bereikt. Was er niets? Schrijf dat dan op.", needed=True,
        longest=2000,
    ),
    Question(
        "deelnemers", "Hoeveel ondernemers deden er mee?", "Deelnemers", "aantal",
        "Tel ook wie je niet bij de deelnemers hebt ingevuld.", needed=True,
    ),
    Question(
        "tevredenheid", "Welk cijfer gaven ze gemiddeld?", "Tevredenheid", "cijfer",
        "Van 1 tot 10, bijvoorbeeld 7,8. Heb je het niet gevraagd? Laat dit dan leeg.",
    ),
    Question("cijfers", "Hoeveel ondernemers gaven een cijfer?", "Aantal cijfers", "aantal"),
    Question(
        "ervaringen", "Wat zeiden ze erbij?", "Ervaringen", "tekst", "Zet er geen namen in.", longest=1000,
    ),
)  # fmt: skip
_FIGURES = ("deelnemers", "tevredenheid", "cijfers", "ervaringen")  # of one year only: not taken over from the last


class AnswerFaults(Exception):
    """What is wrong with answers, per question, in Dutch."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Take the faults by the key of their question."""
        self.faults = dict(faults)
        super().__init__("; ".join(faults.values()))


def known(initiative: Initiative, last: Answers) -> dict[str, Any]:
    """The answers to begin with: those of last year, and else what the catalogue says."""
    catalogue = {
        "doelgroep": visible(initiative.voorWie or ""),
        "grootte": list(initiative.grootte),
        "fase": list(initiative.fase),
        "focus": visible(initiative.biedt),
        "thema": list(initiative.thema),
    }
    earlier = {key: value for key, value in last.items() if key not in _FIGURES and value}
    return {question.key: empty(question) for question in QUESTIONS} | catalogue | earlier


def empty(question: Question) -> Any:
    """No answer."""
    return {"tekst": "", "keuzes": []}.get(question.kind)


def read(typed: Mapping[str, list[str]], choices: Mapping[str, list[str]]) -> dict[str, Any]:
    """Answers from what was typed and ticked. Raises AnswerFaults for what cannot be read."""
    answers: dict[str, Any] = {}
    faults = {}
    for question in QUESTIONS:
        given = typed.get(question.key, [])
        try:
            answers[question.key] = _read(question, given, choices.get(question.key, []))
        except ValueError as error:
            faults[question.key] = f"{question.short}: {error}"
    if faults:
        raise AnswerFaults(faults)
    return answers


def _read(question: Question, given: list[str], choices: list[str]) -> Any:
    """One answer. Raises ValueError with what to do, in Dutch."""
    if question.kind == "keuzes":
        return [code for code in choices if code in given]
    text = visible(given[0]) if given else ""
    if question.kind == "tekst":
        if len(text) > question.longest:
            raise ValueError(f"gebruik hoogstens {question.longest} tekens.")
        return text
    if not text:
        return None
    return _count(text) if question.kind == "aantal" else _grade(text)


def _count(text: str) -> int:
    digits = text.replace(".", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10) or int(digits) > MOST:
        raise ValueError("vul een heel getal in, van 0 tot 100.000.")
    return int(digits)


def _grade(text: str) -> float:
    wrong = "vul een cijfer in van 1 tot 10, bijvoorbeeld 7,8."
    whole, _, tenths = text.replace(".", ",").partition(",")
    if not (whole.isascii() and whole.isdigit() and len(whole) < 3) or (tenths and tenths not in list("0123456789")):
        raise ValueError(wrong)
    grade = float(f"{whole}.{tenths or 0}")
    if not GRADES[0] <= grade <= GRADES[1]:
        raise ValueError(wrong)
    return grade


def check(answers: Answers, listed: int) -> None:
    """Hold answers that are handed in to what is needed; `listed` is how many participants are known one by one.

    Raises AnswerFaults.
    """
    faults = {
        question.key: f"{question.short}: vul dit in."
        for question in QUESTIONS
        if question.needed and answers.get(question.key) in (None, "")
    }
    together, graded = answers.get("deelnemers"), answers.get("cijfers")
    if together is not None and together < listed:
        faults["deelnemers"] = f"Deelnemers: er staan er {listed} in de lijst. Vul dat aantal in, of meer."
    elif together is not None and graded is not None and graded > together:
        faults["cijfers"] = "Aantal cijfers: dat zijn er meer dan er meededen."
    if answers.get("tevredenheid") is not None and graded == 0:
        faults["cijfers"] = "Aantal cijfers: er is een cijfer, dus iemand gaf het."
    if faults:
        raise AnswerFaults(faults)
