"""Who we reach beside who there are: metrics dekking, vertegenwoordiging and doelgroep, from published values and CBS.

CBS counted establishments of 2 people and more in the province of Utrecht. Who works alone is left out wherever the
released tables tell them apart; Gooi en Vechtstreek cannot be left out, because sector and size were not released by
place. A published value stands for a range of counts, so what follows from it is a range too. It is wider by whom CBS
did not count: of those who are in the values anyway, any group can have all or none.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from analytics.dimensions import OTHER, TEN_TO_49, UP_TO_NINE
from analytics.disclosure import Interval, percentage
from analytics.figures import Release, Table
from analytics.menu import table_id
from analytics.possible_counts import Figure, add, figures, part, split, whole_of
from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass
from knowledge.intake import OPEN

Word = Literal["ondervertegenwoordigd", "oververtegenwoordigd", "naar verhouding", "niet te zeggen"]

UNDER, OVER = 0.8, 1.25  # of the share that a group has with CBS
ALONE: SizeClass = "1"
MICRO: SizeClass = "2-9"
FIFTY_UP = "50+"
_SIZES = {MICRO: MICRO, TEN_TO_49: TEN_TO_49, "50-249": FIFTY_UP, "250+": FIFTY_UP}
_TITLES = {MICRO: "2 tot en met 9", TEN_TO_49: "10 tot en met 49", FIFTY_UP: "50 of meer"}
_BY_CLASS, _BY_SECTION = "klasse", "sectie"  # the finest levels of grootte and sector


@dataclass(frozen=True)
class Group:
    """A part of the population and what was reached of it.

    `reached` is the sum of its published values, None when there are none; `partly` when others of it are hidden.
    `lowest` and `highest` are what that number can be in truth. `per_thousand` is of `reached`. `ratio` is the lowest
    and the highest that its share of the reach can be, divided by its share of the population; in both are only those
    whom CBS counts.
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
class _Population:
    """How many firms of each group there are, and the titles of groups."""

    firms: Mapping[str, int]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class _Uncounted:
    """Who is in the values of groups, and not among the firms that CBS counted.

    `kinds` are how many there can be of each kind: who works alone, and firms elsewhere. One record can be both. `each`
    is how many of the second kind a group can have at most, as far as that is known.
    """

    kinds: Sequence[Interval]
    each: Mapping[str, int] = field(default_factory=dict)

    def share(self, code: str, reached: Interval, others: Interval, excluded: Interval) -> tuple[float, float]:
        """The lowest and the highest share of a group, given what it and the others can be with all of them.

        It is lowest when as many as can be are in the group, and highest when as many as can be are in the others.
        """
        most = sum(kind.high for kind in self.kinds)
        least = max(0, max(kind.low for kind in self.kinds) - excluded.high)
        small, large = reached.low, others.high
        small -= min(small, most, self._most_of({code}))
        large -= min(large, max(0, least - (reached.low - small)))
        lowest = small / max(small + large, 1)
        large, small = reached.high, others.low
        small -= min(small, most, self._most_of(self.each.keys() - {code}))
        large -= min(large, max(0, least - (others.low - small)))
        return lowest, large / max(large + small, 1)

    def _most_of(self, codes: Collection[str]) -> int:
        if not self.each:
            return sum(kind.high for kind in self.kinds)
        return self.kinds[0].high + sum(self.each[code] for code in codes)


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

    def sector(figure: Figure, of: Table = table) -> str | None:
        if figure.row == OPEN:
            return None
        return names.get(figure.row, OTHER) if of.levels[0] == _BY_SECTION else figure.row

    def group(figure: Figure) -> str | None:
        return None if figure.column and figure.column not in _SIZES else sector(figure)

    whole = whole_of(release, table)
    elsewhere = _elsewhere(release, scope, whole, knowledge)
    uncounted = _Uncounted((elsewhere,))
    if table is not crossed:
        each: dict[str, int] = {}
        if crossed:  # with sizes in three groups: who works alone is up to nine people, or did not tell
            each = dict.fromkeys(population, 0)
            for figure in figures(release, crossed):
                if figure.column in (UP_TO_NINE, OPEN):
                    each[sector(figure, crossed) or OTHER] += figure.possible.high
        uncounted = _Uncounted((elsewhere, _alone(release, scope, whole)), each)
    groups = _groups(figures(release, table), group, _Population(population, titles), whole, uncounted)
    return Coverage(table.id, groups, with_alone=table is not crossed)


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
    uncounted = _Uncounted((_elsewhere(release, scope, whole, knowledge),))
    groups = _groups(_size_figures(release, table), _size, _Population(population, _TITLES), whole, uncounted)
    return Coverage(table.id, groups, with_alone=False)


def target_group(release: Release, scope: str, knowledge: Knowledge, cbs: Mapping[str, Any]) -> TargetGroup | None:
    """Firms of 2 to 49 people in the province, beside the target group; None when there is no table of sizes."""
    table, places = release.tables.get(table_id(scope, "grootte")), release.tables.get(table_id(scope, "plaats"))
    if table is None:
        return None
    whole = whole_of(release, table)
    sizes = cbs["doelgroep"]["grootteklassen"]
    small = part(whole, *split(_size_figures(release, table), lambda figure: _size(figure) in sizes))
    outside, inside = Interval(0, whole), _codes_of_province(knowledge)
    if places:
        outside = part(whole, *split(figures(release, places), lambda figure: figure.row not in inside))
    lowest, highest = max(0, small.low - outside.high), min(small.high, whole - outside.low)
    size = cbs["doelgroep"]["afgerond"]
    return TargetGroup(size, lowest, highest, _per_thousand(lowest, size) or 0, _per_thousand(highest, size) or 0)


def _size(figure: Figure) -> str | None:
    return figure.row if figure.row in _TITLES else _SIZES.get(figure.row)


def _size_figures(release: Release, table: Table) -> list[Figure]:
    """The sizes. Up to nine people is split into who works alone and 2 to 9: each can be none of it, or all."""
    found = []
    for figure in figures(release, table):
        if figure.row == UP_TO_NINE:
            some = Interval(0, figure.possible.high)
            found += [Figure(ALONE, "", None, some), Figure(MICRO, "", None, some)]
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


def _groups(
    figures: Iterable[Figure],
    group: Callable[[Figure], str | None],
    population: _Population,
    whole: int,
    uncounted: _Uncounted,
) -> tuple[Group, ...]:
    """Every group of the population. Figures that are in none stand beside them in the whole of all records."""
    inside: dict[str, list[Figure]] = {code: [] for code in population.firms}
    beside: list[Interval] = []
    for figure in figures:
        code = group(figure)
        if code is not None:
            inside[code].append(figure)
        else:
            beside.append(figure.possible)
    excluded = add(beside)
    ranges = {code: add(figure.possible for figure in of_group) for code, of_group in inside.items()}
    found = []
    for code, of_group in inside.items():
        beyond = add(one for name, one in ranges.items() if name != code)
        reached = part(whole, ranges[code], add((beyond, excluded)))
        others = part(whole, beyond, add((reached, excluded)))
        shown = [figure.value for figure in of_group if figure.value is not None]
        firms = population.firms[code]
        low, high = uncounted.share(code, reached, others, excluded)
        share = firms / sum(population.firms.values())
        found.append(
            Group(
                code=code,
                title=population.titles[code],
                population=firms,
                reached=sum(shown) if shown else None,
                partly=0 < len(shown) < len(of_group),
                lowest=reached.low,
                highest=reached.high,
                per_thousand=_per_thousand(sum(shown), firms) if shown else None,
                ratio=(low / share, high / share),
            )
        )
    return tuple(found)


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
