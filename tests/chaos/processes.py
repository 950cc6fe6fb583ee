"""Processes by what they run, and what can be done to them."""

import contextlib
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


def children(parent: int) -> list[int]:
    """The processes that a process started itself."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has just ended
            _, _, rest = (entry / "stat").read_text().rpartition(") ")
            if int(rest.split()[1]) == parent:
                found.append(int(entry.name))
    return found


def family(parent: int) -> list[int]:
    """A process and everything that it and its children started."""
    return [parent, *(member for child in children(parent) for member in family(child))]


def command(process: int) -> str:
    """What a process runs; empty when it is gone."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def tell(processes: Iterable[int], what: signal.Signals) -> None:
    """Send a signal to those that are still there."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, what)


@contextmanager
def standing_still(processes: list[int]) -> Iterator[None]:
    """Processes that do nothing, and do not know it, for as long as this lasts."""
    tell(processes, signal.SIGSTOP)
    try:
        yield
    finally:
        tell(processes, signal.SIGCONT)
