"""What somebody looks for on the page with all initiatives, and what is found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from api.initiatives import service
from api.initiatives.words import KINDS, WORDS, area, themes
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.intake import OUTSIDE_REGION
from knowledge.matching import serves
from knowledge.word_search import WordSearch

LONGEST_WORDS, LONGEST_PLACE = 100, 60  # characters
_NAME, _TEXT = 3.0, 1.0  # how much a word counts
_GROUPS = ("direct", "indirect", "vangnet", "kennis", "niet_relevant")  # what helps most directly first


@dataclass(frozen=True)
class Asked:
    """What somebody filled in; what is empty does not count."""

    words: str = ""
    place: str = ""
    question: str = ""
    stage: str = ""

    @property
    def anything(self) -> bool:
        """Whether there is anything to look for."""
        return any((self.words, self.place, self.question, self.stage))


@dataclass(frozen=True)
class Found:
    """What there is today, what is there no more, and what has to be said about how it was looked for."""

    running: tuple[Initiative, ...]
    ended: tuple[Initiative, ...]
    notes: tuple[str, ...]


def find(knowledge: Knowledge, asked: Asked, today: date) -> Found:
    """The initiatives that meet everything that was asked: with words the best first, else what helps most directly."""
    notes = []
    entries = service.select(knowledge, today, stage=asked.stage or None, question=asked.question or None)
    if asked.place:
        codes, note = _place(knowledge, asked.place, today)
        notes += [note] if note else []
        if codes:
            entries = [entry for entry in entries if _in_any(knowledge, entry, codes, today)]
    if asked.words:
        hits = _search(knowledge).find(asked.words)
        known = {entry.id: entry for entry in entries}
        entries = [known[name] for name in hits.names if name in known]
        notes += [WORDS["nietAlleWoorden"]] if entries and not hits.complete else []
    else:
        entries.sort(key=lambda entry: (_GROUPS.index(entry.groep), entry.naam.casefold()))
    running = tuple(entry for entry in entries if entry.running(today))
    ended = tuple(entry for entry in entries if not entry.running(today))
    return Found(running, ended, tuple(notes))


def _place(knowledge: Knowledge, typed: str, today: date) -> tuple[tuple[str, ...], str | None]:
    """The municipalities that a place may be in, and what to say about it."""
    reading = knowledge.places.read(typed, today)
    if reading is None:
        return (), WORDS["onbekendePlaats"]
    codes = tuple(place.code for place in reading.places)
    if not codes:
        return (), WORDS["groterGebied"]
    if codes == (OUTSIDE_REGION,):
        return codes, WORDS["buitenRegio"]
    named = " en ".join(knowledge.municipalities.name(code) for code in codes)
    return codes, WORDS["hulpVoor"].format(plaatsen=named)


def _in_any(knowledge: Knowledge, entry: Initiative, codes: Collection[str], today: date) -> bool:
    return any(serves(entry, code, knowledge.municipalities, today) for code in codes)


def _search(knowledge: Knowledge) -> WordSearch:
    return _made_search(knowledge.now())


@lru_cache(maxsize=2)
def _made_search(knowledge: Knowledge) -> WordSearch:
    named = themes(knowledge)
    return WordSearch(
        {
            entry.id: [
                *((_NAME, name) for name in (entry.naam, *entry.ookBekendAls)),
                *((_TEXT, text) for text in (entry.biedt, entry.voorWie, entry.waar, entry.eigenaar) if text),
                *((_TEXT, named[code]) for code in entry.thema),
                *((_TEXT, area(knowledge, code)) for code in entry.regio),
                (_TEXT, KINDS[entry.soort]),
            ]
            for entry in knowledge.catalogue
        }
    )
