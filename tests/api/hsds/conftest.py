"""The directory, without the processes behind the gateway."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.settings import Settings


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = f"sqlite:///{tmp_path_factory.mktemp('hsds') / 'x.db'}"
    migrate(url)
    client = TestClient(create_app(Settings(database_url=url)), raise_server_exceptions=False)
    yield client
    client.close()
