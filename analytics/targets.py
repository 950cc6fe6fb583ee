"""What a reader may want to know of tables: everything hidden in them, and what is between them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product

import numpy as np

from analytics.linear import NOTHING, Cell, Codes, Grid, Key, Numbers, Place, Sheet
from analytics.system import System, codes_of

FEWEST_BETWEEN = 10  # records: what is between two tables is looked at from this many

# What it is of, its unknowns and those that are left out of it, and whether it is hidden from the reader.
_Target = tuple[Place, Callable[[], tuple[Numbers, Numbers]], bool]


def targets(
    system: System, sheets: Sequence[Sheet], totals: Mapping[str, int], only: Place | None = None
) -> Iterator[tuple[Cell, bool]]:
    """Every published count, each month of a dimension, and what is left of a count without a part of it; each once.

    And whether it is hidden from the reader. With `only` no more than what is of that place.
    """
    seen = set()
    every = (*_published(system, sheets), *_months(system, totals), *_between(system, sheets, totals))
    for place, numbers, hidden in every:
        if only is None or place == only:
            unknowns, less = numbers()
            what = unknowns.tobytes(), less.tobytes()
            if what not in seen and unknowns.size:
                yield Cell(*place[:4], unknowns, less, place[4]), hidden
            seen.add(what)


def _published(system: System, sheets: Sequence[Sheet]) -> Iterator[_Target]:
    for sheet in sheets:
        categories = sheet.codes()
        for key, value in sheet.values.items():
            numbers = partial(_sum, system, sheet, codes_of(categories, key))
            yield (sheet.event, sheet.names, sheet.months, key, ""), numbers, value is None
        if sheet.left_out:
            for column in categories[1]:
                key = sheet.left_out, column
                numbers = partial(_sum, system, sheet, codes_of(categories, key))
                yield (sheet.event, sheet.names, sheet.months, key, ""), numbers, True


def _months(system: System, totals: Mapping[str, int]) -> Iterator[_Target]:
    for (event, names), grid in system.grids.items():
        if not event and len(names) == 1:
            for months, codes in product(grid.months, grid.codes[0]):
                if sum(totals[month] for month in months) >= FEWEST_BETWEEN:
                    yield ("", names, months, _key([codes]), ""), partial(_of_grid, grid, months, codes), True


def _between(system: System, sheets: Sequence[Sheet], totals: Mapping[str, int]) -> Iterator[_Target]:
    """What is left of a cell of a table without one of another, where it is of enough records."""
    categories = {id(sheet): sheet.codes() for sheet in sheets}
    for small, large in product(sheets, sheets):
        if small.names != large.names or large.event or not small.months <= large.months or small is large:
            continue
        months = large.months - small.months
        others = sum(totals[month] for month in months)
        if small.event:
            others = sum(totals[month] for month in large.months) - sum(small.totals.values())
        if (months or small.event) and others < FEWEST_BETWEEN:
            continue
        for key in small.values:
            few = codes_of(categories[id(small)], key)
            wider = tuple(members.get(next(iter(codes), "")) for members, codes in zip(large.members, few, strict=True))
            many = codes_of(categories[id(large)], (category or "" for category in wider))
            if all(codes <= more for codes, more in zip(few, many, strict=True)):
                yield _left(system, (small, few), (large, many))


def _left(system: System, small: tuple[Sheet, list[Codes]], large: tuple[Sheet, list[Codes]]) -> _Target:
    (part, few), (whole, many) = small, large
    if few == many and not part.event:
        months = whole.months - part.months
        return ("", whole.names, months, _key(many), ""), partial(_sum, system, whole, many, months), True
    without = f"{part.event or '+'.join(sorted(part.months))} {_key(few)}"
    numbers = partial(_difference, system, small, large)
    return ("", whole.names, whole.months, _key(many), without), numbers, True


def _sum(
    system: System, sheet: Sheet, codes: Sequence[Codes], months: frozenset[str] | None = None
) -> tuple[Numbers, Numbers]:
    return system.within(sheet.event, sheet.names, months or sheet.months, codes), NOTHING


def _of_grid(grid: Grid, months: frozenset[str], codes: Codes) -> tuple[Numbers, Numbers]:
    return grid.where(months, codes), NOTHING


def _difference(
    system: System, small: tuple[Sheet, list[Codes]], large: tuple[Sheet, list[Codes]]
) -> tuple[Numbers, Numbers]:
    part, whole = system.numbers(*small), system.numbers(*large)
    return (whole, part) if small[0].event else (np.setdiff1d(whole, part), NOTHING)


def _key(codes: Sequence[Codes]) -> Key:
    row, column = ("+".join(sorted(group)) for group in (*codes, frozenset[str]())[:2])
    return row, column
