"""What somebody agrees to, in exactly these words, and the proof of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.catalogue import Initiative

SCHEMA_VERSION = "1"
PURPOSE = "contact-over-digitalisering"
CATEGORIES = ("naam", "contactgegevens", "toelichting", "uitkomst-van-de-scan")
KEEP_SECONDS = 3 * 365 * 24 * 60 * 60  # proof, without contact data
LANGUAGE, JURISDICTION = "nl", "NL"
NOTICE = "/privacy"
CONTROLLER = "Werkgroep digitalisering mkb, regio Utrecht"
METHOD = "formulier"  # everywhere boxes are ticked on a page or in the app; which one is nobody's business here
# What can happen to a consent.
ASKED, CONFIRMED, DELIVERED, WITHDRAWN, EXPIRED = "gevraagd", "bevestigd", "afgeleverd", "ingetrokken", "verlopen"

_TEXT = (
    "Ik wil dat {name} contact met mij opneemt over digitalisering. Daarvoor mag {name}{owner} deze gegevens krijgen: "
    "mijn naam, mijn mailadres of telefoonnummer, wat ik erbij schreef, en de uitkomst van mijn scan (sector, plaats, "
    "grootte, fase en waar ik hulp bij zoek).",
    "{name} gebruikt dit alleen om mij te helpen, en vertelt daarna hoe het afliep. Dat telt mee in cijfers zonder "
    "namen. Doe ik mee, dan telt {name} mij mee als deelnemer, zonder naam.",
    "Ik kan dit altijd intrekken, met de link in elke mail. Geef ik alleen een telefoonnummer, dan staat die link op "
    "mijn scherm zodra dit is verstuurd. Op een tablet van een evenement staat hij niet. Dan zeg ik het tegen wie mij "
    "belt, of vraag ik het op het adres in de privacyverklaring. Als ik intrek, worden mijn gegevens meteen gewist. "
    "Anders gebeurt dat 90 dagen nadat het contact klaar is, en hoe dan ook na 12 maanden.",
)


@dataclass(frozen=True)
class Notice:
    """The text of a consent, in paragraphs."""

    initiative: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n\n".join(self.paragraphs)

    @property
    def hash(self) -> str:
        """SHA-256 of the whole text: the form sends it back, so that it is known which text was shown."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def notice(initiative: Initiative) -> Notice:
    """What is agreed to for one initiative."""
    owner = f" (van {initiative.eigenaar})" if initiative.eigenaar else ""
    return Notice(initiative.id, tuple(text.format(name=initiative.naam, owner=owner) for text in _TEXT))


def receipt(consent: dict[str, Any], events: Sequence[tuple[str, int]], text: str, withdraw: str) -> dict[str, Any]:
    """The receipt of a consent for who gave it, as JSON, after ISO/IEC TS 27560."""
    return {
        "schemaVersion": consent["schema_version"],
        "recordId": consent["id"],
        "controller": consent["controller"],
        "recipient": consent["recipient"],
        "purpose": consent["purpose"],
        "dataCategories": list(consent["categories"]),
        "noticeUrl": consent["notice"],
        "noticeText": text,
        "noticeSha256": consent["text"],
        "language": consent["language"],
        "method": consent["method"],
        "jurisdiction": consent["jurisdiction"],
        "events": [{"state": kind, "at": at} for kind, at in events],
        "withdrawUrl": withdraw,
    }
