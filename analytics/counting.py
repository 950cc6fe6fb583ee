"""Counting records in SQL. Nothing here is safe to show: what comes out goes through analytics.disclosure first."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.orm import Session

from analytics.dimensions import Dimension, Level
from analytics.disclosure import Count
from analytics.models import Referral, ReferredInitiative, Stopped
from knowledge.site_folder import Sites

Counts = Mapping[tuple[str, ...], Count]


def counting(sites: Sites, records: type[Referral] | type[Stopped] = Referral) -> ColumnElement[bool]:
    """Which records count: those of demo and test sites never do."""
    return records.site.not_in(excluded(sites))


def excluded(sites: Sites) -> list[str]:
    """The sites of which nothing counts."""
    return sorted(identifier for identifier, site in sites.items() if not site.telt)


def count(session: Session, where: ColumnElement[bool]) -> Count:
    """All records for which something holds."""
    records, keys = session.execute(
        select(func.count(), func.coalesce(func.sum(Referral.rounding_key), 0)).where(where)
    ).one()
    return Count(records, int(keys))


def crossed(
    session: Session, where: ColumnElement[bool], dimensions: Sequence[Dimension]
) -> dict[tuple[object, ...], Count]:
    """The records by the values that are stored of some dimensions, in one statement and so at one moment."""
    columns = [dimension.column for dimension in dimensions]
    counted = select(*columns, func.count(), func.sum(Referral.rounding_key)).where(where).group_by(*columns)
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


def mentions_of_initiatives(session: Session, where: ColumnElement[bool]) -> dict[str, Count]:
    """How many records were referred to each initiative, each record once, in the order of their ids."""
    each_once = (
        select(ReferredInitiative.initiative, Referral.id, Referral.rounding_key)
        .join(Referral, Referral.id == ReferredInitiative.referral_id)
        .where(where)
        .distinct()
        .subquery()
    )
    name = each_once.c.initiative
    counted = select(name, func.count(), func.sum(each_once.c.rounding_key)).group_by(name).order_by(name)
    return {initiative: Count(records, int(keys)) for initiative, records, keys in session.execute(counted)}


def live_total(engine: Engine, sites: Sites, year: int) -> int:
    """How many records of a year count, exactly; not yet under any threshold."""
    with Session(engine) as session:
        in_year = Referral.week.startswith(f"{year}-W")
        return session.scalar(select(func.count()).select_from(Referral).where(in_year, counting(sites))) or 0


def uncounted(engine: Engine, sites: Sites, year: int) -> int:
    """How many records of the weeks of a year are in no release yet; not yet under any threshold."""
    with Session(engine) as session:
        waiting = (Referral.period.is_(None), Referral.week >= f"{year}-W01", Referral.week < f"{year + 1}-W01")
        return session.scalar(select(func.count()).select_from(Referral).where(*waiting, counting(sites))) or 0
