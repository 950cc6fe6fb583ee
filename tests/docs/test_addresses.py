"""Every address of the gateway is in docs/addresses.md, or in the description of the interface."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from analytics.database import migrate
from api.app import create_app
from api.settings import Settings
from tests.docs.documents import ROOT, code

DOCUMENT = ROOT / "docs/addresses.md"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("addresses")
    settings = Settings(database_url=f"sqlite:///{folder / 'x.db'}", secrets_folder=folder / "secrets")
    migrate(settings.database_url)
    return create_app(settings)


def there(app: FastAPI) -> set[str]:
    return {context.path for context in iter_route_contexts(app.routes) if context.path}


def listed() -> set[str]:
    return {word for word in code(DOCUMENT) if word.startswith("/") and "\n" not in word}


def described(app: FastAPI) -> set[str]:
    """Addresses of the interface that say what they do."""
    paths = app.openapi()["paths"]
    return {path for path, operations in paths.items() if all(o.get("summary") for o in operations.values())}


def test_every_address_is_documented(app: FastAPI) -> None:
    missing = there(app) - listed() - described(app)
    assert missing == set(), "write in docs/addresses.md what these are for"


def test_every_documented_address_is_there(app: FastAPI) -> None:
    assert listed() - there(app) == set()


@pytest.mark.parametrize("path", sorted((ROOT / "docs/handboek").glob("*.md")), ids=lambda path: path.name)
def test_addresses_that_a_handbook_names_are_there(app: FastAPI, path: Path) -> None:
    for word in code(path):
        if re.fullmatch(r"/[a-z0-9/{}._-]*", word):
            assert word.rstrip("/") in {address.rstrip("/") for address in there(app)} | {"/intake"}, word
