"""What a widget gets to know of its site."""

from typing import Literal

from pydantic import BaseModel, Field

from knowledge.widget import Language


class Contact(BaseModel):
    """Where somebody who wants a person can turn to; null for what is not known."""

    naam: str
    url: str | None
    telefoon: str | None
    openingstijden: str | None


class Pages(BaseModel):
    """Patterns of paths."""

    aan: list[str] = Field(description="Op deze pagina's staat de widget; * staat voor elke tekst")
    uit: list[str] = Field(description="Behalve op deze")


class SiteConfiguration(BaseModel):
    """A site as its widget needs it."""

    id: str
    naam: str
    aanbieder: str
    status: Literal["actief", "gepauzeerd"] = Field(description="Bij gepauzeerd begint er geen gesprek")
    taal: Language
    paginas: Pages
    contact: Contact
    privacy: str | None = Field(description="Adres van de privacyverklaring van de site")
    thema: dict[Literal["accent", "opAccent", "hoeken", "lettertype"], str] = Field(
        description="Alleen wat de site zelf kiest; de rest komt van de pagina"
    )
    gemeente: str | None = Field(description="CBS-code van de gemeente om voor te stellen")
    teksten: dict[str, str] = Field(description="De woorden van de widget, per sleutel, in de gevraagde taal")
