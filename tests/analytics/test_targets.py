"""What a reader may want to know of tables, and how many firms are in it."""

from dataclasses import replace

from analytics.disclosure import Count
from analytics.linear import Sheet
from analytics.system import System
from analytics.tally import Tally
from analytics.targets import targets
from analytics.true_counts import TrueCounts
from tests.analytics.test_audit import FEBRUARY, JANUARY, table

RECORDS = {JANUARY: 30, FEBRUARY: 30}
TRUE = TrueCounts(
    {
        JANUARY: Tally({"fase": {("a", ""): Count(3), ("b", ""): Count(7), ("c", ""): Count(20)}}),
        FEBRUARY: Tally({"fase": {("a", ""): Count(1), ("b", ""): Count(9), ("c", ""): Count(20)}}),
    }
)


def firms(*sheets: Sheet) -> dict[tuple[frozenset[str], str, str], int | None]:
    """By months, codes and what is left out of them; None of what is shown."""
    system = System(sheets, RECORDS)
    found = targets(system, sheets, RECORDS, TRUE)
    return {(cell.months, cell.key[0], cell.without): number for cell, number in found}


def test_shown_and_hidden_counts_and_what_is_between_two_tables() -> None:
    january = table(("fase",), (JANUARY,), {"a": None, "b": 5, "c": 20})
    both = replace(
        table(("fase",), (JANUARY, FEBRUARY), {"ab": 20, "c": 40}), members=({"a": "ab", "b": "ab", "c": "c"},)
    )
    found = firms(january, both)
    in_january, in_february, in_both = (frozenset(months) for months in ([JANUARY], [FEBRUARY], [JANUARY, FEBRUARY]))
    assert found[in_january, "b", ""] is None
    assert found[in_january, "a", ""] == 3
    assert found[in_february, "a", ""] == 1  # a month of its own
    assert found[in_both, "a+b", f"{JANUARY} ('a', '')"] == 3 + 7 + 1 + 9 - 3


def test_what_is_left_when_the_categories_are_the_same_is_a_month() -> None:
    found = firms(
        table(("fase",), (JANUARY,), {"ab": 10, "c": 20}), table(("fase",), (JANUARY, FEBRUARY), {"ab": 20, "c": 40})
    )
    assert found[frozenset([FEBRUARY]), "ab", ""] == 0  # nobody counted a code of that name
