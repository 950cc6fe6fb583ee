"""The only place that reads and writes the yearly answers and the firms that took part."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from api.owners.models import Participant, Questionnaire
from api.portal.models import Account

_INSERT: dict[str, Callable[[Any], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def one(session: Session, initiative: str, year: int) -> tuple[Questionnaire, str | None] | None:
    """The answers of an initiative about a year, and the name of who handed them in."""
    found = session.execute(
        select(Questionnaire, Account.name)
        .outerjoin(Account, Account.id == Questionnaire.handed_in_by)
        .where(Questionnaire.initiative == initiative, Questionnaire.year == year)
    ).one_or_none()
    return (found[0], found[1]) if found else None


def of_year(session: Session, year: int) -> dict[str, Questionnaire]:
    """The answers about a year, by initiative."""
    return {row.initiative: row for row in session.scalars(select(Questionnaire).where(Questionnaire.year == year))}


def store(session: Session, initiative: str, year: int, version: int, **values: object) -> bool:
    """Change answers when their version is still this one: 0 when there were none.

    False, and nothing changed, when somebody else was first.
    """
    _make(session, initiative, year)
    changed = session.scalar(
        update(Questionnaire)
        .where(_are(initiative, year), Questionnaire.version == version)
        .values(**values, version=version + 1)
        .returning(Questionnaire.version)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


def note_asking(session: Session, initiative: str, year: int, today: date) -> bool:
    """Note that the owners are asked today; False when they were asked before, or have handed in."""
    _make(session, initiative, year)
    asked = session.scalar(
        update(Questionnaire)
        .where(
            _are(initiative, year),
            Questionnaire.asked_on.is_(None),
            Questionnaire.handed_in_on.is_(None),
        )
        .values(asked_on=today)
        .returning(Questionnaire.year)
        .execution_options(synchronize_session=False)
    )
    return asked is not None


def _make(session: Session, initiative: str, year: int) -> None:
    insert = _INSERT[session.get_bind().dialect.name]
    empty = insert(Questionnaire).values(initiative=initiative, year=year, answers={}, version=0)
    session.execute(empty.on_conflict_do_nothing())


def _are(initiative: str, year: int) -> Any:
    return (Questionnaire.initiative == initiative) & (Questionnaire.year == year)


def participants(session: Session, year: int, initiative: str | None = None) -> Sequence[Participant]:
    """The firms that took part in a year, in an order that tells nothing of when they came."""
    found = select(Participant).where(Participant.year == year)
    if initiative is not None:
        found = found.where(Participant.initiative == initiative)
    columns = (Participant.initiative, Participant.sector, Participant.municipality, Participant.size_class)
    return session.scalars(found.order_by(*columns, Participant.stage, Participant.id)).all()


def counts(session: Session, year: int) -> dict[str, int]:
    """How many firms are known one by one, by initiative."""
    number = func.count().label("number")
    counted = select(Participant.initiative, number).where(Participant.year == year).group_by(Participant.initiative)
    return {row.initiative: row.number for row in session.execute(counted)}


def change(session: Session, participant: str, initiative: str, *, before: Sequence[str], after: Sequence[str]) -> bool:
    """Change what is known of a firm: sector, municipality, size class and stage.

    False, and nothing changed, when it is no longer what it was before.
    """
    columns = (Participant.sector, Participant.municipality, Participant.size_class, Participant.stage)
    changed = session.scalar(
        update(Participant)
        .where(
            Participant.id == participant,
            Participant.initiative == initiative,
            *(column == value for column, value in zip(columns, before, strict=True)),
        )
        .values(dict(zip(columns, after, strict=True)))
        .returning(Participant.id)
        .execution_options(synchronize_session=False)
    )
    return changed is not None


def remove(session: Session, initiative: str, year: int, ids: Collection[str]) -> int:
    """Take firms off the list of an initiative and a year, and tell how many were there."""
    gone = delete(Participant).where(
        Participant.initiative == initiative, Participant.year == year, Participant.id.in_(list(ids))
    )
    return len(session.scalars(gone.returning(Participant.id)).all())
