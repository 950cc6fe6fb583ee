"""What the published values of a table can stand for: ranges of counts, and what they add up to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analytics.disclosure import Interval, Rules, derivable
from analytics.figures import Release, Table


@dataclass(frozen=True)
class Figure:
    """A published value of a table and the counts that it can stand for."""

    row: str
    column: str
    value: int | None
    possible: Interval


def figures(release: Release, table: Table) -> list[Figure]:
    """The values of a table in which each record is once, with what they can stand for given the exact total."""
    values = {f"{cell.row}*{cell.column}": cell.value for cell in table.cells}
    possible = derivable(Rules(release.threshold), whole_of(release, table), values)
    return [Figure(cell.row, cell.column, cell.value, possible[f"{cell.row}*{cell.column}"]) for cell in table.cells]


def whole_of(release: Release, table: Table) -> int:
    """The exact total of a table in which each record is once."""
    whole = release.totals.get(table.scope)
    assert whole is not None  # below the threshold there are no tables
    return whole


def add(ranges: Iterable[Interval]) -> Interval:
    """What several counts can be together."""
    listed = list(ranges)
    return Interval(sum(one.low for one in listed), sum(one.high for one in listed))


def split(figures: Iterable[Figure], inside: Callable[[Figure], bool]) -> tuple[Interval, Interval]:
    """What the figures that are inside and those that are not can be, together."""
    parts: dict[bool, list[Interval]] = {True: [], False: []}
    for figure in figures:
        parts[inside(figure)].append(figure.possible)
    return add(parts[True]), add(parts[False])


def part(whole: int, one: Interval, rest: Interval) -> Interval:
    """What a part can be, given that it and the rest add up to the exact whole."""
    return Interval(max(one.low, whole - rest.high), min(one.high, whole - rest.low))
