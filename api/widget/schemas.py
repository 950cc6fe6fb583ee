"""The shapes of what the widget shows."""

from typing import Any

from pydantic import BaseModel, Field

from api.sites.schemas import Pages

TREE = Field(description="Knoop: naam van het element, attributen, en daarna teksten en knopen")


class SitePresentation(BaseModel):
    """What the widget shows of a site."""

    actief: bool = Field(description="Bij false toont de widget wat de webmaster erin zette, met pauze erboven")
    paginas: Pages
    thema: dict[str, str]
    paneel: list[Any] = TREE
    pauze: list[Any] = TREE
    teksten: dict[str, str]


class ResultPresentation(BaseModel):
    """The result as a card."""

    positie: int = Field(description="Volgnummer (vanaf 0) van het bericht waar de kaart voor in de plaats komt")
    vervangt: int = Field(description="Aantal berichten dat de kaart vervangt")
    kaart: list[Any] = TREE
