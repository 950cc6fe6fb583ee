"""One limit for several gateways, in Redis; and what happens when Redis goes."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from redis import Redis

from api.limits import shared
from api.limits.buckets import Buckets
from api.limits.rules import Limits
from api.limits.shared import AWAY_SECONDS, SharedBuckets
from api.settings import Settings
from tests.product.running import free_port
from tests.redis_server import PROGRAM, RedisServer, redis_server

T = TypeVar("T")

HALL, ELSEWHERE = "192.0.2.0/24", "198.51.100.0/24"
LIMIT = 6


@pytest.fixture
def redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RedisServer]:
    if PROGRAM is None:
        if os.environ.get("CI"):
            pytest.fail("Redis is needed in CI: apt-get install redis-server")
        pytest.skip("Redis is not installed: apt-get install redis-server")
    monkeypatch.setattr(shared, "SECONDS", 10.0)  # a busy machine is not taken for a Redis that went
    with redis_server(tmp_path, free_port()) as server:
        yield server


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


class Gateway:
    """Where one gateway counts, with what it counts in when it is alone."""

    def __init__(self, redis: RedisServer, key: str = "sleutel") -> None:
        self.clock = Clock()
        self.own = Buckets(LIMIT)
        self.shared = SharedBuckets(redis.url, key, self.clock)

    async def ask(self, times: int = 1, subject: str = HALL, name: str = "beurten") -> list[int]:
        return [await self.shared.wait(name, self.own, subject) for _ in range(times)]


def with_gateways(redis: RedisServer, work: Callable[[Gateway, Gateway], Awaitable[T]]) -> T:
    async def run() -> T:
        one, two = Gateway(redis), Gateway(redis)
        try:
            return await work(one, two)
        finally:
            await one.shared.close()
            await two.shared.close()

    return asyncio.run(run())


def test_two_gateways_have_one_limit(redis: RedisServer) -> None:
    async def work(one: Gateway, two: Gateway) -> tuple[list[int], list[int], list[int]]:
        return await one.ask(LIMIT // 2), await two.ask(LIMIT // 2), await one.ask(1) + await two.ask(1)

    first, second, beyond = with_gateways(redis, work)
    assert first + second == [0] * LIMIT
    assert all(0 < seconds <= 60 / LIMIT for seconds in beyond)


def test_each_network_and_each_kind_has_a_limit_of_its_own(redis: RedisServer) -> None:
    async def work(one: Gateway, two: Gateway) -> list[int]:
        await one.ask(LIMIT)
        return [*await two.ask(1, ELSEWHERE), *await two.ask(1, HALL, "begin")]

    assert with_gateways(redis, work) == [0, 0]


def test_at_the_same_moment_no_more_than_the_limit_get_through(redis: RedisServer) -> None:
    async def work(one: Gateway, two: Gateway) -> list[list[int]]:
        return await asyncio.gather(*(gateway.ask() for gateway in (one, two) * (2 * LIMIT)))

    assert sum(waited == [0] for waited in with_gateways(redis, work)) == LIMIT


def test_what_redis_holds_tells_of_nobody_and_goes_by_itself(redis: RedisServer) -> None:
    async def work(one: Gateway, _: Gateway) -> None:
        await one.ask(LIMIT)

    with_gateways(redis, work)
    with Redis.from_url(redis.url) as looked:
        (key,) = looked.keys()
        assert HALL.partition("/")[0] not in key.decode()
        assert 0 < looked.ttl(key) <= 60


def test_when_redis_goes_each_counts_alone_and_asks_it_again_later(redis: RedisServer) -> None:
    async def work(one: Gateway, _: Gateway) -> tuple[list[int], list[int], list[int]]:
        await one.ask(LIMIT)
        redis.kill()
        alone = await one.ask(LIMIT + 1)
        redis.start()
        still_alone = await one.ask(1)
        one.clock.now += AWAY_SECONDS
        return alone, still_alone, await one.ask(LIMIT)

    alone, still_alone, together = with_gateways(redis, work)
    assert alone[:LIMIT] == [0] * LIMIT
    assert alone[LIMIT] > 0
    assert still_alone[0] > 0
    assert together == [0] * LIMIT


def test_gateway_tells_where_it_counts_and_leaves_no_connection_behind(redis: RedisServer) -> None:
    async def states() -> list[str]:
        limits = Limits.of(Settings(redis_url=redis.url), "sleutel")
        before = await limits.state()
        redis.kill()
        away = await limits.state()
        redis.start()
        back = await limits.state()
        await limits.close()
        return [before, away, back]

    assert asyncio.run(states()) == ["ok", "alone", "ok"]
    with Redis.from_url(redis.url) as looked:
        assert len(looked.client_list()) == 1  # who looks


def test_without_a_limit_redis_is_not_asked(redis: RedisServer) -> None:
    redis.kill()

    async def work(one: Gateway, _: Gateway) -> list[int]:
        one.own = Buckets(0)
        return await one.ask(100)

    assert with_gateways(redis, work) == [0] * 100
