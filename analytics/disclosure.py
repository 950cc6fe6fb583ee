"""Disclosure control: which counts may be shown, rounded how, and what a reader can work out from what is shown.

Pure functions, the only home of these rules. Sources: Handbook on Statistical Disclosure Control, 2nd edition,
chapter 5 (thresholds, group disclosure, table redesign, random rounding that is the same for the same records); CBS,
which publishes counts of firms in multiples of 5 (tables 81588NED, 81644NED). Why these: docs/figures-safety.md.
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

Reason = Literal["overwicht", "te_weinig", "afleidbaar"]
Pair = tuple[str, str]  # codes of row and column

BASE = 5  # counts are rounded to multiples of this, as CBS does
LOWEST_THRESHOLD = 5
OVERWEIGHT = 90  # percent of its table: a category above this says something of nearly everybody
NARROWEST = 3  # what a reader can work out of a hidden count must leave at least this open (left_open)
SHOWN_AT_LEAST = 2  # categories: a table with fewer says no more than the total
SMALLEST_WHOLE = 20  # records: a percentage of fewer says more than there is


@dataclass(frozen=True)
class Rules:
    """From how many records a count is shown. Raises ValueError below 5, and for what is no multiple of 5."""

    threshold: int

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD or self.threshold % BASE:
            # A multiple, because otherwise a count at the threshold could be rounded to below it.
            raise ValueError(f"the threshold is {LOWEST_THRESHOLD} or a higher multiple of {BASE}: {self.threshold}")


# The least that is safe, and what an installation has unless it chose more (analytics.thresholds).
FOR_STAFF = Rules(5)  # who have logged in: the working group and the organisers of an event
FOR_EVERYBODY = Rules(10)


@dataclass(frozen=True)
class Count:
    """How many records there are of something, and the sum of their rounding keys."""

    records: int = 0
    keys: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.records + other.records, self.keys + other.keys)


@dataclass(frozen=True)
class Interval:
    """The lowest and the highest that a count can be, both included."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """Highest minus lowest; 0 when the count is known, below 0 when no count is possible."""
        return self.high - self.low


@dataclass(frozen=True)
class Setting:
    """What a reader knows beside a table in which a record may be in several categories.

    `whole` is the exact total, `categories` how many there are to name, `most_each` in how many of them one record can
    be, and `lowest_inside` how many records are in at least one, as far as another published table tells.
    """

    whole: int
    categories: int
    most_each: int
    lowest_inside: int


@dataclass(frozen=True)
class Verdict:
    """What is shown of a table: the value of every category, None for one that is hidden, or why there is no table."""

    values: Mapping[str, int | None]
    reason: Reason | None = None


@dataclass(frozen=True)
class Line:
    """The cells of one row or column, and which of them tell of a firm what it would rather not have told."""

    cells: tuple[Pair, ...]
    sensitive: tuple[Pair, ...]


@dataclass(frozen=True)
class CrossedVerdict:
    """The same of a table of two dimensions."""

    values: Mapping[Pair, int | None]
    reason: Reason | None = None


def total(rules: Rules, records: int) -> int | None:
    """The number of all records, of which nothing else is told: exact, and None below the threshold."""
    return records if records >= rules.threshold else None


def rounded(rules: Rules, secret: bytes, count: Count) -> int | None:
    """A count as it is shown: one of the two nearest multiples of 5, or None below the threshold, also for 0.

    The chance of rounding up is the distance from the lower multiple, so that the mean is right. The draw is made by
    HMAC-SHA256 from the records themselves: the same records give the same value in every table, file and year, and
    asking again teaches nothing.
    """
    if count.records < rules.threshold:
        return None
    lower, remainder = count.records - count.records % BASE, count.records % BASE
    message = (count.keys % 2**64).to_bytes(8) + count.records.to_bytes(8)
    draw = int.from_bytes(hmac.digest(secret, message, hashlib.sha256))  # of 2**256
    return lower + BASE if draw * BASE < remainder * 2**256 else lower


def possible(rules: Rules, value: int | None) -> Interval:
    """The counts that a reader has to reckon with on seeing a value, or that it is hidden."""
    if value is None:
        return Interval(0, rules.threshold - 1)
    return Interval(max(rules.threshold, value - BASE + 1), value + BASE - 1)


def derivable(rules: Rules, exact_total: int, values: Mapping[str, int | None]) -> dict[str, Interval]:
    """What a reader can work out of every category of a table in which each record is in exactly one.

    The counts add up to the exact total, so the total less what the others can be bounds each. In a table of one
    dimension that is all there is to know: every count within these bounds is possible.
    """
    seen = {name: possible(rules, value) for name, value in values.items()}
    lowest, highest = sum(one.low for one in seen.values()), sum(one.high for one in seen.values())
    return {
        name: Interval(
            max(one.low, exact_total - (highest - one.high)),
            min(one.high, exact_total - (lowest - one.low)),
        )
        for name, one in seen.items()
    }


def table(
    rules: Rules, secret: bytes, counts: Mapping[str, Count], *, sensitive: Collection[str] | None = None
) -> Verdict:
    """A table of one dimension in which each record is in exactly one category, published beside its exact total.

    `sensitive` are the categories that tell of a firm what it would rather not have told; None is all of them. There is
    no table when one of these holds nearly all, when fewer than two categories can be shown, or when a reader could
    work out a hidden count.
    """
    whole = sum(count.records for count in counts.values())
    telling = counts.keys() if sensitive is None else sensitive
    if any(overweight(counts[name].records, whole) for name in telling):
        return Verdict({}, "overwicht")
    values = {name: rounded(rules, secret, count) for name, count in counts.items()}
    if sum(value is not None for value in values.values()) < SHOWN_AT_LEAST:
        return Verdict({}, "te_weinig")
    bounds = derivable(rules, whole, values)
    hidden = [name for name, value in values.items() if value is None]
    if any(left_open(bounds[name], counts[name].records) < NARROWEST for name in hidden):
        return Verdict({}, "afleidbaar")
    return Verdict(values)


def crossed_table(rules: Rules, secret: bytes, counts: Mapping[Pair, Count], lines: Collection[Line]) -> CrossedVerdict:
    """A table of two dimensions in which each record is in exactly one cell.

    There is no table when a sensitive cell holds nearly all of a line of at least 20 records; of fewer, the hidden
    cells leave open how many that is. What a reader could work out together with others is for analytics.audit.
    """
    for line in lines:
        whole = sum(counts[pair].records for pair in line.cells)
        if whole >= SMALLEST_WHOLE and any(overweight(counts[pair].records, whole) for pair in line.sensitive):
            return CrossedVerdict({}, "overwicht")
    values = {pair: rounded(rules, secret, count) for pair, count in counts.items()}
    if sum(value is not None for value in values.values()) < SHOWN_AT_LEAST:
        return CrossedVerdict({}, "te_weinig")
    return CrossedVerdict(values)


def mentions(rules: Rules, secret: bytes, counts: Mapping[str, Count], setting: Setting) -> Verdict:
    """A table in which a record may be in several categories, or in none, published beside the exact total.

    It names only the categories that can be shown. One that is not named has fewer records than the threshold, or
    nearly all of them: how many records lack a category is a count too, which the total would give away.
    """
    whole, values = setting.whole, {}
    for name, count in counts.items():
        value = rounded(rules, secret, count)
        if value is None or overweight(count.records, whole):
            continue
        seen = possible(rules, value)
        lacking = Interval(max(0, whole - seen.high), whole - seen.low)
        if left_open(lacking, whole - count.records) >= NARROWEST:
            values[name] = value
    named = [possible(rules, value) for value in values.values()]
    unnamed = max(1, setting.categories - len(named))
    hidden = Interval(
        max(
            0,
            setting.lowest_inside - sum(min(one.high, whole) for one in named) - (unnamed - 1) * (rules.threshold - 1),
        ),
        min(rules.threshold - 1, setting.most_each * whole - sum(one.low for one in named)),
    )
    unnamed_records = sum(count.records for name, count in counts.items() if name not in values)
    return Verdict(values) if left_open(hidden, unnamed_records) >= NARROWEST else Verdict({}, "afleidbaar")


def left_open(seen: Interval, records: int) -> int:
    """How far apart the lowest and the highest are that a hidden count of so many records can be, to any reader.

    Where there are records one of them may be the reader's own, who then knows that it is not none.
    """
    return seen.high - max(seen.low, min(records, 1))


def overweight(records: int, whole: int) -> bool:
    """Whether a category holds so much of its table that it tells something of nearly everybody (group disclosure)."""
    return records * 100 > whole * OVERWEIGHT


def percentage(value: int | None, whole: int | None) -> int | None:
    """The share of a published value in a published total, in whole percents; None when it is not to be shown."""
    if value is None or whole is None or whole < SMALLEST_WHOLE:
        return None
    return (200 * value + whole) // (2 * whole)  # half up
