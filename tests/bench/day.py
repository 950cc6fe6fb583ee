"""`make load`: as many firms as the target group has do a core scan, and all of it is laid beside the record.

They come as fast as they are served, so many at once: a day in the shortest time that the machine can do it in.
"""

import argparse
import itertools
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Lock

from sqlalchemy import select

from analytics.database import open_database
from analytics.models import Referral, ReferredInitiative
from api.conversations.models import Conversation
from tests.bench.document import put_section
from tests.bench.driving import Measured
from tests.bench.machine import megabytes, processor_seconds, size
from tests.bench.scans import Course, Scan, StuckError, scans
from tests.bench.sides import AnswerError, AsDelivered, Line, Ours

FIRMS = 13_500  # the target group (seed, slide 4)
AT_ONCE = 16
HEADING = "A day in which every firm of the target group comes"


@dataclass
class Day:
    """What the firms were told, and how long it took."""

    measured: Measured = field(default_factory=Measured)
    conversations: set[str] = field(default_factory=set)  # of firms that came to a result
    stages: Counter[str] = field(default_factory=Counter)
    referred: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)


def hold(side: Ours, firms: int) -> Day:
    """Let so many firms do a core scan."""
    day = Day()
    waiting = itertools.islice(itertools.cycle(scans()), firms)
    used, begun = processor_seconds(side.pids), time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(lambda _: _visit(side, waiting, day), range(AT_ONCE)))
    day.measured.wall = time.perf_counter() - begun
    day.measured.processor = processor_seconds(side.pids) - used
    day.measured.megabytes = megabytes(side.pids)
    return day


def _visit(side: Ours, waiting: Iterator[Scan], day: Day) -> None:
    """One firm after another, until no more come."""
    line = Line(side.port)
    while True:
        with day.lock:
            scan = next(waiting, None)
        if scan is None:
            return line.rest()
        try:
            _scan(side, line, scan, day)
        except (AnswerError, StuckError) as error:
            with day.lock:
                day.measured.errors[str(error) or type(error).__name__] += 1


def _scan(side: Ours, line: Line, scan: Scan, day: Day) -> None:
    course, talk, seconds = Course(replace(scan, further=False)), side.talk(line), []
    message = None
    while True:
        begun = time.perf_counter()
        talk.begin() if message is None else talk.say(message)
        seconds.append(time.perf_counter() - begun)
        message = course.next(talk.state, talk.offered)
        if message is None:
            break
    result = talk.state["uitslag"]
    with day.lock:
        day.measured.seconds += seconds
        day.measured.scans += 1
        day.conversations.add(talk.state["gesprekId"])
        day.stages[result["fase"]] += 1
        day.referred.update(advice["id"] for advice in result["initiatieven"])


def faults(url: str, day: Day, firms: int) -> list[str]:
    """What does not agree between the firms, the conversations and the record. Nothing, when all is well."""
    engine = open_database(url)
    with engine.connect() as connection:
        records = dict(connection.execute(select(Conversation.id, Conversation.record)).all())
        stages = dict(connection.execute(select(Referral.id, Referral.stage)).all())
        referred = Counter(connection.scalars(select(ReferredInitiative.initiative)))
    engine.dispose()
    of_firms = Counter(records.get(conversation) for conversation in day.conversations)
    asked = {
        f"{firms} firms come to a result": day.measured.scans == firms,
        "no errors": not day.measured.errors,
        "each conversation has a record of its own": max(of_firms.values(), default=0) == 1,
        "each of those records is there, and no other": of_firms.keys() == stages.keys(),
        "the stages on record are those that were told": Counter(stages.values()) == day.stages,
        "the initiatives on record are those that were told": referred == day.referred,
    }
    return [what for what, holds in asked.items() if not holds]


def text(day: Day, firms: int, found: list[str]) -> str:
    """What is told of it."""
    measured = day.measured
    milliseconds = ", ".join(f"{name} {measured.percentile(share):.0f}" for name, share in _SHARES.items())
    errors = ", ".join(f"{number} {kind}" for kind, number in measured.errors.items()) or "0"
    return (
        f"{date.today()}, {size()}: {firms:,} core scans, {AT_ONCE} at once, in {measured.wall / 60:.1f} minutes "
        f"({measured.scans / measured.wall:.1f} scans and {measured.per_second:.0f} turns a second). Milliseconds of a "
        f"turn: {milliseconds}. Processor: {measured.processor_per_thousand:.1f} s per 1,000 turns. Memory: "
        f"{measured.megabytes:.0f} MB. Errors: {errors}. On record exactly once and as it was told: "
        f"{f'not so: {found}' if found else 'every referral'}.\n"
    )


_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


def main() -> None:
    """Hold the day and print. Ends with an error when something is missing, double or other than was told."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.day", description=__doc__)
    parser.add_argument("--firms", type=int, default=FIRMS)
    parser.add_argument("--docs", action="store_true", help="write it in docs/speed.md")
    asked = parser.parse_args()
    os.environ["LIMIT_SITE"] = "0"  # they all come to one site
    with tempfile.TemporaryDirectory() as folder:
        side = Ours(AsDelivered(Path(folder)))
        try:
            side.start()
            day = hold(side, asked.firms)
        finally:
            side.stop()
        found = faults(side.product.database_url, day, asked.firms)
    print(text(day, asked.firms, found))
    if asked.docs:
        put_section(HEADING, text(day, asked.firms, found))
    if found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
