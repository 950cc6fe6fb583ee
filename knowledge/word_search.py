"""Finding texts by the words that somebody types: any order, singular or plural, parts of compounds, misspellings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.words import stem, words

FUZZY_FROM = 6  # letters: shorter words differ from each other by one letter too often
FUZZY_CUTOFF = 83  # rapidfuzz ratio, 0 to 100
PART_FROM = 4  # letters that a part of a compound has at least: "scan" finds "veiligheidsscan"
EXACT, PART, FUZZY = 1.0, 0.6, 0.5  # what a word counts that is there, in another word, or nearly there
# Words that say nothing about what is looked for: they are in every text, or in none.
NOISE = frozenset({
    "de", "het", "een", "en", "of", "in", "op", "om", "te", "bij", "met", "voor", "van", "aan", "naar", "over", "uit",
    "ik", "je", "jij", "mij", "me", "mijn", "we", "wij", "ons", "onze", "wil", "zoek", "zoeken", "kan", "is", "er",
    "hulp", "help", "helpen", "iets", "wat", "waar", "wie", "hoe", "die", "dat", "dit", "mkb",
})  # fmt: skip


@dataclass(frozen=True)
class Hits:
    """What was found, best first, and whether each has all the words; without words nothing is looked for."""

    names: tuple[str, ...]
    complete: bool


class WordSearch:
    """Look-up of named texts by words."""

    def __init__(self, texts: Mapping[str, Iterable[tuple[float, str]]]) -> None:
        """Index texts by name. Each is a part of what the name stands for, with how much a word in it counts."""
        self._order = {name: index for index, name in enumerate(texts)}
        self._index: dict[str, dict[str, float]] = {}
        for name, parts in texts.items():
            for weight, text in parts:
                for word in words(text):
                    places = self._index.setdefault(stem(word), {})
                    places[name] = max(weight, places.get(name, 0.0))
        self._long = [word for word in self._index if len(word) >= FUZZY_FROM]

    def find(self, query: str) -> Hits:
        """The texts with the most of the words, of those the ones where they count most."""
        tokens = list(dict.fromkeys(stem(word) for word in words(query) if word not in NOISE))
        if not tokens:
            return Hits(tuple(self._order), complete=True)
        found: dict[str, list[float]] = {}
        for token in tokens:
            for name, weight in self._places(token).items():
                found.setdefault(name, []).append(weight)
        most = max((len(weights) for weights in found.values()), default=0)
        best = [name for name, weights in found.items() if len(weights) == most]
        best.sort(key=lambda name: (-sum(found[name]), self._order[name]))
        return Hits(tuple(best), complete=most == len(tokens))

    def _places(self, token: str) -> dict[str, float]:
        """Where a word is, and how much it counts there; a misspelt one only when no text has it as it stands."""
        found: dict[str, float] = {}
        for word, places in self._index.items():
            share = EXACT if word == token else PART if _has_part(word, token) else 0.0
            if share:
                _add(found, places, share)
        if not found and len(token) >= FUZZY_FROM:
            near = process.extract(token, self._long, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF)
            for word, _, _ in near:
                if word[0] == token[0]:  # people get the first letter right
                    _add(found, self._index[word], FUZZY)
        return found


def _has_part(word: str, part: str) -> bool:
    return len(part) >= PART_FROM and len(word) > len(part) and (word.startswith(part) or word.endswith(part))


def _add(found: dict[str, float], places: Mapping[str, float], share: float) -> None:
    for name, weight in places.items():
        found[name] = max(found.get(name, 0.0), weight * share)
