"""Who we reach beside who there are: metrics dekking, vertegenwoordiging and doelgroep, from published values and CBS.

CBS counted establishments of 2 people and more in the province of Utrecht. Who works alone is left out wherever the
released tables tell them apart; Gooi en Vechtstreek cannot be left out, because sector and size were not released by
place. A published value stands for a range of counts, so what follows from it is a range too.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from analytics.dimensions import OTHER, TEN_TO_49, UP_TO_NINE
from analytics.disclosure import Interval, derivable, percentage
from analytics.figures import Release, Table
from analytics.menu import AUDIENCES, table_id
from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass
from knowledge.intake import OPEN

Word = Literal["ondervertegenwoordigd", "oververtegenwoordigd", "naar verhouding", "niet te zeggen"]

UNDER, OVER = 0.8, 1.25  # of the share that a group has with CBS
MICRO: SizeClass = "2-9"
FIFTY_UP = "50+"
_SIZES = {MICRO: MICRO, TEN_TO_49: TEN_TO_49, "50-249": FIFTY_UP, "250+": FIFTY_UP}
_TITLES = {MICRO: "2 tot en met 9", TEN_TO_49: "10 tot en met 49", FIFTY_UP: "50 of meer"}
_BY_CLASS, _BY_SECTION = "klasse", "sectie"  # the finest levels of grootte and sector


@dataclass(frozen=True)
class Group:
    """A part of the population and what was reached of it.

    `reached` is the sum of its published values, None when there are none; `partly` when others of it are hidden.
    `lowest` and `highest` are what it can be in truth. `per_thousand` is of `reached`. `ratio` is the lowest and the
    highest that its share of the reach can be, divided by its share of the population.
    """

    code: str
    title: str
    population: int
    reached: int | None
    partly: bool
    lowest: int
    highest: int
    per_thousand: int | None
    ratio: tuple[float, float]

    @property
    def word(self) -> Word:
        """What the ratio comes to, only when every count that is possible leads to it."""
        low, high = self.ratio
        middle = (low + high) / 2
        if high < 1 and middle < UNDER:
            return "ondervertegenwoordigd"
        if low > 1 and middle > OVER:
            return "oververtegenwoordigd"
        return "naar verhouding" if low >= UNDER and high <= OVER else "niet te zeggen"


@dataclass(frozen=True)
class Coverage:
    """Every group of one division. `table` is the released table; `with_alone` when it has those who work alone."""

    table: str
    groups: tuple[Group, ...]
    with_alone: bool


@dataclass(frozen=True)
class TargetGroup:
    """How many firms of the target group were reached at least and at most, and of every 1,000 in it."""

    size: int
    lowest: int
    highest: int
    lowest_per_thousand: int
    highest_per_thousand: int


@dataclass(frozen=True)
class _Figure:
    """A published value of a table and the counts that it can stand for."""

    row: str
    column: str
    value: int | None
    possible: Interval


def by_sector(release: Release, scope: str, knowledge: Knowledge, cbs: Mapping[str, Any]) -> Coverage | None:
    """The five sectors of the seed and the rest; None when there is no such table.

    Made of the table of sector and size when sizes were released by CBS class, which leaves out who works alone.
    """
    crossed = release.tables.get(table_id(scope, "sector", "grootte"))
    table = crossed if crossed and crossed.levels[1] == _BY_CLASS else release.tables.get(table_id(scope, "sector"))
    if table is None:
        return None
    seed = knowledge.sectors.sections.seed
    names = {sector.sbi2008: name for name, sector in seed.items()}
    population = {names[row["sbi2008"]]: row["totaal"] for row in cbs["sectoren"]}
    population[OTHER] = cbs["overigeSectoren"]["totaal"]
    titles = {name: seed[name].naam for name in population if name != OTHER} | {OTHER: "Andere sectoren"}

    def group(figure: _Figure) -> str | None:
        if figure.row == OPEN or (figure.column and figure.column not in _SIZES):
            return None
        return names.get(figure.row, OTHER) if table.levels[0] == _BY_SECTION else figure.row

    groups = _groups(_figures(release, table), group, population, titles, _whole(release, table))
    return Coverage(table.id, groups, with_alone=table is not crossed)


def by_size(release: Release, scope: str, cbs: Mapping[str, Any]) -> Coverage | None:
    """2 to 9, 10 to 49 and 50 people or more; None when there is no such table.

    When sizes were released in three groups, 2 to 9 cannot be told from who works alone, and has no value.
    """
    table = release.tables.get(table_id(scope, "grootte"))
    if table is None:
        return None
    population = dict.fromkeys(_TITLES, 0)
    for size, number in cbs["alleSectoren"]["vestigingen"].items():
        population[_SIZES[size]] += number
    groups = _groups(_size_figures(release, table), _size, population, _TITLES, _whole(release, table))
    return Coverage(table.id, groups, with_alone=False)


def target_group(release: Release, scope: str, knowledge: Knowledge, cbs: Mapping[str, Any]) -> TargetGroup | None:
    """Firms of 2 to 49 people in the province, beside the target group; None when there is no table of sizes."""
    table, places = release.tables.get(table_id(scope, "grootte")), release.tables.get(table_id(scope, "plaats"))
    if table is None:
        return None
    whole = _whole(release, table)
    sizes = cbs["doelgroep"]["grootteklassen"]
    small = _part(whole, *_split(_size_figures(release, table), lambda figure: _size(figure) in sizes))
    outside, inside = Interval(0, whole), _codes_of_province(knowledge)
    if places:
        outside = _part(whole, *_split(_figures(release, places), lambda figure: figure.row not in inside))
    lowest, highest = max(0, small.low - outside.high), min(small.high, whole - outside.low)
    size = cbs["doelgroep"]["afgerond"]
    return TargetGroup(size, lowest, highest, _per_thousand(lowest, size) or 0, _per_thousand(highest, size) or 0)


def _size(figure: _Figure) -> str | None:
    return figure.row if figure.row in _TITLES else _SIZES.get(figure.row)


def _size_figures(release: Release, table: Table) -> list[_Figure]:
    """The sizes. Up to nine people is split into who works alone and 2 to 9: each can be none of it, or all."""
    found = []
    for figure in _figures(release, table):
        if figure.row == UP_TO_NINE:
            some = Interval(0, figure.possible.high)
            found += [_Figure("1", "", None, some), _Figure(MICRO, "", None, some)]
        else:
            found.append(figure)
    return found


def _figures(release: Release, table: Table) -> list[_Figure]:
    """The values of a table in which each record is once, with what they can stand for given the exact total."""
    values = {f"{cell.row}*{cell.column}": cell.value for cell in table.cells}
    possible = derivable(AUDIENCES[release.audience], _whole(release, table), values)
    return [_Figure(cell.row, cell.column, cell.value, possible[f"{cell.row}*{cell.column}"]) for cell in table.cells]


def _whole(release: Release, table: Table) -> int:
    whole = release.totals.get(table.scope)
    assert whole is not None  # below the threshold there are no tables
    return whole


def _groups(
    figures: Iterable[_Figure],
    group: Callable[[_Figure], str | None],
    population: Mapping[str, int],
    titles: Mapping[str, str],
    whole: int,
) -> tuple[Group, ...]:
    """Every group of the population. Figures that are in none stand beside them in the whole of all records."""
    inside: dict[str, list[_Figure]] = {code: [] for code in population}
    beside: list[Interval] = []
    for figure in figures:
        code = group(figure)
        if code is not None:
            inside[code].append(figure)
        else:
            beside.append(figure.possible)
    everybody, excluded = sum(population.values()), _sum(beside)
    ranges = {code: _sum(figure.possible for figure in of_group) for code, of_group in inside.items()}
    found = []
    for code, of_group in inside.items():
        beyond = _sum(one for name, one in ranges.items() if name != code)
        reached = _part(whole, ranges[code], _sum((beyond, excluded)))
        others = _part(whole, beyond, _sum((reached, excluded)))
        shown = [figure.value for figure in of_group if figure.value is not None]
        share = population[code] / everybody
        found.append(
            Group(
                code=code,
                title=titles[code],
                population=population[code],
                reached=sum(shown) if shown else None,
                partly=0 < len(shown) < len(of_group),
                lowest=reached.low,
                highest=reached.high,
                per_thousand=_per_thousand(sum(shown), population[code]) if shown else None,
                ratio=(
                    reached.low / max(reached.low + others.high, 1) / share,
                    reached.high / max(reached.high + others.low, 1) / share,
                ),
            )
        )
    return tuple(found)


def _sum(ranges: Iterable[Interval]) -> Interval:
    listed = list(ranges)
    return Interval(sum(one.low for one in listed), sum(one.high for one in listed))


def _split(figures: Iterable[_Figure], inside: Callable[[_Figure], bool]) -> tuple[Interval, Interval]:
    """What the figures that are inside and those that are not can be, together."""
    parts: dict[bool, list[Interval]] = {True: [], False: []}
    for figure in figures:
        parts[inside(figure)].append(figure.possible)
    return _sum(parts[True]), _sum(parts[False])


def _part(whole: int, part: Interval, rest: Interval) -> Interval:
    """What a part can be, given that it and the rest add up to the exact whole."""
    return Interval(max(part.low, whole - rest.high), min(part.high, whole - rest.low))


def _per_thousand(value: int, whole: int) -> int | None:
    return percentage(10 * value, whole)


def _codes_of_province(knowledge: Knowledge) -> set[str]:
    """The codes of the province at every level of places."""
    municipalities = knowledge.municipalities.gemeenten
    return {
        code
        for municipality in municipalities
        if municipality.regio == "provincie"
        for code in (municipality.code, municipality.deelregio, municipality.regio)
    }
