"""The one figure that is of this moment: how many records of a year there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from analytics.counting import live_total, uncounted
from analytics.disclosure import Rules, total
from analytics.figures import Release
from analytics.menu import SO_FAR
from knowledge.site_folder import Sites

SLOW_SECONDS = 0.02
KEPT_TIMES = 100  # a slow count is kept for so many times as long as it took: then counting takes 1% of the time


@dataclass(frozen=True)
class _Kept:
    records: int
    until: float


# By database; year and number of releases, because what a release counts is not counted here any more.
_slow: WeakKeyDictionary[Engine, dict[tuple[int, int], _Kept]] = WeakKeyDictionary()


def reached(engine: Engine, sites: Sites, releases: Sequence[Release], year: int, rules: Rules) -> int | None:
    """How many records of a year there are at this moment, exactly; None below the threshold.

    What is in a release is not counted again. Where even the rest is so much that counting it is slow, the number is
    that of some moments ago.
    """
    released = next((release for release in reversed(releases) if release.month.year == year), None)
    known = released.totals[SO_FAR] if released else None
    count = live_total if known is None else uncounted
    rest = _now_and_then(engine, (year, len(releases)), lambda: count(engine, sites, year))
    return total(rules, (known or 0) + rest)


def _now_and_then(engine: Engine, about: tuple[int, int], count: Callable[[], int]) -> int:
    kept = _slow.setdefault(engine, {})
    begun = monotonic()
    if about in kept and begun < kept[about].until:
        return kept[about].records
    records = count()
    took = monotonic() - begun
    kept.clear()
    if took > SLOW_SECONDS:
        kept[about] = _Kept(records, begun + KEPT_TIMES * took)
    return records
