"""Driving whole scans. Conversations go on from block to block, so no block has a start or an end of its own."""

import itertools
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.bench.machine import megabytes, processor_seconds
from tests.bench.scans import Course, Scan, StuckError, outcome, scans
from tests.bench.sides import AnswerError, Line, Side, Talk


@dataclass
class Measured:
    """What a side did: seconds of every turn, errors by kind, results by scan, and what it used."""

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    outcomes: dict[int, str] = field(default_factory=dict)
    scans: int = 0
    wall: float = 0.0
    processor: float = 0.0
    megabytes: float = 0.0

    @property
    def turns(self) -> int:
        return len(self.seconds)

    @property
    def per_second(self) -> float:
        return self.turns / self.wall

    @property
    def processor_per_thousand(self) -> float:
        """Processor seconds for 1,000 turns."""
        return 1000 * self.processor / max(1, self.turns)

    def percentile(self, share: float) -> float:
        """Milliseconds that this share of the turns does not exceed."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Player:
    """Somebody who does one scan after another."""

    def __init__(self, side: Side, waiting: Iterator[Scan], measured: Measured) -> None:
        self._side, self._waiting, self._measured = side, waiting, measured
        self._line = Line(side.port)
        self._talk: Talk | None = None

    def turn(self) -> None:
        """One turn; an error ends the scan, and the next one begins afresh."""
        begun = time.perf_counter()
        try:
            if self._talk is None:
                self._course = Course(next(self._waiting))
                self._talk = self._side.talk(self._line)
                self._talk.begin()
            else:
                message = self._course.next(self._talk.state, self._talk.offered)
                if message is None:
                    self._finish(self._talk)
                    return
                self._talk.say(message)
            self._measured.seconds.append(time.perf_counter() - begun)
        except (AnswerError, StuckError) as error:
            self._measured.errors[str(error) or type(error).__name__] += 1
            self._talk = None

    def rest(self) -> None:
        """Do nothing while it is the turn of the other side."""
        self._line.rest()

    def _finish(self, talk: Talk) -> None:
        number, came_to = self._course.scan.number, outcome(talk.state)
        if self._measured.outcomes.setdefault(number, came_to) != came_to:
            self._measured.errors["other result than before"] += 1
        self._measured.scans += 1
        self._talk = None


class Crowd:
    """So many people at once on one side."""

    def __init__(self, side: Side, number: int) -> None:
        self.side, self.number, self.measured = side, number, Measured()
        waiting = itertools.cycle(scans())
        self._players = [Player(side, waiting, self.measured) for _ in range(number)]

    def block(self, seconds: float) -> None:
        """Go on for so long. The turns that are being answered then are waited for, and the wait counts."""
        used = processor_seconds(self.side.pids)
        begun = time.perf_counter()

        def play(player: Player) -> None:
            while time.perf_counter() - begun < seconds:
                player.turn()
            player.rest()

        with ThreadPoolExecutor(self.number) as threads:
            list(threads.map(play, self._players))
        self.measured.wall += time.perf_counter() - begun
        self.measured.processor += processor_seconds(self.side.pids) - used
        self.measured.megabytes = max(self.measured.megabytes, megabytes(self.side.pids))


def interleaved(sides: Sequence[Side], number: int, *, blocks: int, seconds: float) -> list[Measured]:
    """Each side in turn for a short block, so often: what else the machine does falls on all of them alike."""
    crowds = [Crowd(side, number) for side in sides]
    for _ in range(blocks):
        for crowd in crowds:
            crowd.block(seconds)
    return [crowd.measured for crowd in crowds]


def differing(one: Measured, other: Measured) -> int:
    """How many scans came to another result on the other side."""
    return sum(one.outcomes[number] != other.outcomes[number] for number in one.outcomes.keys() & other.outcomes)
