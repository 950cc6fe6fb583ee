"""Fixtures that more than one folder uses."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.base import Knowledge, load
from tests.product.running import Product

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The real data."""
    return load()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product, running: Rasa with the trained model, the actions and the gateway, on free ports."""
    running = Product(tmp_path_factory.mktemp("product"))
    try:
        running.start()
        yield running
    finally:
        running.stop()
