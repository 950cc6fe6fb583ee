"""All that published tables tell of the counts behind them, as bounds on sums of unknowns.

The unknowns are the counts of the smallest groups that the tables tell apart: some months by some codes of one
dimension, or of two. Published values, exact totals, and tables that are margins of others bound sums of them.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from analytics.dimensions import FITS, NOTHING_FITS
from analytics.disclosure import BASE, FOR_EVERYBODY, Rules, possible
from analytics.menu import INITIATIVES
from knowledge.intake import OUTSIDE_REGION
from knowledge.matching import SHOWN_AT_MOST

Names = tuple[str, ...]
Key = tuple[str, str]
Place = tuple[str, Names, frozenset[str], Key]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Sheet:
    """A published table as a reader has it.

    `members` give, for each dimension, the category of every code of the finest level. `beside` is what the same reader
    has of the same table under other rules. `event` is the network event whose records it is of, and `total` how many;
    without one it is of all records in its months.
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
    total: int = 0


@dataclass(frozen=True)
class Cell:
    """Something that a reader may want to know: a hidden count, or what is between two tables."""

    event: str
    names: Names
    months: frozenset[str]
    key: Key
    unknowns: Numbers

    @property
    def place(self) -> Place:
        """What it is of, whatever tables there are."""
        return self.event, self.names, self.months, self.key


@dataclass(frozen=True)
class Grid:
    """The smallest groups of one kind: sets of months and, for each dimension, sets of codes."""

    names: Names
    months: tuple[frozenset[str], ...]
    codes: tuple[tuple[frozenset[str], ...], ...]
    numbers: Numbers  # of the unknowns, by month and codes

    def where(self, months: frozenset[str], *codes: Iterable[str] | None) -> Numbers:
        """The unknowns of some months, and of some codes of each dimension, None for all of them."""
        places = [[place for place, group in enumerate(self.months) if group <= months]]
        for groups, wanted in zip(self.codes, codes, strict=True):
            within = None if wanted is None else frozenset(wanted)
            places.append([place for place, group in enumerate(groups) if within is None or group <= within])
        found: Numbers = self.numbers[np.ix_(*places)].ravel()
        return found

    def exactly(self, sheet: "Sheet", key: Key) -> Numbers | None:
        """The unknowns of a cell of a table of these dimensions or of one of them; None when groups straddle it."""
        wanted: list[frozenset[str] | None] = []
        for name, groups in zip(self.names, self.codes, strict=True):
            codes = None
            if name in sheet.names:
                place = sheet.names.index(name)
                codes = frozenset(code for code, category in sheet.members[place].items() if category == key[place])
                if any(group & codes and not group <= codes for group in groups):
                    return None
            wanted.append(codes)
        months = frozenset().union(*(one for one in self.months if one <= sheet.months))
        return self.where(sheet.months, *wanted) if months == sheet.months else None


@dataclass
class _Bounds:
    plus: list[Numbers] = field(default_factory=list)
    minus: list[Numbers] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, plus: Numbers, low: float, high: float, minus: Numbers | None = None) -> None:
        """Some unknowns, less others, lie between two numbers."""
        self.plus.append(plus)
        self.minus.append(np.empty(0, dtype=np.int64) if minus is None else minus)
        self.low.append(low)
        self.high.append(high)


class System:
    """The unknowns of tables that hang together, and what a reader knows of them."""

    def __init__(self, sheets: Sequence[Sheet], totals: Mapping[str, int]) -> None:
        """Set it up from the tables and the exact total of each month."""
        self._totals = totals
        self.grids: dict[tuple[str, Names], Grid] = {}
        self.unknowns = 0
        self._bounds = _Bounds()
        for event, names in sorted({kind for sheet in sheets for kind in _kinds(sheet)}, key=_singles_first):
            self._add_grid(event, names, sheets)
        for (event, names), grid in self.grids.items():
            if event:
                self._inside(names, grid)
            elif len(names) > 1:
                self._margins(names, grid)
            else:
                self._whole(names, grid)
        self._outside()
        for sheet in sheets:
            self._published(sheet)
        for (event, names), grid in self.grids.items():
            self._rounded_the_same(grid, [one for one in sheets if one.event == event and set(one.names) <= set(names)])
        self.low, self.high = np.array(self._bounds.low), np.array(self._bounds.high)
        self.matrix = matrix(self._bounds.plus, self.unknowns) - matrix(self._bounds.minus, self.unknowns)

    def _add_grid(self, event: str, names: Names, sheets: Sequence[Sheet]) -> None:
        """A table of one dimension is divided as finely as anything that knows the dimension."""
        if event or len(names) > 1:
            among = [sheet for sheet in sheets if (sheet.event, sheet.names) == (event, names)]
        else:
            among = [sheet for sheet in sheets if names[0] in sheet.names]
        periods = [sheet.months for sheet in among]
        months = _divided(frozenset().union(*periods), [period.__contains__ for period in periods])
        codes = []
        for name in names:
            members = [sheet.members[sheet.names.index(name)] for sheet in among]
            codes.append(_divided(frozenset().union(*members), [one.get for one in members]))
        shape = (len(months), *(len(groups) for groups in codes))
        numbers = np.arange(self.unknowns, self.unknowns + int(np.prod(shape))).reshape(shape)
        self.grids[event, names] = Grid(names, months, tuple(codes), numbers)
        self.unknowns += numbers.size

    def _whole(self, names: Names, grid: Grid) -> None:
        """Every record of a month is in one category, or is referred to so many initiatives at most."""
        for months in grid.months:
            records = sum(self._totals[month] for month in months)
            here = grid.where(months, None)
            if names == (INITIATIVES,):
                self._bounds.add(here, 0, SHOWN_AT_MOST * records)
                for number in here:
                    self._bounds.add(np.array([number]), 0, records)
            else:
                self._bounds.add(here, records, records)

    def _margins(self, names: Names, grid: Grid) -> None:
        """The rows of a table of two dimensions add up to the table of one, and so do the columns."""
        for place, name in enumerate(names):
            single = self.grids["", (name,)]
            for months in grid.months:
                for codes in grid.codes[place]:
                    wanted = [codes if other == name else None for other in names]
                    self._bounds.add(grid.where(months, *wanted), 0, 0, minus=single.where(months, codes))

    def _outside(self) -> None:
        """For a firm outside the region nothing fits: a rule of the matching, which everybody can know."""
        places, offers = (self.grids.get(("", (name,))) for name in ("plaats", "aanbod"))
        if places and offers:
            for months in set(places.months) & set(offers.months):
                nothing = offers.where(months, {NOTHING_FITS})
                self._bounds.add(places.where(months, {OUTSIDE_REGION}), -np.inf, 0, minus=nothing)
        both = self.grids.get(("", ("plaats", "aanbod")))
        if both:
            for months in both.months:
                self._bounds.add(both.where(months, {OUTSIDE_REGION}, {FITS}), 0, 0)

    def _inside(self, names: Names, grid: Grid) -> None:
        """The records of an event are among those of its months."""
        around = self.grids["", names]
        for months in grid.months:
            for codes in grid.codes[0]:
                self._bounds.add(grid.where(months, codes), -np.inf, 0, minus=around.where(months, codes))

    def _published(self, sheet: Sheet) -> None:
        for key, value in sheet.values.items():
            seen = [possible(sheet.rules, value)]
            if key in sheet.beside:
                seen.append(possible(sheet.rules_beside, sheet.beside[key]))
            lowest, highest = max(one.low for one in seen), min(one.high for one in seen)
            self._bounds.add(self.unknowns_of(sheet, key), lowest, highest)
        if sheet.event:
            everything = self.grids[sheet.event, sheet.names].where(sheet.months, None)
            self._bounds.add(everything, sheet.total, sheet.total)

    def _rounded_the_same(self, grid: Grid, sheets: Sequence[Sheet]) -> None:
        """The same records have the same value: where one differs from that of a part, somebody was added.

        Comparing each count with the smallest ones around it is enough: what follows from others follows from those.
        And values further apart than the nearest multiples tell it by themselves.
        """
        shown: dict[frozenset[int], int] = {}
        for sheet in sheets:
            for key, value in sheet.values.items():
                numbers = grid.exactly(sheet, key) if value is not None else None
                if value is not None and numbers is not None and numbers.size:
                    shown[frozenset(numbers.tolist())] = value
        holding: dict[int, list[frozenset[int]]] = {}
        for counted in sorted(shown, key=len):
            for number in counted:
                holding.setdefault(number, []).append(counted)
        for part, value in shown.items():
            around: list[frozenset[int]] = []
            for whole in holding[next(iter(part))]:
                if part < whole and not any(between < whole for between in around):
                    around.append(whole)
                    if abs(shown[whole] - value) == BASE:
                        self._bounds.add(np.array(sorted(whole - part)), 1, np.inf)

    def unknowns_of(self, sheet: Sheet, key: Key) -> Numbers:
        """Those that add up to a cell of a table."""
        wanted = [
            [code for code, category in members.items() if category == part]
            for members, part in zip(sheet.members, key, strict=False)
        ]
        return self.grids[sheet.event, sheet.names].where(sheet.months, *wanted)


def matrix(sums: Sequence[Numbers], unknowns: int) -> csr_array:
    """Sums of unknowns as the rows of a matrix."""
    starts = np.cumsum([0, *(len(numbers) for numbers in sums)])
    columns = np.concatenate([np.empty(0, dtype=np.int64), *sums])
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(sums), unknowns))


def _kinds(sheet: Sheet) -> list[tuple[str, Names]]:
    """The groups of unknowns that a table needs: its own, and those of one dimension around it."""
    return [(sheet.event, sheet.names), *(("", (name,)) for name in sheet.names)]


def _divided(things: frozenset[str], tests: Sequence[Callable[[str], Hashable]]) -> tuple[frozenset[str], ...]:
    """Things in groups that no test tells apart, in a fixed order."""
    groups: dict[tuple[Hashable, ...], set[str]] = {}
    for thing in sorted(things):
        groups.setdefault(tuple(test(thing) for test in tests), set()).add(thing)
    return tuple(frozenset(group) for group in groups.values())


def _singles_first(kind: tuple[str, Names]) -> tuple[int, str, Names]:
    return len(kind[1]), kind[0], kind[1]
