"""What the documents state as fact, each from the place in the code or the data that decides it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.disclosure import BASE
from analytics.thresholds import DEFAULT, Thresholds
from api.accountability import order, score
from api.accountability.criteria import criteria, judged, proofs
from api.accountability.inventory import SORTS, kept, names, processings, secrets
from api.administration.retention import KINDS, MAIL_FILE_SECONDS, MAIL_FILES, STAYS, duration
from api.audit_log import log
from api.backup.contents import EXAMPLE_DAYS, KEPT_SHORT, OF_THE_MOMENT, SHORT_DAYS
from api.conversations import repository as conversations
from api.events.service import LATE_DAYS
from api.leads import consent, tombstones
from api.leads.endings import KEEP_CLOSED_SECONDS
from api.leads.handover import DAY, FOLLOW_UP_SECONDS, LONGEST_SECONDS
from api.leads.service import CONFIRM_SECONDS
from api.operations import security_txt
from api.portal import cookies, keeping, repository
from api.settings import Settings
from knowledge import matching
from knowledge.base import Knowledge
from knowledge.catalogue import OUTDATED_AFTER_MONTHS
from knowledge.languages import DUTCH

DEVICE_DAYS = 60  # after which a tablet forgets a request that it could not hand in: LONGEST_MS of its contacts.ts
# How long things are kept, by the names that the templates use.
TERMS = {
    "gesprek": duration(conversations.KEEP_SECONDS),
    "onbevestigd": duration(CONFIRM_SECONDS),
    "langst": duration(LONGEST_SECONDS),
    "na_afsluiten": duration(KEEP_CLOSED_SECONDS),
    "nabellen": duration(FOLLOW_UP_SECONDS),
    "toestemming": duration(consent.KEEP_SECONDS),
    "logboek": duration(log.KEEP_SECONDS),
    "gewist": duration(tombstones.KEEP_SECONDS),
    "te_laat": duration(LATE_DAYS * DAY),
    "apparaat": duration(DEVICE_DAYS * DAY),
    "kopie_voorbeeld": duration(EXAMPLE_DAYS * DAY),
    "kopie_kort": duration(SHORT_DAYS * DAY),
    "ingetrokken": duration(keeping.KEEP_SECONDS),
    "stil": duration(repository.IDLE_SECONDS),
    "ingelogd": duration(repository.LONGEST_SECONDS),
    "browser": duration(cookies.BROWSER_SECONDS),
}


@dataclass(frozen=True)
class Installation:
    """What the documents say of this installation, from its settings. `base` is its public address, or empty.

    `overwrites` tells whether its database overwrites what is deleted, as SQLite is told to.
    """

    controller: str
    base: str
    overwrites: bool
    mail_server: bool
    identity_provider: str
    security_contacts: tuple[str, ...]
    security_expires: date | None
    thresholds: Thresholds = DEFAULT

    @classmethod
    def of(cls, settings: Settings) -> "Installation":
        """The installation with these settings."""
        return cls(
            controller=settings.controller,
            base=settings.public_url.rstrip("/"),
            overwrites=settings.database_url.startswith("sqlite"),
            mail_server=bool(settings.smtp_url),
            identity_provider=settings.oidc_name if settings.oidc_issuer else "",
            security_contacts=security_txt.contacts(settings),
            security_expires=settings.security_expires,
            thresholds=settings.thresholds,
        )


def facts(knowledge: Knowledge, installation: Installation) -> dict[str, Any]:
    """Everything that a template may state."""
    named = {initiative.id: initiative.naam for initiative in knowledge.catalogue}
    found = cookies.Cookies(installation.base.lower().startswith("https://"))
    return {
        **_questions(knowledge),
        **order.told(knowledge),
        "installation": installation,
        "controller": installation.controller,
        "base": installation.base,
        "terms": TERMS,
        "texts": knowledge.texts,
        "says_it_is_a_computer": knowledge.languages.widget(DUTCH, {})["ai"],
        "personal_kinds": tuple(knowledge.texts.persoonsgegevens.values()),
        "shown_at_most": matching.SHOWN_AT_MOST,
        "fallbacks": {name: named[name] for name in matching.FALLBACKS},
        "fallback_ids": matching,
        "outdated_after": OUTDATED_AFTER_MONTHS,
        "initiatives": len(knowledge.catalogue),
        "public_threshold": installation.thresholds.public.threshold,
        "staff_threshold": installation.thresholds.staff.threshold,
        "rounding_base": BASE,
        "cookies": (found.session, found.browser),
        "processings": processings(),
        "by_id": {processing.id: processing for processing in processings()},
        "secrets": secrets(),
        "erased_again": names(tombstones.ERASED_AGAIN),
        "copied_short": names(KEPT_SHORT),
        "copied_never": names(OF_THE_MOMENT),
        "kept": kept,
        "sorts": SORTS,
        "swept": [(kind.name, duration(kind.seconds), kind.since) for kind in KINDS]
        + [(MAIL_FILES, duration(MAIL_FILE_SECONDS), "het schrijven")],
        "stays": tuple(STAYS.values()),
        "criteria": criteria(),
        "judged": judged(),
        "proofs": proofs(),
    }


def _questions(knowledge: Knowledge) -> dict[str, Any]:
    intake = knowledge.intake
    core_example, whole_example = score.examples(intake)
    return {
        "scoring_version": knowledge.scoring_version,
        "scoring": intake.scoring,
        "questions": intake.vragen,
        "core": intake.core,
        "further": intake.further,
        "scored": intake.scored,
        "highest": score.HIGHEST,
        "weights": sum(question.gewicht or 0 for question in intake.scored),
        "core_weights": sum(question.gewicht or 0 for question in intake.core),
        "core_example": core_example,
        "whole_example": whole_example,
        "safety": tuple(intake.question(identifier).kort for identifier in intake.scoring.veiligheid),
    }
