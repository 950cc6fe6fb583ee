"""What the pages are made of: a heading, a sentence that says what there is to see, a chart and a table of the same."""

from dataclasses import dataclass

from analytics.disclosure import percentage
from api.dashboard import charts, words
from api.dashboard.charts import Bar, Words
from api.dashboard.choice import Found

MOST_BARS = 10  # above this a chart shows only what has a value; the table shows everything


@dataclass(frozen=True)
class Grid:
    """A table: caption, headings, and rows of which the first cell is the name."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Panel:
    """A part of a page. Its id is unique on the page; without a chart or table those are left out."""

    id: str
    title: str
    sentences: tuple[str, ...]
    grid: Grid | None = None
    chart: str | None = None
    notes: tuple[str, ...] = ()


def one_way(identifier: str, title: str, found: Found | None, *more: str) -> Panel:
    """A released table of one dimension, with a bar for each category; `more` is said below it."""
    if found is None:
        return Panel(identifier, title, (words.NOT_SHOWN,))
    release, table = found.release, found.table
    values = {code: table.value(code) for code in table.rows}
    seen = [code for code in values if len(values) <= MOST_BARS or values[code] is not None]
    sentence = words.most(release, table)
    bars = [Bar(table.rows[code], values[code], words.shown(release, values[code])) for code in seen]
    rows = tuple(
        (table.rows[code], words.shown(release, value), words.percents(percentage(value, found.whole)))
        for code, value in values.items()
    )
    return Panel(
        identifier,
        title,
        (sentence,),
        Grid(f"{title}: {found.when}", ("Groep", "Gesprekken", "Deel"), rows),
        charts.bars(Words(identifier, title, sentence), bars),
        more,
    )


def two_way(identifier: str, title: str, heading: str, found: Found | None) -> Panel:
    """A released table of two dimensions; `heading` names what the rows are."""
    if found is None:
        return Panel(identifier, title, (words.NOT_SHOWN,))
    release, table = found.release, found.table
    rows = tuple(
        (name, *(words.shown(release, table.value(code, column)) for column in table.columns))
        for code, name in table.rows.items()
    )
    grid = Grid(f"{title}: {found.when}", (heading, *table.columns.values()), rows)
    return Panel(identifier, title, (words.most_crossed(release, table),), grid)
