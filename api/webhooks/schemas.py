"""The shape of a lead for the software of its owner."""

from datetime import date
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, Field

from api.leads.contact import MOMENTS, PREFERENCES
from api.leads.desk import Opened
from api.leads.statuses import LABELS
from api.leads.takeaway import profile_in_words
from api.leads.vault import Content
from knowledge.base import Knowledge

LeadId = Annotated[
    str, Path(description="Id van de aanvraag, uit de webhook", examples=["0b5f6d0a-8a1e-4c5f-9d8e-2f6a7c1b3e4d"])
]


class Person(BaseModel, title="Ondernemer"):
    """Wie er vraagt."""

    naam: str = Field(description="Naam van de ondernemer", examples=["Noor Bakker"])
    email: str | None = Field(description="Dit of het telefoonnummer is er", examples=["noor@bakker.example"])
    telefoon: str | None = Field(description="In internationale vorm", examples=["+31612345678"])
    voorkeur: str = Field(description="mail of telefoon", examples=["telefoon"])
    voorkeurTekst: str = Field(description="Hetzelfde in woorden", examples=["Per telefoon"])
    moment: str = Field(description="altijd, ochtend, middag of avond", examples=["ochtend"])
    momentTekst: str = Field(description="Hetzelfde in woorden", examples=["'s Ochtends"])
    toelichting: str = Field(
        description="Wat de ondernemer erbij schreef; kan leeg zijn", examples=["Graag na 15 december."]
    )


class Firm(BaseModel, title="Bedrijf"):
    """Het bedrijf, in codes zoals elders in deze interface, en in woorden."""

    sbi2025: str = Field(description="Letter van SBI 2025, of onbekend", examples=["I"])
    sbi2008: str = Field(description="Letter van SBI 2008, of onbekend", examples=["I"])
    grootteklasse: str = Field(description="Grootteklasse, of onbekend", examples=["2-9"])
    gemeente: str = Field(description="CBS-code, buiten_regio of onbekend", examples=["GM0355"])
    fase: str = Field(description="Fase van de uitslag", examples=["engaged"])
    hulpvraag: str = Field(description="Waar de ondernemer als eerste hulp bij zoekt", examples=["klanten"])
    omschrijving: dict[str, str] = Field(description="Hetzelfde in woorden", examples=[{"Plaats": "Zeist"}])


class Agreement(BaseModel, title="Akkoord"):
    """De toestemming die eronder ligt."""

    id: str = Field(description="Nummer van de toestemming; ook de ondernemer heeft het", examples=["T-7Q4M-2XKD"])
    doel: str = Field(
        description="Waarvoor de gegevens gebruikt mogen worden", examples=["contact-over-digitalisering"]
    )
    datum: date = Field(description="Dag waarop de ondernemer toestemming gaf", examples=["2026-12-03"])


class Lead(BaseModel, title="Aanvraag"):
    """Een ondernemer die contact wil."""

    id: str = Field(description="Id van de aanvraag", examples=["0b5f6d0a-8a1e-4c5f-9d8e-2f6a7c1b3e4d"])
    initiatief: str = Field(description="Id van het initiatief", examples=["digitale-mkb-werkplaats-utrecht"])
    status: str = Field(description="Waar de aanvraag staat", examples=["afgeleverd"])
    statusTekst: str = Field(description="Hetzelfde in woorden", examples=["Nieuw"])
    contact: Person | None = Field(description="null als de gegevens zijn gewist: wis ze dan ook bij jezelf")
    profiel: Firm | None = Field(description="null als de gegevens zijn gewist")
    toestemming: Agreement = Field(description="De toestemming van de ondernemer")
    verwijderenVoor: date = Field(
        description="Uiterlijk op deze dag moeten de gegevens ook bij jou gewist zijn", examples=["2027-12-03"]
    )


def lead(opened: Opened, knowledge: Knowledge) -> dict[str, Any]:
    """A lead as its owner's software gets it."""
    entry, content = opened.entry, opened.content
    return {
        "id": entry.id,
        "initiatief": entry.initiative,
        "status": entry.status,
        "statusTekst": LABELS[entry.status],
        "contact": _person(content) if content else None,
        "profiel": _firm(content, knowledge) if content else None,
        "toestemming": {"id": opened.consent, "doel": opened.purpose, "datum": opened.agreed_on},
        "verwijderenVoor": entry.destroyed_on,
    }


def _person(content: Content) -> dict[str, str | None]:
    contact = content.contact
    return {
        "naam": contact.name,
        "email": contact.email,
        "telefoon": contact.phone,
        "voorkeur": contact.preference,
        "voorkeurTekst": PREFERENCES[contact.preference],
        "moment": contact.moment,
        "momentTekst": MOMENTS[contact.moment],
        "toelichting": contact.note,
    }


def _firm(content: Content, knowledge: Knowledge) -> dict[str, Any]:
    profile = content.profile
    return {
        "sbi2025": profile.sbi2025,
        "sbi2008": profile.sbi2008,
        "grootteklasse": profile.size_class,
        "gemeente": profile.municipality,
        "fase": profile.stage,
        "hulpvraag": profile.question,
        "omschrijving": profile_in_words(knowledge, profile),
    }
