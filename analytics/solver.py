"""Looking for solutions in which counts are as low and as high as they can be."""

from collections.abc import Callable, Mapping, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from analytics.disclosure import NARROWEST
from analytics.highs import Floats, Program
from analytics.linear import Cell, Numbers, Place, matrix
from analytics.system import FEW_UNKNOWNS, System

Range = tuple[float, float]
Solve = Callable[[Floats], Floats | None]  # the solution for which a goal is least; None when there is none

EXACT = 1e-5  # how exactly solutions are found
_FEW = 5  # open counts that are looked at one by one
_WORTHWHILE = 1.5  # how many times fewer have to be open after a push
_STILL_WORTHWHILE = 0.85  # what part may stay open at most, table by table
_NEVER = (np.inf, -np.inf)


class Solver:
    """Two solutions show of a count how far apart its lowest and highest are at least."""

    def __init__(
        self, system: System, cells: Sequence[Cell], firms: Sequence[int | None], shown: Mapping[Place, Range]
    ) -> None:
        """Take what is known, counts, how many firms are in each that has to be wide, and what was shown already."""
        self._system, self._cells = system, cells
        self._sought = np.array([number is not None for number in firms])
        # Who is one of the firms knows that there is one (analytics.disclosure.left_open).
        self._least = np.array([float(bool(number)) for number in firms])
        self._whole = system.unknowns <= FEW_UNKNOWNS
        self._sums = csr_array(
            matrix([cell.unknowns for cell in cells], system.unknowns)
            - matrix([cell.less for cell in cells], system.unknowns)
        )
        ranges = np.array([shown.get(cell.place, _NEVER) for cell in cells])
        if self._whole:  # what is no whole number is no proof
            broken = np.isfinite(ranges).all(axis=1)
            broken[broken] = np.abs(ranges[broken] - np.rint(ranges[broken])).max(axis=1, initial=0) > EXACT
            ranges[broken] = _NEVER
        self.lowest, self.highest = ranges[:, 0], ranges[:, 1]
        self.high = np.zeros(len(cells), dtype=bool)  # too narrow, but surely so high that it would be shown
        self._random = np.random.default_rng(0)

    def narrow(self) -> Cell | None:
        """The first count that is too narrow; None when all are wide, which `lowest` and `highest` then show."""
        if self._whole:
            solve = self._in_whole_numbers
            self._push_all(solve)
        else:
            solve = Program(self._system.matrix, self._system.low, self._system.high).inside
            self._push_many(solve)
        return next((self._cells[place] for place in self._open() if self._is_narrow(solve, int(place))), None)

    def width(self) -> Floats:
        """What was shown to be left open of each count that has to be wide."""
        width: Floats = self._width()[self._sought]
        return width

    def _width(self) -> Floats:
        width: Floats = self.highest - np.maximum(self.lowest, self._least)
        return width

    def _open(self) -> NDArray[np.intp]:
        return np.flatnonzero(self._sought & ~(self._width() >= NARROWEST - EXACT))

    def _in_whole_numbers(self, goal: Floats) -> Floats | None:
        constraints = LinearConstraint(self._system.matrix, self._system.low, self._system.high)
        found: Floats | None = milp(goal, constraints=constraints, integrality=np.ones(len(goal), dtype=int)).x
        return found

    def _push_all(self, solve: Solve) -> None:
        """All that are open at once, for as long as that closes enough of them."""
        before = np.inf
        while 1 < self._open().size <= before / _WORTHWHILE:
            before = self._open().size
            goal = self._away()
            for side in (goal, -goal):
                self._push(solve, side)

    def _push_many(self, solve: Solve) -> None:
        """The same, and then table by table."""
        self._push_all(solve)
        before = np.inf
        for turn in count():
            if not _FEW < self._open().size < before * _STILL_WORTHWHILE:
                break
            before = self._open().size
            solution = self._push(solve, self._system.room(self._away(), turn))
            if solution is not None:
                for grid in self._system.grids.values():
                    self._push_in(grid.numbers.ravel(), grid.numbers.ravel(), solution)
                for counts, free in self._system.exchanges(solution):
                    self._push_in(counts, free, solution)

    def _push_in(self, counts: Numbers, free: Numbers, others: Floats) -> None:
        """Each open count of some unknowns, with some of them free and all others as they are in a solution.

        A few firms that many counts have to share: once they are in one of these, they can move to the others.
        """
        places = self._open()[np.diff(self._sums[self._open()][:, counts].indptr) > 0]
        if not places.size:
            return
        fixed = others.copy()
        fixed[free] = 0
        given, here = self._system.matrix @ fixed, self._system.matrix[:, free]
        rows = np.diff(here.indptr) > 0
        program = Program(here[rows], (self._system.low - given)[rows], (self._system.high - given)[rows])

        def solve(goal: Floats) -> Floats | None:
            found = program.corner(goal[free])
            if found is None:
                return None
            solution = fixed.copy()
            solution[free] = found
            return solution

        for place in places:
            self._push_one(solve, int(place))

    def _away(self) -> Floats:
        """A direction for all that are open: up when they were seen as low as can be, else to either side."""
        places = self._open()
        sides = self._random.choice((-1.0, 1.0), places.size)
        sides[self.lowest[places] < EXACT] = -1.0
        weights = np.zeros(len(self._cells))
        weights[places] = sides * self._random.uniform(0.5, 1.5, places.size)
        direction: Floats = self._sums.T @ weights
        return direction

    def _is_narrow(self, solve: Solve, place: int) -> bool:
        """Whether one count is that is still open.

        One that can only be so high that it would be shown is none that a reader may not know.
        """
        self._push_one(solve, place)
        if self._system.threshold - EXACT <= self.lowest[place] <= self.highest[place]:
            self.high[place] = place in self._open()
            self._sought[place] = False
        return place in self._open()

    def _push_one(self, solve: Solve, place: int) -> None:
        goal = self._sums[[place]].toarray()[0]
        for side in (-goal, goal):
            if place in self._open():
                self._push(solve, side)

    def _push(self, solve: Solve, goal: Floats) -> Floats | None:
        """Solve for the least, and note what the solution shows of every count. None when there is none."""
        solution = solve(goal)
        if solution is not None:
            values = self._sums @ solution
            self.lowest, self.highest = np.minimum(self.lowest, values), np.maximum(self.highest, values)
        return solution
