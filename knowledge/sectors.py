"""Sectors (SBI sections) and the names that people use for what a firm does."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec
from rapidfuzz import fuzz, process

from knowledge.loading import Document, KnowledgeError, Problem, blank_texts, convert, read, same_titles
from knowledge.spelling import Comparable
from knowledge.words import normal, stem, windows, words

LONGEST_PHRASE = 5  # words
FUZZY_FROM = 6  # letters: shorter words differ from each other by one letter too often
FUZZY_CUTOFF = 86  # rapidfuzz ratio, 0 to 100
ALL_BUT_EXACT, LONG_WORD = 95, 9  # from this ratio and this many letters a misspelt word is taken for what it resembles
COMPOUND_FROM = 5  # letters: a Dutch compound is what its last part says ("sushirestaurant")
SHORTEST_MODIFIER = 2  # letters before that last part
MAIN_ACTIVITY = "Waar verdien je het meeste mee?"
# Before an activity these say that it is somebody else's: a customer's, or one that the speaker does not have.
OF_CUSTOMERS = frozenset({"voor", "aan", "bij"})
OF_CUSTOMERS_WITHIN = 2  # words before the activity
DENIED = frozenset({"geen", "niet", "nooit", "zonder"})


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A section of the Standaard Bedrijfsindeling: its name, and how to say it after "in"."""

    naam: str
    spreek: str | None = None


class SeedSector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the five sectors of the seed, with its section in both versions."""

    naam: str
    sbi2008: str
    sbi2025: str


class Sections(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sections of SBI 2025 and SBI 2008. A bare letter means different things in the two."""

    bron: tuple[str, ...]
    sbi2025: dict[str, Section]
    sbi2008: dict[str, Section]
    seed: dict[str, SeedSector]


class Activity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An occupation, shop type or activity, with its section in both versions of the SBI."""

    naam: str
    zin: str
    sbi2025: str
    sbi2008: str
    ook: tuple[str, ...] = ()


class DoubtChoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a doubtful word may mean."""

    titel: str
    sbi2025: str
    sbi2008: str


class Doubt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word that means activities in different sections: the assistant asks which."""

    naam: str
    vraag: str
    opties: tuple[DoubtChoice, ...]
    ook: tuple[str, ...] = ()


class Activities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The gazetteer of what firms do."""

    activiteiten: tuple[Activity, ...]
    twijfel: tuple[Doubt, ...]


@dataclass(frozen=True)
class Sector:
    """One possible reading of what somebody does: both sections, and words to repeat it back with."""

    sbi2025: str
    sbi2008: str
    titel: str
    zin: str

    @property
    def code(self) -> str:
        """Both sections as one code, the newer version first."""
        return f"{self.sbi2025}/{self.sbi2008}"

    @property
    def heading(self) -> str:
        """The words without their article, for a list."""
        return self.titel.removeprefix("de ").removeprefix("het ")


@dataclass(frozen=True)
class SectorReading:
    """The sectors that a text may speak of, likeliest first, whether to take the first, and what to ask if not."""

    sectors: tuple[Sector, ...]
    certain: bool
    ask: str | None = None


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    entry: Activity | Doubt
    quality: Literal["exact", "compound", "fuzzy"]


class SectorIndex:
    """Look-up of what a firm does in running text."""

    def __init__(self, sections: Sections, activities: Activities) -> None:
        """Index every name, as it is written and by its stem."""
        self.sections = sections
        self.activities = activities
        self._phrases: dict[str, Activity | Doubt] = {}
        entries: Iterable[Activity | Doubt] = (*activities.activiteiten, *activities.twijfel)
        for entry in entries:
            for name in (entry.naam, *entry.ook):
                phrase = " ".join(words(name))
                self._phrases.setdefault(phrase, entry)
                self._phrases.setdefault(_stemmed(phrase), entry)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every pair of sections that an activity has, as codes."""
        return tuple(sorted({_sector(activity).code for activity in self.activities.activiteiten}))

    @cached_property
    def _single(self) -> Comparable:
        single = (phrase for phrase in self._phrases if " " not in phrase and len(phrase) >= COMPOUND_FROM)
        return Comparable(single, FUZZY_CUTOFF)

    def read(self, text: str) -> SectorReading | None:
        """What a text says about the firm's activity, or None when nothing in it is known."""
        tokens = words(text)
        hits = _own(self._hits(tokens), tokens)
        if not hits:
            return None
        best = [hit for hit in hits if hit.quality == "exact"] or hits
        doubts = [hit.entry for hit in best if isinstance(hit.entry, Doubt)]
        sectors = tuple(dict.fromkeys(_sector(hit.entry) for hit in best if isinstance(hit.entry, Activity)))
        pairs = {sector.code for sector in sectors}
        if doubts and not sectors:
            doubt = doubts[0]
            options = tuple(Sector(o.sbi2025, o.sbi2008, o.titel, o.titel) for o in doubt.opties)
            return SectorReading(options, certain=False, ask=doubt.vraag)
        # "Schilder en soms bakker": a doubtful word that cannot mean the same section is a second activity.
        agree = all(pairs <= {f"{o.sbi2025}/{o.sbi2008}" for o in doubt.opties} for doubt in doubts)
        certain = len(pairs) == 1 and best[0].quality == "exact" and agree
        if len(pairs) > 1:
            one_each = tuple({sector.code: sector for sector in reversed(sectors)}.values())[::-1]
            return SectorReading(one_each, certain=False, ask=MAIN_ACTIVITY)
        return SectorReading(sectors[:1], certain=certain)

    def _hits(self, tokens: list[str]) -> list[_Hit]:
        """Entries named in the words, the longest phrases first, without overlap."""
        hits: list[_Hit] = []
        free = [True] * len(tokens)
        for start, end, phrase in windows(tokens, LONGEST_PHRASE):
            if not all(free[start:end]):
                continue
            entry = self._phrases.get(phrase) or self._phrases.get(_stemmed(phrase))
            if entry:
                hits.append(_Hit(start, end, entry, "exact"))
                free[start:end] = [False] * (end - start)
        for position, token in enumerate(tokens):
            if free[position] and (hit := self._near(position, token)):
                hits.append(hit)
        return sorted(hits, key=lambda hit: hit.start)

    def _near(self, position: int, token: str) -> _Hit | None:
        """An entry that the word is a compound or a misspelling of."""
        if len(token) < FUZZY_FROM or token.isdecimal():
            return None
        match = process.extractOne(token, self._single.to(token), scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
        if match:
            # "dierewinkel" can hardly be anything else; a slip in a shorter word can.
            beyond_doubt = match[1] >= ALL_BUT_EXACT and len(token) >= LONG_WORD and match[0][0] == token[0]
            return _Hit(position, position + 1, self._phrases[match[0]], "exact" if beyond_doubt else "fuzzy")
        # The longest first; asked for by their own letters, because going through all names took a fifth of a turn.
        heads = (token[start:] for start in range(SHORTEST_MODIFIER, len(token) - COMPOUND_FROM + 1))
        head = next((head for head in heads if head in self._phrases), None)
        return _Hit(position, position + 1, self._phrases[head], "compound") if head else None

    def sector(self, code: str) -> Sector:
        """The sector of a stored code ("T/S"). Raises KeyError when the sections do not exist."""
        sbi2025, _, sbi2008 = code.partition("/")
        name = self.sections.sbi2025[sbi2025].spreek or self.sections.sbi2025[sbi2025].naam
        self.sections.sbi2008[sbi2008]
        return Sector(sbi2025, sbi2008, name, f"je zit in {name}")


def _own(hits: list[_Hit], tokens: list[str]) -> list[_Hit]:
    """The activities that are the speaker's own, of several: "boekhouding voor huisartsen", "geen autohandel"."""
    own = [hit for hit in hits if not DENIED & set(tokens[max(0, hit.start - 1) : hit.start])]
    own = own or hits
    first = own[0].start if own else 0
    mine = [
        hit
        for hit in own
        if hit.start == first or not OF_CUSTOMERS & set(tokens[max(first, hit.start - OF_CUSTOMERS_WITHIN) : hit.start])
    ]
    return mine or own


def _sector(activity: Activity) -> Sector:
    return Sector(activity.sbi2025, activity.sbi2008, activity.naam, activity.zin)


def _stemmed(phrase: str) -> str:
    return " ".join(stem(word) for word in phrase.split())


def load_sectors(sections_path: Path, activities_path: Path) -> SectorIndex:
    """Read the sections and the activities. Raises KnowledgeError with every fault that was found."""
    sections_document, activities_document = read(sections_path), read(activities_path)
    sections = convert(sections_document, Sections)
    activities = convert(activities_document, Activities)
    problems = _letter_problems(activities_document, sections, activities)
    problems += _name_problems(activities_document, activities)
    problems += blank_texts(sections_document) + blank_texts(activities_document)
    if problems:
        raise KnowledgeError(problems)
    return SectorIndex(sections, activities)


def _letter_problems(document: Document, sections: Sections, activities: Activities) -> list[Problem]:
    problems = []
    remedy = "Kies een letter uit sectors.yaml."
    for index, activity in enumerate(activities.activiteiten):
        for version, letter, known in (
            ("sbi2025", activity.sbi2025, sections.sbi2025),
            ("sbi2008", activity.sbi2008, sections.sbi2008),
        ):
            if letter not in known:
                what = f"De sectie '{letter}' van '{activity.naam}' bestaat niet."
                problems.append(document.problem(("activiteiten", index, version), what, remedy))
    for index, doubt in enumerate(activities.twijfel):
        problems += same_titles(document, ("twijfel", index, "opties"), (choice.titel for choice in doubt.opties))
        for choice in doubt.opties:
            if choice.sbi2025 not in sections.sbi2025 or choice.sbi2008 not in sections.sbi2008:
                what = f"Een sectie bij '{doubt.naam}' bestaat niet."
                problems.append(document.problem(("twijfel", index, "opties"), what, remedy))
    return problems


def _name_problems(document: Document, activities: Activities) -> list[Problem]:
    """Names that stand in the list twice: the look-up could give only one of them."""
    problems = []
    seen: dict[str, tuple[str, int]] = {}
    lists: tuple[tuple[str, tuple[Activity | Doubt, ...]], ...] = (
        ("activiteiten", activities.activiteiten),
        ("twijfel", activities.twijfel),
    )
    for section, entries in lists:
        for index, entry in enumerate(entries):
            for name in (entry.naam, *entry.ook):
                first_section, first_index = seen.setdefault(normal(name), (section, index))
                if (first_section, first_index) != (section, index):
                    first = dict(lists)[first_section][first_index].naam
                    what = f"'{name}' staat ook bij '{first}'."
                    remedy = "Laat hem op een plaats staan, of maak er een twijfel van."
                    problems.append(document.problem((section, index), what, remedy))
    return problems
