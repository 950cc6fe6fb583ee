"""Several processes of Rasa: any of them takes a turn, and one that is away is noticed by nobody."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TypeVar

import pytest

from api.conversations.assistant import Assistant, Workers
from api.errors import Unavailable
from knowledge.part_line import NoAnswer, TookTooLong

T = TypeVar("T")

SECONDS = 2.0


class Worker:
    """Stands for a process of Rasa: answers with its status, after as many seconds as it takes."""

    def __init__(self, status: int = 200, seconds: float = 0) -> None:
        self.status, self.seconds, self.taken = status, seconds, 0
        self.port = 0  # when it runs, one that was free

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if head.startswith(b"POST"):
                self.taken += 1
                await asyncio.sleep(self.seconds)
            body = json.dumps({"port": self.port}).encode()
            lines = (f"HTTP/1.1 {self.status} -", "Connection: close", f"Content-Length: {len(body)}", "", "")
            writer.write("\r\n".join(lines).encode() + body)
        finally:
            writer.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with await asyncio.start_server(self._serve, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            yield


class Gone(Worker):
    """One that does not listen."""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        with socket.socket() as kept:
            kept.bind(("127.0.0.1", 0))
            self.port = kept.getsockname()[1]
            yield


def with_workers(workers: list[Worker], ask: Callable[[Workers], Awaitable[T]]) -> T:
    async def run() -> T:
        async with AsyncExitStack() as stack:
            for worker in workers:
                await stack.enter_async_context(worker.running())
            line = Workers([worker.port for worker in workers], seconds=SECONDS, headers={})
            try:
                return await ask(line)
            finally:
                line.close()
                await asyncio.sleep(0.01)  # for the connections to be closed at both ends

    return asyncio.run(run())


def test_turns_at_the_same_moment_are_shared_out() -> None:
    workers = [Worker(seconds=0.2), Worker(seconds=0.2)]
    with_workers(workers, lambda line: asyncio.gather(*(line.take({}) for _ in range(6))))
    assert [worker.taken for worker in workers] == [3, 3]


def test_turns_one_after_another_are_shared_out_too() -> None:
    async def turns(line: Workers) -> None:
        for _ in range(6):
            await line.take({})

    workers = [Worker(), Worker()]
    with_workers(workers, turns)
    assert [worker.taken for worker in workers] == [3, 3]


@pytest.mark.parametrize("away", [Gone(), Worker(503)], ids=["gone", "not ready"])
def test_another_takes_the_turn_of_one_that_is_away(away: Worker) -> None:
    there = Worker()
    answer = with_workers([away, there], lambda line: line.take({}))
    assert (answer.status, answer.json()) == (200, {"port": there.port})


def test_none_is_there() -> None:
    with pytest.raises(NoAnswer):
        with_workers([Gone(), Gone()], lambda line: line.take({}))


@pytest.mark.parametrize("worker", [Worker(500), Worker(401), Worker(503), Gone()], ids=lambda one: str(one.status))
def test_turn_that_was_not_taken_can_be_tried_later(worker: Worker) -> None:
    async def turn() -> None:
        async with worker.running():
            assistant = Assistant([worker.port], 1, seconds=SECONDS)
            try:
                with pytest.raises(Unavailable):
                    await assistant.take_turn(None, text="4")
            finally:
                assistant.close()
                await asyncio.sleep(0.01)  # for the connections to be closed at both ends

    asyncio.run(turn())


def test_turn_that_takes_too_long_is_not_given_to_the_next() -> None:
    workers = [Worker(seconds=5 * SECONDS), Worker()]
    with pytest.raises(TookTooLong):
        with_workers(workers, lambda line: line.take({}))
    assert workers[1].taken == 0


@pytest.mark.parametrize(
    ("workers", "state"),
    [
        ([Worker(), Worker()], "ok"),
        ([Worker(), Gone()], "partly"),
        ([Worker(), Worker(503)], "partly"),
        ([Gone(), Gone()], "unreachable"),
        ([Worker(401)], "other_secret"),
        ([Gone(), Worker(503)], "not_loaded"),
    ],
    ids=["all", "one gone", "one not ready", "none", "another secret", "none ready"],
)
def test_state_tells_whether_all_are_there(workers: list[Worker], state: str) -> None:
    assert with_workers(workers, lambda line: line.state()) == state
