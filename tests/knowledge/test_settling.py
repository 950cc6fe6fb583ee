import gc
from collections.abc import Iterator

import pytest

from knowledge.settling import settle


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


class Loaded:
    """Something that the collector can see."""


def test_what_is_loaded_is_left_alone_and_what_is_new_is_not() -> None:
    loaded = Loaded()
    settle()
    new = Loaded()
    seen = {id(thing) for thing in gc.get_objects()}
    assert id(loaded) not in seen
    assert id(new) in seen


def test_circle_of_a_turn_is_still_thrown_away() -> None:
    settle()
    circle = [Loaded()]
    circle.append(circle)  # type: ignore[arg-type]
    del circle
    assert gc.collect() >= 1
