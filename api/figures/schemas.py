"""The shape of released figures in the interface."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Period = Literal["maand", "kwartaal", "jaar", "tot_nu"]
Status = Literal["getoond", "te_klein", "samengevoegd"]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Category(_Shape):
    """Een rij of kolom van een tabel."""

    code: str
    titel: str


class Cell(_Shape):
    """Een aantal gesprekken, of van aanvragen om contact in een tabel daarover."""

    rij: Category
    kolom: Category | None = Field(description="Leeg in een tabel met één indeling.")
    waarde: int | None = Field(description="Het aantal, afgerond op vijftallen. Leeg als het niet te zien is.")
    status: Status = Field(description="getoond, of te_klein: minder dan de drempel, ook 0.")


class Table(_Shape):
    """Een tabel van een uitgave."""

    id: str = Field(description="De naam van de tabel in adressen.")
    titel: str
    periode: Period = Field(description="Waar de tabel over gaat; tot_nu is het jaar tot en met de maand.")
    indelingen: list[str] = Field(description="Waarnaar de gesprekken of aanvragen zijn verdeeld.")
    niveaus: list[str] = Field(description="Hoe fijn, per indeling.")
    csv: str = Field(description="Adres van dezelfde tabel als CSV.")
    cellen: list[Cell]


class Totals(_Shape):
    """Het totaal van elke periode: precies, en leeg onder de drempel of als de periode nog niet om is."""

    maand: int | None
    kwartaal: int | None
    jaar: int | None
    totNu: int | None


class ReleaseInList(_Shape):
    """Een uitgave: cijfers die één keer zijn gemaakt en daarna niet meer veranderen."""

    maand: str = Field(description="De maand waar de uitgave mee eindigt, bijvoorbeeld 2026-11.")
    gemaaktOp: date
    drempel: int = Field(description="Kleinere aantallen staan er niet in, ook 0 niet.")
    afronding: int = Field(description="Andere aantallen zijn afgerond op een veelvoud hiervan.")
    synthetisch: bool = Field(description="Waar als er verzonnen gegevens bij zijn, om te laten zien hoe het werkt.")
    totalen: Totals
    adres: str


class Release(ReleaseInList):
    """Een uitgave met haar tabellen en hoe je die leest."""

    toelichting: list[str]
    tabellen: list[Table]


class Column(_Shape):
    """Een kolom van de CSV-bestanden."""

    kolom: str
    betekenis: str
    eenheid: str


class Code(_Shape):
    """Een code die in tabellen kan staan."""

    indeling: str
    niveau: str
    code: str
    titel: str


class Concept(_Shape):
    """Wat een cijfer betekent en hoe het is gemaakt."""

    id: str
    naam: str
    vraag: str
    eenheid: str
    formule: str
    gemaaktVan: list[str]
    kanttekening: str


class Dictionary(_Shape):
    """Het gegevenswoordenboek."""

    kolommen: list[Column]
    codes: list[Code]
    begrippen: list[Concept]
