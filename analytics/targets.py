"""What a reader may want to know of tables: everything hidden in them, and what is between them."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from analytics.linear import Cell, Codes, Key, Sheet
from analytics.system import System, codes_of

FEWEST_BETWEEN = 10  # records: what is between two tables is looked at from this many


def targets(system: System, sheets: Sequence[Sheet], totals: Mapping[str, int]) -> Iterator[tuple[Cell, bool]]:
    """Every published count, each month of a dimension, and what is left of a count without a part of it; each once.

    And whether it is hidden from the reader.
    """
    seen = set()
    for cell, hidden in (*_published(system, sheets), *_months(system, totals), *_between(system, sheets, totals)):
        what = cell.unknowns.tobytes(), cell.less.tobytes()
        if what not in seen and cell.unknowns.size:
            yield cell, hidden
        seen.add(what)


def _published(system: System, sheets: Sequence[Sheet]) -> Iterator[tuple[Cell, bool]]:
    for sheet in sheets:
        categories = sheet.codes()
        for key, value in sheet.values.items():
            numbers = system.numbers(sheet, codes_of(categories, key))
            yield Cell(sheet.event, sheet.names, sheet.months, key, numbers), value is None


def _months(system: System, totals: Mapping[str, int]) -> Iterator[tuple[Cell, bool]]:
    for (event, names), grid in system.grids.items():
        if not event and len(names) == 1:
            for months, codes in product(grid.months, grid.codes[0]):
                if sum(totals[month] for month in months) >= FEWEST_BETWEEN:
                    yield Cell("", names, months, ("+".join(sorted(codes)), ""), grid.where(months, codes)), True


def _between(system: System, sheets: Sequence[Sheet], totals: Mapping[str, int]) -> Iterator[tuple[Cell, bool]]:
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
                yield _left(system, (small, few), (large, many)), True


def _left(system: System, small: tuple[Sheet, list[Codes]], large: tuple[Sheet, list[Codes]]) -> Cell:
    (part, few), (whole, many) = small, large
    names, months = whole.names, whole.months
    if part.event:
        without = f"{part.event} {_key(few)}"
        return Cell("", names, months, _key(many), system.numbers(whole, many), system.numbers(part, few), without)
    if few == many:
        left = months - part.months
        return Cell("", names, left, _key(many), system.within("", names, left, many))
    numbers = np.setdiff1d(system.numbers(whole, many), system.numbers(part, few))
    return Cell("", names, months, _key(many), numbers, without=f"{'+'.join(sorted(part.months))} {_key(few)}")


def _key(codes: Sequence[Codes]) -> Key:
    row, column = ("+".join(sorted(group)) for group in (*codes, frozenset[str]())[:2])
    return row, column
