"""Which of the smallest groups are exactly some months and codes."""

import numpy as np
import pytest

from analytics.linear import Grid

JANUARY, FEBRUARY = "2026-01", "2026-02"
GRID = Grid(
    names=("fase",),
    months=(frozenset({JANUARY}),),
    codes=((frozenset("a"), frozenset("bc")),),
    numbers=np.array([[0, 1]]),
)


@pytest.mark.parametrize(
    ("months", "codes", "found"),
    [
        ({JANUARY}, "a", [0]),
        ({JANUARY}, "bc", [1]),
        ({JANUARY}, "abc", [0, 1]),
        ({JANUARY}, "b", None),
        ({JANUARY}, "ab", None),
        ({JANUARY, FEBRUARY}, "a", None),
        ({FEBRUARY}, "a", None),
    ],
)
def test_what_no_group_is_partly_in_can_be_told(months: set[str], codes: str, found: list[int] | None) -> None:
    numbers = GRID.exactly(frozenset(months), {"fase": frozenset(codes)})
    assert (None if numbers is None else numbers.tolist()) == found
