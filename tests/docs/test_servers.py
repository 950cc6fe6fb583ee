"""What the handbook says of servers beside the product is so: it is tried with servers of their own."""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from analytics.database import open_database
from analytics.rounding_secret import FILE_NAME, rounding_secret
from api.leads.keys import LEAD_KEYS_FILE, make_keys, read_keys
from api.limits.buckets import Buckets
from api.limits.shared import SharedBuckets
from api.settings import Settings
from tests.docs.documents import ROOT, blocks
from tests.postgresql import needed, server
from tests.product.running import free_port
from tests.redis_server import PROGRAM

DATABASES = ROOT / "docs/operations/databases.md"
# Another address of this machine, which a server does not listen on as it comes; who asks for it comes from 127.0.0.1.
THERE, FROM, PASSWORD = "127.0.0.2", "127.0.0.1", "geheim123"
DEBIAN = "bind 127.0.0.1 -::1\nsave 3600 1\n"


def block(language: str, part: str) -> str:
    """The block in which this stands, with what the handbook names replaced by what is here."""
    (body,) = [one.body for one in blocks(DATABASES) if one.language == language and part in one.body]
    return re.sub(r"10\.0\.0\.1[12]", FROM, body.replace("10.0.0.20", THERE).replace("PASSWORD", PASSWORD))


def told(name: str) -> str:
    """A setting of the example."""
    (value,) = re.findall(rf"^{name}='(.+)'$", block("ini", name), re.M)
    return str(value)


@contextmanager
def ended_redis(folder: Path, *lines: str) -> Iterator[int]:
    """The port of a Redis with these lines in its file, which is asked to end afterwards."""
    if PROGRAM is None:
        if os.environ.get("CI"):
            pytest.fail("Redis is needed in CI: apt-get install redis-server")
        pytest.skip("Redis is not installed: apt-get install redis-server")
    port = free_port()
    configuration = folder / "redis.conf"
    configuration.write_text("".join(lines) + f"\nport {port}\ndir {folder}\n")
    process = subprocess.Popen([PROGRAM, str(configuration)], stdout=subprocess.DEVNULL)
    try:
        time.sleep(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


async def ask(url: str) -> tuple[bool, int]:
    """Whether Redis answers there, and whether the third question of two a minute has to wait by it."""
    shared = SharedBuckets(url, "sleutel")
    try:
        for _ in range(100):
            if await shared.answers():
                break
            await asyncio.sleep(0.05)
        waited = [await shared.wait("beurten", Buckets(2), "192.0.2.0/24") for _ in range(3)]
        return await shared.answers(), waited[-1]
    finally:
        await shared.close()


def test_redis_of_the_handbook_is_reached_with_its_password_and_keeps_nothing(tmp_path: Path) -> None:
    with ended_redis(tmp_path, DEBIAN, block("conf", "requirepass")) as port:
        url = told("REDIS_URL").replace("6379", str(port))
        answers, wait = asyncio.run(ask(url))
        assert answers
        assert wait > 0
        assert asyncio.run(ask(f"redis://{THERE}:{port}/0")) == (False, 0)
    assert list(tmp_path.glob("*.rdb")) == []


def test_redis_as_it_comes_would_keep_what_it_holds(tmp_path: Path) -> None:
    with ended_redis(tmp_path, DEBIAN) as port:
        assert asyncio.run(ask(f"redis://localhost:{port}/0"))[0]
    assert (tmp_path / "dump.rdb").exists()


@pytest.fixture
def certified() -> Iterator[dict[str, str]]:
    """Settings of a PostgreSQL server with a certificate, where its user can read it."""
    folder = Path(tempfile.mkdtemp(prefix="tls"))
    certificate, key = folder / "server.crt", folder / "server.key"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2"]
    subprocess.run([*made, "-out", certificate, "-keyout", key], check=True, capture_output=True)
    folder.chmod(0o755)
    shutil.chown(key, "postgres")
    yield {"ssl": "on", "ssl_cert_file": str(certificate), "ssl_key_file": str(key)}
    shutil.rmtree(folder)


def test_postgresql_of_the_handbook_lets_the_machines_in_with_a_password_and_encryption(
    certified: dict[str, str],
) -> None:
    needed()
    (listen,) = re.findall(r"listen_addresses = '([^']+)'", block("sh", "listen_addresses"))
    with server(settings=certified | {"listen_addresses": f"'{listen}'"}) as url:
        owner = open_database(url)
        with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE ROLE assistent LOGIN PASSWORD '{PASSWORD}'"))
            connection.execute(text("CREATE DATABASE assistent OWNER assistent"))
            port = str(connection.scalar(text("SHOW port")))
            Path(str(connection.scalar(text("SHOW hba_file")))).write_text(block("conf", "hostssl"))
            connection.execute(text("SELECT pg_reload_conf()"))
            time.sleep(0.5)
        owner.dispose()
        given = told("DATABASE_URL").replace("/assistent?", f":{port}/assistent?")
        engine = open_database(given)
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) is True
        engine.dispose()
        for wrong in (given.replace(PASSWORD, "anders"), given.replace("require", "disable")):
            with pytest.raises(OperationalError, match=r"authentication failed|no pg_hba\.conf entry"):
                open_database(wrong).connect()


@pytest.mark.parametrize("keys", [1, 2])
def test_secrets_that_the_handbook_prints_are_those_of_the_files(tmp_path: Path, keys: int) -> None:
    make_keys(tmp_path)
    more = [Fernet.generate_key().decode() for _ in range(keys - 1)]
    file = tmp_path / LEAD_KEYS_FILE
    file.write_text("\n".join([*more, file.read_text()]))
    before = rounding_secret("", tmp_path) if keys > 1 else None
    commands = block("sh", "paste --serial").removeprefix("make secrets\n")  # which test_commands runs
    done = subprocess.run(
        ["sh", "-euc", commands], cwd=ROOT, env={"SECRETS_FOLDER": str(tmp_path)}, capture_output=True, check=True
    )
    printed = dict(re.findall(r"^([A-Z_]+)='([^']+)'$", done.stdout.decode(), re.M))
    there = Settings(public_url="https://hulp.example.nl", secrets_folder=tmp_path)
    elsewhere = Settings(
        public_url="https://hulp.example.nl",
        secrets_folder=tmp_path / "leeg",
        lead_keys=printed["LEAD_KEYS"],
        lead_index_key=printed["LEAD_INDEX_KEY"],
    )
    assert read_keys(elsewhere) == read_keys(there)
    assert len(read_keys(elsewhere).wrapping) == keys
    rounded = rounding_secret(printed["ROUNDING_SECRET"], tmp_path / "leeg")
    assert before in (None, rounded)
    assert (tmp_path / FILE_NAME).exists() == (before is not None)
