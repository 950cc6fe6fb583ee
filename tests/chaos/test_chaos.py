"""A few faults on the product as `make start` runs it; `make chaos` does many, with PostgreSQL and clocks."""

from collections.abc import Iterator

import pytest

from tests.chaos.disk import NoDiskError, small_disk
from tests.chaos.faults import FAULTS
from tests.chaos.house import House, running
from tests.chaos.running import run

SEED = 1
SHORT = ("kill -9 actions", "kill -9 gateway", "full disk")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The product under its process manager, on a disk of its own where one can be mounted."""
    folder = tmp_path_factory.mktemp("house")
    try:
        with small_disk(folder / "var"), running(folder, postgresql=False) as found:
            yield found
    except NoDiskError:
        with running(folder, postgresql=False) as found:
            yield found


@pytest.mark.slow  # tests/product breaks one part at a time every day
@pytest.mark.parametrize("name", SHORT)
def test_people_are_helped_or_told_and_every_result_counts_once(house: House, name: str) -> None:
    fault = next(one for one in FAULTS if one.name == name)
    why_not = fault.why_not(house)
    if why_not:
        pytest.skip(why_not)

    outcome = run(house, fault, SHORT.index(name), SEED)

    assert outcome.wrong == []
    assert outcome.finished > 0
    assert outcome.refused + outcome.unreachable > 0 or name == "full disk"
