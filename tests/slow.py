"""What is tested each time of many variants; the others are slow tests."""

from collections.abc import Iterable
from typing import Any

import pytest


def mostly_slow(values: Iterable[Any], *always: Any) -> list[Any]:
    """The values for `parametrize`, tuples where it has several names; all but these are left to the slow tests."""
    return [_param(value, slow=value not in always) for value in values]


def _param(value: Any, *, slow: bool) -> Any:
    return pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.slow if slow else ())
