"""Intakes that are sent as a whole, by a device that may send each more than once."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analytics.recording import Source
from api.errors import BadInput, NotFound
from api.events.service import Event, EventService
from api.intakes import answers
from api.intakes.models import GivenIntake
from api.intakes.repository import GivenIntakes, kept_until
from api.intakes.service import IntakeAnswers, IntakeService, Unfit, record_id
from knowledge.base import Knowledge

CHANNEL = "evenement"
OLDEST_DAYS = 366
CLOCK_DAYS = 1  # by which the clock of a device may be ahead, or its day already have begun


@dataclass(frozen=True)
class Delivery:
    """An intake as it was sent. Without `day` it was taken today."""

    event: str
    answers: answers.Given
    day: date | None = None


@dataclass(frozen=True)
class Delivered:
    """What an intake came to: the id under which it can be replaced for a day, and the `uitslag`."""

    id: str
    uitslag: dict[str, Any]


class Deliveries:
    """Intakes at events: each counts once, however often it is sent."""

    def __init__(self, knowledge: Knowledge, events: EventService, intakes: IntakeService, given: GivenIntakes) -> None:
        """Take the parts."""
        self._knowledge = knowledge
        self._events = events
        self._intakes = intakes
        self._given = given

    def take(self, key: str, delivery: Delivery, today: date, now: int) -> Delivered:
        """Take an intake in. Under a key that was used before it gives the first answer again and changes nothing.

        Raises BadInput with all that is wrong, and SQLAlchemyError when the database cannot take it; then nothing is
        recorded.
        """
        identifier = _identifier(key)
        stored = self._given.find(_hashed(identifier), now)
        if stored is not None:
            return Delivered(identifier, stored.outcome)
        event, day = self._admitted(delivery, today)
        try:
            taken = self._intakes.assess(self._answers(delivery), day)
        except Unfit as unfit:
            raise answers.refusal(unfit) from unfit
        given = GivenIntake(id=_hashed(identifier), event=event.code, outcome=taken.uitslag, expires_at=kept_until(now))
        if not self._intakes.record_once(taken, _source(identifier, event), day, beside=given):
            # It came in before: in this moment by another request, or so long ago that its answer was forgotten.
            stored = self._given.find(_hashed(identifier), now)
        return Delivered(identifier, stored.outcome if stored is not None else taken.uitslag)

    def replace(self, identifier: str, delivery: Delivery, today: date, now: int) -> Delivered:
        """Put other answers in the place of an intake of the last day. Raises NotFound, and as `take` does."""
        stored = self._given.find(_hashed(identifier), now)
        event, day = self._admitted(delivery, today)
        if stored is None or stored.event != event.code:
            raise NotFound("Deze intake bestaat niet, of is langer dan een dag geleden verstuurd.")
        try:
            taken = self._intakes.take(self._answers(delivery), _source(identifier, event), day)
        except Unfit as unfit:
            raise answers.refusal(unfit) from unfit
        self._given.renew(_hashed(identifier), taken.uitslag)
        return Delivered(identifier, taken.uitslag)

    def _answers(self, delivery: Delivery) -> IntakeAnswers:
        return IntakeAnswers(answers.codes(self._knowledge, delivery.answers))

    def _admitted(self, delivery: Delivery, today: date) -> tuple[Event, date]:
        """The event and the day of an intake. Raises BadInput when it cannot be counted there."""
        event = self._events.find(delivery.event)
        if event is None:
            raise BadInput("Een evenement met deze code bestaat niet. Kijk de code na op de poster.")
        day = delivery.day or today
        if day > today + timedelta(days=CLOCK_DAYS):
            raise BadInput("De datum van de intake ligt in de toekomst. Kijk de klok van het apparaat na.")
        if day < today - timedelta(days=OLDEST_DAYS):
            raise BadInput("De datum van de intake is meer dan een jaar geleden. Kijk de klok van het apparaat na.")
        day = min(day, today)
        if event.closed_on is not None:
            raise BadInput("Dit evenement is afgesloten. Er kunnen geen intakes meer bij.")
        if not event.takes(day, today):
            last = self._knowledge.texts.day(event.last_day)
            raise BadInput(f"De code van dit evenement werkte tot en met {last}. Deze intake telt niet meer mee.")
        return event, day


def _source(identifier: str, event: Event) -> Source:
    return Source(record_id(identifier), event.site, CHANNEL, event.code)


def _identifier(key: str) -> str:
    """The id of the intake that was sent under a key."""
    return _hashed(f"intake {key}")[:40]


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
