"""What a reader can work out who has every published table and the means to solve them all together.

Of each hidden count the reader must be left with at least NARROWEST between lowest and highest. That is proven by
showing whole-number solutions which differ that much; where none turn up, the count is solved for exactly.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp

from analytics.disclosure import NARROWEST
from analytics.linear import Cell, Numbers, Place, Sheet, System, matrix
from analytics.menu import INITIATIVES

FEWEST_BETWEEN = 10  # records: what is between two tables is looked at from this many
_FEW_UNKNOWNS = 300  # up to this many, solutions are in whole numbers
_AROUND = 3  # pairs of solutions to find the middle of
_PATIENCE = 2  # pushes without anything gained
_EXACT = 1e-6  # how exactly solutions are found

Floats = NDArray[np.float64]


Range = tuple[float, float]


@dataclass(frozen=True)
class Outcome:
    """How many counts were looked at, the least that is left between lowest and highest, and one that is too narrow.

    `narrowest` is what was shown; the true width may be more. None when there was nothing to look at. `shown` are the
    solutions found for each count: its lowest and its highest value.
    """

    cells: int = 0
    narrowest: int | None = None
    narrow: Cell | None = None
    shown: Mapping[Place, Range] = field(default_factory=dict)

    def __add__(self, other: "Outcome") -> "Outcome":
        widths = [one.narrowest for one in (self, other) if one.narrowest is not None]
        return Outcome(
            self.cells + other.cells,
            min(widths, default=None),
            self.narrow or other.narrow,
            {**self.shown, **other.shown},
        )


def components(sheets: Iterable[Sheet]) -> list[tuple[Sheet, ...]]:
    """The tables in groups of which one can tell something about another: those that share a dimension."""
    groups: list[tuple[set[str], list[Sheet]]] = []
    for sheet in sheets:
        names, those = set(sheet.names), [sheet]
        apart = []
        for group in groups:
            if group[0] & names:
                names |= group[0]
                those = [*group[1], *those]
            else:
                apart.append(group)
        groups = [*apart, (names, those)]
    return [tuple(those) for _, those in groups]


def audit(
    sheets: Sequence[Sheet],
    records: Mapping[str, int],
    apart: Mapping[str, Mapping[str, int]],
    *,
    shown: Mapping[Place, Range] | None = None,
    only: Cell | None = None,
    but: Collection[Place] = (),
) -> Outcome:
    """Look at everything hidden in tables that hang together, given how many records each month has.

    `apart` are those numbers for tables that divide records of their own, by what they divide them.
    It ends at the first count that is too narrow. `shown` are solutions that hold already; with `only` no more than
    that one count is looked at, and those of `but` are passed by.
    """
    if not sheets:
        return Outcome()
    totals = apart.get(sheets[0].names[0], records)
    system = System(sheets, totals)
    cells = [cell for cell in _cells(system, sheets, totals) if cell.place not in but]
    if only:
        cells = [cell for cell in cells if cell.place == only.place]
    if not cells:
        return Outcome()
    return _Solver(system, cells, shown or {}).outcome()


def _cells(system: System, sheets: Sequence[Sheet], totals: Mapping[str, int]) -> Iterator[Cell]:
    """Every hidden count, once; and what is between two tables of one dimension where nothing was published."""
    seen = set()
    for sheet in sheets:
        for key, value in sheet.values.items():
            cell = Cell(sheet.event, sheet.names, sheet.months, key, system.unknowns_of(sheet, key))
            place = tuple(cell.unknowns)
            if value is None and place not in seen:
                yield cell
            seen.add(place)
    for (event, names), grid in system.grids.items():
        if event or len(names) > 1 or names == (INITIATIVES,):
            continue
        for months in grid.months:
            if sum(totals[month] for month in months) < FEWEST_BETWEEN:
                continue
            for codes in grid.codes[0]:
                unknowns = grid.where(months, codes)
                if tuple(unknowns) not in seen:
                    yield Cell("", names, months, ("+".join(sorted(codes)), ""), unknowns)


class _Solver:
    """Looks for solutions in which counts are as low and as high as can be."""

    def __init__(self, system: System, cells: Sequence[Cell], shown: Mapping[Place, Range]) -> None:
        self._system, self._cells = system, cells
        self._sums = matrix([cell.unknowns for cell in cells], system.unknowns)
        ranges = np.array([shown.get(cell.place, (np.inf, -np.inf)) for cell in cells])
        self._lowest, self._highest = ranges[:, 0], ranges[:, 1]
        self._random = np.random.default_rng(0)

    def outcome(self) -> Outcome:
        everything = _Part(self._system, np.arange(self._system.unknowns))
        if len(self._cells) > 1:
            if self._system.unknowns > _FEW_UNKNOWNS:
                self._show_by_parts(everything)
            self._show_together(everything, np.zeros(self._system.unknowns))
        narrow = next((int(place) for place in self._open() if self._is_narrow(everything, int(place))), None)
        width = self._highest - self._lowest
        return Outcome(
            cells=len(self._cells),
            narrowest=max(0, int(width.min() + _EXACT)) if np.isfinite(width).all() else 0,
            narrow=None if narrow is None else self._cells[narrow],
            shown={
                cell.place: (float(low), float(high))
                for cell, low, high in zip(self._cells, self._lowest, self._highest, strict=True)
            },
        )

    def _open(self) -> NDArray[np.intp]:
        return np.flatnonzero(~(self._highest - self._lowest >= NARROWEST - _EXACT))

    def _show_by_parts(self, everything: "_Part") -> None:
        """Parts are quick to solve, with all else as it is in a solution of everything."""
        nothing = np.zeros(self._system.unknowns)
        around = []
        for _ in range(_AROUND):
            sides = self._random.choice((-1.0, 1.0), len(self._cells))
            around += [self._push(everything, nothing, self._sums.T @ side) for side in (sides, -sides)]
        solved = [solution for solution in around if solution is not None]
        if not solved:
            return
        # In the middle little is as low or as high as can be, so that most counts can move already.
        middle: Floats = np.mean(solved, axis=0)
        parts = [_Part(self._system, unknowns) for unknowns in self._parts()]
        for part in parts:
            self._show_together(part, middle)
        # A few firms that many counts have to share: once they are in one of these, they can move to the others.
        tables, idle = parts[: len(self._system.grids)], 0
        while (before := self._open().size) and idle < _PATIENCE:
            solution = self._push(everything, nothing, self._away(self._open()))
            if solution is not None:
                for part in tables:
                    self._show_together(part, solution)
            idle = 0 if self._open().size < before else idle + 1

    def _parts(self) -> Iterator[Numbers]:
        """The unknowns of each table, of each dimension with all tables that have it, and of each period."""
        grids = self._system.grids
        yield from (grid.numbers.ravel() for grid in grids.values())
        for name in sorted({name for _, names in grids for name in names}):
            those = [grid.numbers.ravel() for (_, names), grid in grids.items() if name in names]
            if 1 < len(those) < len(grids):
                yield np.concatenate(those)
        periods = {months for (_, names), grid in grids.items() if len(names) > 1 for months in grid.months}
        for months in sorted(periods, key=sorted):
            yield np.concatenate([grid.where(months, *(None for _ in grid.codes)) for grid in grids.values()])

    def _show_together(self, part: "_Part", others: Floats) -> None:
        """Push all open counts at once for as long as that closes some."""
        here = np.diff(self._sums[:, part.free].indptr) > 0
        idle = 0
        while (places := self._open()[here[self._open()]]).size and idle < _PATIENCE:
            self._push(part, others, self._away(places))
            idle = 0 if self._open()[here[self._open()]].size < places.size else idle + 1

    def _away(self, places: NDArray[np.intp]) -> Floats:
        """A direction for several counts: up when they were seen as low as can be, else to either side."""
        sides = self._random.choice((-1.0, 1.0), places.size)
        sides[self._lowest[places] < _EXACT] = -1.0
        weights = np.zeros(len(self._cells))
        weights[places] = sides * self._random.uniform(0.5, 1.5, places.size)
        direction: Floats = self._sums.T @ weights
        return direction

    def _is_narrow(self, everything: "_Part", place: int) -> bool:
        """Whether one count is that is still open."""
        goal = self._sums[[place]].toarray()[0]
        for side in (-goal, goal):
            if place in self._open():
                self._push(everything, np.zeros(len(goal)), side)
        return place in self._open()

    def _push(self, part: "_Part", others: Floats, goal: Floats) -> Floats | None:
        """Solve for the least, and note what the solution shows of every count. None when there is none."""
        solution = part.least(goal, others)
        if solution is not None:
            values = self._sums @ solution
            self._lowest, self._highest = np.minimum(self._lowest, values), np.maximum(self._highest, values)
        return solution


class _Part:
    """Some of the unknowns, or all."""

    def __init__(self, system: System, free: Numbers) -> None:
        self._system, self.free = system, free
        here = system.matrix[:, free]
        self._rows = np.diff(here.indptr) > 0
        self._here = here[self._rows]
        # Where there are few, solutions are in whole numbers.
        self._whole = np.full(len(free), int(system.unknowns <= _FEW_UNKNOWNS))

    def least(self, goal: Floats, others: Floats) -> Floats | None:
        """The solution for which a sum is least, with the other unknowns as they are given; None when there is none."""
        solution = others.copy()
        solution[self.free] = 0
        fixed = self._system.matrix @ solution
        low, high = (self._system.low - fixed)[self._rows], (self._system.high - fixed)[self._rows]
        found = milp(goal[self.free], constraints=LinearConstraint(self._here, low, high), integrality=self._whole)
        if found.x is None:
            return None
        solution[self.free] = found.x
        return solution
