"""The product as its users meet it: its own processes, its own database, on ports that are free."""

import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2

from analytics.database import migrate, open_database
from api.events.repository import Events
from api.events.service import Created, EventPlan, EventService
from knowledge.base import FOLDER, load

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 90


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Product:
    """Rasa, the actions and the gateway. Everything they write lies in `folder`.

    The sites are a copy, so that a test can change them while the product runs.
    """

    root = ROOT  # where the code and its data lie

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "assistent.db"
        self.database_url = f"sqlite:///{self.database}"
        self.sites = Path(shutil.copytree(FOLDER / "sites", folder / "sites"))
        self.ports = {"gateway": free_port(), "rasa": free_port(), "actions": free_port()}
        self.url = f"http://127.0.0.1:{self.ports['gateway']}"
        self.secret = secrets.token_hex(32)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.http = httpx2.Client(base_url=self.url, timeout=30)

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "DATABASE_URL": self.database_url,
            "GATEWAY_PORT": str(self.ports["gateway"]),
            "RASA_PORT": str(self.ports["rasa"]),
            "ACTIONS_PORT": str(self.ports["actions"]),
            "SITES_FOLDER": str(self.sites),
            "CATALOGUE_FOLDER": str(self.folder / "catalogue"),
            "MAIL_FOLDER": str(self.folder / "mail"),
            "SECRETS_FOLDER": str(self.folder / "secrets"),
            "ERASED_FOLDER": str(self.folder / "erased"),
            "LOG_LEVEL": "debug",
            "WEBHOOKS_TO_LOOPBACK": "true",
            "TMPDIR": str(self.folder),
            "PARTS_SECRET": self.secret,
        }
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**kept, **own}

    def start(self) -> None:
        """Start everything and wait until it is ready."""
        migrate(self.database_url)
        for name in ("rasa", "actions", "gateway"):
            self.run(name)
        self.wait_until_ready()

    def run(self, name: str, **more: str) -> None:
        """Start one process, with more in its environment; what follows a dash tells those of one kind apart."""
        command = {
            "rasa": [str(ROOT / "bot/.venv/bin/python"), "-W", "ignore", "-m", "bot.server"],
            "actions": [sys.executable, "-W", "ignore", "-m", "actions"],
            "gateway": [sys.executable, "-W", "ignore", "-m", "api.gateway"],
        }[name.partition("-")[0]]
        environment = self.environment | more
        log = (self.folder / f"{name}.log").open("ab")
        self._processes[name] = subprocess.Popen(command, cwd=self.root, env=environment, stdout=log, stderr=log)
        log.close()

    def kill(self, name: str) -> None:
        """End one process at once."""
        self._processes[name].send_signal(signal.SIGKILL)
        self._processes[name].wait()

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """Do something while one process is dead; afterwards it is back."""
        self.kill(name)
        try:
            yield
        finally:
            self.run(name)
            self.wait_until_ready()

    def restart(self, name: str) -> None:
        """End one process at once and start it again."""
        self.kill(name)
        self.run(name)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        """Wait until readyz says so."""
        self._wait_for("/readyz")

    def wait_until_answering(self) -> None:
        """Wait until the gateway answers, whatever the others do."""
        self._wait_for("/healthz")

    def _wait_for(self, path: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if self.http.get(path).status_code == 200:
                    return
            except httpx2.HTTPError:
                pass
            time.sleep(0.2)
        logs = "\n".join(path.read_text()[-2000:] for path in self.folder.glob("*.log"))
        raise AssertionError(f"the product was not ready within {START_SECONDS} seconds\n{logs}")

    def stop(self) -> None:
        """End everything."""
        self.http.close()
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait(timeout=20)

    def event(self, day: date | None = None, **plan: Any) -> Created:
        """A registered event, today unless another day is given, with its staff key."""
        engine = open_database(self.database_url)
        try:
            service = EventService(Events(engine), load())
            day = day or date.today()
            plan = {"name": "Ondernemersontbijt", "municipality": "GM0355", "organiser": "Zeist"} | plan
            return service.create(EventPlan(day=day, site=plan.pop("site", "demo"), **plan), date.today())
        finally:
            engine.dispose()

    @property
    def pids(self) -> list[int]:
        """The processes that run."""
        return [process.pid for process in self._processes.values()]

    def memory(self) -> dict[str, float]:
        """Resident memory of each process, in MB."""
        found = {}
        for name, process in self._processes.items():
            status = Path(f"/proc/{process.pid}/status").read_text()
            kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
            found[name] = int(kilobytes) / 1024
        return found

    def log(self, name: str) -> str:
        """What one process has logged."""
        return (self.folder / f"{name}.log").read_text()

    def rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """Rows of the database, as a person with a database tool sees them."""
        connection = sqlite3.connect(self.database)
        try:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query, values)]
        finally:
            connection.close()


class Chat:
    """One conversation over the public interface."""

    def __init__(self, product: Product, site: str = "demo", channel: str = "widget", **more: str) -> None:
        self.product = product
        response = product.http.post("/v1/gesprekken", json={"site": site, "kanaal": channel, **more})
        assert response.status_code == 201, response.text
        self.turn: dict[str, Any] = response.json()
        self.id: str = self.turn["gesprekId"]
        self.headers = {"Authorization": f"Bearer {self.turn['sleutel']}"}

    def send(self, body: dict[str, Any], key: str | None = None) -> httpx2.Response:
        """Send a message and give the answer as it came."""
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.product.http.post(f"/v1/gesprekken/{self.id}/berichten", json=body, headers=headers)

    def _turn(self, body: dict[str, Any]) -> dict[str, Any]:
        response = self.send(body, key=uuid4().hex)
        assert response.status_code == 200, response.text
        self.turn = response.json()
        return self.turn

    def say(self, *texts: str) -> dict[str, Any]:
        """Type texts, one after another."""
        for text in texts:
            self._turn({"tekst": text})
        return self.turn

    def choose(self, *codes: str) -> dict[str, Any]:
        """Choose buttons, one after another."""
        for code in codes:
            self._turn({"keuze": code})
        return self.turn

    @property
    def open(self) -> str | None:
        """The open question."""
        question: str | None = self.turn["voortgang"]["vraag"]
        return question

    @property
    def offered(self) -> list[str]:
        """The codes of the buttons of the last turn."""
        return [button["waarde"] for message in self.turn["berichten"] for button in message["knoppen"]]

    @property
    def text(self) -> str:
        """Everything that was said in the last turn."""
        return "\n".join(message["tekst"] for message in self.turn["berichten"])

    def profile(
        self, size: str = "2-9", sector: str = "loodgieter", place: str = "Zeist", question: str = "klanten"
    ) -> None:
        """Answer the four profile questions."""
        self.choose(size)
        self.say(sector, place)
        self.choose(question)

    def core(self, *values: str) -> dict[str, Any]:
        """Answer the five core questions."""
        return self.choose(*values)
