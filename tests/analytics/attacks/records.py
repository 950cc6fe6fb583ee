"""The truth that the attacks are held against: the records, by the months whose release counted them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, selectinload

from analytics.due import last_released
from analytics.models import Outcome, Referral, Stopped
from knowledge.base import Knowledge
from tests.analytics.attacks.reading import Group, Meaning, Seen


@dataclass(frozen=True)
class Record:
    """One firm: its week, the month that counted it, its finest code of each dimension, and what it was referred to.

    Or one step of a lead, of which nobody knows the week.
    """

    id: str
    week: str
    month: str
    codes: Mapping[str, str]
    initiatives: Group = frozenset()
    event: str | None = None

    def sides(self, name: str) -> Group:
        """Its codes of a dimension: one, or none when it has nothing to do with it; of initiatives perhaps several."""
        return self.initiatives if name == "initiatief" else frozenset({self.codes[name]} if name in self.codes else ())

    def within(self, seen: Seen) -> bool:
        """Whether it is counted in a cell."""
        groups = zip(seen.names, seen.codes, strict=True)
        return self.month in seen.months and all(self.sides(name) & group for name, group in groups)


def records(engine: Engine, knowledge: Knowledge) -> tuple[Record, ...]:
    """Every record that counts, and was counted."""
    meaning = Meaning(knowledge)
    counting = [name for name, site in knowledge.sites.items() if site.telt]
    with Session(engine) as session:
        released = last_released(session)
        rows = session.scalars(
            select(Referral)
            .where(Referral.period <= released, Referral.site.in_(counting))
            .options(selectinload(Referral.initiatives))
        ).all()
        stops = session.scalars(select(Stopped).where(Stopped.period <= released, Stopped.site.in_(counting))).all()
        steps = session.scalars(select(Outcome).where(Outcome.period <= released)).all()
        found = [
            Record(
                row.id,
                row.week,
                row.period or "",
                {
                    "sector": row.sbi2008,
                    "grootte": row.size_class,
                    "plaats": meaning.finest("plaats", row.municipality),
                    "fase": row.stage,
                    "hulpvraag": row.question,
                    "kanaal": row.channel,
                    "site": row.site,
                    "aanbod": "geen" if row.nothing_fits else "passend",
                },
                frozenset(one.initiative for one in row.initiatives),
                row.event,
            )
            for row in rows
        ]
        return (
            *found,
            *(Record(stop.id, stop.week, stop.period or "", {"gestopt": stop.question}) for stop in stops),
            *(Record(step.id, "", step.period or "", _of_step(step)) for step in steps),
        )


def _of_step(step: Outcome) -> Mapping[str, str]:
    """The codes of a step in the tables of leads that it is counted in."""
    match step.step:
        case "aangevraagd":
            return {"lead_stap": "aangevraagd", "lead_initiatief": step.initiative}
        case "contact":
            return {"lead_stap": "contact", "lead_tijd": step.lead_time}
        case "ervaring":
            return {"lead_stap": "ervaring", "lead_ervaring": step.outcome}
        case _ if step.outcome == "geholpen":
            return {"lead_stap": "geholpen", "lead_afloop": "geholpen", "lead_geholpen": step.initiative}
    return {"lead_stap": "anders", "lead_afloop": step.outcome}
