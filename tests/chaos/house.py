"""The product as `make start` runs it, under its process manager, with everything it writes in a folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import text

from analytics.database import open_database
from tests.chaos.processes import children, command, family, tell
from tests.chaos.servers import Postgres, Redis
from tests.product.running import ROOT, free_port
from tests.redis_server import PROGRAM as REDIS

PARTS = {"rasa": "bot.server", "actions": "-m actions", "gateway": "api.gateway"}
START_SECONDS = 900  # on a machine that is busy
_ASKING_SECONDS = 5
_ENDING_SECONDS = 60
CLOCK = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")  # Debian: apt-get install libfaketime


_NO_LIMIT = "1000000"  # a minute: counted, and never reached
_NOT_COPIED = (".*", "node_modules", "tests", "var")


class NotBackError(Exception):
    """The product did not become ready by itself."""


class House:
    """One installation: the process manager and what it starts, on SQLite or on a PostgreSQL and Redis of its own."""

    def __init__(self, folder: Path, *, postgresql: bool) -> None:
        """Make the folder: a copy of the code, which may change while this runs, and a `var` of its own."""
        self.folder = folder
        self.var = folder / "var"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*_NOT_COPIED), dirs_exist_ok=True)
        for environment in (".venv", "bot/.venv"):
            (folder / environment).symlink_to(ROOT / environment)
        self.var.mkdir(exist_ok=True)
        (self.var / "models").symlink_to(ROOT / "var/models")
        self.postgres = Postgres(self.var / "postgres") if postgresql else None
        self.redis = Redis(folder / "redis.log") if REDIS and postgresql else None
        self.database_url = self.postgres.url if self.postgres else f"sqlite:///{self.var / 'assistent.db'}"
        self._ports = {"gateway": free_port(), "rasa": free_port(), "actions": free_port()}
        self.url = f"http://127.0.0.1:{self._ports['gateway']}"
        self._http = httpx2.Client(base_url=self.url, timeout=_ASKING_SECONDS)
        self._clock = folder / "clock"
        self.log = folder / "house.log"
        self._manager: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start all of it and wait until it is ready. Raises NotBackError."""
        if self.postgres:
            self.postgres.wait_until_ready()
        self.set_clock(0)
        with self.log.open("ab") as log:
            self._manager = subprocess.Popen(
                [sys.executable, "-m", "api.start"],
                cwd=self.folder,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready(START_SECONDS)

    @property
    def _environment(self) -> dict[str, str]:
        own = {
            "DATABASE_URL": self.database_url,
            **{f"{name.upper()}_PORT": str(port) for name, port in self._ports.items()},
            **dict.fromkeys(("LIMIT_TURNS", "LIMIT_STARTS", "LIMIT_READS", "LIMIT_SITE"), _NO_LIMIT),
            "REDIS_URL": self.redis.url if self.redis else "",
        }
        if CLOCK.exists():
            own |= {
                "LD_PRELOAD": str(CLOCK),
                "FAKETIME_TIMESTAMP_FILE": str(self._clock),
                "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # a clock that is set does not touch how long something takes
            }
        kept = {name: value for name, value in os.environ.items() if name != "CATALOGUE_FOLDER"}
        return {**kept, **own}

    def set_clock(self, hours: float) -> None:
        """Set the clock of the product so many hours later than it is; it sees that within a second."""
        new = self._clock.with_suffix(".new")
        new.write_text(f"{3600 * hours:+.0f}s\n")
        new.rename(self._clock)

    def processes(self, *parts: str) -> list[int]:
        """The processes of some parts, as they are now."""
        assert self._manager
        running = {child: command(child) for child in children(self._manager.pid)}
        return [child for part in parts for child, runs in running.items() if PARTS[part] in runs]

    def kill(self, *parts: str) -> None:
        """End parts at once."""
        tell(self.processes(*parts), signal.SIGKILL)

    def is_ready(self) -> bool:
        """Whether it says that everything answers."""
        try:
            return self._http.get("/readyz").status_code == httpx2.codes.OK
        except httpx2.HTTPError:
            return False

    def wait_until_ready(self, seconds: float) -> float:
        """Wait until it is ready; gives how long that took. Raises NotBackError."""
        began = time.monotonic()
        while not self.is_ready():
            if time.monotonic() - began > seconds:
                raise NotBackError(f"not ready after {seconds:.0f} seconds\n{self.log.read_text()[-3000:]}")
            time.sleep(0.1)
        return time.monotonic() - began

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Rows of the database."""
        engine = open_database(self.database_url)
        try:
            with engine.connect() as connection:
                return [dict(row) for row in connection.execute(text(query)).mappings()]
        finally:
            engine.dispose()

    def stop(self) -> None:
        """End everything."""
        self._http.close()
        if self._manager:
            tell(self.processes(*PARTS), signal.SIGCONT)
            self._manager.terminate()
            try:
                self._manager.wait(timeout=_ENDING_SECONDS)
            except subprocess.TimeoutExpired:  # the machine is too busy for a tidy end
                tell(family(self._manager.pid), signal.SIGKILL)
                self._manager.wait()
        for server in (self.postgres, self.redis):
            if server:
                server.stop()


@contextmanager
def running(folder: Path, *, postgresql: bool) -> Iterator[House]:
    """An installation that runs; afterwards it is gone, but for its log."""
    house = House(folder, postgresql=postgresql)
    try:
        house.start()
        yield house
    finally:
        house.stop()
        shutil.rmtree(house.var, ignore_errors=True)
