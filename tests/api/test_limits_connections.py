"""Clients that send or take too slowly, too much or what is no request: they end, and others are served meanwhile."""

import asyncio
import json
import resource
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import pytest
import uvicorn
from starlette.types import Message, Receive, Scope, Send
from uvicorn.server import ServerState

from api import middleware
from api.gateway import allow_files
from api.headers import HEADERS
from api.limits import protocol
from api.settings import Settings
from tests.api.served import all_of, connect, gateway, until

MOST = 20
GOOD = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with gateway(tmp_path_factory.mktemp("served"), most_connections=MOST) as settings:
        yield settings


def answer(connection: socket.socket, status: int) -> dict[str, object]:
    """The refusal that a connection ends with, in the shape of every error."""
    head, _, body = all_of(connection).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0].startswith(f"HTTP/1.1 {status} "), lines[0]
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    assert headers["content-type"] == "application/problem+json"
    for name, value in HEADERS.items():
        assert headers[name.lower()] == value.lower()
    problem: dict[str, object] = json.loads(body)
    assert problem["status"] == status
    assert problem["detail"]
    return problem


@pytest.mark.parametrize(
    ("soft", "hard", "set_to"),
    [
        (1024, resource.RLIM_INFINITY, 1256),
        (1024, 4096, 1256),
        (1024, 1100, 1100),
        (1256, 4096, None),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, None),
    ],
)
def test_there_are_files_for_every_connection_as_far_as_the_system_lets_it(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, set_to: int | None
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, limits: asked.append(limits))
    allow_files(1000)
    assert asked == ([] if set_to is None else [(set_to, hard)])


def assert_answers(settings: Settings) -> None:
    assert httpx2.get(f"http://127.0.0.1:{settings.gateway_port}/healthz").status_code == 200


def test_connection_that_says_nothing_is_closed(served: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 1.0)
    with connect(served) as connection:
        assert all_of(connection) == b""


@pytest.mark.parametrize("start", [b"GET /healthz HTT", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: "])
def test_headers_that_do_not_end_are_given_up(served: Settings, monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 1.0)
    with connect(served) as connection:
        connection.sendall(start)
        assert_answers(served)
        answer(connection, 408)


def test_headers_that_drip_in_are_given_up(served: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 1.0)
    with connect(served) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nX-A: ")
        connection.settimeout(0.05)
        found = b""
        for _ in range(1000):
            try:
                connection.sendall(b"a")
                found += connection.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
            if not found or found.endswith(b"}"):
                break
        assert b" 408 " in found.split(b"\r\n")[0]


def test_later_request_on_a_kept_connection_has_the_same_time(
    served: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 1.0)
    with connect(served) as connection:
        connection.sendall(GOOD)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /healthz HTTP/1.1\r\n")
        answer(connection, 408)


@pytest.mark.parametrize("size", [protocol.LARGEST_HEAD + 1000, 1024 * 1024])
@pytest.mark.parametrize(
    "start", [b"GET /%s HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nX-A: %s\r\n\r\n", b"GET /%s"]
)
def test_address_or_headers_without_measure_are_refused(served: Settings, start: bytes, size: int) -> None:
    with connect(served) as connection:
        with suppress(OSError):  # it may be refused before it is sent whole
            connection.sendall(start % (b"a" * size))
        found = all_of(connection)
        assert found == b"" or found.startswith(b"HTTP/1.1 431 ")
    assert_answers(served)


def test_headers_just_too_large_hear_why(served: Settings) -> None:
    with connect(served) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX-A: %s\r\n\r\n" % (b"a" * (protocol.LARGEST_HEAD + 1)))
        assert "te groot" in str(answer(connection, 431)["detail"])


def test_headers_of_a_browser_with_many_cookies_are_fine(served: Settings) -> None:
    headers = {"Cookie": "a=" + "b" * 8000}
    assert httpx2.get(f"http://127.0.0.1:{served.gateway_port}/healthz", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "sent", [b"\x16\x03\x01\x02\x00\x01", b"HALLO\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 99]
)
def test_what_is_no_request_is_refused_in_the_one_shape(served: Settings, sent: bytes) -> None:
    with connect(served) as connection:
        connection.sendall(sent)
        answer(connection, 400)


def test_body_that_drips_in_is_given_up(served: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "BODY_SECONDS", 1.0)
    head = b"POST /v1/gesprekken HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
    with connect(served) as connection:
        connection.sendall(head)
        assert_answers(served)
        answer(connection, 408)


def test_body_that_nobody_asked_for_does_not_keep_a_connection(
    served: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "MESSAGE_SECONDS", 1.0)
    with connect(served) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        assert all_of(connection).startswith(b"HTTP/1.1 200")


def test_client_that_takes_no_answer_is_let_go(served: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "READING_SECONDS", 1.0)
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(20)
        connection.connect(("127.0.0.1", served.gateway_port))
        request = b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
        gone = False
        # Asks on without reading: what is answered piles up on the other side until it lets go.
        connection.setblocking(False)

        def is_let_go() -> bool:
            nonlocal gone
            try:
                connection.send(request)
            except BlockingIOError:
                return False
            except OSError:
                gone = True
            return gone

        until(is_let_go)
    assert_answers(served)


def test_more_connections_than_there_are_places_are_sent_away(served: Settings) -> None:
    held = [connect(served) for _ in range(MOST)]
    try:
        with connect(served) as connection:
            connection.sendall(GOOD)
            assert "even niet bereikbaar" in str(answer(connection, 503)["detail"])
    finally:
        for connection in held:
            connection.close()

    def is_free() -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{served.gateway_port}/healthz").status_code == 200
        except httpx2.HTTPError:
            return False

    until(is_free)


def test_one_network_cannot_hold_every_connection(tmp_path: Path) -> None:
    with gateway(tmp_path, most_connections=MOST, forwarded_allow_ips="127.0.9.0/24") as settings:
        held = [connect(settings, f"127.0.1.{number}") for number in range(1, MOST // 4 + 1)]
        with connect(settings, "127.0.1.99") as connection:
            connection.sendall(GOOD)
            answer(connection, 503)
        for elsewhere in ("127.0.2.1", "127.0.9.1"):
            with connect(settings, elsewhere) as connection:
                connection.sendall(GOOD)
                assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        proxy = [connect(settings, "127.0.9.1") for _ in range(MOST // 2)]
        with connect(settings, "127.0.9.1") as connection:
            connection.sendall(GOOD)
            assert connection.recv(65536).startswith(b"HTTP/1.1 200")
        for connection in held + proxy:
            connection.close()

        def is_free() -> bool:
            with connect(settings, "127.0.1.99") as connection:
                connection.sendall(GOOD)
                return connection.recv(65536).startswith(b"HTTP/1.1 200")

        until(is_free)


class Wire(asyncio.Transport):
    """The other end of a connection, as the server sees it; it has no address, as a socket file or who just left."""

    def __init__(self) -> None:
        super().__init__()
        self.written, self.closing = b"", False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += data

    def close(self) -> None:
        self.closing = True

    def is_closing(self) -> bool:
        return self.closing


async def nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    pass


def test_connection_without_an_address_counts_for_no_network_and_ends_with_one_answer() -> None:
    async def held() -> tuple[int, bytes, bytes]:
        config = uvicorn.Config(nothing, log_config=None)
        wire, made = Wire(), protocol.guarded(MOST, "")(config=config, server_state=ServerState(), app_state={})
        made.connection_made(wire)
        counted = made.by_network.total()
        made.data_received(b"HALLO\r\n\r\n")
        first = wire.written
        made.data_received(b"HALLO\r\n\r\n")
        made.connection_lost(None)
        return counted, first, wire.written

    counted, first, all_written = asyncio.run(held())
    assert counted == 0
    assert first == all_written
    assert all_written.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("leaves", ["halfway", "afterwards"])
def test_client_that_leaves_is_heard_of_once_its_body_was_whole(leaves: str) -> None:
    more = {"type": "http.request", "body": b"{", "more_body": True}
    whole = {"type": "http.request", "body": b"}", "more_body": False}
    sent = iter(
        [more, {"type": "http.disconnect"}] if leaves == "halfway" else [more, whole, {"type": "http.disconnect"}]
    )
    heard: list[Message] = []

    async def receive() -> Message:
        return next(sent)

    async def send(_message: Message) -> None:
        raise AssertionError("there is nobody to answer")

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        heard.extend([await receive(), await receive()])

    scope = {"type": "http", "method": "POST", "path": "/v1/gesprekken"}
    asyncio.run(middleware.BodyLimitMiddleware(app)(scope, receive, send))
    assert heard == ([] if leaves == "halfway" else [whole | {"body": b"{}"}, {"type": "http.disconnect"}])
