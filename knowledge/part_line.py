"""The line from one part of the product to another on this machine: JSON over HTTP/1.1, on connections that are kept.

It is here because both environments need it. The parts are ours and answer with a length, so it takes no more than
that: no redirects, no chunks, no encryption. HTTP libraries take several times as long over it.
"""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

HOST = "127.0.0.1"
_CLOSED = (ConnectionError, asyncio.IncompleteReadError)


class NoAnswer(Exception):
    """The other part is not there, went away half-way, took too long, or answered in another way than ours do."""


class TookTooLong(NoAnswer):
    """The other part is there, and did not answer in time."""


@dataclass(frozen=True)
class Answer:
    """What the other part answered."""

    status: int
    body: bytes

    def json(self) -> Any:
        """The body as values. Raises NoAnswer when it is not JSON."""
        try:
            return msgspec.json.decode(self.body)
        except msgspec.DecodeError as error:
            raise NoAnswer("no JSON") from error


class PartLine:
    """The line to one port. Every request on it takes at most so many seconds."""

    def __init__(self, port: int, *, seconds: float, headers: Mapping[str, str] | None = None) -> None:
        """Nothing is connected yet; `headers` go along with every request."""
        self._port = port
        self._seconds = seconds
        self._head = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self._idle: list[tuple[StreamReader, StreamWriter]] = []

    async def get(self, path: str) -> Answer:
        """Ask for something. Raises NoAnswer, of which TookTooLong is one."""
        return await self._ask(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{self._head}\r\n".encode())

    async def post(self, path: str, body: Any) -> Answer:
        """Hand over values. Raises NoAnswer; whether they arrived is not known then.

        The other part may hear it twice, when it closed the connection just as this was sent.
        """
        content = msgspec.json.encode(body)
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n{self._head}"
        return await self._ask(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)

    def close(self) -> None:
        """Close the connections that are not in use."""
        while self._idle:
            self._idle.pop()[1].close()

    async def _ask(self, request: bytes) -> Answer:
        try:
            async with asyncio.timeout(self._seconds):
                while self._idle:
                    reader, writer = self._idle.pop()
                    try:
                        return await self._exchange(reader, writer, request)
                    except _CLOSED:  # it was closed while nobody used it
                        continue
                return await self._exchange(*await asyncio.open_connection(HOST, self._port), request)
        except TimeoutError as error:
            raise TookTooLong from error
        except (*_CLOSED, OSError, asyncio.LimitOverrunError, ValueError, KeyError) as error:
            raise NoAnswer(type(error).__name__) from error

    async def _exchange(self, reader: StreamReader, writer: StreamWriter, request: bytes) -> Answer:
        """One question and its answer; the connection is kept when both are whole."""
        whole = False
        try:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            fields = dict(line.split(b": ", 1) for line in head.splitlines()[1:] if line)
            answer = Answer(int(head[9:12]), await reader.readexactly(int(fields[b"content-length"])))
            whole = fields.get(b"connection") != b"close"
            return answer
        finally:
            if whole:
                self._idle.append((reader, writer))
            else:
                writer.close()
