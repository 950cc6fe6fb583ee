"""Token buckets that several gateways share in Redis, so that a limit is one limit however many gateways there are."""

import hashlib
import logging
import math
import time
from collections.abc import Awaitable, Callable
from typing import Any, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.limits.buckets import Buckets

SECONDS = 0.1  # that Redis may take to answer
AWAY_SECONDS = 5.0  # that it is left alone when it did not, so that nobody waits for it at every request

# KEYS: of a subject when its bucket will be full again. ARGV: the size, and how many come back a second. Gives the
# seconds to wait, as text, because Redis cuts off numbers. The clock is that of Redis: those of gateways differ.
_SCRIPT = """
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1000000
local size, back = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = tonumber(redis.call('GET', KEYS[1]) or now)
local taken = math.max(0, full - now) * back
if taken > size - 1 then return tostring((taken - size + 1) / back) end
local next = now + (taken + 1) / back
redis.call('SET', KEYS[1], string.format('%.6f', next), 'EX', math.ceil(next - now))
return '0'
"""

logger = logging.getLogger("assistent")


class SharedBuckets:
    """Counts in Redis, and in this gateway alone while Redis does not answer: limits never keep anybody out by failing.

    A subject is known for a minute at most, under a hash with a key that Redis does not have.
    """

    def __init__(self, redis_url: str, key: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Take where Redis is, and the key of the hashes, which is the same in every gateway."""
        self._redis = Redis.from_url(redis_url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS, retry=None)
        self._script = self._redis.register_script(_SCRIPT)
        self._key = hashlib.blake2b(key.encode()).digest()
        self._clock = clock
        self._away_until = 0.0

    async def wait(self, name: str, own: Buckets, subject: str) -> int:
        """As Buckets.wait, of the bucket with this name; `own` is that of this gateway."""
        if not own.per_minute:
            return 0
        if self._clock() < self._away_until:
            return own.wait(subject)
        hashed = hashlib.blake2b(f"{name}\n{subject}".encode(), key=self._key, digest_size=16).hexdigest()
        try:
            seconds: Any = await self._script(keys=[f"limiet:{hashed}"], args=[own.per_minute, own.per_minute / 60])
        except (RedisError, OSError, TimeoutError) as error:
            self._away_until = self._clock() + AWAY_SECONDS
            logger.warning("Redis does not answer, limits are counted here: %s", type(error).__name__)
            return own.wait(subject)
        return math.ceil(float(seconds))

    async def answers(self) -> bool:
        """Whether Redis is there now."""
        try:
            return bool(await cast("Awaitable[bool]", self._redis.ping()))
        except (RedisError, OSError, TimeoutError):
            return False

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
