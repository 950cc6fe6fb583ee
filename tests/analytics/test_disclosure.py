"""Disclosure control: nothing below the threshold is shown, and nothing hidden can be worked out from what is."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.disclosure import (
    FOR_EVERYBODY,
    FOR_STAFF,
    NARROWEST,
    Count,
    Interval,
    Line,
    Rules,
    Setting,
    crossed_table,
    derivable,
    left_open,
    mentions,
    percentage,
    possible,
    rounded,
    table,
    total,
)

SECRET = bytes(range(32))
ROUNDED_UP, ROUNDED_DOWN = 123457, 0  # the keys with which 7 becomes 10, or 5
counts_of = st.lists(st.integers(0, 30), min_size=2, max_size=4)
keys = st.integers(0, 2**32 - 1)
repeatable = settings(deadline=None, database=None, derandomize=True)


def tabled(numbers: list[int], key: int = 0) -> dict[str, Count]:
    return {f"r{position}": Count(number, key + position) for position, number in enumerate(numbers)}


def widths(ranges: list[Interval], hidden: list[int], whole: int) -> list[int]:
    """How far apart the lowest and the highest of each hidden count are, and of all hidden together.

    Found by trying every table that a reader has to reckon with. `hidden` are positions.
    """
    worlds = [tried for tried in product(*(range(one.low, one.high + 1) for one in ranges)) if sum(tried) == whole]
    groups = [[position] for position in hidden] + ([hidden] if hidden else [])
    sums = [{sum(world[position] for position in group) for world in worlds} for group in groups]
    return [max(found) - min(found) for found in sums]


def hidden_in(values: Mapping[str, int | None]) -> list[int]:
    return [position for position, value in enumerate(values.values()) if value is None]


@pytest.mark.parametrize("threshold", [0, 1, 4, 7, 12])
def test_threshold_below_five_or_between_multiples_is_refused(threshold: int) -> None:
    with pytest.raises(ValueError, match="threshold"):
        Rules(threshold)


def test_thresholds_of_staff_and_of_the_public() -> None:
    assert (FOR_STAFF.threshold, FOR_EVERYBODY.threshold) == (5, 10)


@pytest.mark.parametrize(("records", "shown"), [(0, None), (1, None), (4, None), (5, 5), (6, 6), (23, 23)])
def test_total_is_exact_from_the_threshold(records: int, shown: int | None) -> None:
    assert total(FOR_STAFF, records) == shown


@given(st.integers(0, 4), keys)
@repeatable
def test_count_below_the_threshold_is_hidden_also_zero(records: int, key: int) -> None:
    assert rounded(FOR_STAFF, SECRET, Count(records, key)) is None


@given(keys)
@repeatable
def test_counts_at_and_above_the_threshold(key: int) -> None:
    assert rounded(FOR_STAFF, SECRET, Count(5, key)) == 5
    assert rounded(FOR_STAFF, SECRET, Count(6, key)) in (5, 10)
    assert rounded(FOR_STAFF, SECRET, Count(10, key)) == 10
    assert rounded(FOR_EVERYBODY, SECRET, Count(9, key)) is None
    assert rounded(FOR_EVERYBODY, SECRET, Count(13, key)) in (10, 15)


@given(st.integers(5, 10_000), keys)
@repeatable
def test_truth_is_among_what_a_reader_reckons_with(records: int, key: int) -> None:
    value = rounded(FOR_STAFF, SECRET, Count(records, key))
    assert value is not None
    assert value % 5 == 0
    assert possible(FOR_STAFF, value).low <= records <= possible(FOR_STAFF, value).high


def test_rounding_worked_out_by_hand() -> None:
    # printf '%016x%016x' 123456 7 | xxd -r -p | openssl dgst -sha256 -mac HMAC -macopt hexkey:0001..1f
    # begins with c5, 0.77 of the whole: not below 2/5. That of 123457 begins with 42, 0.26 of the whole.
    assert rounded(FOR_STAFF, SECRET, Count(7, 123456)) == 5
    assert rounded(FOR_STAFF, SECRET, Count(7, ROUNDED_UP)) == 10


def test_same_records_are_rounded_the_same_and_another_secret_differs() -> None:
    same = {rounded(FOR_STAFF, SECRET, Count(8, 2**64 + 99)), rounded(FOR_STAFF, SECRET, Count(8, 99))}
    assert len(same) == 1
    by_secret = {rounded(FOR_STAFF, bytes([number]) * 32, Count(8, 99)) for number in range(30)}
    assert by_secret == {5, 10}


def test_rounding_is_right_on_average() -> None:
    values = [rounded(FOR_STAFF, SECRET, Count(7, key)) for key in range(4000)]
    assert sum(value == 10 for value in values) / len(values) == pytest.approx(2 / 5, abs=0.03)


def test_category_with_more_than_ninety_percent_hides_the_table() -> None:
    assert table(FOR_STAFF, SECRET, tabled([91, 9])).reason == "overwicht"
    assert table(FOR_STAFF, SECRET, tabled([90, 10])).values == {"r0": 90, "r1": 10}


def test_table_with_one_category_to_show_says_no_more_than_the_total() -> None:
    assert table(FOR_STAFF, SECRET, tabled([15, 4, 4])).reason == "te_weinig"


def test_single_hidden_count_that_the_total_gives_away() -> None:
    # 12 less at least 5 and at least 6 leaves at most 1.
    assert derivable(FOR_STAFF, 12, {"a": 5, "b": 10, "c": None})["c"] == Interval(0, 1)
    # 22 less at most 9 and at most 9 leaves at least 4.
    assert derivable(FOR_STAFF, 22, {"a": 5, "b": 5, "c": None})["c"] == Interval(4, 4)
    assert table(FOR_STAFF, SECRET, tabled([5, 5, 1])).reason == "afleidbaar"


def test_table_that_keeps_its_hidden_count() -> None:
    assert table(FOR_STAFF, SECRET, tabled([10, 10, 3])).values == {"r0": 10, "r1": 10, "r2": None}


@pytest.mark.parametrize(("hidden", "shown"), [(2, False), (3, True)])
def test_hidden_count_of_which_four_values_are_possible_to_who_is_in_it_may_be_beside_what_is_shown(
    hidden: int, shown: bool
) -> None:
    # 10 is at least 6 and 5 at least 5: of 14 at most 3 are left, of 15 at most 4. Who is one knows that it is not 0.
    counts = {"a": Count(7, ROUNDED_UP), "b": Count(5), "c": Count(hidden)}
    assert table(FOR_STAFF, SECRET, counts).values == ({"a": 10, "b": 5, "c": None} if shown else {})


def test_hidden_count_without_firms_may_be_known_more_nearly() -> None:
    counts = {"a": Count(7, ROUNDED_UP), "b": Count(7, ROUNDED_DOWN), "c": Count(0)}
    assert derivable(FOR_STAFF, 14, {"a": 10, "b": 5, "c": None})["c"] == Interval(0, 3)
    assert table(FOR_STAFF, SECRET, counts).values == {"a": 10, "b": 5, "c": None}


@pytest.mark.parametrize(("seen", "records", "left"), [((0, 3), 0, 3), ((0, 3), 2, 2), ((1, 4), 2, 3), ((0, 4), 1, 3)])
def test_who_is_one_of_some_firms_knows_that_there_is_one(seen: tuple[int, int], records: int, left: int) -> None:
    assert left_open(Interval(*seen), records) == left


@pytest.mark.parametrize(("nearly_all", "reason"), [(18, None), (19, "overwicht")])
def test_nearly_all_of_a_line_count_from_twenty_records(nearly_all: int, reason: str | None) -> None:
    counts = {("a", "x"): Count(nearly_all), ("a", "y"): Count(1), ("b", "x"): Count(30), ("b", "y"): Count(30)}
    line = (("a", "x"), ("a", "y"))
    assert crossed_table(FOR_STAFF, SECRET, counts, [Line(line, line)]).reason == reason


@given(counts_of, keys)
@repeatable
def test_bounds_of_a_reader_are_those_of_trying_everything(numbers: list[int], key: int) -> None:
    values = {name: rounded(FOR_STAFF, SECRET, count) for name, count in tabled(numbers, key).items()}
    bounds = list(derivable(FOR_STAFF, sum(numbers), values).values())
    everything = list(range(len(numbers)))
    tried = widths([possible(FOR_STAFF, value) for value in values.values()], everything, sum(numbers))
    assert [one.width for one in bounds] == tried[:-1]
    assert all(one.low <= number <= one.high for one, number in zip(bounds, numbers, strict=True))


@given(counts_of, keys)
@repeatable
def test_nothing_hidden_can_be_worked_out_of_what_is_shown(numbers: list[int], key: int) -> None:
    values = table(FOR_STAFF, SECRET, tabled(numbers, key)).values
    ranges = [possible(FOR_STAFF, value) for value in values.values()]
    assert all(width >= NARROWEST for width in widths(ranges, hidden_in(values), sum(numbers)))
    # And to who is one of those behind one of them.
    for one in hidden_in(values):
        among = [Interval(1, 4) if place == one and numbers[one] else seen for place, seen in enumerate(ranges)]
        assert widths(among, [one], sum(numbers))[0] >= NARROWEST


@given(counts_of.filter(lambda numbers: sum(number < 5 for number in numbers) == 1))
@repeatable
def test_hiding_small_counts_beside_exact_ones_is_found_out(numbers: list[int]) -> None:
    """The control: the common way, exact values with those below five left out, always gives a single one away."""
    values = {str(position): None if number < 5 else number for position, number in enumerate(numbers)}
    ranges = [Interval(0, 4) if value is None else Interval(value, value) for value in values.values()]
    assert widths(ranges, hidden_in(values), sum(numbers)) == [0, 0]


SETTING = Setting(whole=40, categories=12, most_each=3, lowest_inside=0)


def test_mentions_name_only_what_has_enough_records() -> None:
    counts = {"a": Count(20, 1), "b": Count(4, 2), "c": Count(5, 3)}
    assert mentions(FOR_STAFF, SECRET, counts, SETTING).values == {"a": 20, "c": 5}


def test_mention_of_nearly_everybody_is_not_named() -> None:
    assert mentions(FOR_STAFF, SECRET, {"a": Count(37, 1), "b": Count(10, 2)}, SETTING).values == {"b": 10}


@pytest.mark.parametrize(("whole", "named"), [(9, {}), (10, {"a": 10})])
def test_mention_of_at_least_six_of_nine_is_not_named(whole: int, named: dict[str, int]) -> None:
    """Nobody can be mentioned more often than there are firms: of 9, at most 3 would lack it, and who does knows 1."""
    counts = {"a": Count(7, ROUNDED_UP)}
    assert mentions(FOR_STAFF, SECRET, counts, Setting(whole, 12, most_each=3, lowest_inside=0)).values == named


@given(st.integers(5, 60), st.data(), keys)
@repeatable
def test_how_many_lack_a_mention_cannot_be_worked_out(whole: int, data: st.DataObject, key: int) -> None:
    records = data.draw(st.integers(0, whole))
    setting = Setting(whole, categories=12, most_each=3, lowest_inside=0)
    for value in mentions(FOR_STAFF, SECRET, {"a": Count(records, key)}, setting).values.values():
        assert value is not None
        lacking = [whole - n for n in range(whole + 1) if possible(FOR_STAFF, value).low <= n <= value + 4]
        assert max(lacking) - min(lacking) >= NARROWEST


def test_mentions_from_which_the_others_follow_are_not_named() -> None:
    # All 30 have at least one of three: two are named for at most 14 and 9, so the third is there at least 7 times.
    counts = {"a": Count(10, 1), "b": Count(5, 2)}
    tight = Setting(whole=30, categories=3, most_each=3, lowest_inside=30)
    assert mentions(FOR_STAFF, SECRET, counts, tight).reason == "afleidbaar"
    assert mentions(FOR_STAFF, SECRET, counts, SETTING).reason is None


@pytest.mark.parametrize(("most_each", "reason"), [(1, "afleidbaar"), (2, None)])
def test_mentions_that_leave_hardly_any_for_others_are_not_named(most_each: int, reason: str | None) -> None:
    # Twelve firms with one each have twelve, of which two that are named have at least ten.
    setting = Setting(whole=12, categories=12, most_each=most_each, lowest_inside=0)
    assert mentions(FOR_STAFF, SECRET, {"a": Count(5), "b": Count(5)}, setting).reason == reason


@pytest.mark.parametrize(("others", "reason"), [({}, None), ({"c": Count(1)}, "afleidbaar")])
def test_mentions_leave_as_much_open_to_who_has_one_that_is_not_named(
    others: dict[str, Count], reason: str | None
) -> None:
    """Thirteen with one each, of which two that are named have at least ten: at most 3 are left for another."""
    setting = Setting(whole=13, categories=12, most_each=1, lowest_inside=0)
    assert mentions(FOR_STAFF, SECRET, {"a": Count(5), "b": Count(5), **others}, setting).reason == reason


@pytest.mark.parametrize(("inside", "reason"), [(19, None), (20, "afleidbaar")])
def test_mentions_of_which_others_that_are_not_named_can_have_a_part(inside: int, reason: str | None) -> None:
    # One is named for at most 14; of two that are not, one has at most 4, so the other at least 1, or 2.
    setting = Setting(whole=20, categories=3, most_each=3, lowest_inside=inside)
    assert mentions(FOR_STAFF, SECRET, {"a": Count(10)}, setting).reason == reason


@pytest.mark.parametrize(
    ("value", "whole", "shown"),
    [(10, 20, 50), (5, 30, 17), (5, 40, 13), (10, 19, None), (None, 40, None), (10, None, None), (40, 40, 100)],
)
def test_percentages_come_from_published_values_and_enough_of_them(
    value: int | None, whole: int | None, shown: int | None
) -> None:
    assert percentage(value, whole) == shown
