"""Who we reach beside who there are: metrics dekking, vertegenwoordiging and doelgroep, from published values and CBS.

CBS counted establishments of 2 people and more in the province of Utrecht. Who works alone is left out wherever the
released tables tell them apart; Gooi en Vechtstreek cannot be left out, because sector and size were not released by
place. A published value stands for a range of counts, so what follows from it is a range too. It is wider by whom CBS
did not count: of those who are in the values anyway, any group can have all or none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.dimensions import OTHER, TEN_TO_49, UP_TO_NINE
from analytics.disclosure import Interval
from analytics.figures import Release, Table
from analytics.groups import Coverage, Population, Uncounted, grouped, per_thousand
from analytics.menu import table_id
from analytics.possible_counts import Figure, figures, part, split, whole_of
from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass
from knowledge.intake import OPEN

ALONE: SizeClass = "1"
MICRO: SizeClass = "2-9"
FIFTY_UP = "50+"
_SIZES = {MICRO: MICRO, TEN_TO_49: TEN_TO_49, "50-249": FIFTY_UP, "250+": FIFTY_UP}
_TITLES = {MICRO: "2 tot en met 9", TEN_TO_49: "10 tot en met 49", FIFTY_UP: "50 of meer"}
_BY_CLASS, _BY_SECTION = "klasse", "sectie"  # the finest levels of grootte and sector


@dataclass(frozen=True)
class TargetGroup:
    """How many firms of the target group were reached at least and at most, and of every 1,000 in it."""

    size: int
    lowest: int
    highest: int
    lowest_per_thousand: int
    highest_per_thousand: int


def by_sector(release: Release, scope: str, knowledge: Knowledge, cbs: Mapping[str, Any]) -> Coverage | None:
    """The five sectors of the seed and the rest; None when there is no such table.

    Made of the table of sector and size when sizes were released by CBS class, which leaves out who works alone.
    """
    crossed = release.tables.get(table_id(scope, "sector", "grootte"))
    table = crossed if crossed and crossed.levels[1] == _BY_CLASS else release.tables.get(table_id(scope, "sector"))
    if table is None:
        return None
    sectors = _Sectors(knowledge, cbs)
    population = {name: sum(firms.values()) for name, firms in sectors.firms.items()}

    def group(figure: Figure) -> str | None:
        return None if figure.column and figure.column not in _SIZES else sectors.of(figure, table)

    whole = whole_of(release, table)
    elsewhere = _elsewhere(release, scope, whole, knowledge)
    uncounted = Uncounted((elsewhere,))
    if table is not crossed:
        each: dict[str, int] = {}
        if crossed:  # with sizes in three groups: who works alone is up to nine people, or did not tell
            each = dict.fromkeys(population, 0)
            for figure in figures(release, crossed):
                if figure.column in (UP_TO_NINE, OPEN):
                    each[sectors.of(figure, crossed) or OTHER] += figure.possible.high
        uncounted = Uncounted((elsewhere, _alone(release, scope, whole)), each)
    groups = grouped(figures(release, table), group, Population(population, sectors.titles), whole, uncounted)
    return Coverage(table.id, groups, with_alone=table is not crossed)


def by_sector_and_size(release: Release, scope: str, knowledge: Knowledge, cbs: Mapping[str, Any]) -> Coverage | None:
    """Each of those sectors with each size of by_size(), as in "bouw*2-9"; None when there is no such table."""
    table = release.tables.get(table_id(scope, "sector", "grootte"))
    if table is None:
        return None
    sectors, population, titles = _Sectors(knowledge, cbs), dict[str, int](), dict[str, str]()
    for sector, firms in sectors.firms.items():
        for size, number in firms.items():
            code = f"{sector}*{_SIZES[size]}"
            population[code] = population.get(code, 0) + number
            titles[code] = f"{sectors.titles[sector]}, {_TITLES[_SIZES[size]]}"

    def group(figure: Figure) -> str | None:
        sector, size = sectors.of(figure, table), _size(figure.column)
        return f"{sector}*{size}" if sector and size else None

    whole = whole_of(release, table)
    uncounted = Uncounted((_elsewhere(release, scope, whole, knowledge),))
    groups = grouped(_size_figures(release, table), group, Population(population, titles), whole, uncounted)
    return Coverage(table.id, groups, with_alone=False)


def by_size(release: Release, scope: str, knowledge: Knowledge, cbs: Mapping[str, Any]) -> Coverage | None:
    """2 to 9, 10 to 49 and 50 people or more; None when there is no such table.

    When sizes were released in three groups, 2 to 9 cannot be told from who works alone, and has no value.
    """
    table = release.tables.get(table_id(scope, "grootte"))
    if table is None:
        return None
    population = dict.fromkeys(_TITLES, 0)
    for size, number in cbs["alleSectoren"]["vestigingen"].items():
        population[_SIZES[size]] += number
    whole = whole_of(release, table)
    uncounted = Uncounted((_elsewhere(release, scope, whole, knowledge),))
    groups = grouped(
        _size_figures(release, table),
        lambda figure: _size(figure.row),
        Population(population, _TITLES),
        whole,
        uncounted,
    )
    return Coverage(table.id, groups, with_alone=False)


def target_group(release: Release, scope: str, knowledge: Knowledge, cbs: Mapping[str, Any]) -> TargetGroup | None:
    """Firms of 2 to 49 people in the province, beside the target group; None when there is no table of sizes."""
    table, places = release.tables.get(table_id(scope, "grootte")), release.tables.get(table_id(scope, "plaats"))
    if table is None:
        return None
    whole = whole_of(release, table)
    sizes = cbs["doelgroep"]["grootteklassen"]
    small = part(whole, *split(_size_figures(release, table), lambda figure: _size(figure.row) in sizes))
    outside, inside = Interval(0, whole), _codes_of_province(knowledge)
    if places:
        outside = part(whole, *split(figures(release, places), lambda figure: figure.row not in inside))
    lowest, highest = max(0, small.low - outside.high), min(small.high, whole - outside.low)
    size = cbs["doelgroep"]["afgerond"]
    return TargetGroup(size, lowest, highest, per_thousand(lowest, size) or 0, per_thousand(highest, size) or 0)


class _Sectors:
    """The sectors of the seed and the rest: their firms by size class with CBS, and their titles."""

    def __init__(self, knowledge: Knowledge, cbs: Mapping[str, Any]) -> None:
        seed = knowledge.sectors.sections.seed
        self._names = {sector.sbi2008: name for name, sector in seed.items()}
        self.firms: dict[str, Mapping[str, int]] = {
            self._names[row["sbi2008"]]: row["vestigingen"] for row in cbs["sectoren"]
        } | {OTHER: cbs["overigeSectoren"]["vestigingen"]}
        self.titles = {name: seed[name].naam for name in self.firms if name != OTHER} | {OTHER: "Andere sectoren"}

    def of(self, figure: Figure, table: Table) -> str | None:
        """The sector of a row of a table; None of who did not tell."""
        if figure.row == OPEN:
            return None
        return self._names.get(figure.row, OTHER) if table.levels[0] == _BY_SECTION else figure.row


def _size(code: str) -> str | None:
    return code if code in _TITLES else _SIZES.get(code)


def _size_figures(release: Release, table: Table) -> list[Figure]:
    """The sizes. Up to nine people is split into who works alone and 2 to 9: each can be none of it, or all."""
    found = []
    for figure in figures(release, table):
        if UP_TO_NINE in (figure.row, figure.column):
            some = Interval(0, figure.possible.high)
            for size in (ALONE, MICRO):
                row, column = (size if code == UP_TO_NINE else code for code in (figure.row, figure.column))
                found.append(Figure(row, column, None, some))
        else:
            found.append(figure)
    return found


def _alone(release: Release, scope: str, whole: int) -> Interval:
    """How many records can be of who works alone: also of those who did not tell their size."""
    table = release.tables.get(table_id(scope, "grootte"))
    if table is None:
        return Interval(0, whole)
    alone, others = split(_size_figures(release, table), lambda figure: figure.row in (ALONE, OPEN))
    surely, _ = split(_size_figures(release, table), lambda figure: figure.row == ALONE)
    return Interval(surely.low, part(whole, alone, others).high)


def _elsewhere(release: Release, scope: str, whole: int, knowledge: Knowledge) -> Interval:
    """How many records can be of firms outside the province: also of those that did not tell their place."""
    table = release.tables.get(table_id(scope, "plaats"))
    if table is None:
        return Interval(0, whole)
    inside, places = _codes_of_province(knowledge), figures(release, table)
    surely, _ = split(places, lambda figure: figure.row not in inside and figure.row != OPEN)
    elsewhere, others = split(places, lambda figure: figure.row not in inside)
    return Interval(surely.low, part(whole, elsewhere, others).high)


def _codes_of_province(knowledge: Knowledge) -> set[str]:
    """The codes of the province at every level of places."""
    municipalities = knowledge.municipalities.gemeenten
    return {
        code
        for municipality in municipalities
        if municipality.regio == "provincie"
        for code in (municipality.code, municipality.deelregio, municipality.regio)
    }
