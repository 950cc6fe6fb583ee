"""A database of figures for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.database import migrate, open_database
from knowledge.base import Knowledge
from tests.analytics.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, knowledge: Knowledge) -> Iterator[Desk]:
    """A database without records."""
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    engine = open_database(url)
    yield Desk(engine, knowledge)
    engine.dispose()
