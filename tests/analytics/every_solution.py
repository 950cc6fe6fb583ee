"""A reader who tries everything: what published tables of a handful of firms leave possible."""

from collections.abc import Mapping, Sequence
from itertools import combinations, product
from random import Random

import numpy as np

from analytics.disclosure import FOR_STAFF, Count, Interval, possible, rounded
from analytics.linear import Key, Numbers, Place, Sheet
from analytics.tally import Tally
from analytics.true_counts import TrueCounts

CODES = {"fase": ("a", "b", "c"), "sector": ("x", "y")}
SECRET = bytes(range(32))
Combination = tuple[str, ...]  # a code of each dimension
Firms = Mapping[str, Mapping[Combination, int]]  # by month


class Region:
    """Some firms that came in some months, each of one combination of codes."""

    def __init__(self, dimensions: Sequence[str], firms: Firms) -> None:
        self.dimensions, self.firms = tuple(dimensions), firms
        self.combinations = list(product(*(CODES[name] for name in dimensions)))
        self.records = {month: sum(counts.values()) for month, counts in firms.items()}
        every = [names for number in range(1, len(dimensions) + 1) for names in combinations(dimensions, number)]
        self.true = TrueCounts(
            {month: Tally({"*".join(names): self._by(names, month) for names in every}) for month in firms}
        )

    def sheet(self, scope: str, names: tuple[str, ...], months: Sequence[str]) -> Sheet:
        """A table as it is published."""
        values: dict[Key, int | None] = {}
        for codes in product(*(CODES[name] for name in names)):
            key = (codes[0], codes[1] if len(codes) > 1 else "")
            here = [self._count(month, one) for month in months for one in self._of(names, codes)]
            values[key] = rounded(FOR_STAFF, SECRET, sum(here, Count()))
        return Sheet(
            publication="werkgroep/2026-02",
            id=f"{scope}/{'*'.join(names)}",
            names=names,
            months=frozenset(months),
            members=tuple({code: code for code in CODES[name]} for name in names),
            values=values,
            rules=FOR_STAFF,
        )

    def _by(self, names: tuple[str, ...], month: str) -> dict[Key, Count]:
        counts: dict[Key, Count] = {}
        for codes in product(*(CODES[name] for name in names)):
            key = (codes[0], codes[1] if len(codes) > 1 else "")
            counts[key] = sum((self._count(month, one) for one in self._of(names, codes)), Count())
        return counts

    def _count(self, month: str, combination: Combination) -> Count:
        number = self.firms[month].get(combination, 0)
        return Count(number, sum(Random(f"{month}{combination}{one}").getrandbits(32) for one in range(number)))

    def _of(self, names: tuple[str, ...], codes: Combination) -> list[Combination]:
        places = [self.dimensions.index(name) for name in names]
        return [one for one in self.combinations if tuple(one[place] for place in places) == codes]

    def solutions(self, sheets: Sequence[Sheet]) -> Numbers:
        """Every way in which the firms can be divided, one in a row: by month and combination."""
        found: Numbers = np.zeros((1, 0), dtype=np.int8)
        for month, number in self.records.items():
            # What does not fit the tables of one month fits none of those around them.
            ways = _divisions(number, len(self.combinations))
            for sheet in sheets:
                if sheet.months == {month}:
                    ways = self._fitting(ways, sheet, (month,))
            found = np.hstack([np.repeat(found, len(ways), axis=0), np.tile(ways, (len(found), 1))])
        for sheet in sheets:
            found = self._fitting(found, sheet, tuple(self.records))
        shown = [
            (set(self._columns(sheet.names, sheet.months, key)), value)
            for sheet in sheets
            for key, value in sheet.values.items()
            if value is not None
        ]
        for (some, value), (others, other) in combinations(shown, 2):
            if value != other:  # not the same records
                found = found[found[:, list(some ^ others)].sum(axis=1) > 0]
        return found

    def _fitting(self, found: Numbers, sheet: Sheet, months: Sequence[str]) -> Numbers:
        """Those solutions, of some months, that a table leaves possible."""
        for key, value in sheet.values.items():
            seen = possible(sheet.rules, value)
            sums = found[:, self._columns(sheet.names, sheet.months, key, months)].sum(axis=1)
            found = found[(sums >= seen.low) & (sums <= seen.high)]
        return found

    def interval(self, solutions: Numbers, place: Place, *, firms: bool = False) -> Interval:
        """What a count can be; with `firms` for who is one of those that are in it, if there are any."""
        sums = self._sums(solutions, place)
        if firms and self._sums(self._truth(), place)[0]:
            sums = sums[sums > 0]
        return Interval(int(sums.min()), int(sums.max()))

    def _truth(self) -> Numbers:
        return np.array([[self.firms[month].get(one, 0) for month in self.records for one in self.combinations]])

    def _sums(self, solutions: Numbers, place: Place) -> Numbers:
        _, names, months, key, _ = place
        sums: Numbers = solutions[:, self._columns(names, months, key)].sum(axis=1)
        return sums

    def _columns(
        self, names: tuple[str, ...], months: frozenset[str], key: Key, among: Sequence[str] = ()
    ) -> list[int]:
        wanted = [set(code.split("+")) for code in key if code]
        places = [self.dimensions.index(name) for name in names]
        return [
            number
            for number, (month, one) in enumerate(product(among or self.records, self.combinations))
            if month in months and all(one[place] in codes for place, codes in zip(places, wanted, strict=True))
        ]


def _divisions(number: int, parts: int) -> Numbers:
    """Every way to divide a number into parts."""
    if parts == 1:
        return np.array([[number]], dtype=np.int8)
    blocks = [
        np.hstack([np.full((len(rest), 1), first, dtype=np.int8), rest])
        for first in range(number + 1)
        for rest in [_divisions(number - first, parts - 1)]
    ]
    return np.vstack(blocks)
