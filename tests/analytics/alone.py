"""Work in a process of its own, so that its time and its memory are nobody else's."""

import multiprocessing
import re
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_MEMORY = re.compile(r"VmHWM:\s+(\d+) kB.*VmRSS:\s+(\d+) kB", re.S)


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and seconds that this process kept a processor busy.

    On a machine with other work the first is longer. A server beside the process, as that of PostgreSQL, is in the
    first only.
    """

    wall: float
    cpu: float


@dataclass(frozen=True)
class Alone(Generic[T]):
    """What came of it, how long it took without the start, and its megabytes: what it added, and the most there was."""

    value: T
    spent: Spent
    added: int
    peak: int


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def spent(self) -> Spent:
        return Spent(time.perf_counter() - self._wall, time.process_time() - self._cpu)


def alone(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> Alone[T]:
    """Do it in a new process. Raises what the work raises."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as processes:
        return processes.submit(_measured, work, *arguments, **named).result()


def _measured(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> Alone[T]:
    _, before = _megabytes()
    watch = Stopwatch()
    value = work(*arguments, **named)
    spent = watch.spent()
    peak, _ = _megabytes()
    return Alone(value, spent, max(0, peak - before), peak)


def _megabytes() -> tuple[int, int]:
    """The most that this process has had, and what it has. The system call for it begins at what its parent had."""
    found = _MEMORY.search(Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) // 1024, int(found[2]) // 1024
