"""How leads go per initiative, for the coordinator: exact numbers to steer the work by, never contact data."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.administration import repository
from api.administration.repository import OpenLead
from api.leads.deadlines import ALTERNATIVE_AFTER, ESCALATE_AFTER
from api.leads.repository import owned
from api.leads.statuses import DELIVERED, SEEN
from api.leads.working_days import local_day, working_days
from knowledge.base import Knowledge


@dataclass(frozen=True)
class Waiting:
    """A lead that nobody has taken up: of which initiative, since when, and for how many working days."""

    initiative: str
    status: str
    phone_only: bool
    came: date
    days: int


@dataclass(frozen=True)
class OfInitiative:
    """The leads of an initiative. `late` are those that wait for five working days or longer."""

    id: str
    name: str
    running: bool
    has_owner: bool
    open: int
    waiting: int
    late: int
    oldest: date | None
    closed: int

    @property
    def needs_attention(self) -> bool:
        """Whether its open leads will stay where they are unless somebody does something."""
        return bool(self.open and (self.late or not self.has_owner or not self.running))


@dataclass(frozen=True)
class Overview:
    """All of it: per initiative, the leads that wait too long, and those of them that can only be called."""

    initiatives: tuple[OfInitiative, ...]
    late: tuple[Waiting, ...]
    to_call: tuple[Waiting, ...]


def overview(engine: Engine, knowledge: Knowledge, now: int) -> Overview:
    """How all leads stand at a second since 1970."""
    today = local_day(now)
    with Session(engine) as session:
        leads, closed = repository.open_leads(session), repository.closed_by_initiative(session)
        by_initiative: defaultdict[str, list[OpenLead]] = defaultdict(list)
        for lead in leads:
            by_initiative[lead.initiative].append(lead)
        every = sorted({*by_initiative, *closed})
        looked_after = owned(session, every)
    waiting = [_waiting(knowledge, lead, today) for lead in leads if lead.status in (DELIVERED, SEEN)]
    late = tuple(one for one in waiting if one.days >= ESCALATE_AFTER)
    found = []
    for identifier in every:
        initiative, own = knowledge.initiative(identifier), by_initiative[identifier]
        name = _name(knowledge, identifier)
        found.append(
            OfInitiative(
                id=identifier,
                name=name,
                running=initiative is not None and initiative.running(today),
                has_owner=identifier in looked_after,
                open=len(own),
                waiting=sum(lead.status in (DELIVERED, SEEN) for lead in own),
                late=sum(one.initiative == name for one in late),
                oldest=local_day(own[0].came_at) if own else None,
                closed=closed.get(identifier, 0),
            )
        )
    to_call = tuple(one for one in late if one.phone_only and one.days >= ALTERNATIVE_AFTER)
    return Overview(tuple(sorted(found, key=lambda one: (not one.needs_attention, one.name))), late, to_call)


def _waiting(knowledge: Knowledge, lead: OpenLead, today: date) -> Waiting:
    came = local_day(lead.came_at)
    return Waiting(
        _name(knowledge, lead.initiative), lead.status, lead.phone_only, came, days=working_days(came, today)
    )


def _name(knowledge: Knowledge, identifier: str) -> str:
    initiative = knowledge.initiative(identifier)
    return initiative.naam if initiative else identifier
