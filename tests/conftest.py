"""Fixtures that more than one folder uses."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.base import Knowledge, load
from tests.product.running import Product

ROOT = Path(__file__).parent.parent
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").exists() else []
INITDB = next((str(folder / "initdb") for folder in reversed(PROGRAMS)), shutil.which("initdb"))


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


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server for the tests of one module."""
    if INITDB is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is needed in CI: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    # Not below pytest's own folder: another run of pytest closes that for everybody but its owner.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_other = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_other = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    subprocess.run([*as_other, INITDB, "-D", data, "-A", "trust", "-U", "postgres"], check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = str(Path(INITDB).parent / "pg_ctl")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    start = [*as_other, server, "-D", data, "-o", options, "-l", folder / "log", "-w", "start"]
    subprocess.run(start, check=True, capture_output=True)
    yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    subprocess.run([*as_other, server, "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True)
    shutil.rmtree(folder)
