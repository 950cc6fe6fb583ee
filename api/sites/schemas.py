"""What a widget gets to know of its site."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import BaseModel, Field

SiteId = Annotated[str, Path(description="Id van de site", examples=["demo"])]


class SiteContact(BaseModel, title="ContactVanSite"):
    """Waar iemand terechtkan die liever een mens spreekt. Wat niet bekend is, is null."""

    naam: str = Field(description="Wie er helpt", examples=["Bedrijvenloket gemeente Zeist"])
    url: str | None = Field(description="De website", examples=["https://www.zeist.nl/ondernemers"])
    telefoon: str | None = Field(description="Het telefoonnummer", examples=["14 030"])
    openingstijden: str | None = Field(description="Wanneer er iemand is", examples=["Op werkdagen van 9 tot 17 uur"])


class Pages(BaseModel, title="Paginas"):
    """Op welke pagina's van de website de widget staat."""

    aan: list[str] = Field(
        description="Op deze pagina's staat de widget; * staat voor elke tekst", examples=[["/ondernemen/*"]]
    )
    uit: list[str] = Field(description="Behalve op deze", examples=[["/ondernemen/archief/*"]])


class SiteConfiguration(BaseModel, title="Site"):
    """Een site, zoals haar widget die nodig heeft."""

    id: str = Field(description="Id van de site", examples=["demo"])
    naam: str = Field(description="Naam van de site", examples=["Demonstratie"])
    aanbieder: str = Field(description="Wie de site aanbiedt", examples=["de gemeente Zeist"])
    status: Literal["actief", "gepauzeerd"] = Field(
        description="Bij gepauzeerd begint er geen gesprek", examples=["actief"]
    )
    taal: str = Field(description="Code van de taal van de teksten", examples=["nl"])
    paginas: Pages = Field(description="Waar de widget staat")
    contact: SiteContact = Field(description="Waar iemand terechtkan die liever een mens spreekt")
    privacy: str | None = Field(
        description="Adres van de privacyverklaring van de site", examples=["https://www.zeist.nl/privacy"]
    )
    thema: dict[Literal["accent", "opAccent", "hoeken", "lettertype"], str] = Field(
        description="Alleen wat de site zelf kiest; de rest komt van de pagina", examples=[{"accent": "#0b5672"}]
    )
    gemeente: str | None = Field(description="CBS-code van de gemeente om voor te stellen", examples=["GM0355"])
    teksten: dict[str, str] = Field(
        description="De woorden van de widget, per sleutel, in de gevraagde taal",
        examples=[{"kop": "Digitale hulp voor ondernemers"}],
    )
