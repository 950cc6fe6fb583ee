"""Own words about what a firm does and where it is: what they stand for, or what to choose from."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.imports.cells import Wrong
from api.imports.choices import NOT_KNOWN
from api.intakes.lists import BESIDE_MUNICIPALITIES, WHICH, Choice, Found, LookUp, read_place, read_sector, sectors
from api.intakes.service import IntakeService
from knowledge.base import Knowledge
from knowledge.intake import OPEN
from knowledge.personal_data import redact
from knowledge.words import normal

State = Literal["zeker", "twijfel", "onbekend"]
LOOKED_UP: dict[str, LookUp] = {"bedrijf": read_sector, "gemeente": read_place}

_NOT_FOUND = {
    "bedrijf": Wrong(
        "We herkennen niet wat dit bedrijf doet.",
        "Typ een beroep of soort winkel, bijvoorbeeld kapper of webshop, of ? voor weet niet.",
    ),
    "gemeente": Wrong("We vinden deze plaats niet.", "Typ de gemeente of het dorp, of ? voor weet niet."),
}
_SEVERAL = {
    "bedrijf": "We weten niet zeker wat dit bedrijf doet.",
    "gemeente": "We weten niet zeker welke plaats dit is.",
}
_LARGER_AREA = Wrong("Dit gebied heeft meer gemeenten.", "Typ de gemeente.")
_ONLY_PERSONAL = Wrong("Hier staan alleen persoonsgegevens.", "Haal ze weg en typ het antwoord op de vraag.")
_NAMED = 4  # of what it can be, in a remedy


@dataclass(frozen=True)
class Word:
    """Somebody's own words, without personal data, and what they may stand for, the likeliest first.

    `state` tells whether the first choice is taken, one of them has to be chosen, or nothing was recognised.
    """

    question: str
    text: str
    state: State
    choices: tuple[Choice, ...]
    fault: Wrong  # when nobody chooses
    personal: bool  # whether personal data was taken out


class WordReader:
    """Looks words up, each text once."""

    def __init__(self, knowledge: Knowledge, service: IntakeService) -> None:
        """Take the parts."""
        self._knowledge = knowledge
        self._service = service
        self._titles = {"bedrijf": _sector_titles(knowledge), "gemeente": _place_titles(knowledge)}
        self._found: dict[tuple[str, str, date], str | Word | Wrong] = {}

    def read(self, question: str, text: str, day: date) -> str | Word | Wrong:
        """A code when there is nothing to approve, words that were looked up, or what is wrong."""
        key = (question, normal(text), day)
        if key not in self._found:
            self._found[key] = self._read(question, text, day)
        return self._found[key]

    def _read(self, question: str, text: str, day: date) -> str | Word | Wrong:
        if normal(text) in NOT_KNOWN:
            return OPEN
        if self._service.known(self._knowledge.intake.question(question), text):
            return text
        redacted = redact(text)
        if not redacted.text:
            return _ONLY_PERSONAL
        personal = bool(redacted.found)
        found = self._listed(question, redacted.text, day) or LOOKED_UP[question](self._knowledge, redacted.text, day)
        if found is None or not found.choices:
            fault = _NOT_FOUND[question] if found is None else _LARGER_AREA
            return Word(question, redacted.text, "onbekend", (), fault, personal)
        titles = " of ".join(f"'{title}'" for _, title in found.choices[:_NAMED])
        fault = Wrong(_SEVERAL[question], f"Schrijf het preciezer. Mogelijk is: {titles}.")
        if not found.certain:
            return Word(question, redacted.text, "twijfel", found.choices, fault, personal)
        return Word(question, redacted.text, "zeker", (self._counted(question, found.choices[0]),), fault, personal)

    def _listed(self, question: str, text: str, day: date) -> Found | None:
        """What the words of a list or of a counter-question stand for, when somebody typed just those."""
        codes = sorted(self._titles[question].get(normal(text), ()))
        if question == "gemeente":
            codes = [self._knowledge.municipalities.current(code, day) for code in codes]
        if len(codes) == 1:
            return Found(((codes[0], text),), certain=True)
        titles = dict(sectors(self._knowledge))
        return Found(tuple((code, titles[code]) for code in codes), certain=False, ask=WHICH) if codes else None

    def _counted(self, question: str, choice: Choice) -> Choice:
        """What is shown of words that are clear: of an activity the sector that it counts in."""
        code, title = choice
        if question != "bedrijf":
            return choice
        title = self._knowledge.sectors.sector(code).titel.removeprefix("de ").removeprefix("het ")
        return code, title[:1].upper() + title[1:]


def _sector_titles(knowledge: Knowledge) -> dict[str, set[str]]:
    """Codes by the words of the list, with and without its examples, and by those of counter-questions."""
    titles: dict[str, set[str]] = defaultdict(set)
    for code, title in sectors(knowledge):
        titles[normal(title)].add(code)
        titles[normal(title.partition(", zoals ")[0])].add(code)
    for doubt in knowledge.sectors.activities.twijfel:
        for option in doubt.opties:
            titles[normal(option.titel)].add(f"{option.sbi2025}/{option.sbi2008}")
    return titles


def _place_titles(knowledge: Knowledge) -> dict[str, set[str]]:
    """Codes by the words of the list that are no name of a municipality, and by those of counter-questions."""
    titles: dict[str, set[str]] = defaultdict(set)
    for code, title in BESIDE_MUNICIPALITIES:
        titles[normal(title)].add(code)
    for name in knowledge.municipalities.dubbelzinnig:
        for option in name.opties:
            titles[normal(option.titel)].add(option.code)
    return titles
