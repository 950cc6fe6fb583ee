"""Linear programs that are solved again and again with another goal, by the HiGHS that comes with SciPy.

SciPy's own functions set up everything anew for each goal, and go on from the inside of the solutions to a corner,
which takes several times as long. What is needed here is any solution for which the goal is nearly as low as can be.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize._highspy import _core  # type: ignore[import-not-found,attr-defined,unused-ignore]
from scipy.sparse import csr_array

Floats = NDArray[np.float64]

_INSIDE: Mapping[str, Any] = {"solver": "ipm", "run_crossover": "off"}  # near the best, and not in a corner
_CORNERS: Mapping[str, Any] = {"solver": "simplex", "run_crossover": "on"}  # exact
_AGAIN: Mapping[str, Any] = {"presolve": "off", "simplex_strategy": 4}  # from where the last goal ended


class Program:
    """Unknowns of at least 0, of which sums lie between bounds."""

    def __init__(self, matrix: csr_array, low: Floats, high: Floats) -> None:
        """Take the sums as rows, and what each is at least and at most."""
        rows, self._size = matrix.shape
        by_column = matrix.tocsc()
        program = _core.HighsLp()
        program.num_col_, program.num_row_ = self._size, rows
        program.a_matrix_.num_col_, program.a_matrix_.num_row_ = self._size, rows
        program.a_matrix_.format_ = _core.MatrixFormat.kColwise
        program.a_matrix_.start_ = by_column.indptr
        program.a_matrix_.index_ = by_column.indices
        program.a_matrix_.value_ = by_column.data
        program.col_cost_ = np.zeros(self._size)
        program.col_lower_, program.col_upper_ = np.zeros(self._size), np.full(self._size, np.inf)
        program.row_lower_, program.row_upper_ = low, high
        self._highs = _core._Highs()
        self._set({"output_flag": False, "threads": 1})
        self._highs.passModel(program)
        self._columns = np.arange(self._size, dtype=np.int32)

    def inside(self, goal: Floats) -> Floats | None:
        """A solution for which a sum is least but for a millionth; None when there is none."""
        self._set({**_INSIDE, "presolve": "on"})
        return self._solve(goal, fallback=True)

    def corner(self, goal: Floats) -> Floats | None:
        """The same in a corner; quick when the last goal was much like it."""
        self._set({**_CORNERS, **_AGAIN})
        return self._solve(goal, fallback=False)

    def _solve(self, goal: Floats, *, fallback: bool) -> Floats | None:
        self._highs.changeColsCost(self._size, self._columns, goal)
        self._highs.run()
        if self._highs.getModelStatus() == _core.HighsModelStatus.kOptimal:
            found: Floats = np.maximum(np.asarray(self._highs.getSolution().col_value), 0)
            return found
        if fallback:  # it gave up, or there is no solution: only the other way tells for sure
            self._set({**_CORNERS, "presolve": "on", "simplex_strategy": 1})
            return self._solve(goal, fallback=False)
        return None

    def _set(self, options: Mapping[str, Any]) -> None:
        for name, value in options.items():
            self._highs.setOptionValue(name, value)
