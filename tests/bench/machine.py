"""What processes use, with all that they have started, as /proc tells it."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.M)


def family(roots: Iterable[int]) -> list[int]:
    """The processes and their descendants."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int(_fields(int(folder.name))[1])
            except OSError:
                continue
    found = list(roots)
    for process in found:  # grows while it is gone through
        found += [child for child, parent in parents.items() if parent == process]
    return found


def processor_seconds(roots: Iterable[int]) -> float:
    """Seconds that the processes have kept a processor busy, those of their children that have ended included."""
    return sum(sum(int(ticks) for ticks in _fields(process)[11:15]) for process in family(roots)) / TICKS


def megabytes(roots: Iterable[int]) -> float:
    """Memory of the processes; what several share counts once (PSS)."""
    rolled_up = (Path(f"/proc/{process}/smaps_rollup").read_text() for process in family(roots))
    return sum(int(match[1]) for text in rolled_up if (match := _PSS.search(text))) / 1024


def size() -> str:
    """The machine in a few words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({os.uname().machine}), {memory:.0f} GB"


def _fields(process: int) -> list[str]:
    """What /proc/<pid>/stat says after the name, which may hold spaces: state, parent, ..."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
