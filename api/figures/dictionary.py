"""The data dictionary of released figures: what every column, code and metric means."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analytics.dimensions import dimensions
from analytics.lead_tables import titles
from analytics.menu import LEAD_HELPED, LEAD_INITIATIVE, PUBLIC
from analytics.metrics import Metric, metrics
from api.figures.tables import COLUMNS
from knowledge.base import Knowledge

_COUNTED = "gesprekken, en in tabellen met lead: aanvragen"
_MEANINGS = {
    "uitgave": ("De maand waar de uitgave mee eindigt.", "jaar-maand"),
    "tabel": ("De naam van de tabel: periode, en waarnaar de gesprekken zijn verdeeld.", "tekst"),
    "rij": ("De code van de rij. De codes staan hieronder.", "code"),
    "rijTitel": ("De rij in woorden.", "tekst"),
    "kolom": ("De code van de kolom. Leeg in een tabel met één indeling.", "code"),
    "kolomTitel": ("De kolom in woorden.", "tekst"),
    "waarde": ("Het aantal, afgerond. Leeg als het onder de drempel ligt; het kan dan ook 0 zijn.", _COUNTED),
    "status": ("getoond, of te_klein: het aantal ligt onder de drempel.", "code"),
    "drempel": ("Kleinere aantallen staan er niet in.", _COUNTED),
    "afronding": ("Aantallen zijn afgerond op een veelvoud hiervan, naar boven of naar beneden.", _COUNTED),
    "synthetisch": ("ja als er verzonnen gegevens bij zijn, om te laten zien hoe het werkt.", "ja of nee"),
}


@dataclass(frozen=True)
class Code:
    """A code that stands in tables, with the dimension and the level that it is of."""

    dimension: str
    level: str
    code: str
    title: str


def dictionary(knowledge: Knowledge) -> dict[str, Any]:
    """The dictionary for everybody, in the shape of the interface."""
    return {
        "kolommen": [{"kolom": name, "betekenis": meaning, "eenheid": unit} for name, meaning, unit in columns()],
        "codes": [
            {"indeling": code.dimension, "niveau": code.level, "code": code.code, "titel": code.title}
            for code in codes(knowledge)
        ],
        "begrippen": [
            {
                "id": metric.id,
                "naam": metric.naam,
                "vraag": metric.vraag,
                "eenheid": metric.eenheid,
                "formule": metric.formule,
                "gemaaktVan": metric.sources,
                "kanttekening": metric.kanttekening,
            }
            for metric in concepts(PUBLIC)
        ],
    }


def columns() -> tuple[tuple[str, str, str], ...]:
    """Every column of the files, with its meaning and its unit."""
    return tuple((name, *_MEANINGS[name]) for name in COLUMNS)


def codes(knowledge: Knowledge) -> Iterator[Code]:
    """Every code that a table can have, except those of initiatives and questions: their title says all."""
    for dimension in dimensions(knowledge).values():
        for level in dimension.levels:
            for code, title in level.titles.items():
                yield Code(dimension.id, level.id, code, title)
    for name, of_leads in titles(knowledge).items():
        if name not in (LEAD_INITIATIVE, LEAD_HELPED):
            for code, title in of_leads.items():
                yield Code(name, name, code, title)


def concepts(audience: str) -> tuple[Metric, ...]:
    """The metrics that an audience may see."""
    return tuple(metric for metric in metrics().values() if audience in metric.wie)
