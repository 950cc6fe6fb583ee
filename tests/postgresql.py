"""A PostgreSQL server of its own, for tests and measurements."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").exists() else []
INITDB = next((str(folder / "initdb") for folder in reversed(PROGRAMS)), shutil.which("initdb"))


def needed() -> None:
    """Leave a test out where the server is not installed; in CI it has to be."""
    if INITDB is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is needed in CI: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")


def new_database(address: str) -> str:
    """The address of an empty database, made on the server on which there is one at an address already."""
    name = f"x{uuid4().hex}"
    engine = create_engine(address.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine.dispose()
    return f"{address.rpartition('/')[0]}/{name}"


@contextmanager
def server(parent: Path | None = None, settings: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """The address of a running server with an empty database, in a folder that is removed afterwards.

    The folder lies in `parent`, or else where temporary files do. Where `settings` says nothing the server has those
    that it comes with. Needs INITDB.
    """
    assert INITDB is not None
    # Not below pytest's own folder: another run of pytest closes that for everybody but its owner.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=parent and parent.resolve()))
    as_other = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_other = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    subprocess.run([*as_other, INITDB, "-D", data, "-A", "trust", "-U", "postgres"], check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = str(Path(INITDB).parent / "pg_ctl")
    given = {"listen_addresses": "127.0.0.1", **settings}
    options = " ".join([f"-p {port} -k ''", *(f"-c {name}={value}" for name, value in given.items())])
    start = [*as_other, program, "-D", data, "-o", options, "-l", folder / "log", "-w", "start"]
    subprocess.run(start, check=True, capture_output=True)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*as_other, program, "-D", data, "-m", "immediate", "stop"], check=True, capture_output=True)
        shutil.rmtree(folder)
