"""Servers that are started again when they die, as the process manager of a machine does: PostgreSQL and Redis."""

import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

from tests.chaos.processes import family, tell
from tests.postgresql import INITDB
from tests.product.running import free_port
from tests.redis_server import PROGRAM

AGAIN_AFTER_SECONDS = 0.5
# Small files, so that the disk is a small one; the rest is the server's own default.
_OPTIONS = ("max_wal_size=64MB", "min_wal_size=32MB", "listen_addresses=127.0.0.1", "max_connections=60")


class Kept:
    """A program that runs until it is stopped, whatever ends it."""

    ends_with = signal.SIGTERM

    def __init__(self, command: list[str], log: Path, user: str | None = None) -> None:
        """Start it."""
        self._command, self._log, self._user = command, log, user
        self._ending = threading.Event()
        self._process = self._run()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def processes(self) -> list[int]:
        """The program and everything that it started."""
        return family(self._process.pid)

    def kill(self) -> None:
        """End it and all it started at once, as a machine that runs out of memory does."""
        tell(self.processes(), signal.SIGKILL)

    def stop(self) -> None:
        """End it for good."""
        self._ending.set()
        self._keeper.join()
        tell(self.processes(), signal.SIGCONT)
        tell([self._process.pid], self.ends_with)  # it ends the others
        self._process.wait(timeout=60)

    def _run(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(self._command, stdout=log, stderr=log, user=self._user)

    def _keep(self) -> None:
        while not self._ending.is_set():
            if self._process.poll() is not None and not self._ending.wait(AGAIN_AFTER_SECONDS):
                self._process = self._run()
            self._ending.wait(0.05)


class Postgres(Kept):
    """PostgreSQL, its files in a folder of its own. Needs INITDB."""

    ends_with = signal.SIGQUIT  # at once, whoever is connected

    def __init__(self, folder: Path) -> None:
        """Make the files, and start it."""
        assert INITDB is not None
        data, user = str(folder / "data"), "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
        folder.mkdir(parents=True)
        if user:
            shutil.chown(folder, user)
        made = [INITDB, "-D", data, "-A", "trust", "-U", "postgres", "--wal-segsize=4"]
        subprocess.run(made, check=True, capture_output=True, user=user)
        port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        options = [part for option in _OPTIONS for part in ("-c", option)]
        program = [str(Path(INITDB).parent / "postgres"), "-D", data, "-p", str(port), "-k", "", *options]
        self._ready = [str(Path(INITDB).parent / "pg_isready"), "-h", "127.0.0.1", "-p", str(port), "-q"]
        super().__init__(program, folder / "postgres.log", user)

    def wait_until_ready(self) -> None:
        """Wait until it takes connections."""
        while subprocess.run(self._ready, check=False).returncode != 0:
            time.sleep(0.1)


class Redis(Kept):
    """Redis, in memory only. Needs PROGRAM."""

    def __init__(self, log: Path) -> None:
        """Start it."""
        assert PROGRAM is not None
        port = free_port()
        self.url = f"redis://127.0.0.1:{port}/0"
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        super().__init__([PROGRAM, *options], log)
