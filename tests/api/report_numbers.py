"""Which numbers a report may hold: what was published, what follows from it, and what is the same in every report."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from analytics import coverage
from analytics.disclosure import percentage
from analytics.figures import Release
from analytics.groups import Group
from analytics.menu import LEAD_STEP, table_id
from analytics.metric_values import funnel, gooi, pace
from api.dashboard.goal import cbs
from api.reports.changes import added, changes, previous
from knowledge.base import Knowledge

_TARGET = ("lowest", "highest", "lowest_per_thousand", "highest_per_thousand")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:\.\d{3})*(?:,\d+)?%?(?![\w])")


def numbers(text: str) -> set[str]:
    """The numbers of a text: whole ones, percentages, and ratios such as 0,8."""
    return set(_NUMBER.findall(text))


def published(releases: Iterable[Release]) -> set[int]:
    """Every value that readers were given."""
    found: set[int] = set()
    for release in releases:
        values = [*release.totals.values(), *release.stopped.values()]
        values += [cell.value for table in release.tables.values() for cell in table.cells]
        found.update(value for value in values if value is not None)
    return found


def allowed(knowledge: Knowledge, releases: Sequence[Release], live: int, today: date) -> set[str]:
    """Published values, the total of this year, and what is worked out from them."""
    expected = pace(live, today, cbs()).expected
    found = published(releases) | {live, expected, expected - live} | set(_compared(releases))
    percents = {percentage(live, goal) or 1 for goal in (250, 1000)}  # "minder dan 1%"
    ratios = set[str]()
    for release in releases:
        for name in release.tables:
            values, wholes = _shown(release, name), set(_wholes(release, name))
            found |= wholes
            percents |= {percentage(value, whole) for value in (*values, *wholes) for whole in wholes}
        for scope in release.totals:
            there = gooi(release, scope, knowledge.municipalities)
            group = coverage.target_group(release, scope, knowledge, cbs())
            found |= {there.value or 0}
            percents |= {there.percent}
            percents |= {step.percent for step in funnel(release, scope, knowledge.intake.vragen[0].id)}
            found |= {getattr(group, name) for name in _TARGET} if group else set()
            percents |= {percentage(bound, 13500) or 1 for bound in (group.lowest, group.highest)} if group else set()
        for groups in _coverage(knowledge, release):
            reached, firms = (sum(getattr(one, name) or 0 for one in groups) for name in ("reached", "population"))
            for one in groups:
                found |= {one.population, one.per_thousand or 1, one.reached or 0, one.lowest, one.highest}
                found |= {1000 * one.lowest // one.population, -(-1000 * one.highest // one.population)}
                ratios |= {f"{bound:.1f}".replace(".", ",") for bound in one.ratio}
                percents |= {percentage(one.reached, reached), percentage(one.population, firms)}
    return ratios | {f"{number:,}".replace(",", ".") for number in found} | {f"{percent}%" for percent in percents}


def _shown(release: Release, name: str) -> list[int]:
    return [cell.value for cell in release.tables[name].cells if cell.value is not None]


def _wholes(release: Release, name: str) -> Iterator[int]:
    """What a value of a table may be a share of: everything in its months, or what is shown."""
    scope = release.tables[name].scope
    finished, lost = release.totals.get(scope) or 0, release.stopped.get(scope) or 0
    yield from (finished, lost, finished + lost, sum(_shown(release, name)))
    if "/lead_" in name:
        steps = release.tables.get(table_id(scope, LEAD_STEP))
        values = {code: steps.value(code) or 0 for code in steps.rows} if steps else {}
        yield from (*values.values(), values.get("geholpen", 0) + values.get("anders", 0))
    if name.endswith("/gestopt"):  # who stopped at the first question did not begin
        yield from (finished + lost - value for value in _shown(release, name)[:1])
    if name.endswith("*aanbod"):
        table = release.tables[name]
        yield from (sum(cell.value or 0 for cell in table.cells if cell.row == row) for row in table.rows)


def _coverage(knowledge: Knowledge, release: Release) -> Iterator[Sequence[Group]]:
    for scope in release.totals:
        for found in (
            coverage.by_sector(release, scope, knowledge, cbs()),
            coverage.by_size(release, scope, knowledge, cbs()),
            coverage.by_sector_and_size(release, scope, knowledge, cbs()),
        ):
            if found is not None:
                yield found.groups


def _compared(releases: Sequence[Release]) -> Iterator[int]:
    before = previous(releases, ())
    if before:
        yield added(before.release, releases[-1]) or 0
        for change in changes(before.release, releases[-1]):
            yield from (change.by.low, change.by.high)
