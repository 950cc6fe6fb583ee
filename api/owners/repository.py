"""The only place that reads and writes what owners confirm, propose and answer."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from api.owners.models import InitiativeState, Participant, ProposedChange
from api.portal.models import Account

PROPOSED, TAKEN_OVER, REFUSED = "voorgesteld", "overgenomen", "afgewezen"

_INSERT: dict[str, Callable[[Any], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def states(session: Session) -> dict[str, InitiativeState]:
    """What is known beyond the files, by initiative."""
    return {state.initiative: state for state in session.scalars(select(InitiativeState))}


def state(session: Session, initiative: str) -> InitiativeState | None:
    """What is known of an initiative beyond its file."""
    return session.get(InitiativeState, initiative)


def store(session: Session, initiative: str, version: int, **values: object) -> bool:
    """Change what is known of an initiative, when its version is still this one: 0 when nothing was known.

    False, and nothing changed, when somebody else was first.
    """
    _make(session, initiative)
    changed = session.scalar(
        update(InitiativeState)
        .where(InitiativeState.initiative == initiative, InitiativeState.version == version)
        .values(**values, version=version + 1)
        .returning(InitiativeState.version)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return changed is not None


def note_asking(session: Session, initiative: str, today: date, since: date) -> bool:
    """Note that the owners are asked today; False when they were asked or answered after `since`."""
    _make(session, initiative)
    asked = session.scalar(
        update(InitiativeState)
        .where(
            InitiativeState.initiative == initiative,
            or_(InitiativeState.asked_on.is_(None), InitiativeState.asked_on <= since),
            or_(InitiativeState.confirmed_on.is_(None), InitiativeState.confirmed_on <= since),
        )
        .values(asked_on=today)
        .returning(InitiativeState.initiative)
        .execution_options(synchronize_session=False)
    )
    return asked is not None


def _make(session: Session, initiative: str) -> None:
    insert = _INSERT[session.get_bind().dialect.name]
    empty = insert(InitiativeState).values(initiative=initiative, changes={}, version=0)
    session.execute(empty.on_conflict_do_nothing())


def propose(
    session: Session, initiative: str, account: str, *, fields: Mapping[str, Any], note: str, today: date
) -> None:
    """Add a proposal."""
    session.add(
        ProposedChange(
            id=str(uuid4()),
            initiative=initiative,
            account=account,
            fields=dict(fields),
            note=note,
            made_on=today,
            state=PROPOSED,
            answer="",
        )
    )


def proposals(session: Session, initiative: str | None = None) -> Sequence[tuple[ProposedChange, str, str | None]]:
    """Proposals with the names of who made and who decided them, the newest first; those that wait before all."""
    maker, decider = Account.__table__.alias(), Account.__table__.alias()
    found = (
        select(ProposedChange, maker.c.name, decider.c.name)
        .outerjoin(maker, maker.c.id == ProposedChange.account)
        .outerjoin(decider, decider.c.id == ProposedChange.decided_by)
        .order_by(ProposedChange.state != PROPOSED, ProposedChange.made_on.desc(), ProposedChange.id)
    )
    if initiative is not None:
        found = found.where(ProposedChange.initiative == initiative)
    return [(proposal, made_by or "iemand zonder account", by) for proposal, made_by, by in session.execute(found)]


def decide(
    session: Session, proposal: str, initiative: str, *, to: str, who: str, answer: str, today: date
) -> ProposedChange | None:
    """Decide on a proposal that waits; None, and nothing done, when somebody else has decided already."""
    decided = session.scalar(
        update(ProposedChange)
        .where(ProposedChange.id == proposal, ProposedChange.initiative == initiative, ProposedChange.state == PROPOSED)
        .values(state=to, decided_by=who, decided_on=today, answer=answer)
        .returning(ProposedChange.id)
        .execution_options(synchronize_session=False)
    )
    return session.get(ProposedChange, decided, populate_existing=True) if decided else None


class Participants:
    """The firms that took part in initiatives, without a name."""

    @staticmethod
    def add(
        session: Session,
        *,
        initiative: str,
        year: int,
        sector: str,
        municipality: str,
        size_class: str,
        stage: str,
        origin: str,
    ) -> None:
        """Note a firm that took part, in the transaction of the caller. See Participant for the codes.

        Its id is random, so that neither key nor order leads to where the firm came from.
        """
        session.add(
            Participant(
                id=str(uuid4()),
                initiative=initiative,
                year=year,
                sector=sector,
                municipality=municipality,
                size_class=size_class,
                stage=stage,
                origin=origin,
            )
        )
