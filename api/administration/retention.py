"""How long everything is kept: each kind of data with the constant that its sweeper goes by, so that both agree.

Every table of the database is in KINDS, or in STAYS with the reason why its rows stay.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.orm import InstrumentedAttribute

from api import mail
from api.audit_log import log
from api.audit_log.models import AuditEntry
from api.conversations import repository as conversations
from api.conversations.models import Conversation, GivenAnswer
from api.events.models import EventStaff
from api.events.service import STAFF_SECONDS
from api.identity.repository import REQUEST_SECONDS
from api.imports.models import StagedImport
from api.imports.repository import STAGED_SECONDS
from api.intakes import repository as intakes
from api.intakes.models import GivenIntake
from api.leads import consent
from api.leads.endings import KEEP_CLOSED_SECONDS
from api.leads.handover import DAY, LINK_SECONDS, LONGEST_SECONDS
from api.leads.models import Consent, ConsentEvent, ConsentText, Lead, LeadKey, LeadLink
from api.leads.service import CONFIRM_SECONDS
from api.leads.statuses import ASKED, CLOSED, WITH_OWNER
from api.outbox import repository as outbox
from api.outbox import retries
from api.outbox.models import OutboxItem
from api.outbox.queue import WAITING
from api.passkeys.repository import CHALLENGE_SECONDS
from api.portal import keeping, repository
from api.portal.models import Account, Attempt, IdentityRequest, LoginLink, PasskeyChallenge, PortalSession

MAIL_FILES = "Mails in de map van de demonstratie"
MAIL_FILE_SECONDS = mail.KEEP_SECONDS

Moment = ColumnElement[Any] | InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Kind:
    """A kind of data. `made` is when a row was made and `goes` when it is deleted, in seconds since 1970.

    `seconds` is for how long it is kept at most, counted from `since`. `within` are tables whose rows go with it.
    """

    name: str
    model: Any
    seconds: int
    since: str
    made: Moment
    goes: Moment
    where: tuple[ColumnElement[bool], ...] = ()
    within: tuple[Any, ...] = ()

    @property
    def table(self) -> Table:
        """The table that it is in."""
        found: Table = self.model.__table__
        return found


def _until(name: str, model: Any, seconds: int, since: str, within: tuple[Any, ...] = ()) -> Kind:
    """A kind whose rows say until when they are kept."""
    return Kind(name, model, seconds, since, made=model.expires_at - seconds, goes=model.expires_at, within=within)


def _leads(name: str, statuses: tuple[str, ...], seconds: int, since: str, made: Moment) -> Kind:
    where = (Lead.status.in_(statuses),)
    return Kind(name, Lead, seconds, since, made, Lead.destroy_at, where, within=(LeadKey,))


_ASKED = "de aanvraag"
_LONGEST_TRYING = len(retries.WAITS) * retries.LONGEST_WAIT  # when the other side asks for the longest wait each time
KINDS = (
    _until("Gesprekken", Conversation, conversations.KEEP_SECONDS, "het laatste bericht", within=(GivenAnswer,)),
    _until("Antwoorden op intakes", GivenIntake, intakes.kept_until(0), "de dag van de intake"),
    _until("Ingelezen bestanden die wachten", StagedImport, STAGED_SECONDS, "het inlezen"),
    _leads("Aanvragen die niet zijn bevestigd", (ASKED,), CONFIRM_SECONDS, _ASKED, Lead.requested_at),
    _leads("Aanvragen die open zijn", WITH_OWNER, LONGEST_SECONDS, _ASKED, Lead.requested_at),
    _leads("Aanvragen die klaar zijn", CLOSED, KEEP_CLOSED_SECONDS, "het afsluiten", Lead.closed_at),
    _until(
        "Bewijs van toestemming, zonder contactgegevens",
        Consent,
        consent.KEEP_SECONDS,
        _ASKED,
        within=(ConsentEvent, ConsentText),
    ),
    _until("Links in mails aan ondernemers", LeadLink, LINK_SECONDS, "de mail"),
    Kind(
        "Mails en berichten die wachten",
        OutboxItem,
        _LONGEST_TRYING,
        "het klaarzetten",
        OutboxItem.made_at,
        OutboxItem.made_at + _LONGEST_TRYING,
        (OutboxItem.state == WAITING,),
    ),
    Kind(
        "Mails en berichten die klaar zijn, zonder adres en tekst",
        OutboxItem,
        outbox.KEEP_SECONDS,
        "het versturen of opgeven",
        OutboxItem.done_at,
        OutboxItem.done_at + outbox.KEEP_SECONDS,
        (OutboxItem.done_at.is_not(None),),
    ),
    Kind(
        "Logboek: wie deed wat",
        AuditEntry,
        log.KEEP_SECONDS,
        "de regel",
        AuditEntry.at,
        AuditEntry.at + log.KEEP_SECONDS,
    ),
    Kind(
        "Namen en adressen van mensen die niet meer kunnen inloggen",
        Account,
        keeping.KEEP_SECONDS,
        "het intrekken",
        Account.withdrawn_at,
        Account.withdrawn_at + keeping.KEEP_SECONDS,
        (Account.active.is_(False), Account.name != keeping.GONE_NAME),
    ),
    _until("Browsers die zijn ingelogd", PortalSession, repository.LONGEST_SECONDS, "het inloggen"),
    _until("Links om in te loggen", LoginLink, repository.LINK_SECONDS, "de mail"),
    _until("Logins die onderweg zijn", IdentityRequest, REQUEST_SECONDS, "het begin"),
    _until("Passkeys die worden gevraagd", PasskeyChallenge, CHALLENGE_SECONDS, "de vraag"),
    _until("Apparaten op een evenement", EventStaff, STAFF_SECONDS, "het aanmelden"),
    _until("Tellingen tegen misbruik, zonder adres", Attempt, DAY, "de eerste poging"),
)
# The other tables: how they are called, and why their rows are not deleted by themselves.
STAYS: Mapping[str, tuple[str, str]] = {
    "referral": ("Uitslagen van gesprekken", "Anoniem."),
    "referred_initiative": ("Waar gesprekken naar verwezen", "Anoniem."),
    "stopped": ("Gesprekken die stopten", "Anoniem: alleen bij welke vraag."),
    "outcome": ("Wat er van aanvragen kwam", "Anoniem: niet te koppelen aan een aanvraag."),
    "participant": ("Bedrijven die meededen", "Anoniem: voor de jaarlijkse vragenlijst."),
    "counted": ("Tellingen onder de cijfers", "Alleen aantallen."),
    "publication": ("Uitgaven van cijfers", "Gepubliceerd, en verandert niet meer."),
    "published_cell": ("Cijfers daarin", "Gepubliceerd, en verandert niet meer."),
    "event": ("Evenementen", "Voor de cijfers van het evenement."),
    "account": ("Accounts", "Tot je iemand intrekt bij Mensen."),
    "account_initiative": ("Wie welk initiatief beheert", "Zolang het account er is."),
    "passkey": ("Passkeys", "Zolang het account er is."),
    "webhook": ("Koppelingen", "Tot de eigenaar ze weghaalt."),
    "api_token": ("Sleutels van koppelingen", "Tot de eigenaar ze weghaalt."),
    "initiative_state": ("Wat eigenaren aan hun initiatief wijzigden", "Over het initiatief."),
    "proposed_change": ("Voorstellen van eigenaren", "Over het initiatief."),
    "questionnaire": ("Jaarlijkse vragenlijsten", "Over het initiatief."),
}


def named_tables() -> set[str]:
    """Every table that the report is about."""
    models = {model for kind in KINDS for model in (kind.model, *kind.within)}
    return {model.__tablename__ for model in models} | set(STAYS)


def duration(seconds: int) -> str:
    """How long, in words: the largest unit that fits it."""
    for name, names, length in (("jaar", "jaar", 365 * DAY), ("dag", "dagen", DAY), ("uur", "uur", 60 * 60)):
        if seconds >= 2 * length or seconds == length:
            number = round(seconds / length)
            return f"{number} {name if number == 1 else names}"
    minutes = round(seconds / 60)
    return f"{minutes} {'minuut' if minutes == 1 else 'minuten'}"
