"""Released figures, as every page, report and file reads them. Nothing here looks at a record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, selectinload

from analytics.dimensions import dimensions
from analytics.lead_tables import titles
from analytics.menu import INITIATIVES, STOPPED, TOTAL, dimensions_of, scope_of
from analytics.models import Publication, PublishedCell
from analytics.periods import Month, month
from knowledge.base import Knowledge


@dataclass(frozen=True)
class Cell:
    """One figure: its codes, and its value, None when it is not shown. `status` is getoond or te_klein."""

    row: str
    column: str
    value: int | None
    status: str


@dataclass(frozen=True)
class Table:
    """A table of a release. `rows` and `columns` give the titles of codes in the order in which they are shown.

    A table of one dimension has no columns. `dimensions` and `levels` tell by what the records are divided and how
    finely: ("sector", "grootte") and ("zes", "drie").
    """

    id: str
    scope: str
    dimensions: tuple[str, ...]
    levels: tuple[str, ...]
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    cells: tuple[Cell, ...]

    def value(self, row: str, column: str = "") -> int | None:
        """A figure; None when it is not shown, or when there is no such cell."""
        return self._values.get((row, column))

    @cached_property
    def _values(self) -> Mapping[tuple[str, str], int | None]:
        return {(cell.row, cell.column): cell.value for cell in self.cells}


@dataclass(frozen=True, eq=False)  # each is only equal to itself, so that what is made of it can be kept
class Release:
    """What was published of a month, once.

    `totals` has the exact number of records of each scope, and `stopped` that of conversations that stopped; None below
    the threshold. `tables` lacks what may not be shown, and nothing says why. `decisions` is for who audits.
    """

    id: str
    audience: str
    month: Month
    made_on: date
    threshold: int
    base: int
    synthetic: bool
    totals: Mapping[str, int | None]
    tables: Mapping[str, Table]
    decisions: Mapping[str, Any]
    stopped: Mapping[str, int | None] = field(default_factory=dict)


class Figures:
    """Reads releases. Each is read once and kept, because it never changes."""

    def __init__(self, engine: Engine, knowledge: Knowledge) -> None:
        """Take the database, and the data that has the titles of codes."""
        self._engine = engine
        self._knowledge = knowledge
        self._kept: dict[str, Release] = {}

    def months(self, audience: str) -> tuple[Month, ...]:
        """The months of which there is a release for an audience, the oldest first."""
        return tuple(month(identifier.partition("/")[2]) for identifier in self._identifiers(audience))

    def latest(self, audience: str) -> Release | None:
        """The release of the last month for "werkgroep" or "publiek"; None when there is none yet."""
        return next(iter(self._read(self._identifiers(audience)[-1:])), None)

    def release(self, audience: str, month_id: str) -> Release | None:
        """The release of a month ("2026-11"); None when there is none."""
        return next(iter(self._read((f"{audience}/{month_id}",))), None)

    def all(self, audience: str) -> tuple[Release, ...]:
        """Every release for an audience, the oldest first."""
        return self._read(self._identifiers(audience))

    def _identifiers(self, audience: str) -> Sequence[str]:
        with Session(self._engine) as session:
            return session.scalars(select(Publication.id).where(_of(audience)).order_by(Publication.id)).all()

    def _read(self, identifiers: Sequence[str]) -> tuple[Release, ...]:
        """Those of these releases that there are, in the same order."""
        unread = [identifier for identifier in identifiers if identifier not in self._kept]
        if unread:
            wanted = select(Publication).where(Publication.id.in_(unread)).options(selectinload(Publication.cells))
            with Session(self._engine) as session:
                publications = session.scalars(wanted).all()
            known = self._titles()
            self._kept |= {publication.id: _release(publication, known) for publication in publications}
        return tuple(self._kept[identifier] for identifier in identifiers if identifier in self._kept)

    def _titles(self) -> dict[tuple[str, str], Mapping[str, str]]:
        """The titles of codes by dimension and level."""
        knowledge = self._knowledge
        found: dict[tuple[str, str], Mapping[str, str]] = {
            (dimension.id, level.id): level.titles
            for dimension in dimensions(knowledge).values()
            for level in dimension.levels
        }
        found[INITIATIVES, INITIATIVES] = {initiative.id: initiative.naam for initiative in knowledge.catalogue}
        found[STOPPED, STOPPED] = {question.id: question.kort for question in knowledge.intake.vragen}
        return found | {(name, name): of_table for name, of_table in titles(knowledge).items()}


def as_text(release: Release, value: int | None) -> str:
    """A figure as it is shown: "35", or "<5" for what is not shown."""
    return f"<{release.threshold}" if value is None else str(value)


def _of(audience: str) -> Any:
    return Publication.id.startswith(f"{audience}/")


def _release(publication: Publication, titles: Mapping[tuple[str, str], Mapping[str, str]]) -> Release:
    audience, _, month_id = publication.id.partition("/")
    cells: dict[str, list[PublishedCell]] = {}
    for cell in publication.cells:
        cells.setdefault(cell.table, []).append(cell)
    totals: dict[str, dict[str, int | None]] = {"": {}, STOPPED: {}}
    for name in [name for name in cells if dimensions_of(name) == (TOTAL,)]:
        for cell in cells.pop(name):
            totals[cell.row][scope_of(name)] = cell.value
    return Release(
        id=publication.id,
        audience=audience,
        month=month(month_id),
        made_on=publication.made_on,
        threshold=publication.threshold,
        base=publication.base,
        synthetic=publication.decisions["synthetisch"],
        totals=totals[""],
        tables={name: _table(name, found, publication.decisions, titles) for name, found in cells.items()},
        decisions=publication.decisions,
        stopped=totals[STOPPED],
    )


def _table(
    name: str,
    cells: list[PublishedCell],
    decisions: Mapping[str, Any],
    titles: Mapping[tuple[str, str], Mapping[str, str]],
) -> Table:
    names, levels = dimensions_of(name), tuple(decisions["niveaus"][name])
    known = [titles.get(key, {}) for key in zip(names, levels, strict=True)]
    # What is gone from the data since then is called by the name that it had.
    then: Mapping[str, str] = decisions["namen"]
    columns = dict.fromkeys(cell.column for cell in cells if cell.column)
    return Table(
        id=name,
        scope=scope_of(name),
        dimensions=names,
        levels=levels,
        rows={code: known[0].get(code) or then.get(code, code) for code in dict.fromkeys(cell.row for cell in cells)},
        columns={code: known[-1].get(code) or then.get(code, code) for code in columns},
        cells=tuple(Cell(cell.row, cell.column, cell.value, cell.status) for cell in cells),
    )
