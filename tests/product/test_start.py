"""`make start`: what it checks before it starts, and how its processes are kept."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import httpx2
import pytest

from tests.product.running import ROOT, START_SECONDS, free_port


def copy_of_the_house(folder: Path) -> Path:
    """What `api.start` needs, in a folder of its own."""
    for name in ("knowledge", "analytics", "api", "domain.yml", "supervisord.conf"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("*.pyc.*"))  # being written
        else:
            shutil.copy(source, folder / name)
    return folder


def start(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api.start"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_fault_in_the_catalogue_is_named_and_nothing_starts(tmp_path: Path) -> None:
    house = copy_of_the_house(tmp_path)
    entry = house / "knowledge/initiatives/spot035.yaml"
    lines = entry.read_text().splitlines()
    number = next(index for index, line in enumerate(lines, start=1) if line.startswith("status:"))
    entry.write_text("\n".join("status: misschien" if line.startswith("status:") else line for line in lines))
    result = start(house)
    assert result.returncode == 1
    assert f"spot035.yaml, regel {number}:" in result.stderr
    assert "Oplossing:" in result.stderr
    assert "nothing was started" in result.stderr


@pytest.mark.parametrize("name", ["GATEWAY_PORT", "RASA_PORT", "ACTIONS_PORT"])
def test_taken_port_is_named_in_one_line(tmp_path: Path, name: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        free = {other: str(free_port()) for other in ("GATEWAY_PORT", "RASA_PORT", "ACTIONS_PORT")}
        result = start(copy_of_the_house(tmp_path), **{**free, name: port})
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert port in line
    assert f"{name}=" in line


def test_database_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    house = copy_of_the_house(tmp_path)
    ports = {name: str(free_port()) for name in ("GATEWAY_PORT", "RASA_PORT", "ACTIONS_PORT")}
    result = start(house, DATABASE_URL=f"sqlite:///{tmp_path}/bestaat/niet.db", **ports)
    assert result.returncode == 1
    assert "unable to open database file. Check DATABASE_URL" in result.stderr


def test_secret_of_another_form_is_named_and_not_told(tmp_path: Path) -> None:
    result = start(copy_of_the_house(tmp_path), ROUNDING_SECRET="welkom01")
    assert result.returncode == 1
    assert "ROUNDING_SECRET" in result.stderr
    assert "welkom01" not in result.stderr


@pytest.mark.parametrize(("name", "value"), [("FORWARDED_ALLOW_IPS", "10.0.0.1,*"), ("PARTS_SECRET", "welkom01")])
def test_setting_that_would_let_anybody_in_is_refused(tmp_path: Path, name: str, value: str) -> None:
    result = start(copy_of_the_house(tmp_path), **{name: value})
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert name in line
    assert value not in line


class Started:
    """`api.start` in a process group of its own, as a terminal runs it; its output is a socket, as with systemd."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "start.log"
        self.port = free_port()
        ports = {"GATEWAY_PORT": str(self.port), "RASA_PORT": str(free_port()), "ACTIONS_PORT": str(free_port())}
        environment = {**os.environ, **ports, "DATABASE_URL": f"sqlite:///{folder / 'x.db'}"}
        self._journal, output = socket.socketpair()
        with output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "api.start"],
                cwd=ROOT,
                env=environment,
                stdout=output.fileno(),
                stderr=output.fileno(),
                start_new_session=True,
            )
        self.log.touch()
        self.writing = Thread(target=self._write)
        self.writing.start()

    def _write(self) -> None:
        """Keep what comes out, until nobody can write any more."""
        with self._journal, self.log.open("wb", buffering=0) as log:
            while told := self._journal.recv(65536):
                log.write(told)

    def pids(self) -> dict[str, int]:
        """The last process of each name."""
        return {name: int(pid) for name, pid in re.findall(r"spawned: '(\w+)' with pid (\d+)", self.log.read_text())}

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if httpx2.get(f"http://127.0.0.1:{self.port}/readyz", timeout=5).status_code == 200:
                    return
            except httpx2.HTTPError:
                pass
            time.sleep(0.2)
        raise AssertionError(self.log.read_text())


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    running = Started(tmp_path_factory.mktemp("start"))
    yield running
    if running.process.poll() is None:
        os.killpg(running.process.pid, signal.SIGKILL)
        running.process.wait()
    running.writing.join()


def exists(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_says_where_it_is_when_everything_answers(started: Started) -> None:
    started.wait_until_ready()
    deadline = time.monotonic() + 10
    while f"Ready: http://127.0.0.1:{started.port}" not in started.log.read_text():
        assert time.monotonic() < deadline, started.log.read_text()
        time.sleep(0.1)
    assert "Dutch spaCy pipeline: " in started.log.read_text()


def test_process_that_dies_is_started_again_and_says_so(started: Started) -> None:
    started.wait_until_ready()
    before = started.pids()["actions"]
    os.kill(before, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while started.pids()["actions"] == before:
        assert time.monotonic() < deadline, started.log.read_text()
        time.sleep(0.1)
    assert "exited: actions" in started.log.read_text()
    started.wait_until_ready()


def test_interrupt_ends_all_of_them(started: Started) -> None:
    started.wait_until_ready()
    pids = started.pids()
    os.killpg(started.process.pid, signal.SIGINT)
    started.process.wait(timeout=30)
    assert set(pids) == {"rasa_0", "actions", "gateway"}
    assert not [name for name, pid in pids.items() if exists(pid)]
    started.writing.join(timeout=30)
    assert not started.writing.is_alive(), "somebody still has the output open"
    assert "stopped: gateway" in started.log.read_text()
