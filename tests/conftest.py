"""Fixtures that more than one folder uses."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from analytics import database
from knowledge import base
from knowledge.base import FOLDER, Knowledge, load
from knowledge.settling import settle
from tests import migrated
from tests.postgresql import needed, new_database, server
from tests.product.running import Product

ROOT = Path(__file__).parent.parent
gc.disable()  # until everything is loaded: see pytest_collection_finish
# What owners changed on this machine is not the data that tests are about.
os.environ["CATALOGUE_FOLDER"] = tempfile.mkdtemp(prefix="catalogue-")
atexit.register(shutil.rmtree, os.environ["CATALOGUE_FOLDER"], ignore_errors=True)
# Nor is a product that happens to run on this machine what they talk to: nothing listens at this port.
os.environ["RASA_PORT"] = os.environ["ACTIONS_PORT"] = "1"


def _read_once(name: str) -> None:
    """Let a file of ours that no test changes be read once, and not for every application that is made."""
    read, found = getattr(base, name), {}

    def reading(path: Path, *others: Any) -> Any:
        if path.parent != FOLDER:
            return read(path, *others)
        if path not in found:
            found[path] = read(path, *others)
        return found[path]

    setattr(base, name, reading)


for _name in ("load_sectors", "load_lexicon", "load_municipalities"):
    _read_once(_name)

database._upgrade = migrated.copied_or_upgraded

# Where tests take longest comes first, so that one process is not left with it at the end.
LONGEST_FIRST = ("tests/analytics/attacks", "tests/browser", "tests/scenarios", "tests/product")
# Attacks share years of figures, and tests of reports share the reports.
TOGETHER = ("tests/analytics/attacks/", "tests/api/test_reports_")


class ByFile(LoadScopeScheduling):
    """Keeps the tests of a file in one process, and those of files that share what takes long to make."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return next((those for those in TOGETHER if path.startswith(those)), path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Divide the tests over processes."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first."""
    items.sort(key=lambda item: _place(item.path))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass by what was loaded for good, and come less often."""
    settle()
    gc.enable()


def _place(path: Path) -> int:
    folder = path.relative_to(ROOT).parent.as_posix()
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)


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


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    needed()
    with server() as address:
        yield address


@pytest.fixture(scope="module")
def postgresql(postgresql_server: str) -> str:
    """A database of PostgreSQL for the tests of one module."""
    return new_database(postgresql_server)
