"""How many firms there truly are in what tables count."""

from analytics.at_events import AtEvent
from analytics.disclosure import Count
from analytics.tally import Tally
from analytics.true_counts import TrueCounts

OCTOBER, NOVEMBER = "2026-10", "2026-11"
AB = frozenset("ab")
TALLIES = {
    OCTOBER: Tally({"fase": {("a", ""): Count(3, 9), ("c", ""): Count(5)}, "fase*sector": {("a", "x"): Count(2)}}),
    NOVEMBER: Tally({"fase": {("b", ""): Count(4)}, "fase*sector": {("b", "x"): Count(1), ("b", "y"): Count(3)}}),
}
TRUE = TrueCounts(TALLIES, [AtEvent("ZEIST", {OCTOBER: 2}, Tally({"fase": {("a", ""): Count(2)}}))])


def test_months_together_and_apart() -> None:
    both = frozenset({OCTOBER, NOVEMBER})
    assert TRUE.of("", ("fase",), both, [AB]) == 7
    assert TRUE.of("", ("fase",), frozenset({OCTOBER}), [AB]) == 3
    assert TRUE.of("", ("fase",), both, [frozenset("c")]) == 5
    assert TRUE.of("", ("fase", "sector"), both, [AB, frozenset("x")]) == 3
    assert TRUE.of("", ("fase", "sector"), both, [AB, frozenset("xy")]) == 6


def test_events() -> None:
    """Which months they are of makes no difference: nothing keeps of each firm in which it was."""
    assert TRUE.of("ZEIST", ("fase",), frozenset({OCTOBER}), [AB]) == 2
    assert TRUE.of("SOEST", ("fase",), frozenset({OCTOBER}), [AB]) == 0


def test_what_nobody_counted_has_no_firms() -> None:
    assert TRUE.of("", ("fase",), frozenset({"2026-12"}), [AB]) == 0
    assert TRUE.of("", ("grootte",), frozenset({OCTOBER}), [frozenset({"1"})]) == 0
    assert TrueCounts().of("", ("fase",), frozenset({OCTOBER}), [AB]) == 0
