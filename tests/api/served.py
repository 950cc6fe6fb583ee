"""The gateway behind its real server, on a port of its own, with something in the place of Rasa."""

import asyncio
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from analytics.database import migrate
from api.app import create_app
from api.gateway import server
from api.settings import Settings
from tests.product.running import free_port

SLOW = "traag"  # a text that the stand-in answers only when it is released
PATIENCE = 20


class RasaStandIn:
    """Answers turns as Rasa does: each message is one step further. Those that say SLOW wait until they are let go."""

    def __init__(self) -> None:
        self.port = free_port()
        self.inside = 0
        self.most_inside = 0
        self.heard: Counter[str] = Counter()
        self._go = threading.Event()

    def hold(self) -> None:
        self._go.clear()

    def release(self) -> None:
        self._go.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            return
        if scope["method"] == "GET":  # whether the model is there, which the gateway asks every half second: no turn
            await _answer(send, b"{}")
            return
        content = b""
        while True:
            message = await receive()
            content += message.get("body", b"")
            if not message.get("more_body"):
                break
        body = json.loads(content or b"{}")
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        while body.get("text") == SLOW and not self._go.is_set():
            await asyncio.sleep(0.01)
        self.inside -= 1
        self.heard[str(body.get("text"))] += 1
        await _answer(send, json.dumps(_turn((body.get("slots") or {}).get("stap", 0) + 1)).encode())


async def _answer(send: Any, answer: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})


def _turn(step: int) -> dict[str, Any]:
    progress = {"vraag": "personen", "bevestigen": False, "nummer": step, "totaal": 9}
    state = {"voortgang": progress, "antwoorden": {}, "uitslag": None}
    custom = {"beurt": state, "registratie": {"id": "r", "afgerond": False}}
    return {"messages": [{"text": "Hallo", "buttons": []}, {"custom": custom}], "slots": {"stap": step}}


@contextmanager
def running(served: uvicorn.Server) -> Iterator[None]:
    """Let a server run in a thread."""
    thread = threading.Thread(target=served.run)
    thread.start()
    try:
        until(lambda: served.started)
        yield
    finally:
        served.should_exit = True
        thread.join(PATIENCE)


@contextmanager
def served_alone(app: Any, port: int | None = None) -> Iterator[str]:
    """The address of an application, without what it does at start and in the background."""
    port = port or free_port()
    with running(uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def gateway(folder: Path, rasa: RasaStandIn | None = None, **chosen: Any) -> Iterator[Settings]:
    """The gateway as it is served, with settings of its own."""
    url = f"sqlite:///{folder / 'x.db'}"
    migrate(url)
    ports = {"gateway_port": free_port(), "rasa_port": rasa.port if rasa else free_port()}
    folders = {
        "mail_folder": folder / "mail",
        "secrets_folder": folder / "secrets",
        "reports_folder": folder / "rapport",
    }
    settings = Settings(database_url=url, **ports, **folders, **chosen)
    with running(server(create_app(settings), settings)):
        yield settings


@contextmanager
def standing_in() -> Iterator[RasaStandIn]:
    """The stand-in for Rasa, listening."""
    rasa = RasaStandIn()
    with served_alone(rasa, rasa.port):
        yield rasa


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.01)


def connect(settings: Settings, source: str = "127.0.0.1") -> socket.socket:
    """A connection of which a test sends every byte itself."""
    address = (settings.gateway_host, settings.gateway_port)
    return socket.create_connection(address, timeout=PATIENCE, source_address=(source, 0))


def all_of(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    found = b""
    try:
        while part := connection.recv(65536):
            found += part
    except ConnectionResetError:  # it closed while bytes of ours were on their way
        pass
    return found
