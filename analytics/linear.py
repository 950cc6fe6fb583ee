"""Published tables as sums of unknowns: the counts of the smallest groups that the tables tell apart.

A group is some months by some codes of one dimension, or of those of several that tables cross.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analytics.disclosure import FOR_EVERYBODY, Rules

Names = tuple[str, ...]
Key = tuple[str, str]
Codes = frozenset[str]
Place = tuple[str, Names, frozenset[str], Key, str]
Numbers = NDArray[np.int64]
NOTHING: Numbers = np.empty(0, dtype=np.int64)
_NONE: Codes = frozenset()


@dataclass(frozen=True)
class Sheet:
    """A published table as a reader has it.

    `members` give, for each dimension, the category of every code of the finest level. `beside` is what the same reader
    has of the same table under other rules. `event` is the network event whose records it is of, and `totals` how many
    those are by month; without one it is of all records in its months. Of a row that is `left_out` it tells nothing.
    `made_on` is the day on which it was published; of a table that is not yet, no day that comes.
    """

    publication: str
    id: str
    names: Names
    months: frozenset[str]
    members: tuple[Mapping[str, str], ...]
    values: Mapping[Key, int | None]
    rules: Rules
    beside: Mapping[Key, int | None] = field(default_factory=dict)
    rules_beside: Rules = FOR_EVERYBODY
    event: str = ""
    totals: Mapping[str, int] = field(default_factory=dict)
    left_out: str | None = None
    made_on: date = date.max

    @cached_property
    def codes(self) -> list[dict[str, Codes]]:
        """For each dimension the codes of every category."""
        found: list[dict[str, set[str]]] = []
        for members in self.members:
            groups: dict[str, set[str]] = {}
            for code, category in members.items():
                groups.setdefault(category, set()).add(code)
            found.append(groups)
        return [{category: frozenset(codes) for category, codes in groups.items()} for groups in found]

    @cached_property
    def cells(self) -> dict[Key, list[Codes]]:
        """The codes of each cell, by dimension."""
        return {key: codes_of(self.codes, key) for key in self.values}


@dataclass(frozen=True)
class Known:
    """How many records of each month are among some codes of a dimension, lowest and highest, as readers can know.

    With `told` that is so because they are told, and it is no secret.
    """

    name: str
    codes: Codes
    months: Mapping[str, tuple[float, float]]
    told: bool = False


@dataclass(frozen=True)
class Within:
    """A record among these codes of a dimension is among those of another, by rules that everybody can know.

    So it is in these months, and at these events.
    """

    name: str
    codes: Codes
    other: str
    others: Codes
    months: frozenset[str]
    events: frozenset[str] = frozenset()


Rule = Known | Within


@dataclass(frozen=True)
class Cell:
    """Something that a reader may want to know: a hidden count, or what is between two tables.

    It is the sum of `unknowns` without those of `less`, which `without` describes.
    """

    event: str
    names: Names
    months: frozenset[str]
    key: Key
    unknowns: Numbers
    less: Numbers = field(default_factory=lambda: NOTHING)
    without: str = ""

    @property
    def place(self) -> Place:
        """What it is of, whatever tables there are."""
        return self.event, self.names, self.months, self.key, self.without


@dataclass(frozen=True)
class Grid:
    """The smallest groups of one kind: sets of months and, for each dimension, sets of codes."""

    names: Names
    months: tuple[frozenset[str], ...]
    codes: tuple[tuple[Codes, ...], ...]
    numbers: Numbers  # of the unknowns, by month and codes
    _found: dict[tuple[int, Codes | None], Numbers] = field(default_factory=dict)

    def where(self, months: frozenset[str], *codes: Codes | None) -> Numbers:
        """The unknowns of some months, and of some codes of each dimension, None for all of them."""
        found: Numbers = self.numbers[self._places(-1, months)]
        for number, wanted in enumerate(codes):
            found = found.take(self._places(number, wanted), axis=number + 1)
        return found.ravel()

    def named(self, months: frozenset[str], codes: Mapping[str, Codes | None]) -> Numbers:
        """The same with codes by dimension; one that is not named is taken whole."""
        return self.where(months, *(codes.get(name) for name in self.names))

    def exactly(self, months: frozenset[str], codes: Mapping[str, Codes | None]) -> Numbers | None:
        """The same; None when a smallest group is partly within these months or codes."""
        wanted = [(-1, months), *((number, codes.get(name)) for number, name in enumerate(self.names))]
        for number, those in wanted:
            groups = self.months if number < 0 else self.codes[number]
            if those is not None:
                within = sum(len(groups[place]) for place in self._places(number, those))
                if within != len(those & self._all(number)):
                    return None
        return self.named(months, codes) if months <= self._all(-1) else None

    def touched(self, place: int, codes: Codes) -> Codes:
        """Some codes of a dimension, and those in the same smallest groups."""
        return frozenset().union(*(group for group in self.codes[place] if group & codes))

    def _all(self, number: int) -> Codes:
        return frozenset().union(*(self.months if number < 0 else self.codes[number]))

    def _places(self, number: int, wanted: Codes | None) -> Numbers:
        """Which months (-1) or codes of a dimension are within those that are wanted."""
        if (number, wanted) not in self._found:
            groups = self.months if number < 0 else self.codes[number]
            places = [place for place, group in enumerate(groups) if wanted is None or group <= wanted]
            self._found[number, wanted] = np.array(places, dtype=np.int64)
        return self._found[number, wanted]


def codes_of(categories: Sequence[Mapping[str, Codes]], key: Iterable[str]) -> list[Codes]:
    """The codes of a cell of a table, for each of its dimensions."""
    return [groups.get(part, _NONE) for groups, part in zip(categories, key, strict=False)]


def matrix(sums: Sequence[Numbers], unknowns: int) -> csr_array:
    """Sums of unknowns as the rows of a matrix."""
    starts = np.cumsum([0, *(len(numbers) for numbers in sums)])
    columns = np.concatenate([NOTHING, *sums])
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(sums), unknowns))


def divided(things: frozenset[str], tests: Sequence[Callable[[str], Hashable]]) -> tuple[frozenset[str], ...]:
    """Things in groups that no test tells apart, in a fixed order."""
    groups: dict[tuple[Hashable, ...], set[str]] = {}
    for thing in sorted(things):
        groups.setdefault(tuple(test(thing) for test in tests), set()).add(thing)
    return tuple(frozenset(group) for group in groups.values())
