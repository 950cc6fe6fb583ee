"""What the release of a month counts: the records that nobody counted before, by all that the menu asks for.

Exact numbers, not fit to be shown. They are kept (analytics.models.Counted) and added up to quarters and years.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import ColumnElement, Engine, and_, func, select, true
from sqlalchemy.orm import Session

from analytics.counting import copied, count, counting, crossed, mentions_of_initiatives
from analytics.dimensions import OTHER, Dimension, Level, dimensions
from analytics.disclosure import Count
from analytics.due import closing, take_along
from analytics.lead_tables import Step, by_table
from analytics.menu import APART, INITIATIVES, ONE_WAY, STOPPED, TOTAL, TWO_WAY
from analytics.models import Counted, Outcome, Referral, Stopped
from analytics.periods import Month
from analytics.synthetic import SYNTHETIC
from knowledge.base import Knowledge
from knowledge.intake import OPEN

Key = tuple[str, str]  # codes of the finest level of row and column; the column is empty in one dimension

# Every table of the menu is part of one of these, so that the records are counted three times and not fourteen.
_TOGETHER = (("sector", "grootte", "fase", "hulpvraag"), ("plaats", "hulpvraag", "aanbod"), ("kanaal", "site"))
_Found = dict[tuple[str, ...], dict[tuple[object, ...], Count]]
_NO_ROUNDING_KEY = 2**32  # stopped conversations have none: theirs comes from month and question


class Moved(Exception):
    """Records came in or changed while they were counted: count again."""


@dataclass(frozen=True)
class Tally:
    """Counts by table ("sector*grootte", "initiatief", "lead_stap", "totaal") and codes; without records, no entry."""

    tables: Mapping[str, Mapping[Key, Count]] = field(default_factory=dict)
    synthetic: bool = False

    @property
    def total(self) -> Count:
        """All records."""
        return self.of(TOTAL).get(("", ""), Count())

    def whole(self, table: str) -> int:
        """All records of their own that a table apart divides."""
        return sum(counted.records for counted in self.of(table).values())

    @property
    def stopped(self) -> int:
        """All conversations that stopped."""
        return self.whole(STOPPED)

    def of(self, table: str) -> Mapping[Key, Count]:
        """The counts of one table."""
        return self.tables.get(table, {})


def together(tallies: Iterable[Tally]) -> Tally:
    """Several months as one."""
    tables: dict[str, dict[Key, Count]] = {}
    synthetic = False
    for tally in tallies:
        synthetic = synthetic or tally.synthetic
        for table, counts in tally.tables.items():
            into = tables.setdefault(table, {})
            for key, counted in counts.items():
                into[key] = into.get(key, Count()) + counted
    return Tally(tables, synthetic)


def apart(tallies: Mapping[str, Tally]) -> dict[str, dict[str, int]]:
    """How many records each month has for tables that divide records of their own, by table and id of the month."""
    return {name: {period: tally.whole(name) for period, tally in tallies.items()} for name in APART}


def tally(engine: Engine, knowledge: Knowledge, month: Month) -> Tally:
    """Count the records that are due in the release of a month."""
    known = dimensions(knowledge, month.last_day)
    where = and_(Referral.period == month.id, counting(knowledge.sites))
    with Session(engine) as session:
        columns = {names: [known[name].column for name in names] for names in _TOGETHER}
        with copied(session, where, chain.from_iterable(columns.values())) as records:
            found: _Found = {names: crossed(session, true(), by, records) for names, by in columns.items()}
            initiatives = mentions_of_initiatives(session, true(), records)
        stopped = session.execute(
            select(Stopped.question, func.count())
            .where(Stopped.period == month.id, counting(knowledge.sites, Stopped))
            .group_by(Stopped.question)
        ).all()
        leads = _steps(session, Outcome.period == month.id)
        made_up = (
            select(Referral.id).where(where, Referral.scoring_version == SYNTHETIC),
            select(Outcome.id).where(Outcome.period == month.id, Outcome.id.startswith(SYNTHETIC)),
        )
        synthetic = any(session.scalar(some.limit(1)) is not None for some in made_up)
    whole = sum(found[_TOGETHER[0]].values(), Count())
    tables: dict[str, dict[Key, Count]] = {
        "*".join(names): _by_codes(known, names, found) for names in (*((name,) for name in ONE_WAY), *TWO_WAY)
    }
    tables[INITIATIVES] = {(name, ""): counted for name, counted in initiatives.items()}
    tables[STOPPED] = {(question, ""): Count(records, _stopped_keys(month, question)) for question, records in stopped}
    tables |= by_table(leads)
    if whole.records:
        tables[TOTAL] = {("", ""): whole}
    return Tally(tables, synthetic)


def take(session: Session, knowledge: Knowledge, month: Month, tally: Tally) -> None:
    """Keep the numbers of a tally. Raises Moved when they are no longer those of the month.

    Until the transaction ends nobody can record.
    """
    closing(session)
    take_along(session, month)
    referrals = count(session, and_(Referral.period == month.id, counting(knowledge.sites)))
    in_month = and_(Stopped.period == month.id, counting(knowledge.sites, Stopped))
    stopped = session.scalar(select(func.count()).select_from(Stopped).where(in_month))
    leads = by_table(_steps(session, Outcome.period == month.id))
    if referrals != tally.total or stopped != tally.stopped or any(leads[name] != tally.of(name) for name in leads):
        raise Moved
    session.add_all(
        Counted(period=month.id, table=table, row=row, column=column, records=counted.records, keys=counted.keys)
        for table, counts in tally.tables.items()
        for (row, column), counted in counts.items()
    )


def kept(session: Session, months: Sequence[Month]) -> dict[str, Tally]:
    """What was counted in months whose release was made, by the id of the month."""
    tables: dict[str, dict[str, dict[Key, Count]]] = {month.id: {} for month in months}
    for one in session.scalars(select(Counted).where(Counted.period.in_(list(tables)))):
        tables[one.period].setdefault(one.table, {})[one.row, one.column] = Count(one.records, one.keys)
    return {period: Tally(found) for period, found in tables.items()}


def at_level(level: Level, finest: Level, code: str) -> str:
    """The category of a level that a code of the finest level belongs to.

    One that is no longer known, as a website whose file is gone, counts with the others, or as not told.
    """
    category = code if level.id == finest.id and code in level.titles else level.of(code)
    return category if category in level.titles else OTHER if OTHER in level.titles else OPEN


def _steps(session: Session, where: ColumnElement[bool]) -> dict[Step, Count]:
    """The steps of leads, by all that is known of them."""
    columns = (Outcome.step, Outcome.outcome, Outcome.lead_time, Outcome.initiative)
    counted = select(*columns, func.count(), func.sum(Outcome.rounding_key)).where(where).group_by(*columns)
    return {Step(*row[:-2]): Count(row[-2], int(row[-1])) for row in session.execute(counted)}


def _by_codes(
    known: Mapping[str, Dimension],
    names: tuple[str, ...],
    found: _Found,
) -> dict[Key, Count]:
    """The counts of one table, out of those that hold it."""
    within = next(those for those in found if set(names) <= set(those))
    places = [within.index(name) for name in names]
    finest = [known[name].levels[0] for name in names]
    counts: dict[Key, Count] = {}
    for values, counted in found[within].items():
        codes = [_code(level, values[place]) for level, place in zip(finest, places, strict=True)]
        key = (codes[0], codes[1] if len(codes) > 1 else "")
        counts[key] = counts.get(key, Count()) + counted
    return counts


def _code(finest: Level, value: object) -> str:
    code = finest.of(value)
    return code if code in finest.titles else OPEN


def _stopped_keys(month: Month, question: str) -> int:
    digest = hashlib.sha256(f"{month.id}/{question}".encode()).digest()
    return int.from_bytes(digest) % _NO_ROUNDING_KEY
