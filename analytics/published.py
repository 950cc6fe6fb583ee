"""Published tables as the audit takes them: with the codes of each category, and their months."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session, selectinload

from analytics.at_events import AtEvent
from analytics.dimensions import FITS, OTHER, Dimension, Level, dimensions
from analytics.disclosure import FOR_EVERYBODY, Count, Rules
from analytics.drafts import Draft
from analytics.linear import Key, Names, Sheet
from analytics.menu import (
    INITIATIVES,
    LEFT_OUT,
    PUBLIC,
    TOTAL,
    dimensions_of,
    months_of,
    publication_id,
    scope_of,
)
from analytics.models import Publication, PublishedCell
from analytics.periods import Month, month
from analytics.tally import Moved, Tally, at_level
from analytics.thresholds import Thresholds
from analytics.true_counts import TrueCounts
from knowledge.base import Knowledge
from knowledge.intake import OPEN, OUTSIDE_REGION

EVENT = "evenement"
DEMONSTRATION = "demonstratie"  # among the decisions about an event of a site that does not count


class Reader:
    """Reads tables of one year.

    `tallies` are of its months by their ids, also of the one that is being made, and `events` those with records in it.
    `true` are the exact numbers.
    """

    def __init__(self, knowledge: Knowledge, tallies: Mapping[str, Tally], events: Sequence[AtEvent] = ()) -> None:
        """Take the data and what was counted."""
        self._knowledge, self._tallies = knowledge, tallies
        self._events = {event.code: event for event in events}
        self.true = TrueCounts(tallies, events)
        self._codes = {
            name: [*dimension.levels[0].titles, *self._counted(name)]
            for name, dimension in dimensions(knowledge).items()
        }

    def releases(self, session: Session, year: int, audience: str) -> Iterator[Sheet]:
        """The tables of every release of the year for an audience; staff have what everybody has, too."""
        beside = {} if audience == PUBLIC else self._released(session, year, PUBLIC)
        for when, (publication, tables) in self._released(session, year, audience).items():
            known = dimensions(self._knowledge, when.last_day)
            for name, values in tables.items():
                names = dimensions_of(name)
                if names == (TOTAL,):
                    continue
                ids = publication.decisions["niveaus"][name]
                levels = [known[one].level(level) for one, level in zip(names, ids, strict=True) if one in known]
                yield Sheet(
                    publication=publication.id,
                    id=name,
                    names=names,
                    months=_ids(months_of(scope_of(name), when)),
                    members=self._members(names, levels, known, values),
                    values=_hiding(names, values),
                    left_out=_left_out(names, values),
                    rules=Rules(publication.threshold),
                    beside=beside[when][1].get(name, {}) if when in beside else {},
                    rules_beside=Rules(beside[when][0].threshold) if when in beside else FOR_EVERYBODY,
                    made_on=publication.made_on,
                )

    def draft(
        self,
        draft: Draft,
        known: Mapping[str, Dimension],
        *,
        audience: str,
        month: Month,
        thresholds: Thresholds,
        beside: Draft | None,
    ) -> Sheet:
        """A table that is not published yet, and what everybody will get of it at most."""
        return Sheet(
            publication=publication_id(audience, month),
            id=draft.id,
            names=draft.dimensions,
            months=_ids(draft.scope.months),
            members=self._members(draft.dimensions, draft.levels, known, draft.values),
            values=_hiding(draft.dimensions, draft.values),
            left_out=_left_out(draft.dimensions, draft.values),
            rules=thresholds.of(audience),
            beside=beside.values if beside else {},
            rules_beside=thresholds.public,
        )

    def events(self, session: Session, day: date) -> Iterator[Sheet]:
        """The tables that were published of the events, with the categories of a day."""
        wanted = select(Publication).where(Publication.id.in_([f"{EVENT}/{code}" for code in self._events]))
        for publication in session.scalars(wanted.order_by(Publication.id).options(selectinload(Publication.cells))):
            event, tables = self._events[publication.id.partition("/")[2]], _tables(publication.cells)
            if tables.pop(TOTAL)["", ""] == event.total and DEMONSTRATION not in publication.decisions:
                for name, values in tables.items():
                    if any(value is not None for value in values.values()):
                        sheet = self.of_event(event, name, values, Rules(publication.threshold), day)
                        yield replace(sheet, made_on=publication.made_on)

    def of_event(self, event: AtEvent, name: str, values: Mapping[Key, int | None], rules: Rules, day: date) -> Sheet:
        """A table of an event, which has the coarsest categories."""
        known = dimensions(self._knowledge, day)
        levels = [known[name].levels[-1]] if name in known else []
        return Sheet(
            publication=f"{EVENT}/{event.code}",
            id=name,
            names=(name,),
            months=frozenset(event.records),
            members=self._members((name,), levels, known, values),
            values=values,
            rules=rules,
            event=event.code,
            totals=event.records,
        )

    def with_unnamed(self, sheets: Sequence[Sheet]) -> list[Sheet]:
        """The same, with every initiative that another table names: it has fewer records than the threshold here.

        Or nearly all; of one that has, a reader knows nothing.
        """
        named = sorted({row for sheet in sheets if sheet.names == (INITIATIVES,) for row, _ in sheet.values})
        return [self._unnamed(sheet, named) if sheet.names == (INITIATIVES,) else sheet for sheet in sheets]

    def _unnamed(self, sheet: Sheet, named: Sequence[str]) -> Sheet:
        hidden: dict[Key, int | None] = {}
        beside: dict[Key, int | None] = {}
        counted = [self._tallies[one] for one in sheet.months if one in self._tallies]
        if sheet.event:
            counted = [self._events[sheet.event].tally]
        for row in named:
            records = sum(one.of(INITIATIVES).get((row, ""), Count()).records for one in counted)
            if records < sheet.rules.threshold:
                hidden[row, ""] = None
            if sheet.beside and records < sheet.rules_beside.threshold:
                beside[row, ""] = None
        return replace(
            sheet,
            values={**hidden, **sheet.values},
            beside={**beside, **sheet.beside},
            members=({row: row for row in named},),
        )

    def _released(
        self, session: Session, year: int, audience: str
    ) -> dict[Month, tuple[Publication, dict[str, dict[Key, int | None]]]]:
        wanted = Publication.id.startswith(f"{audience}/{year}-")
        found = select(Publication).where(wanted).order_by(Publication.id).options(selectinload(Publication.cells))
        return {
            month(publication.id.partition("/")[2]): (publication, _tables(publication.cells))
            for publication in session.scalars(found)
        }

    def _counted(self, name: str) -> list[str]:
        return sorted({row for tally in self._tallies.values() for row, _ in tally.of(name)})

    def _members(
        self, names: Names, levels: Sequence[Level], known: Mapping[str, Dimension], values: Mapping[Key, int | None]
    ) -> tuple[Mapping[str, str], ...]:
        if names[0] not in known:  # initiatives and tables apart are of one level
            rows = {row for row, _ in values}
            every = (*(row for row, _ in values), *self._counted(names[0]))
            return ({code: OTHER if OTHER in rows and code not in rows else code for code in every},)
        shown = [{key[place] for key in values} for place in range(len(names))]
        return tuple(
            {code: _category(level, known[name].levels[0], code, those) for code in self._codes[name]}
            for name, level, those in zip(names, levels, shown, strict=True)
        )


def all_published(session: Session) -> frozenset[str]:
    """The ids of everything that was published."""
    return frozenset(session.scalars(select(Publication.id)))


def nothing_new(session: Session, known: frozenset[str]) -> None:
    """See to it that nothing is published beside this transaction. Raises Moved when something was since it was known.

    What is published next to each other has to be proven together.
    """
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time
        session.execute(text("lock table publication in share row exclusive mode"))
    if all_published(session) != known:
        raise Moved


def _category(level: Level, finest: Level, code: str, shown: set[str]) -> str:
    """Where a code is in a table; a website that came later or is gone counts with the others."""
    category = code if level.id == finest.id and code in shown else at_level(level, finest, code)
    return category if category in shown else OTHER if OTHER in shown else OPEN


def _hiding(names: Names, values: Mapping[Key, int | None]) -> Mapping[Key, int | None]:
    """Values without those that hide nothing: outside the region nothing fits, as everybody knows."""
    known = (OUTSIDE_REGION, FITS)
    return {key: value for key, value in values.items() if (names, key) != (("plaats", "aanbod"), known)}


def _left_out(names: Names, values: Mapping[Key, int | None]) -> str | None:
    """The row that a table does not have; what was published before may have it."""
    row = LEFT_OUT.get(names)
    return None if row in {one for one, _ in values} else row


def _tables(cells: Iterable[PublishedCell]) -> dict[str, dict[Key, int | None]]:
    tables: dict[str, dict[Key, int | None]] = {}
    for cell in cells:
        tables.setdefault(cell.table, {})[cell.row, cell.column] = cell.value
    return tables


def _ids(months: Iterable[Month]) -> frozenset[str]:
    return frozenset(month.id for month in months)
