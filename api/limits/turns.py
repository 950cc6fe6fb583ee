"""How many turns are taken at once and how many wait; beyond that a refusal at once, so that the served stay fast."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from api.errors import Unavailable
from api.operations.metrics import REFUSED, TURNS_INSIDE

WAITING_SECONDS = 5.0  # longest wait for a place; when Rasa hangs, those behind hear so before their patience ends
PER_CONVERSATION = 4  # a client says one thing at a time, and again when its connection was lost


class Overloaded(Unavailable):
    """More is asked at the same moment than can be answered soon."""

    title = "Te druk"
    detail = "Het is nu erg druk. Je antwoord is niet verwerkt. Probeer het zo opnieuw."


class TurnGate:
    """Lets so many turns through at once, one of each conversation at a time, in the order in which they came."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Take how many run and how many may wait."""
        self._most = at_once + waiting
        self._slots = asyncio.Semaphore(at_once)
        self._inside: Counter[str] = Counter()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, conversation: str) -> AsyncIterator[None]:
        """Take a place for one turn. Raises Overloaded before anything is done."""
        if self._inside.total() >= self._most or self._inside[conversation] >= PER_CONVERSATION:
            REFUSED.labels("busy").inc()
            raise Overloaded
        self._inside[conversation] += 1
        TURNS_INSIDE.inc()
        try:
            lock = self._locks.setdefault(conversation, asyncio.Lock())
            await self._enter(lock)
            try:
                yield
            finally:
                self._slots.release()
                lock.release()
        finally:
            TURNS_INSIDE.dec()
            self._inside[conversation] -= 1
            if not self._inside[conversation]:
                del self._inside[conversation]

    async def _enter(self, lock: asyncio.Lock) -> None:
        """Wait for this conversation's turn and then for a place, but not for long."""
        try:
            async with asyncio.timeout(WAITING_SECONDS):
                await lock.acquire()
                try:
                    await self._slots.acquire()
                except BaseException:
                    lock.release()
                    raise
        except TimeoutError:
            REFUSED.labels("busy").inc()
            raise Overloaded from None
