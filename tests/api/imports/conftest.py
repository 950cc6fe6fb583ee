"""An event of its own for each test of the import."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from analytics.database import migrate, open_database
from api.imports.columns import Columns, intake_columns
from knowledge.base import Knowledge
from tests.api.imports.files import Hall


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path_factory.mktemp('imports') / 'x.db'}"
    migrate(url)
    opened = open_database(url)
    yield opened
    opened.dispose()


@pytest.fixture
def hall(engine: Engine, knowledge: Knowledge) -> Hall:
    return Hall(engine, knowledge)


@pytest.fixture(scope="session")
def columns(knowledge: Knowledge) -> Columns:
    return intake_columns(knowledge.intake)
