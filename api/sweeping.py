"""The work that the product does by itself: deleting what has had its time, and what else is due on a day."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

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

    def last(self, sweeper: Sweeper) -> Run | None:
        """How a sweeper went the last time; None when it did not run yet."""
        return self._runs.get(name_of(sweeper))
