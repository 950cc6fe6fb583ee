"""What changed between two releases, told no surer than rounded values allow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.disclosure import Interval, Rules, possible
from analytics.figures import Release, Table
from analytics.menu import SO_FAR, table_id
from api.reports.meetings import reported_before
from api.reports.written import Written

COMPARED = ("sector", "grootte", "plaats", "fase", "hulpvraag")  # who they are, and what they ask


@dataclass(frozen=True)
class Change:
    """A category of which surely more came in, with both published values and how many came in at least and at most.

    `before` is None when the category was too small to show.
    """

    dimension: str
    title: str
    before: int | None
    now: int
    by: Interval


@dataclass(frozen=True)
class Before:
    """What a report is compared with: a release, and the first day of the eight weeks in which it was reported.

    That day is None when no report of it was kept.
    """

    release: Release
    since: date | None


def previous(releases: Sequence[Release], kept: Sequence[Written]) -> Before | None:
    """What the newest of these releases, the oldest first, is compared with; None when there is none before it.

    That is the last report that was written of an earlier month, whenever that was: reports come late, or not at all.
    Only when none was kept it is the release that the schedule would have reported.
    """
    *earlier, newest = releases
    by_month = {release.month: release for release in earlier}
    last = max(((one.month, one.since) for one in kept if one.month in by_month), default=None)
    if last:
        return Before(by_month[last[0]], last[1])
    due = reported_before(newest.month)
    reported = [release for release in earlier if release.month <= due] or earlier[:1]
    return Before(reported[-1], None) if reported else None


def added(before: Release, now: Release) -> int | None:
    """How many conversations came in since, exactly; None when that cannot be told, or another year has begun."""
    then, until_now = before.totals.get(SO_FAR), now.totals.get(SO_FAR)
    if before.month.year != now.month.year or then is None or until_now is None:
        return None
    return until_now - then


def changes(before: Release, now: Release) -> tuple[Change, ...]:
    """Where surely more came in within the year. Nothing when another year has begun: then all counts start again."""
    if before.month.year != now.month.year:
        return ()
    return tuple(
        change
        for name in compared(before, now)
        for change in _grown(before, before.tables[name], now, now.tables[name])
    )


def compared(before: Release, now: Release) -> tuple[str, ...]:
    """The tables that can be laid side by side: both releases have them, at the same level."""
    return tuple(name for name in _in_both(before, now) if before.tables[name].levels == now.tables[name].levels)


def coarser_or_finer(before: Release, now: Release) -> tuple[str, ...]:
    """The dimensions that are shown at another level than before, so that they cannot be compared."""
    same = compared(before, now)
    return tuple(now.tables[name].dimensions[0] for name in _in_both(before, now) if name not in same)


def _in_both(before: Release, now: Release) -> list[str]:
    names = [table_id(SO_FAR, dimension) for dimension in COMPARED]
    return [name for name in names if name in before.tables and name in now.tables]


def _grown(before: Release, then: Table, now: Release, later: Table) -> Iterator[Change]:
    for code, title in later.rows.items():
        old, new = then.value(code), later.value(code)
        if new is None:
            continue
        was, has = possible(Rules(before.threshold), old), possible(Rules(now.threshold), new)
        by = Interval(has.low - was.high, has.high - was.low)
        if by.low > 0:
            yield Change(later.dimensions[0], title, old, new, by)
