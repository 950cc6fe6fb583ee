"""The work that the product does by itself: deleting what has had its time, and what else is due on a day."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

SWEEP_SECONDS = 300  # between the end of a round and the next
HELD_UP_SECONDS = 5  # that the others wait for one; then it goes on beside them

Sweeper = Callable[[int], int]

logger = logging.getLogger("assistent")


@dataclass(frozen=True)
class Run:
    """The last time that a sweeper ran: when (seconds since 1970), how much it did, and what kind of fault ended it."""

    at: int
    done: int
    fault: str | None


def name_of(sweeper: Sweeper) -> str:
    """What a sweeper is known by: the class that it is of, and its method."""
    return str(getattr(sweeper, "__qualname__", sweeper))


class Sweeps:
    """Runs sweepers, and remembers of each how it went, since the process started."""

    def __init__(self) -> None:
        """Nothing ran yet."""
        self._runs: dict[str, Run] = {}

    def run(self, sweeper: Sweeper) -> None:
        """Let a sweeper do all that is due. One that fails is tried again the next time, and is in no other's way."""
        done, fault = 0, None
        try:
            while some := sweeper(int(time.time())):
                done += some
        except Exception as error:  # whatever it is, the others must go on
            # The message of an error may hold what was stored, so its kind has to do.
            fault = type(error).__name__
            logger.warning("%s failed, it is tried again: %s", name_of(sweeper), fault)
        self._runs[name_of(sweeper)] = Run(int(time.time()), done, fault)

    async def keep_running(self, sweepers: Sequence[Sweeper]) -> None:
        """Let them all run in turn, again and again, for as long as the process does.

        One that takes long, as figures do, goes on beside the others, which have to forget what has had its time.
        """
        running: dict[int, asyncio.Task[None]] = {}
        try:
            while True:
                for place, sweeper in enumerate(sweepers):
                    if place not in running or running[place].done():
                        running[place] = asyncio.create_task(run_in_threadpool(self.run, sweeper))
                        await asyncio.wait([running[place]], timeout=HELD_UP_SECONDS)
                await asyncio.sleep(SWEEP_SECONDS)
        finally:
            for task in running.values():
                task.cancel()

    def last(self, sweeper: Sweeper) -> Run | None:
        """How a sweeper went the last time; None when it did not run yet."""
        return self._runs.get(name_of(sweeper))
