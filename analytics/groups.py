"""The groups of a population: how many firms of each there are, and what was reached of it, as ranges."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from analytics.disclosure import Interval, percentage
from analytics.possible_counts import Figure, add, part

Word = Literal["ondervertegenwoordigd", "oververtegenwoordigd", "naar verhouding", "niet te zeggen"]

UNDER, OVER = 0.8, 1.25  # of the share that a group has with CBS


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
class Population:
    """How many firms of each group there are, and the titles of groups."""

    firms: Mapping[str, int]
    titles: Mapping[str, str]


@dataclass(frozen=True)
class Uncounted:
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


def grouped(
    figures: Iterable[Figure],
    group: Callable[[Figure], str | None],
    population: Population,
    whole: int,
    uncounted: Uncounted,
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
                per_thousand=per_thousand(sum(shown), firms) if shown else None,
                ratio=(low / share, high / share),
            )
        )
    return tuple(found)


def per_thousand(value: int, whole: int) -> int | None:
    """How many of every 1,000; None when there are too few to say."""
    return percentage(10 * value, whole)
