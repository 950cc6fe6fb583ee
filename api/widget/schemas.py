"""The shapes of what the widget shows."""

from typing import Any

from pydantic import BaseModel, Field, RootModel

from api.sites.schemas import Pages

TREE = Field(
    description="Knoop: naam van het element, attributen, en daarna teksten en knopen", examples=[["p", {}, "Hallo"]]
)


class SitePresentation(BaseModel, title="WeergaveVanSite"):
    """Wat de widget van een site laat zien."""

    actief: bool = Field(
        description="Bij false toont de widget wat de webmaster erin zette, met pauze erboven", examples=[True]
    )
    paginas: Pages = Field(description="Waar de widget staat")
    thema: dict[str, str] = Field(description="Kleuren en vormen die de site zelf kiest", examples=[{"hoeken": "rond"}])
    paneel: list[Any] = TREE
    pauze: list[Any] = TREE
    teksten: dict[str, str] = Field(
        description="De woorden van de widget, per sleutel", examples=[{"kop": "Digitale hulp voor ondernemers"}]
    )


class ResultPresentation(BaseModel, title="WeergaveVanUitslag"):
    """De uitslag als kaart."""

    positie: int = Field(
        description="Volgnummer (vanaf 0) van het bericht waar de kaart voor in de plaats komt", examples=[1]
    )
    vervangt: int = Field(description="Aantal berichten dat de kaart vervangt", examples=[4])
    kaart: list[Any] = TREE


class AnswersPresentation(RootModel[list[Any]], title="WeergaveVanAntwoorden"):
    """De antwoorden in woorden."""

    root: list[Any] = TREE
