"""All that published tables tell of the counts behind them, as bounds on sums of unknowns.

Published values, exact totals, tables that are margins of others, events within their months, and the rules that
everybody can know bound sums of the unknowns of analytics.linear.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from analytics.disclosure import BASE, possible
from analytics.highs import Floats
from analytics.linear import NOTHING, Codes, Grid, Known, Names, Numbers, Rule, Sheet, Within, divided, matrix
from analytics.menu import INITIATIVES
from knowledge.matching import SHOWN_AT_MOST

Kind = tuple[str, Names]  # an event, or none, and dimensions

_EXCHANGED = 3  # of the largest categories

FEW_UNKNOWNS = 300  # up to this many, all that can be known is reckoned with, and solutions are in whole numbers


@dataclass
class _Bounds:
    plus: list[Numbers] = field(default_factory=list)
    minus: list[Numbers] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, plus: Numbers, low: float, high: float, minus: Numbers = NOTHING) -> None:
        """Some unknowns, less others, lie between two numbers."""
        self.plus.append(plus)
        self.minus.append(minus)
        self.low.append(low)
        self.high.append(high)


class System:
    """The unknowns of tables that hang together, and what a reader knows of them."""

    def __init__(self, sheets: Sequence[Sheet], totals: Mapping[str, int], rules: Sequence[Rule] = ()) -> None:
        """Set it up from the tables, the exact total of each month, and what everybody can know."""
        self._totals = totals
        self.threshold = max((sheet.rules.threshold for sheet in sheets), default=0)  # counts from this may be known
        self._of_events = {sheet.event: sheet.totals for sheet in sheets if sheet.event}
        self._crossed = _crossed([sheet.names for sheet in sheets if not sheet.event])
        self._crossing: tuple[list[Numbers], list[Numbers]] = [], []
        self.grids: dict[Kind, Grid] = {}
        self.unknowns = 0
        self._bounds = _Bounds()
        for event, names in self._kinds(sheets):
            self._add_grid(event, names, sheets)
        for (event, names), grid in self.grids.items():
            if len(names) > 1:
                self._margins(event, grid)
            else:
                self._whole(self._of_events[event] if event else totals, grid)
        for names in dict.fromkeys(names for event, names in self.grids if event):
            self._inside(names)
        for rule in rules:
            if isinstance(rule, Known):
                self._known(rule)
            else:
                self._within(rule)
        for sheet in sheets:
            self._published(sheet)
        for (event, names), grid in self.grids.items():
            self._rounded_the_same(grid, [one for one in sheets if one.event == event and set(one.names) <= set(names)])
        self._rounded_as_at_events(sheets)
        self.low, self.high = np.array(self._bounds.low), np.array(self._bounds.high)
        self.matrix = matrix(self._bounds.plus, self.unknowns) - matrix(self._bounds.minus, self.unknowns)

    def numbers(self, sheet: Sheet, codes: Sequence[Codes]) -> Numbers:
        """The unknowns that add up to a cell of a table."""
        return self.within(sheet.event, sheet.names, sheet.months, codes)

    def within(self, event: str, names: Names, months: frozenset[str], codes: Sequence[Codes]) -> Numbers:
        """The unknowns of some months, and of some codes of dimensions."""
        return self._around(event, names).named(months, dict(zip(names, codes, strict=True)))

    def room(self, goal: Floats, turn: int) -> Floats:
        """A goal that asks the same of rows and columns, and far more of some months than of others: each has its turn.

        A count can only be high where its row and its column are, in the same month. And the few firms of a rare kind
        can all be in one month, but in one only.
        """
        around, rows, columns = goal.copy(), *(matrix(those, self.unknowns) for those in self._crossing)
        around += columns.T @ (rows @ goal)
        every = list(dict.fromkeys(months for grid in self.grids.values() for months in grid.months))
        liking = {months: 2.0 ** -((place + turn) % len(every)) for place, months in enumerate(every)}
        for grid in self.grids.values():
            for months, numbers in zip(grid.months, grid.numbers, strict=True):
                around[numbers] *= liking[months]
        return around

    def exchanges(self, solution: Floats) -> Iterator[tuple[Numbers, Numbers]]:
        """For each category the unknowns of its months, and those with which the largest ones of a solution have more.

        The few firms of a rare kind can be in another month when as many of other kinds change places with them.
        """
        for (event, names), grid in self.grids.items():
            if event or len(names) > 1 or len(grid.codes[0]) <= _EXCHANGED:
                continue
            sizes = np.argsort(solution[grid.numbers].sum(axis=0))
            for rare in sizes[:-_EXCHANGED]:
                codes = frozenset().union(*(grid.codes[0][place] for place in (rare, *sizes[-_EXCHANGED:])))
                free = [
                    other.named(
                        frozenset().union(*other.months), {names[0]: other.touched(those.index(names[0]), codes)}
                    )
                    for (another, those), other in self.grids.items()
                    if not another and names[0] in those
                ]
                yield grid.numbers[:, rare], np.concatenate(free)

    def _around(self, event: str, names: Names) -> Grid:
        """The grid that has these dimensions, and perhaps others."""
        if len(names) > 1:
            names = next(crossed for crossed in self._crossed if set(names) <= set(crossed))
        return self.grids[event, names]

    def _kinds(self, sheets: Sequence[Sheet]) -> list[Kind]:
        """Each dimension, and what tables cross; and of events too."""
        known: dict[str, set[str]] = {"": set()}
        for sheet in sheets:
            known.setdefault(sheet.event, set()).update(sheet.names)
            known[""].update(sheet.names)
        found: set[Kind] = {(event, (name,)) for event, names in known.items() for name in names}
        for event, names in known.items():
            those = (tuple(name for name in crossed if name in names) for crossed in self._crossed)
            found |= {(event, some) for some in those if len(some) > 1}
        return sorted(found, key=lambda kind: (len(kind[1]), kind))

    def _add_grid(self, event: str, names: Names, sheets: Sequence[Sheet]) -> None:
        """A grid is of the months of its own tables, and divided as finely as anything that knows them."""
        if event:
            own = among = [one for one in sheets if one.event == event]
        elif len(names) > 1:
            own = [one for one in sheets if not one.event and len(one.names) > 1 and set(one.names) <= set(names)]
            among = [*own, *(one for one in sheets if one.event)]
        else:
            own = among = [one for one in sheets if names[0] in one.names]
        periods = sorted({one.months for one in sheets}, key=sorted)
        every = frozenset().union(*(one.months for one in own))
        months = divided(every if event else every & self._totals.keys(), [one.__contains__ for one in periods])
        codes = []
        for name in names:
            members = [one.members[one.names.index(name)] for one in among if name in one.names]
            codes.append(divided(frozenset().union(*members), [one.get for one in members]))
        shape = (len(months), *(len(groups) for groups in codes))
        numbers = np.arange(self.unknowns, self.unknowns + int(np.prod(shape))).reshape(shape)
        self.grids[event, names] = Grid(names, months, tuple(codes), numbers)
        self.unknowns += numbers.size

    def _whole(self, totals: Mapping[str, int], grid: Grid) -> None:
        """Every record of a month is in one category, or is referred to so many initiatives at most."""
        for months in grid.months:
            records = sum(totals[month] for month in months)
            here = grid.where(months, None)
            if grid.names == (INITIATIVES,):
                self._bounds.add(here, 0, SHOWN_AT_MOST * records)
                for number in here:
                    self._bounds.add(np.array([number]), 0, records)
            else:
                self._bounds.add(here, records, records)

    def _margins(self, event: str, grid: Grid) -> None:
        """What tables cross adds up to each of the dimensions."""
        for place, name in enumerate(grid.names):
            single = self.grids[event, (name,)]
            for months, codes in product(grid.months, grid.codes[place]):
                row, alone = grid.named(months, {name: codes}), single.where(months, codes)
                self._bounds.add(row, 0, 0, minus=alone)
                self._crossing[0].append(row)
                self._crossing[1].append(alone)

    def _inside(self, names: Names) -> None:
        """The records of events are among those of their months; a record is of one event at most."""
        events = [grid for (event, those), grid in self.grids.items() if event and those == names]
        around = self._around("", names)
        for months in around.months:
            here = [grid for grid in events if months in grid.months]
            for codes in dict.fromkeys(codes for grid in here for codes in product(*grid.codes)):
                plus = np.concatenate([grid.where(months, *codes) for grid in here])
                outside = around.named(months, dict(zip(names, codes, strict=True)))
                self._bounds.add(plus, -np.inf, 0, minus=outside)

    def _known(self, rule: Known) -> None:
        grid = self.grids.get(("", (rule.name,)))
        for months in grid.months if grid else ():
            here = grid.exactly(months, {rule.name: rule.codes}) if grid else None
            if here is not None and here.size and months <= rule.months.keys():
                bounds = [rule.months[month] for month in sorted(months)]
                self._bounds.add(here, sum(low for low, _ in bounds), sum(high for _, high in bounds))

    def _within(self, rule: Within) -> None:
        for event in ("", *sorted(rule.events)):
            grid, other = (self.grids.get((event, (name,))) for name in (rule.name, rule.other))
            if grid and other:
                for months in grid.months:
                    if months in other.months and (event or months <= rule.months):
                        outside = other.where(months, other.touched(0, rule.others))
                        self._bounds.add(grid.where(months, rule.codes), -np.inf, 0, minus=outside)
        for crossed in self._crossed:
            if {rule.name, rule.other} <= set(crossed):
                grid, place = self.grids["", crossed], crossed.index(rule.other)
                nowhere = frozenset().union(*grid.codes[place]) - grid.touched(place, rule.others)
                for months in grid.months:
                    if months <= rule.months:
                        self._bounds.add(grid.named(months, {rule.name: rule.codes, rule.other: nowhere}), 0, 0)

    def _published(self, sheet: Sheet) -> None:
        for key, value in sheet.values.items():
            seen = [possible(sheet.rules, value)]
            if key in sheet.beside:
                seen.append(possible(sheet.rules_beside, sheet.beside[key]))
            lowest, highest = max(one.low for one in seen), min(one.high for one in seen)
            self._bounds.add(self.numbers(sheet, sheet.cells[key]), lowest, highest)

    def _rounded_the_same(self, grid: Grid, sheets: Sequence[Sheet]) -> None:
        """The same records have the same value: where one differs from that of a part, somebody was added.

        Comparing each count with the smallest ones around it is enough: what follows from others follows from those.
        And values further apart than the nearest multiples tell it by themselves.
        """
        shown: dict[int, tuple[int, Numbers]] = {}  # values by what is counted, a bit for each unknown
        for sheet in sheets:
            for key, value in sheet.values.items():
                if value is not None:
                    named = dict(zip(sheet.names, sheet.cells[key], strict=True))
                    numbers = grid.exactly(sheet.months, named)
                    if numbers is not None and numbers.size:
                        shown[self._bits(numbers)] = value, numbers
        holding: dict[int, list[int]] = {}
        for counted in sorted(shown, key=int.bit_count):
            for number in shown[counted][1].tolist():
                holding.setdefault(number, []).append(counted)
        for part, (value, numbers) in shown.items():
            around: list[int] = []
            for whole in holding[int(numbers[0])]:
                if part & whole == part != whole and not any(between & whole == between for between in around):
                    around.append(whole)
                    if abs(shown[whole][0] - value) == BASE:
                        self._bounds.add(np.setdiff1d(shown[whole][1], numbers), 1, np.inf)
        if self.unknowns <= FEW_UNKNOWNS:
            self._rounded_apart(list(shown.values()))

    def _rounded_apart(self, shown: Sequence[tuple[int, Numbers]]) -> None:
        """The same of counts that overlap: not all records are in both. Only among few does that narrow anything."""
        for (value, these), (other, those) in combinations(shown, 2):
            if abs(value - other) == BASE:
                self._bounds.add(np.setxor1d(these, those), 1, np.inf)

    def _rounded_as_at_events(self, sheets: Sequence[Sheet]) -> None:
        """The same for the records of an event among those of a table around it."""
        for event, around in product(sheets, sheets):
            if event.event and not around.event and event.names == around.names and event.months <= around.months:
                few, many = event.codes[0], around.codes[0]
                for (row, _), value in event.values.items():
                    codes = few.get(row, frozenset())
                    wider = {around.members[0].get(code) for code in codes}
                    outside = around.values.get((next(iter(wider)) or "", "")) if len(wider) == 1 else None
                    if value is not None and outside is not None and abs(outside - value) == BASE:
                        whole = self.numbers(around, [many[next(iter(wider)) or ""]])
                        self._bounds.add(whole, 1, np.inf, minus=self.numbers(event, [codes]))

    def _bits(self, numbers: Numbers) -> int:
        these = np.zeros(self.unknowns, dtype=bool)
        these[numbers] = True
        return int.from_bytes(np.packbits(these, bitorder="little").tobytes(), "little")


def _crossed(tables: Iterable[Names]) -> list[Names]:
    """The dimensions of tables that cross several; of three that cross each other in pairs all three.

    Behind such a triangle there have to be records that fit every pair at once. Other pairs leave that open.
    """
    pairs = {frozenset(names): names for names in sorted(tables) if len(names) > 1}
    dimensions = sorted({name for names in pairs for name in names})
    triangles = [
        three for three in combinations(dimensions, 3) if all(frozenset(two) in pairs for two in combinations(three, 2))
    ]
    return [*triangles, *(names for pair, names in pairs.items() if not any(pair <= set(three) for three in triangles))]
