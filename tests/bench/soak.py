"""`make soak`: steady load for an hour, and whether memory stays flat.

Firms come at a steady pace that leaves the machine room. After the first quarter, in which caches fill, the memory of
each process is laid along a line; its slope is told in megabytes an hour.
"""

import argparse
import itertools
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.bench.document import put_section
from tests.bench.driving import Measured, Player
from tests.bench.machine import megabytes, processor_seconds, size
from tests.bench.scans import scans
from tests.bench.sides import AsDelivered, Ours

MINUTES, PACE = 60, 20  # turns a second
PLAYERS = 8
SAMPLE_SECONDS = 15
WARMING = 0.25  # of the time
HEADING, FASTER = "An hour of steady load", "Steady load at another pace"


@dataclass
class Soak:
    """What was measured: at which second each process had how many megabytes, and the turns."""

    minutes: float
    measured: Measured = field(default_factory=Measured)
    memory: list[tuple[float, Mapping[str, float]]] = field(default_factory=list)

    def slopes(self) -> dict[str, float]:
        """Megabytes an hour by process, after warming up."""
        kept = self.memory[int(len(self.memory) * WARMING) :]
        hours = [second / 3600 for second, _ in kept]
        return {name: slope(hours, [found[name] for _, found in kept]) for name in kept[0][1]}


def slope(x: Sequence[float], y: Sequence[float]) -> float:
    """Of the line through the points that leaves the least squares."""
    return statistics.linear_regression(x, y).slope


def hold(side: Ours, names: Mapping[str, int], minutes: float, pace: float = PACE) -> Soak:
    """Let firms come for so long, with so many turns a second."""
    soak = Soak(minutes)
    waiting = itertools.cycle(scans())
    players = [Player(side, waiting, soak.measured) for _ in range(PLAYERS)]
    over = threading.Event()
    begun, used = time.perf_counter(), processor_seconds(side.pids)

    def watch() -> None:
        while True:
            second = time.perf_counter() - begun
            soak.memory.append((second, {name: megabytes([process]) for name, process in names.items()}))
            if over.wait(SAMPLE_SECONDS):
                return

    watching = threading.Thread(target=watch)
    watching.start()
    with ThreadPoolExecutor(PLAYERS) as threads:
        list(
            threads.map(
                lambda number: _play(players[number], _moments(number, pace), begun, 60 * minutes), range(PLAYERS)
            )
        )
    over.set()
    watching.join()
    soak.measured.wall = time.perf_counter() - begun
    soak.measured.processor = processor_seconds(side.pids) - used
    return soak


def _play(player: Player, moments: Iterable[float], begun: float, seconds: float) -> None:
    for due in moments:
        if due > seconds:
            break
        time.sleep(max(0.0, begun + due - time.perf_counter()))
        player.turn()
    player.rest()


def _moments(number: int, pace: float) -> Iterator[float]:
    """When a player has a turn, in seconds since the beginning: all together at the pace that was set."""
    return (turn / pace for turn in itertools.count(number, PLAYERS))


def text(soak: Soak) -> str:
    """What is told of it."""
    measured = soak.measured
    errors = ", ".join(f"{number} {kind}" for kind, number in measured.errors.items()) or "0"
    first, last = (sum(soak.memory[place][1].values()) for place in (int(len(soak.memory) * WARMING), -1))
    slopes = soak.slopes()
    lines = ", ".join(f"{name} {number:+.1f}" for name, number in slopes.items())
    return (
        f"{date.today()}, {size()}: {soak.minutes:.0f} minutes at {measured.per_second:.0f} turns a second, "
        f"{measured.turns:,} turns in {measured.scans:,} scans. Errors: {errors}. p95 "
        f"{measured.percentile(0.95):.0f} ms. "
        f"Memory after warming up {first:.0f} MB, at the end {last:.0f} MB: {sum(slopes.values()):+.1f} MB an hour "
        f"({lines}). {_within(soak)}\n"
    )


def _within(soak: Soak) -> str:
    """How far each process went up and down after warming up, and what it had last."""
    kept = [found for _, found in soak.memory[int(len(soak.memory) * WARMING) :]]
    sizes = {name: [one[name] for one in kept] for name in kept[0]}
    told = (f"{name} {min(found):.0f} to {max(found):.0f}, last {found[-1]:.0f}" for name, found in sizes.items())
    return f"Within that time: {'; '.join(told)}."


def main() -> None:
    """Hold it and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--pace", type=float, default=PACE, help="turns a second")
    parser.add_argument("--docs", action="store_true", help="write it in docs/speed.md")
    asked = parser.parse_args()
    os.environ["LIMIT_SITE"] = os.environ["LIMIT_TURNS"] = os.environ["LIMIT_STARTS"] = "0"
    with tempfile.TemporaryDirectory() as folder:
        side = Ours(AsDelivered(Path(folder)))
        try:
            side.start()
            soak = hold(
                side, dict(zip(("rasa", "actions", "gateway"), side.pids, strict=True)), asked.minutes, asked.pace
            )
        finally:
            side.stop()
    print(text(soak))
    if asked.docs:
        put_section(HEADING if asked.pace == PACE else FASTER, text(soak))
    if soak.measured.errors:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
