"""What every figure means: one definition each, as `metrics.yaml` holds them. Help and docs are made of these."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from analytics.menu import APART, INITIATIVES, ONE_WAY, TOTAL, TWO_WAY
from knowledge.loading import Document, KnowledgeError, Problem, convert, read

FILE = Path(__file__).with_name("metrics.yaml")
# What figures are made of, beside the tables of a release: in words for who reads the definition.
SOURCES = {
    "live": "het precieze totaal van dit jaar",
    "evenement": "de samenvatting van een evenement",
    "catalogus": "de gegevens van de initiatieven",
    "cbs": "CBS 2020, bewerking Birch",
    TOTAL: "het precieze totaal van een periode",
}
TABLES = (*ONE_WAY, *("*".join(pair) for pair in TWO_WAY), INITIATIVES, *APART)


class Metric(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure: the question it answers, its unit, how it is worked out and from what, and who may see it."""

    id: str
    naam: str
    vraag: str
    eenheid: str
    formule: str
    bron: tuple[str, ...]
    wie: tuple[Literal["werkgroep", "publiek"], ...]
    kanttekening: str

    @property
    def sources(self) -> tuple[str, ...]:
        """What it is made of, in words."""
        return tuple(SOURCES.get(name, f"tabel {name.replace('*', ' en ')}") for name in self.bron)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cijfers: tuple[Metric, ...]


@cache
def metrics(path: Path = FILE) -> dict[str, Metric]:
    """Every metric by id, in the order in which they are shown. Raises KnowledgeError with every fault found."""
    document = read(path)
    found = convert(document, _File).cijfers
    problems = [problem for index in range(len(found)) for problem in _problems(document, index, found)]
    if problems:
        raise KnowledgeError(problems)
    return {metric.id: metric for metric in found}


def _problems(document: Document, index: int, found: tuple[Metric, ...]) -> Iterator[Problem]:
    here, metric = ("cijfers", index), found[index]
    if metric.id in [other.id for other in found[:index]]:
        what = f"Het cijfer '{metric.id}' staat er twee keer."
        yield document.problem((*here, "id"), what, "Haal er een weg.")
    for place, name in enumerate(metric.bron):
        if name not in (*SOURCES, *TABLES):
            what = f"De bron '{name}' bestaat niet."
            remedy = f"Kies uit {', '.join((*SOURCES, *TABLES))}."
            yield document.problem((*here, "bron", place), what, remedy)
    for field in ("bron", "wie"):
        if not getattr(metric, field):
            what = f"Bij '{metric.id}' is {field} leeg."
            yield document.problem((*here, field), what, "Vul in waar het van gemaakt is en wie het mag zien.")
    for field in ("naam", "vraag", "eenheid", "formule", "kanttekening"):
        if not getattr(metric, field).strip():
            yield document.problem((*here, field), f"Bij '{metric.id}' is {field} leeg.", "Schrijf het op.")
