"""Which names a misspelt word can be compared with at all; comparing it with every name took half of a turn."""

from collections import defaultdict
from collections.abc import Iterable

TOLERANCE = 1e-9  # of floating point, in a ratio


class Comparable:
    """Names by what decides whether a word can come near enough to them: their length, and if asked their first letter.

    `cutoff` is a ratio of rapidfuzz (0 to 100): twice the letters that both share, in order, of all letters of the two.
    So a word that is much shorter or longer than a name cannot reach it, and leaving those names out changes nothing.
    """

    def __init__(self, names: Iterable[str], cutoff: float, *, same_start: bool = False) -> None:
        """Take the names. With `same_start` a name has to begin with the same letter as the word."""
        self._cutoff = cutoff
        self._same_start = same_start
        self._names: dict[str, list[str]] = defaultdict(list)
        for name in names:
            self._names[self._start(name)].append(name)
        self._found: dict[tuple[str, int], list[str]] = {}

    def to(self, word: str) -> list[str]:
        """The names that the word may be near enough to, in the order in which they were given."""
        start = self._start(word)
        if start not in self._names:
            return []
        key = (start, len(word))
        if key not in self._found:
            self._found[key] = [name for name in self._names[start] if self._within_reach(len(name), len(word))]
        return self._found[key]

    def _start(self, name: str) -> str:
        return name[:1] if self._same_start else ""

    def _within_reach(self, one: int, other: int) -> bool:
        return 200 * min(one, other) / (one + other) >= self._cutoff - TOLERANCE
