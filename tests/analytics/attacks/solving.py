"""The attack: everything a reader knows as inequalities, and for each hidden count the lowest and highest it can be.

The unknowns are how many records each month has of each code, and of codes together: what months have of two dimensions
narrows what a quarter has of both. Where three tables cross each other (place, question and offer), so do the unknowns:
a reader may reckon that there are firms behind them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from knowledge.base import Knowledge
from tests.analytics.attacks.reading import Group, Meaning, Paper, Seen
from tests.analytics.attacks.records import Record

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

TOGETHER = (("sector", "grootte"), ("sector", "fase"), ("sector", "hulpvraag"), ("plaats", "hulpvraag", "aanbod"))


@dataclass(frozen=True)
class Space:
    """The unknowns of some dimensions: sets of months, and for each dimension sets of codes that nothing divides."""

    names: tuple[str, ...]
    months: tuple[Group, ...]
    codes: tuple[tuple[Group, ...], ...]
    numbers: Numbers

    def where(self, months: Group, codes: Mapping[str, Group]) -> Numbers:
        """The unknowns within months and codes; a dimension that is not named is taken whole."""
        places = [[place for place, group in enumerate(self.months) if group <= months]]
        for name, groups in zip(self.names, self.codes, strict=True):
            wanted = codes.get(name)
            places.append([place for place, group in enumerate(groups) if wanted is None or group <= wanted])
        found: Numbers = self.numbers[np.ix_(*places)].ravel()
        return found

    def whole(self, seen: Seen) -> list[int]:
        """The unknowns of a cell of some of these dimensions; none when it cannot be told apart here."""
        codes = dict(zip(seen.names, seen.codes, strict=True))
        wanted = [seen.months, *(codes.get(name) for name in self.names)]
        for groups, those in zip((self.months, *self.codes), wanted, strict=True):
            if those is not None and any(group & those and not group <= those for group in groups):
                return []
        return [int(number) for number in self.where(seen.months, codes)]


class Reader:
    """Somebody with papers, and the public knowledge of how firms are counted and matched."""

    def __init__(
        self, paper: Paper, knowledge: Knowledge, names: Sequence[str], acquaintances: Sequence[Record] = ()
    ) -> None:
        """Reason about tables of these dimensions, which have nothing to do with others; some records are known."""
        self._knowledge, self._codes = knowledge, Meaning(knowledge).codes
        self.cells = [seen for seen in paper.cells if set(seen.names) <= set(names)]
        self._threshold, self._so_far = paper.threshold, paper.stopped if "gestopt" in names else paper.totals
        self.spaces: dict[tuple[str, ...], Space] = {}
        self.size = 0
        self._plus: list[Numbers] = []
        self._minus: list[Numbers] = []
        self._low: list[float] = []
        self._high: list[float] = []
        months = tuple(frozenset({one}) for one in sorted(self._so_far))
        for name in names:
            self._add_space((name,), months)
        for together in TOGETHER:
            if set(together) <= set(names) and any(len(seen.names) > 1 for seen in self.cells):
                self._add_space(together, months)
        self._reckon_totals()
        if "initiatief" in names:
            self._reckon_matching()
        for seen in self.cells:
            self.know(self.of(seen), *seen.bounds)
        self._reckon_equal_rounding()
        self.known = self.counted(acquaintances)
        for number in np.flatnonzero(self.known):
            self.know(np.array([number]), self.known[number], np.inf)

    def most(self, months: Group) -> int:
        """How many records there are in months that follow each other; at most, where a total is hidden."""
        until, before = self._so_far[max(months)], [month for month in self._so_far if month < min(months)]
        earlier = self._so_far[max(before)] if before else 0
        return (self._threshold - 1 if until is None else until) - (earlier or 0)

    def know(self, plus: Numbers, low: float, high: float, minus: Numbers | None = None) -> None:
        """Some unknowns, less others, lie between two numbers."""
        self._plus.append(plus)
        self._minus.append(np.empty(0, dtype=np.int64) if minus is None else minus)
        self._low.append(low)
        self._high.append(high)

    def of(self, seen: Seen) -> Numbers:
        """The unknowns that add up to a cell."""
        space = next(space for names, space in self.spaces.items() if set(seen.names) <= set(names))
        return space.where(seen.months, dict(zip(seen.names, seen.codes, strict=True)))

    def counted(self, records: Iterable[Record]) -> Floats:
        """How many of some records are in each of the unknowns."""
        values = np.zeros(self.size)
        for space in self.spaces.values():
            places: list[Mapping[str, int]] = [
                {code: place for place, group in enumerate(groups) for code in group}
                for groups in (space.months, *space.codes)
            ]
            for record in records:
                sides = [record.sides(name) for name in space.names]
                for codes in product(*sides) if record.month in places[0] else ():
                    at = tuple(where[code] for where, code in zip(places, (record.month, *codes), strict=True))
                    values[space.numbers[at]] += 1
        return values

    def _add_space(self, names: tuple[str, ...], months: tuple[Group, ...]) -> None:
        cells = [
            seen for seen in self.cells if set(seen.names) <= set(names) and (len(names) == 1 or len(seen.names) > 1)
        ]
        codes = []
        for name in names:
            # A single dimension is divided by every table that has it.
            among = self.cells if len(names) == 1 else cells
            groups = {seen.codes[seen.names.index(name)] for seen in among if name in seen.names}
            codes.append(undivided(self._codes[name], groups))
        shape = (len(months), *map(len, codes))
        numbers = np.arange(self.size, self.size + int(np.prod(shape))).reshape(shape)
        self.spaces[names] = Space(names, months, tuple(codes), numbers)
        self.size += numbers.size

    def _reckon_totals(self) -> None:
        """Every record is in one category, and rows add up to what the table of rows alone says."""
        for names, space in self.spaces.items():
            if len(names) == 1 and names != ("initiatief",):
                for last, whole in self._so_far.items():
                    up_to_then = frozenset(month for month in self._so_far if month <= last)
                    low, high = (0, self._threshold - 1) if whole is None else (whole, whole)
                    self.know(space.where(up_to_then, {}), low, high)
            for months in space.months if len(names) > 1 else ():
                for name, groups in zip(names, space.codes, strict=True):
                    for group in groups:
                        alone = self.spaces[name,].where(months, {name: group})
                        self.know(space.where(months, {name: group}), 0, 0, minus=alone)
                if "aanbod" in names:  # outside the region nothing fits
                    outside = {"plaats": frozenset({"buiten_regio"}), "aanbod": frozenset({"passend"})}
                    self.know(space.where(months, outside), 0, 0)

    def _reckon_matching(self) -> None:
        """Who was referred to an initiative is of its stages and sizes; at most three each, and one where any fits."""
        space = self.spaces["initiatief",]
        fits = {"aanbod": frozenset({"passend"})}
        for months in space.months:
            everything = space.where(months, {})
            self.know(everything, 0, 3 * self.most(months))
            self.know(everything, 0, np.inf, minus=self.spaces["aanbod",].where(months, fits))
            for initiative in self._knowledge.catalogue:
                here = space.where(months, {"initiatief": frozenset({initiative.id})})
                sizes = frozenset({*initiative.grootte, "onbekend"})
                for name, codes in (("fase", frozenset(initiative.fase)), ("grootte", sizes)):
                    groups = self.spaces[name,].codes[0]
                    touched = frozenset().union(*(group for group in groups if group & codes))
                    self.know(here, -np.inf, 0, minus=self.spaces[name,].where(months, {name: touched}))

    def _reckon_equal_rounding(self) -> None:
        """The same firms are rounded the same. So where one value differs from that of a part, somebody was added."""
        shown = [seen for seen in self.cells if seen.value is not None]
        for names, space in self.spaces.items():
            here = [(seen, set(space.whole(seen))) for seen in shown if set(seen.names) <= set(names)]
            reckoned = set()
            for (one, few), (other, many) in combinations(here, 2):
                small, large = (few, many) if len(few) < len(many) else (many, few)
                if small and one.value != other.value and small < large:
                    reckoned.add(tuple(sorted(large - small)))
            for between in sorted(reckoned):
                self.know(np.array(between), 1, np.inf)

    def sums(self, targets: Sequence[Numbers]) -> csr_array:
        """Sums of unknowns as the rows of a matrix."""
        starts = np.cumsum([0, *map(len, targets)])
        columns = np.concatenate([np.empty(0, dtype=np.int64), *targets])
        return csr_array((np.ones(len(columns)), columns, starts), shape=(len(targets), self.size))

    def inequalities(self) -> tuple[csr_array, Floats, Floats]:
        """All that is known: a matrix, and what its product with the unknowns is at least and at most."""
        return self.sums(self._plus) - self.sums(self._minus), np.array(self._low), np.array(self._high)


def undivided(codes: Group, groups: Iterable[Group]) -> tuple[Group, ...]:
    """Codes in sets that none of the groups divides."""
    ordered = sorted(groups, key=sorted)
    found: dict[tuple[bool, ...], set[str]] = {}
    for code in sorted(codes):
        found.setdefault(tuple(code in group for group in ordered), set()).add(code)
    return tuple(map(frozenset, found.values()))
