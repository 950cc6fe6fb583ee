"""What is laid side by side: the product, and the stock way to run the same assistant. Each is talked to as usual."""

import http.client
import json
import os
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from analytics.database import migrate
from tests.bench.scans import Message
from tests.product.running import ROOT, Product, free_port

START_SECONDS = 60
PATIENCE = 60  # seconds for one answer
MODELS = ROOT / "var/models"


class AnswerError(Exception):
    """An answer that is none: another status than 2xx, no turn in it, or no connection."""


class Line:
    """One connection that stays open, without the cost of an HTTP library."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Any:
        """The answer. Raises AnswerError."""
        try:
            self._connection.request(
                "POST", path, json.dumps(body), {"Content-Type": "application/json", **(headers or {})}
            )
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise AnswerError(type(error).__name__) from error
        if response.status >= 300:
            raise AnswerError(f"status {response.status}")
        return json.loads(content)

    def rest(self) -> None:
        """Hang up for a while: a server closes what nobody uses. The next request connects again."""
        self._connection.close()


class Talk(ABC):
    """One conversation. After each turn `state` is what the assistant says of it, and `offered` the buttons' codes."""

    state: dict[str, Any]
    offered: list[str]

    def __init__(self, line: Line) -> None:
        self._line = line

    @abstractmethod
    def begin(self) -> None:
        """The first turn. Raises AnswerError."""

    @abstractmethod
    def say(self, message: Message) -> None:
        """Another turn. Raises AnswerError."""


class OurTalk(Talk):
    """Through the public interface of the gateway, with an Idempotency-Key as the widget sends it."""

    def begin(self) -> None:
        turn = self._line.post("/v1/gesprekken", {"site": "demo", "kanaal": "widget"})
        self._path = f"/v1/gesprekken/{turn['gesprekId']}/berichten"
        self._key = f"Bearer {turn['sleutel']}"
        self._take(turn)

    def say(self, message: Message) -> None:
        headers = {"Authorization": self._key, "Idempotency-Key": uuid4().hex}
        self._take(self._line.post(self._path, message, headers))

    def _take(self, turn: dict[str, Any]) -> None:
        self.state = turn
        self.offered = [button["waarde"] for message in turn["berichten"] for button in message["knoppen"]]


class StockTalk(Talk):
    """Through Rasa's own REST channel."""

    def begin(self) -> None:
        self._sender = uuid4().hex
        self._send('/kies{"waarde": "begin"}', metadata={"site": "demo", "kanaal": "widget"})

    def say(self, message: Message) -> None:
        self._send(message["tekst"] if "tekst" in message else f'/kies{{"waarde": "{message["keuze"]}"}}')

    def _send(self, text: str, **more: Any) -> None:
        messages = self._line.post("/webhooks/rest/webhook", {"sender": self._sender, "message": text, **more})
        states = [message["custom"]["beurt"] for message in messages if "custom" in message]
        if not states:
            raise AnswerError("no turn")
        self.state = states[-1]
        self.offered = [
            json.loads(button["payload"].removeprefix("/kies"))["waarde"]
            for message in messages
            for button in message.get("buttons", [])
        ]


class Side(ABC):
    """One way to run the assistant."""

    name: str
    pids: list[int]
    port: int
    talk: type[Talk]

    @abstractmethod
    def launch(self) -> None:
        """Start the processes."""

    @abstractmethod
    def stop(self) -> None:
        """End them."""

    def start(self) -> float:
        """Start, and give the seconds until the first turn was answered."""
        begun = time.perf_counter()
        self.launch()
        while time.perf_counter() - begun < START_SECONDS:
            try:
                self.talk(Line(self.port)).begin()
            except AnswerError:
                time.sleep(0.1)
            else:
                return time.perf_counter() - begun
        raise AssertionError(f"{self.name} gave no turn within {START_SECONDS} seconds")


class AsDelivered(Product):
    """The product as an operator has it; for tests it logs more."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "LOG_LEVEL": "info"}


class Ours(Side):
    """The product on its default settings."""

    name, talk = "product", OurTalk

    def __init__(self, product: AsDelivered) -> None:
        self.product, self.port = product, product.ports["gateway"]

    def launch(self) -> None:
        migrate(self.product.database_url)
        for process in ("rasa", "actions", "gateway"):
            self.product.run(process)
        self.pids = self.product.pids

    def stop(self) -> None:
        self.product.stop()


class Stock(Side):
    """`rasa run` and Rasa's own action server on default settings: REST channel, conversations in memory."""

    name, talk = "stock", StockTalk

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder, self.port, self._actions_port = folder, free_port(), free_port()
        self._database = f"sqlite:///{folder / 'stock.db'}"
        self._processes: list[subprocess.Popen[bytes]] = []

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self._processes]

    def launch(self) -> None:
        migrate(self._database)
        credentials, endpoints = self._folder / "credentials.yml", self._folder / "endpoints.yml"
        credentials.write_text("rest:\n")
        endpoints.write_text(f"action_endpoint:\n  url: http://127.0.0.1:{self._actions_port}/webhook\n")
        model = max(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
        rasa = [str(ROOT / "bot/.venv/bin/rasa"), "run", "--model", str(model), "--port", str(self.port)]
        self._run("rasa", [*rasa, "--credentials", str(credentials), "--endpoints", str(endpoints)])
        # What `rasa run actions` does, in the environment that has the actions' own dependencies.
        actions = [sys.executable, "-W", "ignore", "-m", "rasa_sdk", "--actions", "tests.bench.stock_actions"]
        self._run("actions", [*actions, "--port", str(self._actions_port)])

    def _run(self, name: str, command: list[str]) -> None:
        environment = os.environ | {
            "DATABASE_URL": self._database,
            "RASA_TELEMETRY_ENABLED": "false",  # it would call home from this machine
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TMPDIR": str(self._folder),
        }
        with (self._folder / f"{name}.log").open("wb") as log:
            self._processes.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log))

    def stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
