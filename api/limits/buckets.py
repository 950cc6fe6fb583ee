"""Token buckets in memory: how much somebody may ask, without keeping who that is."""

import hashlib
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_SUBJECTS = 10_000  # some 2 MB; beyond that the one that was quiet longest is forgotten
KEY_BYTES = 32


class Buckets:
    """Lets each subject ask so often a minute, all at once or spread out.

    A bucket is full at the start and fills evenly. One that is full again says nothing and is forgotten, so what is
    known of a subject lasts a minute at most, under a hash with a key that only this process has, and never on disk.
    Counts are of this process: without Redis (api/limits/shared.py) several gateways each let through as much.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the number a minute; zero is no limit."""
        self._size = per_minute
        self._per_second = per_minute / 60
        self._clock = clock
        self._key = secrets.token_bytes(KEY_BYTES)
        # Of each subject when its bucket will be full again, in the order in which they last asked.
        self._full_at: OrderedDict[bytes, float] = OrderedDict()

    @property
    def per_minute(self) -> int:
        """How often a subject may ask; zero is no limit."""
        return self._size

    def __len__(self) -> int:
        """How many subjects are known."""
        return len(self._full_at)

    def wait(self, subject: str) -> int:
        """Count that a subject asks, and tell how many seconds it has to wait: 0 when it may go on.

        Who has to wait is not counted, so asking on in vain makes the wait no longer.
        """
        if not self._size:
            return 0
        now = self._clock()
        self._forget(now)
        hashed = hashlib.blake2b(subject.encode(), key=self._key, digest_size=16).digest()
        taken = max(0.0, self._full_at.get(hashed, now) - now) * self._per_second
        if taken > self._size - 1:
            return math.ceil((taken - self._size + 1) / self._per_second)
        self._full_at[hashed] = now + (taken + 1) / self._per_second
        self._full_at.move_to_end(hashed)
        return 0

    def _forget(self, now: float) -> None:
        """Forget the quietest when they are over or too many; each call at most two, so that none takes long."""
        for _ in range(2):
            if not self._full_at:
                return
            quietest, full_at = next(iter(self._full_at.items()))
            if full_at > now and len(self._full_at) < MOST_SUBJECTS:
                return
            del self._full_at[quietest]
