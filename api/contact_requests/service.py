"""From what a device sends to a request for contact. Knows no HTTP."""

from collections.abc import Iterator
from datetime import date, timedelta

from api.contact_requests.schemas import GivenProfile, NewContactRequest
from api.errors import BadInput
from api.events.service import LATE_DAYS, Event, EventService
from api.intakes.service import IntakeService
from api.leads.consent import Notice
from api.leads.contact import Contact, ContactFaults, contact
from api.leads.service import PER_HALL, Ask, Asked, Leads
from api.leads.vault import Profile
from knowledge.base import Knowledge
from knowledge.intake import OPEN

_UNKNOWN = "Deze code bestaat niet."
_FIELDS = ("naam", "email", "telefoon", "voorkeur", "moment", "toelichting")
_QUESTIONS = {"grootteklasse": "personen", "gemeente": "gemeente", "hulpvraag": "hulpvraag"}


class ContactRequests:
    """Requests for contact at events: each is taken once, however often it is sent.

    They are no part of an intake, and neither knows of the other: of who asks for contact nobody can look up the
    anonymous record.
    """

    def __init__(self, knowledge: Knowledge, events: EventService, intakes: IntakeService, leads: Leads) -> None:
        """Take the parts."""
        self._knowledge = knowledge
        self._events = events
        self._intakes = intakes
        self._leads = leads

    def texts(self, today: date) -> list[tuple[str, Notice]]:
        """The name of each initiative that can be asked now, and what is agreed to for it."""
        names = {initiative.id: initiative.naam for initiative in self._knowledge.catalogue}
        return [(names[found], self._leads.notice(found)) for found in self._leads.offered(tuple(names), today)]

    def take(self, key: str, sent: NewContactRequest, host: str | None, today: date) -> Asked:
        """Take a request in. Under a key that was used before it changes nothing, and gives the same answer.

        Raises BadInput with all that is wrong, OtherText, NothingToAsk and TooManyRequests; then nothing is stored.
        """
        event = self._event(sent.evenement, today)
        faults = [
            {"pointer": f"/profiel/{name}", "code": "bestaat_niet", "detail": _UNKNOWN}
            for name in self._unknown(sent.profiel)
        ]
        try:
            given = contact({name: getattr(sent, name) for name in _FIELDS})
        except ContactFaults as wrong:
            found = [
                {"pointer": f"/{name}", "code": "klopt_niet", "detail": text} for name, text in wrong.faults.items()
            ]
            raise _refusal([*found, *faults]) from None
        if faults:
            raise _refusal(faults)
        return self._leads.ask(self._ask(key, sent, given, event, today), host, today, per_network=PER_HALL)

    def _ask(self, key: str, sent: NewContactRequest, given: Contact, event: Event, today: date) -> Ask:
        asked = sent.profiel
        profile = Profile(
            sbi2025=asked.sbi2025,
            sbi2008=asked.sbi2008,
            size_class=asked.grootteklasse,
            municipality=self._knowledge.municipalities.current(asked.gemeente, today),
            stage=asked.fase,
            question=asked.hulpvraag,
            site=event.site,
        )
        texts = {consented.id: consented.tekstHash for consented in sent.initiatieven}
        return Ask(given, profile, texts, f"evenement {key}")

    def _event(self, code: str, today: date) -> Event:
        """The event where this was asked. It may be over: a device can be without a connection for weeks."""
        event = self._events.find(code)
        if event is None:
            raise BadInput("Een evenement met deze code bestaat niet. Kijk de code na op de poster.")
        if today > event.last_day + timedelta(days=LATE_DAYS):
            last = self._knowledge.texts.day(event.last_day)
            raise BadInput(f"De code van dit evenement werkte tot en met {last}. Dit verzoek is te oud.")
        return event

    def _unknown(self, profile: GivenProfile) -> Iterator[str]:
        """The fields of a profile with a code that does not exist."""
        sector = f"{profile.sbi2025}/{profile.sbi2008}"
        if sector != f"{OPEN}/{OPEN}" and sector not in self._knowledge.sectors.codes:
            yield from ("sbi2025", "sbi2008")
        questions = {question.id: question for question in self._knowledge.intake.vragen}
        for name, question in _QUESTIONS.items():
            if not self._intakes.known(questions[question], getattr(profile, name)):
                yield name
        if profile.fase not in {stage.id for stage in self._knowledge.intake.scoring.fasen}:
            yield "fase"


def _refusal(faults: list[dict[str, str]]) -> BadInput:
    return BadInput(" ".join(dict.fromkeys(fault["detail"] for fault in faults)), faults)
