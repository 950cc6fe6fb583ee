"""The first page: how far we are with the goal of this year, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.disclosure import percentage
from analytics.figures import Release
from analytics.menu import MONTH, SO_FAR
from analytics.periods import Month
from api.dashboard import charts, words
from api.dashboard.charts import Point, Words
from api.dashboard.panels import Grid, Panel
from knowledge.texts import Texts

_ID, _TITLE = "maanden", "Maand na maand"
_MOST_LABELLED = 999  # above this there is no room for a number at each month


@dataclass(frozen=True)
class Bar:
    """How far we are: a sentence, and the lengths of what was reached and of what we should have by now, in percents."""

    title: str
    sentence: str
    length: int
    mark: int | None = None


def bar(title: str, sentence: str, reached: int | None, goal: int, expected: int | None = None) -> Bar:
    """A bar as long as the goal; what is hidden has no length, and what is above the goal fills it."""
    return Bar(title, sentence, _part(reached or 0, goal), None if expected is None else _part(expected, goal))


def _part(value: int, goal: int) -> int:
    return min(100, round(100 * value / goal))
