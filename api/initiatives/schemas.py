"""The shape of an initiative in the interface; the facts come from its file in knowledge/initiatives."""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from knowledge.catalogue import Group, Kind, SizeClass, StageId, Status, Theme
from knowledge.catalogue import Initiative as CatalogueEntry

_FOR_THE_WORKING_GROUP = ("toelichting",)


InitiativeId = Annotated[str, Path(description="Id van het initiatief", examples=["digitale-mkb-werkplaats-utrecht"])]


class InitiativeContact(BaseModel, title="WegNaarInitiatief"):
    """De weg naar het initiatief."""

    soort: Literal["website", "loket", "onbekend"] = Field(description="Wat voor adres het is", examples=["website"])
    waarde: str | None = Field(
        description="Het adres; null als het niet bekend is", examples=["https://mkbwerkplaatsutrecht.nl"]
    )


class Initiative(BaseModel, title="Initiatief"):
    """Een initiatief. Wat niet bekend is, is leeg en staat in nietBekend."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(description="Id van het initiatief", examples=["digitale-mkb-werkplaats-utrecht"])
    naam: str = Field(description="Naam van het initiatief", examples=["Digitale MKB Werkplaats Utrecht"])
    ookBekendAls: list[str] = Field(description="Andere namen", examples=[["MKB Werkplaats"]])
    groep: Group = Field(description="Hoe het mkb digitaal helpt, of waarom niet", examples=["direct"])
    soort: Kind = Field(description="Waar het initiatief over gaat", examples=["digitalisering"])
    status: Status = Field(description="Of het initiatief er nog is", examples=["actief"])
    opvolger: str | None = Field(description="Naam van waar dit in opging; geen id", examples=["EDIH"])
    begin: date | None = Field(description="Eerste dag", examples=["2021-03-01"])
    einde: date | None = Field(description="Laatste dag", examples=["2027-12-31"])
    gezien: str = Field(description="Maand van het laatste teken van leven", examples=["2024-05"])
    laatsteLevensteken: str | None = Field(
        description="Welk teken dat was", examples=["Een bericht over het driejarig bestaan."]
    )
    verouderd: bool = Field(description="Of dat langer dan twaalf maanden geleden is", examples=[True])
    verwijst: bool = Field(description="Of de scan ondernemers hiernaar verwijst", examples=[True])
    regio: list[str] = Field(
        description="provincie, gooi, regio, landelijk, of CBS-codes van gemeenten", examples=[["provincie"]]
    )
    thema: list[Theme] = Field(description="Waar het bij helpt", examples=[["klanten", "administratie"]])
    fase: list[StageId] = Field(description="Voor bedrijven in deze fasen", examples=[["adhoc", "engaged"]])
    grootte: list[SizeClass] = Field(
        description="Voor bedrijven van deze grootteklassen", examples=[["1", "2-9", "10-49"]]
    )
    biedt: str = Field(description="Wat het doet", examples=["Koppelt je digitale vraag aan studenten."])
    voorWie: str | None = Field(description="Voor wie het is", examples=["Alle mkb-bedrijven, vooral kleine."])
    waar: str | None = Field(description="Waar het te vinden is", examples=["De provincie Utrecht"])
    kosten: str | None = Field(description="Wat het kost", examples=["Gratis"])
    url: str | None = Field(description="De website", examples=["https://mkbwerkplaatsutrecht.nl"])
    contact: InitiativeContact | None = Field(description="Hoe een ondernemer er komt")
    eigenaar: str | None = Field(description="Wie het initiatief heeft", examples=["Kamer van Koophandel (KVK)"])
    nietBekend: list[str] = Field(description="Welke velden niet bekend zijn", examples=[["kosten", "eigenaar"]])
    bronnen: list[str] = Field(
        description="Waar de gegevens vandaan komen", examples=[["https://mkbwerkplaatsutrecht.nl"]]
    )


def initiative(entry: CatalogueEntry, today: date) -> dict[str, Any]:
    """An entry of the catalogue as the interface shows it."""
    shown: dict[str, Any] = msgspec.to_builtins(entry, builtin_types=(date,))
    for name in _FOR_THE_WORKING_GROUP:
        shown.pop(name)
    return {**shown, "verouderd": entry.outdated(today)}
