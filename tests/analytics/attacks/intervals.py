"""Solving: between which numbers each count that a reader is after must lie."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import vstack

from tests.analytics.attacks.solving import Floats, Numbers, Reader

EXACT = 1e-6  # how exactly solutions are found
ROUNDS = 60  # of trying all open counts at once


class Solver:
    """Finds worlds that agree with all that a reader knows. Two of them show at least how wide an interval is."""

    def __init__(self, reader: Reader) -> None:
        matrix, low, high = reader.inequalities()
        equal, below, above = low == high, np.isfinite(high) & (low < high), np.isfinite(low) & (low < high)
        self._known = {
            "A_ub": vstack([matrix[below], -matrix[above]]),
            "b_ub": np.concatenate([high[below], -low[above]]),
            "A_eq": matrix[equal],
            "b_eq": low[equal],
        }
        self._reader = reader
        self._random = np.random.default_rng(7)

    def intervals(self, targets: Sequence[Numbers], wide: Floats) -> tuple[Floats, Floats]:
        """The lowest and the highest of each; of one that is at least so wide, perhaps less than all it can be."""
        sums = self._reader.sums(targets)
        low, high = np.full(len(targets), np.inf), np.full(len(targets), -np.inf)

        def look(goal: Floats) -> None:
            values = sums @ self._least(goal)
            np.minimum(low, values, out=low)
            np.maximum(high, values, out=high)

        def still_open() -> NDArray[np.intp]:
            return np.flatnonzero(~(high - low >= wide - EXACT))

        for _ in range(ROUNDS):
            if not still_open().size:
                break
            weights = np.zeros(len(targets))
            weights[still_open()] = self._random.normal(size=still_open().size)
            look(sums.T @ weights)
            look(-sums.T @ weights)
        for place in still_open():
            goal = sums[[place]].toarray()[0]
            look(goal)
            look(-goal)
        return low, high

    def _least(self, goal: Floats) -> Floats:
        found = linprog(goal, bounds=(0, None), method="highs", **self._known)
        assert found.x is not None, "what was published contradicts itself"
        return np.asarray(found.x)
