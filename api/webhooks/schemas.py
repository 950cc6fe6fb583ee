"""The shape of a lead for the software of its owner."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from api.leads.contact import MOMENTS, PREFERENCES
from api.leads.desk import Opened
from api.leads.statuses import LABELS
from api.leads.takeaway import profile_in_words
from api.leads.vault import Content
from knowledge.base import Knowledge


class Person(BaseModel):
    """Who asks."""

    naam: str = Field(examples=["Noor Bakker"])
    email: str | None = Field(description="Dit of het telefoonnummer is er", examples=["noor@bakker.example"])
    telefoon: str | None = Field(description="In internationale vorm", examples=["+31612345678"])
    voorkeur: str = Field(description="mail of telefoon")
    voorkeurTekst: str = Field(description="Hetzelfde in woorden", examples=["Per telefoon"])
    moment: str = Field(description="altijd, ochtend, middag of avond")
    momentTekst: str = Field(description="Hetzelfde in woorden", examples=["'s Ochtends"])
    toelichting: str = Field(description="Wat de ondernemer erbij schreef; kan leeg zijn")


class Firm(BaseModel):
    """The firm, in codes as elsewhere in the interface, and in words."""

    sbi2025: str = Field(description="Letter van SBI 2025, of onbekend", examples=["I"])
    sbi2008: str = Field(description="Letter van SBI 2008, of onbekend", examples=["I"])
    grootteklasse: str = Field(description="Grootteklasse, of onbekend", examples=["2-9"])
    gemeente: str = Field(description="CBS-code, buiten_regio of onbekend", examples=["GM0355"])
    fase: str = Field(description="Fase van de uitslag", examples=["engaged"])
    hulpvraag: str = Field(description="Waar de ondernemer als eerste hulp bij zoekt", examples=["klanten"])
    omschrijving: dict[str, str] = Field(description="Hetzelfde in woorden", examples=[{"Plaats": "Zeist"}])


class Agreement(BaseModel):
    """The consent under it."""

    id: str = Field(description="Nummer van de toestemming; ook de ondernemer heeft het")
    doel: str = Field(description="Waarvoor de gegevens gebruikt mogen worden")
    datum: date


class Lead(BaseModel):
    """An entrepreneur who wants contact."""

    id: str
    initiatief: str = Field(description="Id van het initiatief")
    status: str = Field(description="Waar de aanvraag staat", examples=["afgeleverd"])
    statusTekst: str = Field(description="Hetzelfde in woorden", examples=["Nieuw"])
    contact: Person | None = Field(description="null als de gegevens zijn gewist: wis ze dan ook bij jezelf")
    profiel: Firm | None = Field(description="null als de gegevens zijn gewist")
    toestemming: Agreement
    verwijderenVoor: date = Field(description="Uiterlijk op deze dag moeten de gegevens ook bij jou gewist zijn")


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
