"""The shape of released figures in the interface."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Period = Literal["maand", "kwartaal", "jaar", "tot_nu"]
Status = Literal["getoond", "te_klein", "samengevoegd"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Category(_Shape, title="Indeling"):
    """Een rij of kolom van een tabel."""

    code: str = Field(description="De code.", examples=["bouw"])
    titel: str = Field(description="De code in woorden.", examples=["Bouw"])


class Cell(_Shape, title="Cel"):
    """Een aantal gesprekken, of van aanvragen om contact in een tabel daarover."""

    rij: Category = Field(description="De rij van de tabel.")
    kolom: Category | None = Field(description="Leeg in een tabel met één indeling.")
    waarde: int | None = Field(
        description="Het aantal, afgerond op vijftallen. Leeg als het niet te zien is.", examples=[35]
    )
    status: Status = Field(description="getoond, of te_klein: minder dan de drempel, ook 0.", examples=["getoond"])


class Table(_Shape, title="Tabel"):
    """Een tabel van een uitgave."""

    id: str = Field(description="De naam van de tabel in adressen.", examples=["tot-nu-sector"])
    titel: str = Field(description="Wat de tabel laat zien.", examples=["Sector"])
    periode: Period = Field(
        description="Waar de tabel over gaat; tot_nu is het jaar tot en met de maand.", examples=["tot_nu"]
    )
    indelingen: list[str] = Field(
        description="Waarnaar de gesprekken of aanvragen zijn verdeeld.", examples=[["sector"]]
    )
    niveaus: list[str] = Field(description="Hoe fijn, per indeling.", examples=[["sector"]])
    csv: str = Field(description="Adres van dezelfde tabel als CSV.", examples=["/v1/cijfers/2026-11/tot-nu-sector"])
    cellen: list[Cell] = Field(description="De aantallen, in de volgorde van de tabel.")


class Totals(_Shape, title="Totalen"):
    """Het totaal van elke periode: precies, en leeg onder de drempel of als de periode nog niet om is."""

    maand: int | None = Field(description="Gesprekken in de maand.", examples=[21])
    kwartaal: int | None = Field(description="Gesprekken in het kwartaal.", examples=[61])
    jaar: int | None = Field(description="Gesprekken in het hele jaar.", examples=[250])
    totNu: int | None = Field(description="Gesprekken van januari tot en met de maand.", examples=[187])


class ReleaseInList(_Shape, title="UitgaveInLijst"):
    """Een uitgave: cijfers die één keer zijn gemaakt en daarna niet meer veranderen."""

    maand: str = Field(description="De maand waar de uitgave mee eindigt.", examples=["2026-11"])
    gemaaktOp: date = Field(description="Dag waarop de uitgave is gemaakt.", examples=["2026-12-01"])
    drempel: int = Field(description="Kleinere aantallen staan er niet in, ook 0 niet.", examples=[10])
    afronding: int = Field(description="Andere aantallen zijn afgerond op een veelvoud hiervan.", examples=[5])
    synthetisch: bool = Field(
        description="Waar als er verzonnen gegevens bij zijn, om te laten zien hoe het werkt.", examples=[False]
    )
    totalen: Totals = Field(description="Hoeveel gesprekken er in totaal waren.")
    adres: str = Field(description="Waar de hele uitgave staat.", examples=["/v1/cijfers/2026-11"])


class Release(ReleaseInList, title="Uitgave"):
    """Een uitgave met haar tabellen en hoe je die leest."""

    toelichting: list[str] = Field(
        description="Hoe je de cijfers leest.", examples=[["Aantallen zijn afgerond op vijftallen."]]
    )
    tabellen: list[Table] = Field(description="De tabellen.")


class Column(_Shape, title="Kolom"):
    """Een kolom van de CSV-bestanden."""

    kolom: str = Field(description="De naam in de eerste regel.", examples=["uitgave"])
    betekenis: str = Field(description="Wat erin staat.", examples=["De maand waar de uitgave mee eindigt."])
    eenheid: str = Field(description="In welke vorm of eenheid.", examples=["jaar-maand"])


class Code(_Shape, title="CodeInTabel"):
    """Een code die in tabellen kan staan."""

    indeling: str = Field(description="Waar de code bij hoort.", examples=["fase"])
    niveau: str = Field(description="Hoe fijn.", examples=["fase"])
    code: str = Field(description="De code.", examples=["adhoc"])
    titel: str = Field(description="De code in woorden.", examples=["Je staat aan het begin"])


class Concept(_Shape, title="Begrip"):
    """Wat een cijfer betekent en hoe het is gemaakt."""

    id: str = Field(description="Id van het begrip.", examples=["bereik"])
    naam: str = Field(description="Naam van het begrip.", examples=["Bereik"])
    vraag: str = Field(
        description="De vraag die het beantwoordt.", examples=["Hoeveel bedrijven hebben we dit jaar bereikt?"]
    )
    eenheid: str = Field(description="Wat er geteld wordt.", examples=["gesprekken met een advies"])
    formule: str = Field(
        description="Hoe het gemaakt wordt.", examples=["Alle gesprekken van dit jaar die tot een advies kwamen."]
    )
    gemaaktVan: list[str] = Field(description="Waarvan.", examples=[["het precieze totaal van dit jaar"]])
    kanttekening: str = Field(description="Wat je erbij moet weten.", examples=["We tellen gesprekken."])


class Dictionary(_Shape, title="Woordenboek"):
    """Het gegevenswoordenboek."""

    kolommen: list[Column] = Field(description="De kolommen van de CSV-bestanden.")
    codes: list[Code] = Field(description="De codes in de tabellen.")
    begrippen: list[Concept] = Field(description="Wat de cijfers betekenen.")
