"""Following files that may change while a program runs."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from time import monotonic

LOOK_SECONDS = 1.0

Signature = tuple[int, int, int]  # of a file: time of its last change, size, number on the disk


def signature(path: Path) -> Signature | None:
    """What tells whether a file is still the same; None for one that cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


class Follower:
    """Looks at most once a second, when somebody asks. Who comes while another looks does not wait."""

    def __init__(self, look: Callable[[], None]) -> None:
        """Take what looks; it has just done so."""
        self._look = look
        self._lock = Lock()
        self._next_look = monotonic() + LOOK_SECONDS

    def follow(self) -> None:
        """Look when it is time to."""
        if monotonic() >= self._next_look and self._lock.acquire(blocking=False):
            try:
                if monotonic() >= self._next_look:
                    self._look()
                    self._next_look = monotonic() + LOOK_SECONDS
            finally:
                self._lock.release()
