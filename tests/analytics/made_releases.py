"""Releases written down by hand."""

from collections.abc import Mapping
from datetime import date

from analytics.figures import Cell, Release, Table
from analytics.menu import dimensions_of, scope_of
from analytics.periods import month

Values = Mapping[str, int | None] | Mapping[tuple[str, str], int | None]


def table(name: str, levels: str, values: Values) -> Table:
    """A table of a release; `levels` as in "zes*klasse"."""
    keys = [(key, "") if isinstance(key, str) else key for key in values]
    return Table(
        id=name,
        scope=scope_of(name),
        dimensions=dimensions_of(name),
        levels=tuple(levels.split("*")),
        rows={row: row.title() for row, _ in keys},
        columns={column: column.title() for _, column in keys if column},
        cells=tuple(
            Cell(row, column, value, "te_klein" if value is None else "getoond")
            for (row, column), value in zip(keys, values.values(), strict=True)
        ),
    )


def release(
    *tables: Table,
    totals: Mapping[str, int | None],
    stopped: Mapping[str, int | None] | None = None,
    month_id: str = "2026-09",
) -> Release:
    """What the working group sees of a month."""
    return Release(
        id=f"werkgroep/{month_id}",
        audience="werkgroep",
        month=month(month_id),
        made_on=date(2026, 10, 5),
        threshold=5,
        base=5,
        synthetic=False,
        totals=totals,
        tables={one.id: one for one in tables},
        decisions={},
        stopped=stopped or {},
    )
