"""Counting records in SQL. Nothing here is safe to show: what comes out goes through analytics.disclosure first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, CreateTableAs, Engine, FromClause, and_, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.schema import DropTable

from analytics.dimensions import Level
from analytics.disclosure import Count
from analytics.due import last_released
from analytics.models import Referral, ReferredInitiative, Stopped
from knowledge.site_folder import Sites

Column = InstrumentedAttribute[Any]
Counts = Mapping[tuple[str, ...], Count]


def counting(sites: Sites, records: type[Referral] | type[Stopped] = Referral) -> ColumnElement[bool]:
    """Which records count: those of demo and test sites never do."""
    return records.site.not_in(excluded(sites))


def excluded(sites: Sites) -> list[str]:
    """The sites of which nothing counts."""
    return sorted(identifier for identifier, site in sites.items() if not site.telt)


def at_event(sites: Sites, code: str, *, demonstration: bool = False) -> ColumnElement[bool]:
    """The records of an event that count; of a demonstration, which is for showing only, its own that never do."""
    counts = counting(sites)
    return and_(Referral.event == code, not_(counts) if demonstration else counts)


@contextmanager
def copied(session: Session, where: ColumnElement[bool], columns: Iterable[Column]) -> Iterator[FromClause]:
    """A copy of some records, with what they are counted by, for whoever counts them more than once.

    Records lie in the order of random ids, so that those of one month are everywhere among the others. They are read
    here once, in that order; counting the copy costs a tenth of reading them. It is of one moment.
    """
    wanted = dict.fromkeys((Referral.id, Referral.rounding_key, *columns))
    those = select(*wanted).where(Referral.id.in_(select(Referral.id).where(where))).order_by(Referral.id)
    copy = CreateTableAs(those, "counted_now", temporary=True)
    session.execute(DropTable(copy.table, if_exists=True))  # of a count that failed, in a connection that is kept
    session.execute(copy)
    yield copy.table
    session.execute(DropTable(copy.table))


def count(session: Session, where: ColumnElement[bool]) -> Count:
    """All records for which something holds."""
    records, keys = session.execute(
        select(func.count(), func.coalesce(func.sum(Referral.rounding_key), 0)).where(where)
    ).one()
    return Count(records, int(keys))


def crossed(
    session: Session,
    where: ColumnElement[bool],
    columns: Sequence[Column],
    records: FromClause = Referral.__table__,
) -> dict[tuple[object, ...], Count]:
    """The records by the values of some columns, in one statement and so at one moment."""
    by = [records.c[column.key] for column in columns]
    counted = select(*by, func.count(), func.sum(records.c.rounding_key)).where(where).group_by(*by)
    return {tuple(row[:-2]): Count(row[-2], int(row[-1])) for row in session.execute(counted)}


def at_levels(found: Mapping[tuple[object, ...], Count], levels: Sequence[Level]) -> dict[tuple[str, ...], Count]:
    """The same records by the categories of a level of each dimension; a category without records is there too."""
    counts = {key: Count() for key in _all(levels)}
    for values, counted in found.items():
        key = tuple(level.of(value) for level, value in zip(levels, values, strict=True))
        counts[key] = counts[key] + counted
    return counts


def _all(levels: Sequence[Level]) -> list[tuple[str, ...]]:
    keys: list[tuple[str, ...]] = [()]
    for level in levels:
        keys = [(*key, code) for key in keys for code in level.titles]
    return keys


def mentions_of_initiatives(
    session: Session, where: ColumnElement[bool], records: FromClause = Referral.__table__
) -> dict[str, Count]:
    """How many records were referred to each initiative, each record once, in the order of their ids."""
    # An outer join, so that the database looks up what few records have, and not what records all have.
    each_once = (
        select(ReferredInitiative.initiative, records.c.id, records.c.rounding_key)
        .select_from(records)
        .outerjoin(ReferredInitiative, records.c.id == ReferredInitiative.referral_id)
        .where(where)
        .distinct()
        .subquery()
    )
    name = each_once.c.initiative
    counted = select(name, func.count(), func.sum(each_once.c.rounding_key)).group_by(name).order_by(name)
    found = session.execute(counted).all()
    return {initiative: Count(number, int(keys)) for initiative, number, keys in found if initiative is not None}


def live_total(engine: Engine, sites: Sites, year: int) -> int:
    """How many records of a year count, exactly; not yet under any threshold."""
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Referral).where(_in(year), counting(sites))) or 0


def uncounted(engine: Engine, sites: Sites, year: int) -> int:
    """How many records of the weeks of a year are in no release yet; not yet under any threshold."""
    with Session(engine) as session:
        # Apart, because SQLite reads every record for the one or the other.
        return sum(
            session.scalar(select(func.count()).select_from(Referral).where(waiting, _in(year), counting(sites))) or 0
            for waiting in (Referral.period > last_released(session), Referral.period.is_(None))
        )


def _in(year: int) -> ColumnElement[bool]:
    """The records of a year, in a form for which SQLite does not look in the index of weeks.

    That one has no more than the week in it, so that every record of the year would be read.
    """
    return Referral.week.startswith(f"{year}-W")
