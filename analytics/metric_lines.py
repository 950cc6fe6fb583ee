"""One value of a metric with its share, and how it is taken from what was published."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from analytics.disclosure import Rules, percentage, possible
from analytics.figures import Release, Table

# getoond; te_klein: below the threshold; ten_minste: parts of it are below the threshold; niet_getoond: no table of it
# was published, or not as finely.
Status = Literal["getoond", "te_klein", "ten_minste", "niet_getoond"]
Bound = Literal["", "minstens", "hoogstens"]


@dataclass(frozen=True)
class Line:
    """One value of a metric: None when it is not shown. `percent` is of the whole that the metric is about.

    `bound` tells that the share is at least or at most that, because the value or the whole is a minimum itself.
    """

    code: str
    title: str
    value: int | None
    status: Status
    percent: int | None = None
    bound: Bound = ""


def add(rules: Rules, code: str, title: str, table: Table | None, rows: Iterable[str]) -> Line:
    """Those rows of a table of one dimension that are there, together.

    When some are hidden it is the least that the others can be: a sum of rounded values is no minimum.
    """
    wanted = set(rows)
    cells = [cell for cell in table.cells if cell.row in wanted] if table else []
    if not cells:
        return Line(code, title, None, "niet_getoond")
    shown = [cell.value for cell in cells if cell.value is not None]
    if not shown:
        return Line(code, title, None, "te_klein")
    if len(shown) == len(cells):
        return Line(code, title, sum(shown), "getoond")
    return Line(code, title, sum(possible(rules, value).low for value in shown), "ten_minste")


def line_of(code: str, title: str, value: int | None, whole: int | None = None) -> Line:
    """A value, or none that is below the threshold."""
    return Line(code, title, value, "te_klein" if value is None else "getoond", percent_of(value, whole))


def lines_of(table: Table | None, whole: int | None) -> tuple[Line, ...]:
    """Every row of a table of one dimension."""
    return tuple(line_of(cell.row, table.rows[cell.row], cell.value, whole) for cell in table.cells) if table else ()


def row_of(release: Release, table: str, row: str, whole: int | None = None) -> Line:
    """One row of a table of one dimension."""
    for line in lines_of(release.tables.get(table), whole):
        if line.code == row:
            return line
    return Line(row, "", None, "niet_getoond")


def at_least(line: Line, whole: int | None) -> Line:
    """A value that is a minimum, with the least share that it can be: rounded up, it could be less than that."""
    percent = percent_of(line.value, whole)
    if not line.value or not whole or percent is None:
        return line
    return replace(line, percent=100 * line.value // whole, bound="minstens")


def at_most(line: Line, highest: int | None, least: int | None) -> Line:
    """A value with the highest share that it can be of a whole that is a minimum."""
    if not highest or not least or percent_of(highest, least) is None:
        return replace(line, percent=None)
    return replace(line, percent=min(100, -(-100 * highest // least)), bound="hoogstens")


def percent_of(value: int | None, whole: int | None) -> int | None:
    """Rounded up, a part can be above its whole."""
    percent = percentage(value, whole)
    return None if percent is None else min(percent, 100)
