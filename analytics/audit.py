"""What a reader can work out who has every published table and the means to solve them all together.

Of each hidden count the reader must be left with at least NARROWEST between lowest and highest. That is proven by
showing whole-number solutions which differ that much; where none turn up, the count is solved for exactly.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from analytics.disclosure import NARROWEST
from analytics.linear import Cell, Place, Sheet, System, matrix
from analytics.menu import INITIATIVES, STOPPED

SECONDS = 20.0  # to solve for one count; one that takes longer counts as narrow
FEWEST_BETWEEN = 10  # records: what is between two tables is looked at from this many
_WITHOUT_GAIN = 3  # tries in a row
_WHOLE = 1e-6  # how far from a whole number counts as one
_NUDGES, _NUDGE = 5, 0.01

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
    stopped: Mapping[str, int],
    *,
    shown: Mapping[Place, Range] | None = None,
    only: Cell | None = None,
) -> Outcome:
    """Look at everything hidden in tables that hang together, given how many records each month has.

    It ends at the first count that is too narrow. `shown` are solutions that hold already, and with `only` no more than
    that one count is looked at.
    """
    if not sheets:
        return Outcome()
    totals = stopped if sheets[0].names == (STOPPED,) else records
    system = System(sheets, totals)
    cells = [cell for cell in _cells(system, sheets, totals) if only is None or cell.place == only.place]
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
        self._cells = cells
        self._sums = matrix([cell.unknowns for cell in cells], system.unknowns)
        self._known = LinearConstraint(system.matrix, system.low, system.high)
        ranges = np.array([shown.get(cell.place, (np.inf, -np.inf)) for cell in cells])
        self._lowest, self._highest = ranges[:, 0], ranges[:, 1]
        self._random = np.random.default_rng(0)

    def outcome(self) -> Outcome:
        tries = 0
        while self._open().size and tries < _WITHOUT_GAIN:
            before = self._open().size
            self._try_together()
            tries = tries + 1 if self._open().size == before else 0
        narrow = next((int(place) for place in self._open() if self._is_narrow(int(place))), None)
        width = self._highest - self._lowest
        return Outcome(
            cells=len(self._cells),
            narrowest=max(0, int(width.min())) if np.isfinite(width).all() else 0,
            narrow=None if narrow is None else self._cells[narrow],
            shown={
                cell.place: (float(low), float(high))
                for cell, low, high in zip(self._cells, self._lowest, self._highest, strict=True)
            },
        )

    def _open(self) -> NDArray[np.intp]:
        return np.flatnonzero(self._highest - self._lowest < NARROWEST)

    def _try_together(self) -> None:
        """Push all open counts at once, each to a side of its own, and then all to the other side."""
        weights = np.zeros(len(self._cells))
        weights[self._open()] = self._random.choice((-1.0, 1.0), self._open().size)
        self._push(self._sums.T @ weights)

    def _is_narrow(self, place: int) -> bool:
        """Whether one count is; first by solutions that need not be whole numbers, which are quick to find."""
        if not self._is_open(place):  # shown meanwhile
            return False
        goal = self._sums[[place]].toarray()[0]
        lowest, highest = self._run(goal).fun, self._run(-goal).fun
        if lowest is None or highest is None or -highest - lowest < NARROWEST - _WHOLE:
            return True
        for _ in range(_NUDGES):
            if not self._is_open(place):
                return False
            self._push(goal)
        for side in (goal, -goal):
            if self._is_open(place):
                self._run(side, whole=True)
        return self._is_open(place)

    def _is_open(self, place: int) -> bool:
        return bool(self._highest[place] - self._lowest[place] < NARROWEST)

    def _push(self, goal: Floats) -> None:
        """To both sides, with a little of everything else: corners with halves in them are passed by."""
        for side in (goal, -goal):
            self._run(side + self._random.uniform(-_NUDGE, _NUDGE, len(side)))

    def _run(self, goal: Floats, *, whole: bool = False) -> OptimizeResult:
        """Solve for the least, and note what it shows of every count when it is in whole numbers."""
        found = milp(
            goal,
            constraints=self._known,
            bounds=Bounds(0, np.inf),
            integrality=np.full(len(goal), int(whole)),
            options={"time_limit": SECONDS},
        )
        if found.x is not None and np.abs(found.x - np.rint(found.x)).max() <= _WHOLE:
            values = self._sums @ np.rint(found.x)
            self._lowest, self._highest = np.minimum(self._lowest, values), np.maximum(self._highest, values)
        return found
