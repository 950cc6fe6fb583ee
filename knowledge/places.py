"""Which municipality somebody means: places, neighbourhoods, postcodes, misspellings, and what lies outside."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz, process

from knowledge.intake import OUTSIDE_REGION
from knowledge.municipalities import Ambiguous, Area, Municipalities, Municipality, Outside
from knowledge.place_context import clause_starts, denied, elsewhere, of_the_firm
from knowledge.spelling import Comparable
from knowledge.words import normal, sound, windows, words

LONGEST_NAME = 5  # words
LONGEST_MISSPELT = 3  # words
FUZZY_FROM = 5  # letters
FUZZY_CUTOFF = 83  # rapidfuzz ratio, 0 to 100
NEAREST = 5  # names that are compared with each other
CERTAIN_FUZZY = 90  # from here a misspelling is taken without asking, when the runner-up is clearly further away
CLEAR_MARGIN = 6
EXACT = 100.0

POSTCODE = re.compile(r"(?<![0-9])([1-9][0-9]{3})(?:\s?([a-z]{2}))?(?![\w])")
SAID_OUTSIDE = re.compile(
    r"\b(?:buiten (?:de )?(?:regio|provincie)|niet in (?:de )?(?:regio|provincie)|in het buitenland|"
    r"heel ander deel)\b"
)
# Places that are also ordinary words: "ik verf huizen", "houten vloeren".
ALSO_WORDS = frozenset({"huizen", "houten", "buren", "doorn", "putten", "kampen"})
NEARLY_ALONE = 2  # words in all: then such a word is the place
# Before a name: the firm is near it, so it may be in the next municipality.
NEARBY = re.compile(
    r"\b(?:vlakbij|dichtbij|nabij|regio|omgeving|richting|(?:buurt|ver|omgeving) van|vlak bij|dicht bij"
    r"|(?:net|vlak) (?:over|onder|boven|naast|voorbij)(?: de grens)?(?: bij| van)?|over de grens (?:bij|van)"
    r"|[0-9]+ ?(?:km|kilometer|minuten|min) (?:van|vanaf|onder|boven)|kwartier(?:tje)? van)$"
)
PREPOSITIONS = frozenset({"in", "uit", "te", "bij", "vanuit", "op", "gemeente", "regio", "omgeving", "nabij"})
BEFORE_PLACES = PREPOSITIONS | {"en", "of"}
# What may stand in a clause with a name that says where the firm is, and what before a name says something else of it.
BESIDE_A_NAME = PREPOSITIONS | frozenset({
    "hier", "vestiging", "plaats", "locatie", "is", "zit", "zitten", "wij", "we", "ik", "en",
})  # fmt: skip
OF_SOMETHING_ELSE = frozenset({"van", "naar", "voor", "tot", "over", "dan", "niet", "door", "met", "heel", "hele"})
STOP_WORDS = frozenset({
    "gewoon", "ergens", "overal", "midden", "centrum", "plaats", "gemeente", "bedrijf", "binnen", "buiten", "zitten",
    "werken", "wonen", "worden", "werden", "reden", "lenen", "lassen", "terecht", "verdienen", "plannen", "iedereen",
    "weten", "boven", "eigenlijk", "helaas", "niets", "anders", "allebei", "provincie", "nederland", "groot", "klein",
    "eigen", "huis", "winkel", "kantoor", "werkplaats",
})  # fmt: skip
OUTSIDE = "Buiten de regio"
# What tells two places of one name apart, beside the words of their titles.
GELDERLAND = frozenset({"gelderland", "gelderse", "gelders", "achterhoek", "betuwe"})
PROVINCE = frozenset({"utrecht", "utrechtse", "stichtse"})
COMMON_IN_TITLES = frozenset({"in", "bij", "de", "het", "aan", "wijk", "bedrijventerrein"})

_Entry = Municipality | Ambiguous | Area | Outside


@dataclass(frozen=True)
class Place:
    """One possible reading: a CBS code or `buiten_regio`, and words to repeat it back with."""

    code: str
    titel: str


@dataclass(frozen=True)
class PlaceReading:
    """The municipalities that a text may speak of, likeliest first, and whether to take the first.

    `places` is empty when a larger area was named. `after_preposition` tells that the name stood where a place stands
    in a sentence ("in Zeist") and is spelt right, which makes it count when another question is open. `apart` tells
    that it stood by itself or ended the message ("met 4 man, Woerden"), which makes it count beside another answer.
    """

    places: tuple[Place, ...]
    certain: bool
    after_preposition: bool = False
    apart: bool = False


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    entry: _Entry
    name: str
    score: float  # EXACT, or how near a misspelt name is


class PlaceIndex:
    """Look-up of municipalities in running text, for one day."""

    def __init__(self, municipalities: Municipalities) -> None:
        """Index every name; the first meaning that is added wins."""
        self.municipalities = municipalities
        self._names: dict[str, _Entry] = {}
        self._ambiguous = {" ".join(words(entry.naam)): entry for entry in municipalities.dubbelzinnig}
        for municipality in municipalities.gemeenten:
            self._add(municipality.naam, municipality)  # who says "Laren" here means the municipality of the region
        for ambiguous in municipalities.dubbelzinnig:
            self._add(ambiguous.naam, ambiguous)
        for municipality in municipalities.gemeenten:
            for name in municipality.names:
                self._add(name, municipality)
        for area in municipalities.gebieden:
            self._add(area.naam, area)
        for outside in municipalities.buitenRegio:
            self._add(outside.naam, outside)

    def _add(self, name: str, entry: _Entry) -> None:
        self._names.setdefault(" ".join(words(name)), entry)

    @cached_property
    def _fuzzy_names(self) -> Comparable:
        return Comparable((name for name in self._names if len(name) >= FUZZY_FROM), FUZZY_CUTOFF, same_start=True)

    @cached_property
    def _sounds(self) -> dict[str, list[str]]:
        """Names by how they sound, one for each place: "blarikum" sounds as "Blaricum" does."""
        sounds: dict[str, dict[int, str]] = {}
        for name in self._names:
            sounds.setdefault(sound(name), {}).setdefault(id(self._names[name]), name)
        return {heard: list(names.values()) for heard, names in sounds.items()}

    @cached_property
    def _postcodes(self) -> dict[int, Municipality]:
        table = {}
        for municipality in self.municipalities.gemeenten:
            for span in municipality.postcodes:
                first, _, last = span.partition("-")
                for code in range(int(first), int(last or first) + 1):
                    table[code] = municipality
        return table

    def read(self, text: str, today: date) -> PlaceReading | None:
        """What a text says about the place of the firm, or None when nothing in it is known."""
        clean = normal(text)
        tokens = words(clean)
        starts = clause_starts(clean, tokens)
        named = self._hits(tokens, starts)
        allowed = [hit for hit in named if not denied(tokens, starts, hit.start, named)]
        hits = of_the_firm(allowed, tokens, starts)
        if SAID_OUTSIDE.search(clean) and all(isinstance(hit.entry, (Area, Outside)) for hit in hits):
            return PlaceReading((self._outside(),), certain=True)
        if not hits:
            return PlaceReading((self._outside(),), certain=False) if named else self._postcode(clean, today)
        places: dict[str, Place] = {}
        certain = True
        for hit in hits:
            told = self._told_apart(hit, named, tokens, starts, today)
            if told:
                places = {told[0].code: told[0]}  # the other names were there to tell it apart
                break
            for place in self._places(hit, today):
                places.setdefault(place.code, place)
            certain = certain and hit.score >= CERTAIN_FUZZY
            certain = certain and not isinstance(hit.entry, (Ambiguous, Area))
            certain = certain and (hit.name not in ALSO_WORDS or _names_place(tokens, hit.start))
            certain = certain and not NEARBY.search(" ".join(tokens[: hit.start]))
        codes = tuple(places.values())
        if any(place.code != OUTSIDE_REGION for place in codes) and len(hits) > 1:
            # "tussen Zeist en Arnhem": a place inside the region is likelier meant than one outside.
            codes = tuple(sorted(codes, key=lambda place: place.code == OUTSIDE_REGION))
        preceded = any(hit.score == EXACT and hit.start and tokens[hit.start - 1] in PREPOSITIONS for hit in hits)
        apart = any(_stands_apart(tokens, starts, hit) for hit in hits)
        return PlaceReading(codes, certain and len(codes) == 1, preceded, apart)

    def _hits(self, tokens: list[str], starts: list[int]) -> list[_Hit]:
        hits: list[_Hit] = []
        free = [True] * len(tokens)
        for start, end, phrase in windows(tokens, LONGEST_NAME):
            entry = self._names.get(phrase)
            if entry is not None and all(free[start:end]):
                hits.append(_Hit(start, end, entry, phrase, EXACT))
                free[start:end] = [False] * (end - start)
        placed = [hit for hit in hits if hit.name not in ALSO_WORDS or _names_place(tokens, hit.start)]
        hits = placed or hits
        if hits:
            larger = [hit for hit in hits if not isinstance(hit.entry, Area)]
            found = sorted(larger or hits, key=lambda hit: hit.start)
            # "Niet in Nieuwegein, wel in ijselstein", "kom uit Rotterdam, nu gevestigd in ijselstein"
            if all(denied(tokens, starts, hit.start, found) or elsewhere(hit, found, tokens, starts) for hit in found):
                found += self._fuzzy([token if unused else "" for token, unused in zip(tokens, free, strict=True)])
            return found
        return self._fuzzy(tokens)

    def _fuzzy(self, tokens: list[str]) -> list[_Hit]:
        """The best misspelt name, when there is one that is clearly nearest."""
        best: _Hit | None = None
        for start, end, phrase in windows(tokens, LONGEST_MISSPELT):
            if len(phrase) < FUZZY_FROM or phrase in STOP_WORDS or phrase.isdecimal():
                continue
            # People get the first letter right; "assen" is not a misspelt "lassen".
            names = self._fuzzy_names.to(phrase)
            found = process.extract(phrase, names, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF, limit=NEAREST)
            if not found:
                continue
            alike = self._sounds.get(sound(phrase), ())
            name, score = (alike[0], float(CERTAIN_FUZZY)) if len(alike) == 1 else found[0][:2]
            rivals = [other for other in found[1:] if self._names[other[0]] is not self._names[name]]
            # Who is taken for outside by mistake would miss the offer, so a misspelt place outside is asked back too.
            unclear = len(alike) != 1 and rivals and score - rivals[0][1] < CLEAR_MARGIN
            if isinstance(self._names[name], Outside) or unclear:
                score = min(score, CERTAIN_FUZZY - 1)
            if best is None or score > best.score:
                best = _Hit(start, end, self._names[name], name, score)
        return [best] if best else []

    def _places(self, hit: _Hit, today: date) -> tuple[Place, ...]:
        entry = hit.entry
        if isinstance(entry, Municipality):
            return (self._current(entry.code, today),)
        if isinstance(entry, Ambiguous):
            return tuple(
                Place(self.municipalities.current(choice.code, today), choice.titel) for choice in entry.opties
            )
        if isinstance(entry, Outside):
            return (self._outside(),)
        return ()

    def _told_apart(
        self, hit: _Hit, named: list[_Hit], tokens: list[str], starts: list[int], today: date
    ) -> tuple[Place, ...]:
        """The one meaning of a name with several that the words around it leave: "Laren, dus bij Lochem"."""
        ambiguous = self._ambiguous.get(hit.name)
        if ambiguous is None:
            return ()
        points: dict[str, int] = dict.fromkeys((choice.code for choice in ambiguous.opties), 0)
        for choice in ambiguous.opties:
            hints = set(words(choice.titel)) - set(words(hit.name)) - COMMON_IN_TITLES
            hints |= GELDERLAND if choice.code == OUTSIDE_REGION else PROVINCE
            for position, token in enumerate(tokens):
                if token in hints:
                    points[choice.code] += -1 if denied(tokens, starts, position) else 1
        for other in named:
            if other is hit:
                continue
            for code in {place.code for place in self._places(other, today)} & set(points):
                points[code] += -1 if denied(tokens, starts, other.start, named) else 1
        most = max(points.values())
        best = [code for code, given in points.items() if given == most]
        if len(best) > 1 or most == min(points.values()):
            return ()
        return (self._outside(),) if best[0] == OUTSIDE_REGION else (self._current(best[0], today),)

    def _current(self, code: str, today: date) -> Place:
        current = self.municipalities.current(code, today)
        return Place(current, self.municipalities.name(current))

    def _outside(self) -> Place:
        return Place(OUTSIDE_REGION, OUTSIDE)

    def _postcode(self, clean: str, today: date) -> PlaceReading | None:
        """A postcode suggests a municipality.

        The four digits may cross a border, so an odd one is asked back, unless all of its hundred lie elsewhere.
        """
        match = POSTCODE.search(clean)
        if match is None:
            return None
        municipality = self._postcodes.get(int(match.group(1)))
        if municipality is None:
            far = match.group(2) and all(code // 100 != int(match.group(1)) // 100 for code in self._postcodes)
            return PlaceReading((self._outside(),), certain=bool(far))
        return PlaceReading((self._current(municipality.code, today),), certain=True)


def _stands_apart(tokens: list[str], starts: list[int], hit: _Hit) -> bool:
    """Whether a name has a clause of its own, ends the message, or comes misspelt after a word like "in"."""
    if hit.name in ALSO_WORDS:
        return False
    before = tokens[hit.start - 1] if hit.start else ""
    if hit.score < EXACT:
        return before in PREPOSITIONS
    begin = max(index for index in starts if index <= hit.start)
    end = min((index for index in starts if index >= hit.end), default=len(tokens))
    if {*tokens[begin : hit.start], *tokens[hit.end : end]} <= BESIDE_A_NAME:
        return True
    return hit.end == len(tokens) and before not in OF_SOMETHING_ELSE


def _names_place(tokens: list[str], start: int) -> bool:
    """Whether a word that is also a place stands where places stand: first, nearly alone, or after a word like "in"."""
    return start == 0 or len(tokens) <= NEARLY_ALONE or tokens[start - 1] in BEFORE_PLACES
