"""What the server does not bound by itself: how large the head of a request is, how long it takes, how many connect.

Without these, who sends a byte now and then, or a header without an end, or reads no answer, holds a place and memory
for ever. What is refused here never reaches the application, and is answered in its shape all the same.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from api.errors import MEDIA_TYPE, RETRY_AFTER_SECONDS, Unavailable
from api.headers import HEADERS
from api.portal.attempts import network

LARGEST_HEAD = 32 * 1024  # bytes of address and headers; browsers send some 2 kB
HEAD_SECONDS = 10.0  # from the connection, or the first byte of a later request, to the end of its headers
MESSAGE_SECONDS = 150.0  # from there to the end of the body, of what the application does not read too
READING_SECONDS = 30.0  # how long a client may take nothing of an answer

_BAD_REQUEST = "Dit is geen geldige aanvraag."
_TOO_LARGE = "Het adres en de headers van deze aanvraag zijn te groot."
_TOO_SLOW = "De aanvraag kwam niet op tijd binnen."


class HeadTooLarge(Exception):
    """The address and the headers are larger than those of any browser."""


def proxies(allowed: str) -> list[IPv4Network | IPv6Network]:
    """The proxies that an operator named: addresses and networks, with commas between. Raises ValueError for others."""
    return [ip_network(part.strip()) for part in allowed.split(",") if part.strip()]


def guarded(most_connections: int, allowed: str) -> type[HttpToolsProtocol]:
    """The protocol of a server that holds so many connections at most.

    A network may have a quarter of them, but for the `allowed` proxies. Raises ValueError as `proxies` does.
    """
    trusted = proxies(allowed)

    class Protocol(GuardedProtocol):
        most = most_connections
        by_network: ClassVar[Counter[str]] = Counter()

        @staticmethod
        def is_proxy(host: str) -> bool:
            return any(ip_address(host) in proxy for proxy in trusted)

    return Protocol


class GuardedProtocol(HttpToolsProtocol):
    """One connection."""

    most: int
    by_network: ClassVar[Counter[str]]  # of the whole server
    is_proxy: Callable[[str], bool]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Greet a client, or send it away when there are too many."""
        super().connection_made(transport)
        self._head_open = True  # bytes that come are of a head, or should be
        self._head_size = 0
        self._timer: asyncio.TimerHandle | None = None
        self._reading_timer: asyncio.TimerHandle | None = None
        self._network = self._from_where()
        if self._network is not None:
            self.by_network[self._network] += 1
        if len(self.connections) > self.most or self.by_network[self._network or ""] > max(1, self.most // 4):
            self._refuse(503, Unavailable.title, Unavailable.detail, f"retry-after: {RETRY_AFTER_SECONDS}")
            return
        self._start_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a client."""
        self._stop_timer()
        self.resume_writing()
        if self._network is not None:
            self.by_network[self._network] -= 1
            if not self.by_network[self._network]:
                del self.by_network[self._network]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        begun = self._head_open
        super().data_received(data)
        # A header or address that has no end is seen by nobody else before it is whole. What came together with the end
        # of the request before is not counted, only that a head began.
        if self._head_open and not self.transport.is_closing():
            self._head_size += len(data) if begun else 1
            if self._head_size > LARGEST_HEAD:
                self._refuse(431, HTTPStatus(431).phrase, _TOO_LARGE)

    def on_message_begin(self) -> None:
        """A head begins."""
        super().on_message_begin()
        self._head_open, self._head_size = True, 0
        if self._timer is None:
            self._start_timer()

    def on_headers_complete(self) -> None:
        """A head ends."""
        self._stop_timer()
        self._head_open = False
        if self._is_head_too_large():
            raise HeadTooLarge
        self._timer = self.loop.call_later(MESSAGE_SECONDS, self.transport.abort)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """A body ends."""
        self._stop_timer()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what cannot be read, or is too large to be."""
        if self._is_head_too_large():
            self._refuse(431, HTTPStatus(431).phrase, _TOO_LARGE)
        else:
            self._refuse(400, "Ongeldige aanvraag", _BAD_REQUEST)

    def pause_writing(self) -> None:
        """The client takes nothing of an answer: wait, but not for ever."""
        super().pause_writing()
        if self._reading_timer is None:
            self._reading_timer = self.loop.call_later(READING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """The client takes on."""
        if self._reading_timer is not None:
            self._reading_timer.cancel()
            self._reading_timer = None
        super().resume_writing()

    def _from_where(self) -> str | None:
        """The network at the other end; None for a proxy, which brings many people, and a socket without an address."""
        return None if self.client is None or self.is_proxy(self.client[0]) else network(self.client[0])

    def _is_head_too_large(self) -> bool:
        """Whether what was read of the head is more than it may be; of one that cannot be read there may be none."""
        headers = sum(len(name) + len(value) for name, value in self.headers or ())
        return len(getattr(self, "url", b"")) + headers > LARGEST_HEAD

    def _start_timer(self) -> None:
        self._timer = self.loop.call_later(HEAD_SECONDS, self._be_late)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _be_late(self) -> None:
        self._timer = None
        if self.cycle is not None and not self.cycle.response_complete:
            self._start_timer()  # it asks on before it was answered; the answer goes first
        elif self._head_size:
            self._refuse(408, HTTPStatus(408).phrase, _TOO_SLOW)
        else:
            self.transport.close()

    def _refuse(self, status: int, title: str, detail: str, *more: str) -> None:
        """Answer with an error of the one shape, and close the connection."""
        self._stop_timer()
        if self.transport.is_closing():
            return
        body = json.dumps({"status": status, "title": title, "detail": detail}).encode()
        given: dict[str, Any] = {**HEADERS, "Content-Type": MEDIA_TYPE, "Content-Length": len(body)}
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{n}: {v}" for n, v in given.items()), *more]
        self.transport.write("\r\n".join([*lines, "connection: close", "", ""]).encode() + body)
        self.transport.close()
