"""Network events: making one, its code and staff key, until when the code works, and who has logged in at it."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from api.events import models
from api.events.codes import new_code, new_key, tidy_key
from api.events.repository import Events
from knowledge.base import Knowledge
from knowledge.words import visible

WORKS_DAYS = 14  # how long a code works after the event, unless its maker says otherwise
LONGEST_DAYS = 90
LATE_DAYS = 30  # how long after its last day an intake that was taken in time may still arrive
AHEAD_DAYS = 2 * 366  # further ahead is a slip in the year
LONGEST_NAME = 120  # characters
STAFF_SECONDS = 14 * 60 * 60  # how long a device of the staff stays logged in: a day of preparation and event
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,15}")
_TRIES = 20

State = Literal["open", "afgelopen", "afgesloten"]


@dataclass(frozen=True)
class EventPlan:
    """What somebody says of an event to be made. Without `last_day` its code works two weeks after the event."""

    name: str
    day: date
    municipality: str
    organiser: str
    site: str
    last_day: date | None = None


@dataclass(frozen=True)
class Event:
    """A registered event. `last_day` is the last on which its code works; `closed_on` when it was closed by hand."""

    code: str
    name: str
    day: date
    municipality: str
    organiser: str
    site: str
    last_day: date
    closed_on: date | None

    def state(self, today: date) -> State:
        """Whether its code works, or why not."""
        if self.closed_on is not None:
            return "afgesloten"
        return "open" if today <= self.last_day else "afgelopen"

    def works(self, today: date) -> bool:
        """Whether its code works."""
        return self.state(today) == "open"

    def takes(self, taken: date, today: date) -> bool:
        """Whether an intake that was taken on a day may arrive today: a tablet can be without connection for days."""
        return self.closed_on is None and taken <= self.last_day and today <= self.last_day + timedelta(days=LATE_DAYS)


@dataclass(frozen=True)
class Created:
    """A new event, and its staff key, of which only a hash is kept: it can be told this once."""

    event: Event
    staff_key: str


@dataclass(frozen=True)
class Unplanned(Exception):
    """A plan of which no event can be made: what is wrong, in Dutch, by the name of the field."""

    faults: dict[str, str] = field(default_factory=dict)


class EventService:
    """The register of events."""

    def __init__(self, events: Events, knowledge: Knowledge) -> None:
        """Take the parts."""
        self._events = events
        self._knowledge = knowledge

    def create(self, plan: EventPlan, today: date) -> Created:
        """Register an event, with a code that was never used before. Raises Unplanned with all that is wrong."""
        faults = self.faults(plan, today)
        if faults:
            raise Unplanned(faults)
        key = new_key()
        place = self._knowledge.municipalities.name(plan.municipality)
        for _ in range(_TRIES):
            row = models.Event(
                code=new_code(place),
                name=visible(plan.name),
                day=plan.day,
                municipality=plan.municipality,
                organiser=visible(plan.organiser),
                site=plan.site,
                last_day=plan.last_day or plan.day + timedelta(days=WORKS_DAYS),
                key_hash=_hash_key(key),
                salt=secrets.token_hex(32),
            )
            if self._events.add(row):
                return Created(_event(row), key)
        raise RuntimeError("no free event code was found")

    def faults(self, plan: EventPlan, today: date) -> dict[str, str]:
        """What is wrong with a plan, in Dutch, by the name of the field; empty when an event can be made of it."""
        faults = {}
        for name, text, what in (("naam", plan.name, "de naam"), ("organisator", plan.organiser, "de organisator")):
            if not 1 <= len(visible(text)) <= LONGEST_NAME:
                faults[name] = f"Vul {what} in, met hoogstens {LONGEST_NAME} tekens."
        if plan.day > today + timedelta(days=AHEAD_DAYS):
            faults["datum"] = "Deze datum is meer dan twee jaar vooruit. Kijk het jaar na."
        if plan.day < today - timedelta(days=LONGEST_DAYS):
            faults["datum"] = f"Deze datum is meer dan {LONGEST_DAYS} dagen geleden. Kijk hem na."
        valid = {municipality.code for municipality in self._knowledge.municipalities.valid(plan.day)}
        if plan.municipality not in valid:
            faults["gemeente"] = "Kies een gemeente van de regio die op die dag bestaat."
        site = self._knowledge.sites.get(plan.site)
        if site is None or site.status != "actief":
            faults["site"] = "Kies een site die bestaat en niet gepauzeerd is."
        last = plan.last_day or plan.day
        if not plan.day <= last <= plan.day + timedelta(days=LONGEST_DAYS):
            faults["laatsteDag"] = f"De laatste dag ligt op of na het evenement, hoogstens {LONGEST_DAYS} dagen erna."
        elif plan.last_day is not None and plan.last_day < today:
            faults["laatsteDag"] = "De laatste dag is al voorbij. Kies een dag vanaf vandaag."
        return faults

    def find(self, code: str | None) -> Event | None:
        """The event with this code, however it is written; None when there is none."""
        written = (code or "").strip().upper()
        row = self._events.find(written) if _CODE.fullmatch(written) else None
        return _event(row) if row else None

    def working(self, code: str | None, today: date) -> Event | None:
        """The event with this code, when its code works today."""
        event = self.find(code)
        return event if event and event.works(today) else None

    def all(self) -> list[Event]:
        """Every event, the newest day first."""
        return [_event(row) for row in self._events.all()]

    def close(self, code: str, today: date) -> None:
        """Close an event: nothing is added to it any more, and its staff are logged out."""
        self._events.close(code, today)

    def new_staff_key(self, code: str) -> str:
        """Another staff key; the former one no longer works, and who used it is logged out."""
        key = new_key()
        self._events.change_key(code, _hash_key(key))
        return key

    def salt(self, code: str) -> str:
        """The random text that makes the ids of imported rows. Raises KeyError when there is no such event."""
        row = self._events.find(code)
        if row is None:
            raise KeyError(code)
        return row.salt

    def log_in(self, code: str, key: str, now: int) -> tuple[str, int] | None:
        """A token for a device of the staff, and until when (seconds since 1970); None when the key is wrong."""
        row = self._events.find(code)
        if row is None or not hmac.compare_digest(row.key_hash, _hash_key(key)):
            return None
        token, expires_at = secrets.token_urlsafe(32), now + STAFF_SECONDS
        self._events.admit(_hashed(token), code, expires_at)
        return token, expires_at

    def log_out(self, token: str) -> None:
        """End the login of a device."""
        self._events.dismiss(_hashed(token))

    def is_staff(self, token: str, code: str, now: int) -> bool:
        """Whether a token is that of a device of this event's staff."""
        return self._events.admitted(_hashed(token), now) == code


def _event(row: models.Event) -> Event:
    return Event(row.code, row.name, row.day, row.municipality, row.organiser, row.site, row.last_day, row.closed_on)


def _hash_key(key: str) -> str:
    return _hashed(tidy_key(key))


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
