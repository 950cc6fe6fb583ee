"""Who can be asked to make contact after a result. The result is the same whether anybody can or not."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.exc import SQLAlchemyError

from api.dependencies import Parts
from api.leads.tickets import Ticket, seal_ticket
from api.leads.vault import Profile

logger = logging.getLogger("assistent")

PAGE = "/contact"
TICKET = "bewijs"  # name in the address
_CODES = ("sbi2025", "sbi2008", "grootteklasse", "gemeente", "hulpvraag")


@dataclass(frozen=True)
class Offer:
    """Those who can be asked, by id and name, and the page where that is done, on this host."""

    initiatives: tuple[tuple[str, str], ...]
    path: str


def after_conversation(parts: Parts, site: str, turn: Mapping[str, Any]) -> Offer | None:
    """Who can be asked after a turn with a result; None when nobody can, or while an answer is being changed."""
    codes = [turn["antwoorden"].get(name) for name in _CODES]
    if turn["uitslag"] is None or None in codes:
        return None
    sbi2025, sbi2008, size, municipality, question = map(str, codes)
    profile = Profile(sbi2025, sbi2008, size, municipality, turn["uitslag"]["fase"], question, site)
    return _offer(parts, Ticket(profile, _shown(turn["uitslag"])))


def after_form(
    parts: Parts, site: str, event: str | None, answers: Mapping[str, str], outcome: Mapping[str, Any]
) -> Offer | None:
    """Who can be asked after a result of the form; None when nobody can."""
    sbi2025, _, sbi2008 = answers["bedrijf"].partition("/")
    profile = Profile(
        sbi2025=sbi2025,
        sbi2008=sbi2008 or sbi2025,
        size_class=answers["personen"],
        municipality=answers["gemeente"],
        stage=outcome["fase"],
        question=answers["hulpvraag"],
        site=site,
    )
    return _offer(parts, Ticket(profile, _shown(outcome), dict(answers), event))


def _shown(outcome: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(advice["id"] for advice in (*outcome["initiatieven"], outcome["vangnet"]))


def _offer(parts: Parts, ticket: Ticket) -> Offer | None:
    try:
        offered = parts.leads.offered(ticket.initiatives, date.today())
    except SQLAlchemyError as error:  # the result is there all the same
        logger.warning("Nobody is offered for contact: %s", type(error).__name__)
        return None
    found = (parts.knowledge.initiative(identifier) for identifier in offered)
    initiatives = tuple((initiative.id, initiative.naam) for initiative in found if initiative)
    if not initiatives:
        return None
    return Offer(initiatives, f"{PAGE}?{urlencode({TICKET: seal_ticket(parts.vault, ticket, int(time.time()))})}")
