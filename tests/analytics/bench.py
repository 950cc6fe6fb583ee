"""`make bench PART=figures`: what figures cost with few and with very many referrals, on SQLite and PostgreSQL.

Shown, never tested: a slow machine is no fault. What misses its target is marked with "!". `--docs` writes it down.
"""

import argparse
import os
import platform
import shutil
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.analytics import bench_parts as parts
from tests.analytics.alone import Alone, Spent, alone
from tests.postgresql import INITDB, server

SIZES = (1_000, 100_000, 1_000_000, 10_000_000)
COUNTED_AT = 1_000_000  # referrals at which counting is laid beside pandas
# Bytes for a referral with all that belongs to it, in either database, for those of smaller databases, and to work in.
DISK = 3000
FOLDER, DOCUMENT = Path("var/bench"), Path("docs/figures-bench.md")

RELEASE_SECONDS, RELEASE_MEGABYTES = 60, 500
PAGE_MILLISECONDS, PAGE_RATIO = 50, 1.2
REPORT_SECONDS, RECORD_MILLISECONDS = 10, 2

INTRODUCTION = """# What figures cost

Made by `make bench PART=figures`, which measures and says how. Made-up referrals of two years; every month that is over
was released, one after the other, and the last release is the one measured. Times are by the clock and, in brackets, of
the processor that our own process used: with other work on the machine, or a database server, the two differ. Pages are
asked of all databases of a kind in turn. "!" marks what misses its target.

"""


@dataclass(frozen=True)
class Found:
    """What was measured with one number of referrals in one database."""

    kind: str
    referrals: int
    load: float
    last: Alone[dict[str, Spent]]
    before: Alone[dict[str, Spent]]
    report: Mapping[str, Spent]
    live: Sequence[Spent]
    ours: Sequence[Spent]
    plain: Sequence[Spent]
    counting: tuple[Alone[parts.Counts], Alone[parts.Counts]] | None
    pages: Mapping[str, Sequence[Spent]] = field(default_factory=dict)


@contextmanager
def databases(kind: str) -> Iterator[Callable[[int], str]]:
    """Makes an empty database on disk for a number of referrals and gives its address; all are removed afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        if kind == "PostgreSQL":
            with server(FOLDER) as address:
                yield lambda referrals: _created(address, f"figures_{referrals}")
        else:
            yield lambda referrals: f"sqlite:///{FOLDER / f'figures_{referrals}.db'}"
    finally:
        shutil.rmtree(FOLDER)


def _created(address: str, name: str) -> str:
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine.dispose()
    return address.rpartition("/")[0] + f"/{name}"


def measure(kind: str, sizes: Sequence[int]) -> list[Found]:
    """All of it."""
    found = []
    with databases(kind) as empty:
        urls = [empty(size) for size in sizes]
        for size, url in zip(sizes, urls, strict=True):
            print(f"{kind}, {size:,} referrals...", flush=True)
            found.append(_one(kind, size, url))
            print(written(found[-1:]), flush=True)
        print(f"{kind}, pages...", flush=True)
        pages = alone(parts.pages, urls).value
    return [replace(one, pages=spent) for one, spent in zip(found, pages, strict=True)]


def _one(kind: str, referrals: int, url: str) -> Found:
    """All but the pages."""
    alone(parts.filled, url, referrals)
    counting = None
    if referrals == COUNTED_AT:
        counting = (
            alone(parts.counted, url, parts.LAST.next),
            alone(parts.counted_in_pandas, url, parts.LAST.next),
        )
        assert counting[0].value == counting[1].value
    before = alone(parts.released, url, parts.LAST.previous)
    last = alone(parts.released, url, parts.LAST)
    report, live = alone(parts.report, url).value, alone(parts.live, url).value
    ours, plain = alone(parts.recorded, url).value
    return Found(kind, referrals, os.getloadavg()[1], last, before, report, live, ours, plain, counting)


def median(spent: Sequence[Spent]) -> Spent:
    """Of each time by itself."""
    return Spent(statistics.median(one.wall for one in spent), statistics.median(one.cpu for one in spent))


def p95(spent: Sequence[Spent]) -> Spent:
    """What 19 of 20 do not exceed, of each time by itself."""
    place = int(len(spent) * 0.95)
    return Spent(sorted(one.wall for one in spent)[place], sorted(one.cpu for one in spent)[place])


def seconds(spent: Spent, most: float) -> str:
    return f"{spent.wall:.1f} ({spent.cpu:.1f}){' !' if spent.wall > most else ''}"


def milliseconds(spent: Spent, most: float) -> str:
    return f"{1000 * spent.wall:.1f} ({1000 * spent.cpu:.1f}){' !' if 1000 * spent.wall > most else ''}"


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heading, ["---", *["---:"] * (len(heading) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def releases(found: Sequence[Found]) -> str:
    rows = []
    for one in found:
        (last,) = one.last.value.values()
        slowest = max(one.before.value, key=lambda month: one.before.value[month].wall)
        memory = f"{one.last.peak}{' !' if one.last.peak > RELEASE_MEGABYTES else ''}"
        rows.append(
            [
                f"{one.kind}, {one.referrals:,}",
                seconds(last, RELEASE_SECONDS),
                memory,
                f"{slowest}: {seconds(one.before.value[slowest], RELEASE_SECONDS)}",
                str(one.before.peak),
                *(seconds(one.report[form], REPORT_SECONDS) for form in one.report),
                f"{1000 * one.live[0].wall:.0f} / {1000 * median(one.live).wall:.1f}",
                f"{one.load:.1f}",
            ]
        )
    heading = ["referrals", f"release of {parts.LAST.id}, s", "MB", "slowest of the others, s", "MB of the others"]
    return table([*heading, "report as PDF, s", "XLSX, s", "CSV, s", "exact total, ms: first / median", "load"], rows)


def answers(found: Sequence[Found]) -> str:
    """Pages by the number of referrals, and what most referrals cost more than fewest."""
    rows = []
    for kind in dict.fromkeys(one.kind for one in found):
        of_kind = [one for one in found if one.kind == kind]
        for path in parts.PATHS:
            cells = [
                f"{1000 * median(one.pages[path]).wall:.1f} / {milliseconds(p95(one.pages[path]), PAGE_MILLISECONDS)}"
                for one in of_kind
            ]
            first, last = (p95(one.pages[path]) for one in (of_kind[0], of_kind[-1]))
            ratio = last.wall / first.wall
            written = f"{ratio:.2f} ({last.cpu / first.cpu:.2f}){' !' if ratio > PAGE_RATIO else ''}"
            rows.append([f"{kind}, `{path}`", *cells, written])
    sizes = [f"{size:,}" for size in dict.fromkeys(one.referrals for one in found)]
    return table(["page: median / p95, ms", *sizes, "p95, last to first"], rows)


def recording(found: Sequence[Found]) -> str:
    rows = []
    for one in found:
        ours, plain = median(one.ours), median(one.plain)
        rows.append(
            [
                f"{one.kind}, {one.referrals:,}",
                milliseconds(ours, RECORD_MILLISECONDS),
                milliseconds(p95(one.ours), RECORD_MILLISECONDS),
                f"{1000 * plain.wall:.2f}",
                f"{1000 * p95(one.plain).wall:.2f}",
                f"{ours.wall / plain.wall:.1f}",
            ]
        )
    return table(["recording, ms", "median", "p95", "plain SQL, median", "plain SQL, p95", "ratio of medians"], rows)


def counting(found: Sequence[Found]) -> str:
    rows = []
    for one in found:
        if one.counting:
            ours, stock = one.counting
            rows.append(
                [
                    f"{one.kind}, {one.referrals:,}",
                    f"{ours.spent.wall:.1f} ({ours.spent.cpu:.1f})",
                    f"{stock.spent.wall:.1f} ({stock.spent.cpu:.1f})",
                    f"{stock.spent.wall / ours.spent.wall:.1f}",
                    str(ours.added),
                    str(stock.added),
                    f"{stock.added / max(1, ours.added):.0f}",
                ]
            )
    return table(["counting all at once", "SQL, s", "pandas, s", "ratio", "SQL, MB", "pandas, MB", "ratio"], rows)


def written(found: Sequence[Found]) -> str:
    """Everything, as it stands in the document."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    machine = f"{os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GB"
    pages = [answers(found)] if found[0].pages else []
    counted = [counting(found)] if any(one.counting for one in found) else []
    return "\n".join([f"{date.today()}, {machine}.\n", releases(found), *pages, recording(found), *counted])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.analytics.bench", description=__doc__)
    parser.add_argument("--largest", type=int, choices=SIZES, help="stop at this many referrals")
    parser.add_argument("--docs", action="store_true", help=f"write {DOCUMENT} too")
    asked = parser.parse_args()
    free = shutil.disk_usage(".").free
    largest = asked.largest or max(size for size in SIZES if size * DISK < free or size == SIZES[0])
    kinds = ["SQLite", *(["PostgreSQL"] if INITDB else [])]
    found = [one for kind in kinds for one in measure(kind, SIZES[: SIZES.index(largest) + 1])]
    whole = written(found)
    print(whole)
    if asked.docs:
        kept = DOCUMENT.read_text(encoding="utf-8").partition("\n## ")[2] if DOCUMENT.exists() else ""
        DOCUMENT.write_text(INTRODUCTION + whole + (f"\n## {kept}" if kept else ""), encoding="utf-8")


if __name__ == "__main__":
    main()
