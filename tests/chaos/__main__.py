"""`make chaos`: many runs, each with one fault in it, and a table of what they came to."""

import argparse
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.chaos.disk import NoDiskError, small_disk
from tests.chaos.faults import FAULTS, Fault
from tests.chaos.house import House, running
from tests.chaos.running import Run, run
from tests.postgresql import INITDB

SEED = 20261126


def main() -> int:
    """Run, print, and give 1 when something did not hold."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # and leaves nothing behind
    if asked.database == "postgresql" and INITDB is None:
        sys.exit("PostgreSQL is not installed: apt-get install postgresql, or take DATABASE=sqlite.")
    # Where everybody may come: PostgreSQL runs as another user.
    with tempfile.TemporaryDirectory(prefix="chaos", dir="/var/tmp") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        try:
            stack.enter_context(small_disk(folder / "var"))
        except NoDiskError as error:
            print(f"No full disk: {error}.")
        house = stack.enter_context(running(folder, postgresql=asked.database == "postgresql"))
        began = time.monotonic()
        runs = list(_runs(house, _faults(house, asked.fault), asked.runs, asked.seed))
        print(table(runs))
        took = (time.monotonic() - began) / 60
        wrong = [one for one in runs if one.wrong]
        print(f"{len(runs)} runs on {asked.database}, seed {asked.seed}, {took:.0f} minutes; {len(wrong)} went wrong.")
        if wrong:
            asked.log.write_bytes(house.log.read_bytes())
            print(f"What the processes said is in {asked.log}.")
    return 1 if wrong else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--fault", help="only faults with this in their name")
    parser.add_argument("--log", type=Path, default=Path("var/chaos.log"))
    return parser.parse_args()


def _faults(house: House, only: str | None) -> list[Fault]:
    """The faults that can be made here."""
    possible = []
    for fault in FAULTS:
        why_not = fault.why_not(house)
        if why_not:
            print(f"Not done: {fault.name}: {why_not}.")
        elif only is None or only in fault.name:
            possible.append(fault)
    return possible


def _runs(house: House, faults: list[Fault], number: int, seed: int) -> Iterator[Run]:
    """The runs: every fault as often as the others, in an order that the seed decides."""
    order = [faults[index % len(faults)] for index in range(number)]
    random.Random(seed).shuffle(order)
    for index, fault in enumerate(order, start=1):
        outcome = run(house, fault, index, seed)
        print(f"{index:4} {fault.name:18} back after {outcome.back:5.1f} s", *outcome.wrong, sep="; ", flush=True)
        yield outcome


def table(runs: list[Run]) -> str:
    """What each fault came to, in Markdown: sums, and the longest of all runs."""
    titles = ("fault", "runs", "scans", "refused", "no connection", "longest answer", "ready again", "wrong")
    lines = [f"| {' | '.join(titles)} |", f"|---{'|---:' * (len(titles) - 1)}|"]
    for name in dict.fromkeys(fault.name for fault in FAULTS):
        of = [one for one in runs if one.fault == name]
        if of:
            cells = (
                name,
                len(of),
                sum(one.finished for one in of),
                sum(one.refused for one in of),
                sum(one.unreachable for one in of),
                f"{max(one.slowest for one in of):.1f} s",
                f"{max(one.back for one in of):.1f} s",
                sum(bool(one.wrong) for one in of),
            )
            lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
