"""What the pages are made of: a heading, a sentence that says what there is to see, a chart and a table of the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from analytics.disclosure import percentage
from analytics.figures import Release
from analytics.metric_lines import Line
from api.dashboard import charts, words
from api.dashboard.charts import Bar
from api.dashboard.choice import Found
from api.dashboard.drawings import Words, image
from api.dashboard.explained import links
from knowledge.words import listed

_MOST_BESIDE = 4  # columns
MANY_EMPTY = 2  # panels that all say that there is nothing to show yet
MOST_BARS = 10  # above this a chart shows only what has a value; the table shows everything


@dataclass(frozen=True)
class Grid:
    """A table: caption, headings, and rows of which the first cell is the name. `wordy` when other cells hold text."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wordy: bool = False

    @property
    def narrow(self) -> bool:
        """Whether there is room for a chart beside it."""
        return len(self.head) <= _MOST_BESIDE and not self.wordy


@dataclass(frozen=True)
class Panel:
    """A part of a page. Its id is unique on the page; `when` are the months that it is of.

    Without a chart or table those are left out. `parts` are the ids of the panels that it stands for, if it is not one.
    """

    id: str
    title: str
    sentences: tuple[str, ...]
    grid: Grid | None = None
    chart: str | None = None
    notes: tuple[str, ...] = ()
    when: str = ""
    parts: tuple[str, ...] = ()

    @property
    def explained(self) -> tuple[tuple[str, str], ...]:
        """Where what it shows is explained: addresses with the names of its figures."""
        return tuple(dict.fromkeys(chain.from_iterable(links(part) for part in self.parts or (self.id,))))

    @property
    def image(self) -> str:
        """The address of the chart as an image; empty without one."""
        return image(self.chart) if self.chart else ""

    @property
    def empty(self) -> bool:
        """Whether it has nothing to show yet."""
        return self.sentences == (words.NOT_SHOWN,)


def nothing(identifier: str, title: str) -> Panel:
    """A part that has nothing to show yet, and does not say why."""
    return Panel(identifier, title, (words.NOT_SHOWN,))


def without_repetition(panels: Iterable[Panel]) -> tuple[Panel, ...]:
    """The panels, with those that have nothing to show yet as one at the end, which names them."""
    every = tuple(panels)
    empty = [panel for panel in every if panel.empty]
    if len(empty) < MANY_EMPTY:
        return every
    about = f"Het gaat om {listed(f'“{panel.title}”' for panel in empty)}."
    parts = tuple(panel.id for panel in empty)
    names = Panel("niet-te-zien", "Nog niet te zien", (words.NOT_SHOWN, about), parts=parts)
    return (*(panel for panel in every if not panel.empty), names)


def one_way(identifier: str, title: str, found: Found | None, *notes: str) -> Panel:
    """The categories of a released table, with a bar for each."""
    if found is None:
        return nothing(identifier, title)
    lines = values(found)
    sentence = words.most(found.release, lines, found.whole)
    return Panel(
        identifier,
        title,
        (sentence, *words.least(found.release, lines)),
        grid(f"{title}: {found.when}", found.release, lines),
        charts.bars(Words(identifier, title, sentence), bars(found.release, lines)),
        notes=notes,
        when=found.when,
    )


def grid(caption: str, release: Release, lines: Sequence[Line], head: Sequence[str] = ("Groep", "Gesprekken")) -> Grid:
    """Values of a metric with their shares, as a table; `head` names what they are of, and what is counted."""
    rows = tuple((line.title, words.figure(release, line), words.share(line)) for line in lines)
    return Grid(caption, (*head, "Deel"), rows)


def values(found: Found) -> tuple[Line, ...]:
    """Every category of a table of one dimension, in percents of all conversations."""
    return tuple(
        Line(
            code,
            title,
            found.table.value(code),
            "te_klein" if found.table.value(code) is None else "getoond",
            percentage(found.table.value(code), found.whole),
        )
        for code, title in found.table.rows.items()
    )


def bars(release: Release, lines: Sequence[Line]) -> list[Bar]:
    """A bar for each value; where there are many, none for those that are not shown."""
    return [
        Bar(line.title, line.value, words.figure(release, line))
        for line in lines
        if len(lines) <= MOST_BARS or line.value is not None
    ]


def two_way(identifier: str, title: str, heading: str, found: Found | None) -> Panel:
    """A released table of two dimensions; `heading` names what the rows are."""
    if found is None:
        return nothing(identifier, title)
    release, table = found.release, found.table
    rows = tuple(
        (name, *(words.shown(release, table.value(code, column)) for column in table.columns))
        for code, name in table.rows.items()
    )
    grid = Grid(f"{title}: {found.when}", (heading, *table.columns.values()), rows)
    return Panel(identifier, title, (words.most_crossed(release, table),), grid, when=found.when)
