"""No code that nobody uses."""

import pytest

from tests.quality.dead_code import EXPLAINED, Unused, unused_names
from tests.quality.explanations import Explanation, read


@pytest.fixture(scope="module")
def unused() -> list[Unused]:
    return list(unused_names())


def test_everything_is_used_or_explained(unused: list[Unused]) -> None:
    known = read(EXPLAINED)
    assert [str(name) for name in unused if not any(entry.fits(name) for entry in known)] == []


@pytest.mark.parametrize("explanation", read(EXPLAINED), ids=lambda entry: entry.why)
def test_explanation_is_still_needed(explanation: Explanation, unused: list[Unused]) -> None:
    idle = [name for name in explanation.names if not any(explanation.explains(name, entry) for entry in unused)]
    assert idle == []
