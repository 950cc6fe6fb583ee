"""The form at `/scan`, without the processes behind it."""

from collections.abc import Iterator

import pytest

from analytics.database import migrate
from api.app import create_app
from api.settings import Settings
from tests.api.scan_page import Form


@pytest.fixture(scope="module")
def running_form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Form]:
    database = tmp_path_factory.mktemp("scan") / "x.db"
    migrate(f"sqlite:///{database}")
    opened = Form(create_app(Settings(database_url=f"sqlite:///{database}")), database)
    yield opened
    opened.client.close()


@pytest.fixture
def scan(running_form: Form) -> Iterator[Form]:
    """The form without records of other tests."""
    parts = running_form.app.state.parts
    running_form.forget()
    yield running_form
    running_form.app.state.parts = parts
