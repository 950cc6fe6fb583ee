"""The shape of an initiative in the interface; the facts come from its file in knowledge/initiatives."""

from datetime import date
from typing import Any

import msgspec
from pydantic import BaseModel, ConfigDict

from knowledge.catalogue import Initiative as CatalogueEntry

_FOR_THE_WORKING_GROUP = ("toelichting",)


class Contact(BaseModel):
    """De weg naar het initiatief."""

    soort: str
    waarde: str | None


class Initiative(BaseModel):
    """Een initiatief. Wat niet bekend is, is leeg en staat in nietBekend."""

    model_config = ConfigDict(extra="forbid")

    id: str
    naam: str
    ookBekendAls: list[str]
    groep: str
    soort: str
    status: str
    opvolger: str | None
    begin: date | None
    einde: date | None
    gezien: str
    laatsteLevensteken: str | None
    verouderd: bool
    verwijst: bool
    regio: list[str]
    thema: list[str]
    fase: list[str]
    grootte: list[str]
    biedt: str
    voorWie: str | None
    waar: str | None
    kosten: str | None
    url: str | None
    contact: Contact | None
    eigenaar: str | None
    nietBekend: list[str]
    bronnen: list[str]


def initiative(entry: CatalogueEntry, today: date) -> dict[str, Any]:
    """An entry of the catalogue as the interface shows it."""
    shown: dict[str, Any] = msgspec.to_builtins(entry, builtin_types=(date,))
    for name in _FOR_THE_WORKING_GROUP:
        shown.pop(name)
    return {**shown, "verouderd": entry.outdated(today)}
