import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable

import pytest

from knowledge.part_line import Answer, NoAnswer, PartLine

Part = Callable[[StreamReader, StreamWriter], Awaitable[None]]


async def heard(reader: StreamReader) -> tuple[bytes, bytes]:
    """One request: its head and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((line for line in head.splitlines() if line.startswith(b"Content-Length: ")), b": 0")
    return head, await reader.readexactly(int(length.partition(b": ")[2]))


def answer(body: bytes, status: str = "200 OK", *more: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *more, "", ""]).encode() + body


def with_part(part: Part, ask: Callable[[PartLine], Awaitable[Answer]], seconds: float = 5) -> Answer:
    """What `ask` gets from a part that does this with every connection."""

    async def run() -> Answer:
        async def serve(reader: StreamReader, writer: StreamWriter) -> None:
            try:
                await part(reader, writer)
            finally:
                writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            line = PartLine(server.sockets[0].getsockname()[1], seconds=seconds, headers={"Authorization": "Bearer x"})
            try:
                return await ask(line)
            finally:
                line.close()
                await asyncio.sleep(0)

    return asyncio.run(run())


def test_values_go_over_and_come_back() -> None:
    requests = []

    async def part(reader: StreamReader, writer: StreamWriter) -> None:
        requests.append(await heard(reader))
        writer.write(answer('{"zin": "één"}'.encode(), "200 OK", "connection: keep-alive"))
        await writer.drain()

    got = with_part(part, lambda line: line.post("/webhook", {"tekst": "twee"}))
    assert (got.status, got.json()) == (200, {"zin": "één"})
    ((head, body),) = requests
    assert head.startswith(b"POST /webhook HTTP/1.1\r\n")
    assert b"\r\nAuthorization: Bearer x\r\n" in head
    assert body == b'{"tekst":"twee"}'


def test_connection_is_kept_for_the_next_request() -> None:
    connections = []

    async def part(reader: StreamReader, writer: StreamWriter) -> None:
        connections.append(writer)
        for _ in range(3):
            await heard(reader)
            writer.write(answer(b"{}"))

    async def ask(line: PartLine) -> Answer:
        await line.get("/")
        await line.post("/", {})
        return await line.get("/")

    assert with_part(part, ask).status == 200
    assert len(connections) == 1


@pytest.mark.parametrize("says_so", [True, False], ids=["announced", "just gone"])
def test_connection_that_the_part_closed_is_replaced(says_so: bool) -> None:
    connections = []

    async def part(reader: StreamReader, writer: StreamWriter) -> None:
        connections.append(writer)
        await heard(reader)
        writer.write(answer(b"{}", "503 Busy", *(["connection: close"] if says_so else [])))

    async def ask(line: PartLine) -> Answer:
        await line.get("/")
        await asyncio.sleep(0.05)
        return await line.get("/")

    assert with_part(part, ask).status == 503
    assert len(connections) == 2


def test_two_requests_at_once_have_a_connection_each() -> None:
    connections = []

    async def part(reader: StreamReader, writer: StreamWriter) -> None:
        connections.append(writer)
        head, _ = await heard(reader)
        while len(connections) < 2:
            await asyncio.sleep(0.01)
        writer.write(answer(head.split()[1]))

    async def ask(line: PartLine) -> Answer:
        one, other = await asyncio.gather(line.get("/een"), line.get("/twee"))
        assert (one.body, other.body) == (b"/een", b"/twee")
        return one

    with_part(part, ask)


async def goes_away(reader: StreamReader, writer: StreamWriter) -> None:
    await heard(reader)


async def stops_half_way(reader: StreamReader, writer: StreamWriter) -> None:
    await heard(reader)
    writer.write(answer(b"{}" * 100)[:-50])


async def says_no_length(reader: StreamReader, writer: StreamWriter) -> None:
    await heard(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")


async def speaks_no_http(reader: StreamReader, writer: StreamWriter) -> None:
    await heard(reader)
    writer.write(b"220 mail.example.nl ESMTP\r\n\r\n")


async def has_no_end(reader: StreamReader, writer: StreamWriter) -> None:
    await heard(reader)
    writer.write(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 20_000)


async def hangs(reader: StreamReader, writer: StreamWriter) -> None:
    await heard(reader)
    await reader.read()  # until the other side gives up


@pytest.mark.parametrize("part", [goes_away, stops_half_way, says_no_length, speaks_no_http, has_no_end, hangs])
def test_answer_that_is_none_is_an_error_of_one_kind(part: Part) -> None:
    with pytest.raises(NoAnswer):
        with_part(part, lambda line: line.get("/"), seconds=0.5)


def test_nobody_there_is_the_same_error() -> None:
    with pytest.raises(NoAnswer):
        asyncio.run(PartLine(1, seconds=5).get("/"))


def test_connection_of_a_request_that_took_too_long_is_not_used_again() -> None:
    connections = []

    async def part(reader: StreamReader, writer: StreamWriter) -> None:
        connections.append(writer)
        await heard(reader)
        if len(connections) == 1:
            await asyncio.sleep(0.3)
            writer.write(answer(b'"late"'))
            await asyncio.sleep(0.3)
        writer.write(answer(b'"right"'))

    async def ask(line: PartLine) -> Answer:
        with pytest.raises(NoAnswer):
            await line.get("/")
        return await line.get("/")

    assert with_part(part, ask, seconds=0.2).json() == "right"


def test_body_that_is_no_json_is_an_error() -> None:
    with pytest.raises(NoAnswer):
        Answer(200, b"<html>").json()
