"""More than can be answered: who is taken in is answered soon, the others hear so at once, and nothing gets lost."""

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx2
import pytest

from api.limits import protocol, turns
from api.settings import Settings
from tests.api.served import SLOW, RasaStandIn, all_of, connect, gateway, standing_in, until

AT_ONCE, WAITING = 2, 3


@dataclass
class Busy:
    """A gateway whose Rasa is slow."""

    settings: Settings
    rasa: RasaStandIn

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=f"http://127.0.0.1:{self.settings.gateway_port}", timeout=20)


@pytest.fixture(scope="module")
def running_busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Busy]:
    with standing_in() as rasa:
        folder = tmp_path_factory.mktemp("busy")
        with gateway(folder, rasa, turns_at_once=AT_ONCE, turns_waiting=WAITING, turn_seconds=15) as settings:
            yield Busy(settings, rasa)


@pytest.fixture
def busy(running_busy: Busy) -> Iterator[Busy]:
    running_busy.rasa.hold()
    running_busy.rasa.most_inside = 0
    yield running_busy
    running_busy.rasa.release()


class Conversation:
    """One client, that tries again with the same key."""

    def __init__(self, client: httpx2.AsyncClient, turn: dict[str, str]) -> None:
        self._client = client
        self._path = f"/v1/gesprekken/{turn['gesprekId']}"
        self._headers = {"Authorization": f"Bearer {turn['sleutel']}"}

    @classmethod
    async def begin(cls, client: httpx2.AsyncClient) -> "Conversation":
        answer = await client.post("/v1/gesprekken", json={"site": "demo", "kanaal": "widget"})
        assert answer.status_code == 201, answer.text
        return cls(client, answer.json())

    async def say(self, text: str = SLOW, key: str = "eerste") -> httpx2.Response:
        headers = {**self._headers, "Idempotency-Key": key}
        return await self._client.post(f"{self._path}/berichten", json={"tekst": text}, headers=headers)

    async def step(self) -> int:
        return int((await self._client.get(self._path, headers=self._headers)).json()["voortgang"]["nummer"])


async def refusals(said: list["asyncio.Task[httpx2.Response]"], count: int) -> list[httpx2.Response]:
    """The answers that come while Rasa gives none."""
    done: set[asyncio.Task[httpx2.Response]] = set()
    waiting = set(said)
    while len(done) < count:
        ready, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED, timeout=20)
        assert ready, "nobody was refused"
        done |= ready
    return [task.result() for task in done]


def test_those_beyond_the_queue_are_refused_at_once_and_nothing_is_lost_or_doubled(busy: Busy) -> None:
    async def crowd() -> None:
        async with busy.client() as client:
            everybody = [await Conversation.begin(client) for _ in range(12)]
            before = busy.rasa.heard[SLOW]
            said = [asyncio.create_task(one.say()) for one in everybody]
            refused = await refusals(said, 12 - AT_ONCE - WAITING)
            assert busy.rasa.heard[SLOW] == before, "refused while Rasa answered nobody"
            for answer in refused:
                assert answer.status_code == 503
                assert answer.headers["content-type"] == "application/problem+json"
                assert int(answer.headers["retry-after"]) > 0
                assert answer.json()["detail"].startswith("Het is nu erg druk.")
            await asyncio.to_thread(until, lambda: busy.rasa.inside == AT_ONCE)
            assert (await client.get("/readyz")).json()["parts"]["model"] == "ok"  # which takes no place of a turn
            busy.rasa.release()
            answers = await asyncio.gather(*said)
            assert sorted(answer.status_code for answer in answers) == [200] * 5 + [503] * 7
            # Nobody waits for more than the queue that was there: what is behind Rasa at once is bounded as well.
            assert busy.rasa.most_inside == AT_ONCE
            assert busy.rasa.heard[SLOW] - before == AT_ONCE + WAITING
            for one in everybody:
                while (await one.say()).status_code == 503:
                    await asyncio.sleep(0.01)
                assert await one.step() == 2, "each message counted once"
            assert busy.rasa.heard[SLOW] - before == 12

    asyncio.run(crowd())


def test_start_of_a_conversation_is_refused_as_well(busy: Busy) -> None:
    async def crowd() -> None:
        async with busy.client() as client:
            everybody = [await Conversation.begin(client) for _ in range(AT_ONCE + WAITING)]
            said = [asyncio.create_task(one.say()) for one in everybody]
            while f"assistant_turns_inside {AT_ONCE + WAITING}.0" not in (await client.get("/metrics")).text:
                await asyncio.sleep(0.01)
            started = await client.post("/v1/gesprekken", json={"site": "demo", "kanaal": "widget"})
            rest = await client.post("/webhooks/rest/webhook", json={"sender": "x", "message": "hallo"})
            assert (started.status_code, rest.status_code) == (503, 503)
            assert (await client.get("/v1/gemeenten")).status_code == 200
            assert (await client.get("/healthz")).status_code == 200
            busy.rasa.release()
            assert {answer.status_code for answer in await asyncio.gather(*said)} == {200}

    asyncio.run(crowd())


def test_one_conversation_cannot_take_every_place(busy: Busy) -> None:
    async def crowd() -> None:
        async with busy.client() as client:
            greedy, modest = await Conversation.begin(client), await Conversation.begin(client)
            said = [asyncio.create_task(greedy.say(key=str(number))) for number in range(10)]
            refused = await refusals(said, 10 - turns.PER_CONVERSATION)
            assert {answer.status_code for answer in refused} == {503}
            assert (await modest.say("snel")).status_code == 200
            busy.rasa.release()
            await asyncio.gather(*said)
            assert await greedy.step() == 1 + turns.PER_CONVERSATION

    asyncio.run(crowd())


def test_who_waits_behind_a_rasa_that_hangs_hears_so(busy: Busy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAITING_SECONDS", 0.2)

    async def crowd() -> None:
        async with busy.client() as client:
            everybody = [await Conversation.begin(client) for _ in range(AT_ONCE + 1)]
            said = [asyncio.create_task(one.say()) for one in everybody]
            (refused,) = await refusals(said, 1)
            assert refused.status_code == 503
            busy.rasa.release()
            answers = await asyncio.gather(*said)
            assert sorted(answer.status_code for answer in answers) == [200, 200, 503]
            assert (await client.post("/v1/gesprekken", json={"site": "demo", "kanaal": "widget"})).status_code == 201

    asyncio.run(crowd())


def test_places_come_back_whatever_becomes_of_a_turn(busy: Busy) -> None:
    async def crowd() -> None:
        async with busy.client() as client:
            for _ in range(3 * (AT_ONCE + WAITING)):
                one = await Conversation.begin(client)
                assert (await one.say("")).status_code == 400
                unknown = await client.post("/v1/gesprekken", json={"site": "nergens", "kanaal": "widget"})
                assert unknown.status_code == 400
            metrics = (await client.get("/metrics")).text
            assert "assistant_turns_inside 0.0" in metrics

    asyncio.run(crowd())


def test_who_asks_on_too_early_gets_the_first_answer_whole(busy: Busy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.2)
    address = f"http://127.0.0.1:{busy.settings.gateway_port}"
    turn = httpx2.post(f"{address}/v1/gesprekken", json={"site": "demo", "kanaal": "widget"}).json()
    body = json.dumps({"tekst": SLOW}).encode()
    head = (
        f"POST /v1/gesprekken/{turn['gesprekId']}/berichten HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {turn['sleutel']}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with connect(busy.settings) as connection:
        connection.sendall(head.encode() + body + b"GET /healthz HT")
        until(lambda: busy.rasa.inside == 1)
        time.sleep(3 * protocol.HEAD_SECONDS)  # so long that its second request is late
        busy.rasa.release()
        found = all_of(connection)
    assert found.startswith(b"HTTP/1.1 200 ")
    assert found.count(b"HTTP/1.1 ") == 2
    assert b"HTTP/1.1 408 " in found
