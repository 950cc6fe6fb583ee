"""The tile map: every place a tile of the same size, roughly where it lies."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from analytics.figures import Release, Table
from api.dashboard.words import shown
from knowledge.base import Knowledge
from knowledge.loading import Document, KnowledgeError, Problem, convert, read
from knowledge.municipalities import Municipalities

Shade = Literal["verborgen", "licht", "midden", "donker"]

_PATH = Path(__file__).parent / "tiles.yaml"
_LONGEST_SHORT_NAME = 6  # characters: what fits in a tile on a phone


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the tile of a place lies, and its name on a phone."""

    code: str
    kort: str
    kolom: int
    rij: int


class Layouts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The map of each level of places that has one."""

    gemeente: tuple[Place, ...]
    deelregio: tuple[Place, ...]


@dataclass(frozen=True)
class Tile:
    """A tile: where, both names, the published value as it is shown, and how dark."""

    place: Place
    name: str
    shown: str
    shade: Shade


@dataclass(frozen=True)
class TileMap:
    """A map: its tiles from north to south, and how many columns it has."""

    tiles: tuple[Tile, ...]
    columns: int


def tile_map(knowledge: Knowledge, release: Release, table: Table) -> TileMap | None:
    """The map of a released table of places; None when the table is coarser than there is a map of.

    A place that the table does not have (a municipality that ended before) has no tile.
    """
    layout: tuple[Place, ...] = getattr(_layouts(knowledge), table.levels[0], ())
    values = {place.code: table.value(place.code) for place in layout if place.code in table.rows}
    if not values:
        return None
    seen = sorted(value for value in values.values() if value is not None)
    tiles = tuple(
        Tile(place, table.rows[place.code], shown(release, values[place.code]), _shade(values[place.code], seen))
        for place in layout
        if place.code in values
    )
    return TileMap(tiles, max(place.kolom for place in layout))


def _shade(value: int | None, seen: Sequence[int]) -> Shade:
    """In which third of the values that are shown this one is."""
    if value is None:
        return "verborgen"
    lower = bisect_left(seen, value)  # how many are lower; equal values get an equal shade
    return ("licht", "midden", "donker")[3 * lower // len(seen)]


def load_layouts(path: Path, municipalities: Municipalities) -> Layouts:
    """Read where the tiles lie. Raises KnowledgeError with every fault that was found."""
    document = read(path)
    layouts = convert(document, Layouts)
    known: Mapping[str, Iterable[str]] = {
        "gemeente": [municipality.code for municipality in municipalities.gemeenten],
        "deelregio": municipalities.deelregios,
    }
    problems = [
        problem
        for level, codes in known.items()
        for problem in _problems(document, level, getattr(layouts, level), set(codes))
    ]
    if problems:
        raise KnowledgeError(problems)
    return layouts


def _problems(document: Document, level: str, places: tuple[Place, ...], codes: set[str]) -> list[Problem]:
    problems, taken = [], set[tuple[int, int]]()
    for index, place in enumerate(places):
        where = (level, index)
        if place.code not in codes:
            problems.append(document.problem((*where, "code"), f"{place.code} bestaat niet.", "Kijk de code na."))
        if not 0 < len(place.kort) <= _LONGEST_SHORT_NAME:
            what = f"'{place.kort}' past niet in een tegel."
            problems.append(document.problem((*where, "kort"), what, f"Gebruik 1 tot {_LONGEST_SHORT_NAME} tekens."))
        if (place.kolom, place.rij) in taken:
            problems.append(document.problem(where, "Op deze plek ligt al een tegel.", "Kies een andere plek."))
        taken.add((place.kolom, place.rij))
    for code in sorted(codes - {place.code for place in places}):
        problems.append(document.problem((level,), f"{code} heeft geen tegel.", "Voeg een tegel toe."))
    return problems


@cache
def _layouts(knowledge: Knowledge) -> Layouts:
    return load_layouts(_PATH, knowledge.municipalities)
