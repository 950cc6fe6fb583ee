"""What a reader may want to know of tables: everything hidden in them, and what is between them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, product

import numpy as np

from analytics.linear import NOTHING, Cell, Codes, Grid, Key, Numbers, Place, Sheet, codes_of
from analytics.system import System
from analytics.true_counts import TrueCounts

FEWEST_BETWEEN = 10  # records: what is between two tables is looked at from this many

# What it is of, its unknowns and those left out of it, whether it is hidden from the reader, and the firms in it.
_Target = tuple[Place, Callable[[], tuple[Numbers, Numbers]], bool, Callable[[], int]]


def targets(
    system: System, sheets: Sequence[Sheet], totals: Mapping[str, int], true: TrueCounts, only: Place | None = None
) -> Iterator[tuple[Cell, int | None]]:
    """Every published count, each month of a dimension, and what is left of a count without a part of it; each once.

    And how many firms there are in what is hidden from the reader; None of what is not hidden. With `only` no more than
    what is of that place.
    """
    seen = set()
    every = chain(
        _published(system, sheets, true, only),
        _months(system, totals, true, only),
        _between(system, sheets, totals, true, only),
    )
    for place, numbers, hidden, firms in every:
        if only is None or place == only:
            unknowns, less = numbers()
            what = unknowns.tobytes(), less.tobytes()
            if what not in seen and unknowns.size:
                yield Cell(*place[:4], unknowns, less, place[4]), firms() if hidden else None
            seen.add(what)


def _published(system: System, sheets: Sequence[Sheet], true: TrueCounts, only: Place | None) -> Iterator[_Target]:
    for sheet in sheets:
        if only and (sheet.event, sheet.names, sheet.months) != only[:3]:
            continue
        for key, value in sheet.values.items():
            codes = sheet.cells[key]
            firms = partial(true.of, sheet.event, sheet.names, sheet.months, codes)
            yield _place(sheet, key), partial(_sum, system, sheet, codes), value is None, firms
        if sheet.left_out:
            for column in sheet.codes[1]:
                key = sheet.left_out, column
                codes = codes_of(sheet.codes, key)
                firms = partial(true.of, sheet.event, sheet.names, sheet.months, codes)
                yield _place(sheet, key), partial(_sum, system, sheet, codes), True, firms


def _months(system: System, totals: Mapping[str, int], true: TrueCounts, only: Place | None) -> Iterator[_Target]:
    for (event, names), grid in system.grids.items():
        if not event and len(names) == 1 and (only is None or names == only[1]):
            for months, codes in product(grid.months, grid.codes[0]):
                if sum(totals[month] for month in months) >= FEWEST_BETWEEN:
                    firms = partial(true.of, "", names, months, [codes])
                    yield ("", names, months, _key([codes]), ""), partial(_of_grid, grid, months, codes), True, firms


def _between(
    system: System, sheets: Sequence[Sheet], totals: Mapping[str, int], true: TrueCounts, only: Place | None
) -> Iterator[_Target]:
    """What is left of a cell of a table without one of another, where it is of enough records."""
    among = [sheet for sheet in sheets if only is None or sheet.names == only[1]]
    for small, large in product(among, among):
        if small.names != large.names or large.event or not small.months <= large.months or small is large:
            continue
        months = large.months - small.months
        others = sum(totals[month] for month in months)
        if small.event:
            others = sum(totals[month] for month in large.months) - sum(small.totals.values())
        if (months or small.event) and others < FEWEST_BETWEEN:
            continue
        if only and only[2] not in (months, large.months):
            continue
        for few in small.cells.values():
            wider = [members.get(next(iter(codes), ""), "") for members, codes in zip(large.members, few, strict=True)]
            many = codes_of(large.codes, wider)
            if all(codes <= more for codes, more in zip(few, many, strict=True)):
                yield _left(system, (small, few), (large, many), true)


def _left(
    system: System, small: tuple[Sheet, list[Codes]], large: tuple[Sheet, list[Codes]], true: TrueCounts
) -> _Target:
    (part, few), (whole, many) = small, large
    if few == many and not part.event:
        months = whole.months - part.months
        firms = partial(true.of, "", whole.names, months, many)
        return ("", whole.names, months, _key(many), ""), partial(_sum, system, whole, many, months), True, firms
    without = f"{part.event or '+'.join(sorted(part.months))} {_key(few)}"
    numbers = partial(_difference, system, small, large)
    firms = partial(_firms_between, true, small, large)
    return ("", whole.names, whole.months, _key(many), without), numbers, True, firms


def _firms_between(true: TrueCounts, small: tuple[Sheet, list[Codes]], large: tuple[Sheet, list[Codes]]) -> int:
    (part, few), (whole, many) = small, large
    every = true.of("", whole.names, whole.months, many)
    # Of an event it is not kept in which months each of its firms was: then there may be one.
    return min(every, 1) if part.event else every - true.of("", part.names, part.months, few)


def _place(sheet: Sheet, key: Key) -> Place:
    return sheet.event, sheet.names, sheet.months, key, ""


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
    return _joined(codes[0]), _joined(codes[1]) if len(codes) > 1 else ""


@lru_cache(maxsize=10_000)
def _joined(codes: Codes) -> str:
    return "+".join(sorted(codes))
