"""The first page: how far we are with the goal of this year, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from analytics.coverage import TargetGroup, target_group
from analytics.disclosure import FOR_STAFF, percentage
from analytics.figures import Release
from analytics.menu import MONTH
from analytics.metric_values import pace, progress
from analytics.periods import Month, month_of, week_of
from api.dashboard import charts, words
from api.dashboard.charts import Point
from api.dashboard.choice import Choice, Found
from api.dashboard.drawings import Words
from api.dashboard.panels import Grid, Panel, nothing
from knowledge.base import FOLDER, Knowledge
from knowledge.cbs import load_cbs
from knowledge.texts import Texts

_FROM = FOR_STAFF.threshold
_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_SUNDAY = 7
STAND_NOTE = (
    "Dit totaal is precies en van dit moment. We tellen gesprekken met een uitslag, geen unieke bedrijven. Zzp'ers, "
    "grotere bedrijven en Gooi en Vechtstreek tellen daarin mee, maar niet bij de doelgroep. Van de doelgroep weten we "
    "alleen tussen welke aantallen het ligt, uit de laatste cijfers."
)


@dataclass(frozen=True)
class Bar:
    """How far we are: a sentence, and in percents of the bar what was reached and what should have been by now."""

    id: str
    title: str
    sentence: str
    length: int
    mark: int | None = None


@cache
def cbs() -> dict[str, Any]:
    """The goal, the target group and the population."""
    return load_cbs(FOLDER / "cbs.yaml")


def this_year(today: date) -> int:
    """The year that records of today count in."""
    return today.isocalendar().year


def headline(found: int | None, today: date) -> tuple[str, ...]:
    """How many this year, and whether that is where we should be."""
    year, stand = this_year(today), pace(found, today, cbs())
    if found is None:
        return (f"In {year} zijn er nog minder dan {_FROM} gesprekken. Vanaf {_FROM} staat hier het precieze aantal.",)
    behind = stand.expected - found
    if found >= stand.goal:
        judgement = "Dat doel is gehaald."
    elif behind > 0:
        judgement = f"Vandaag hadden dat er ongeveer {stand.expected} moeten zijn. We lopen {behind} achter."
    else:
        judgement = f"Vandaag hadden dat er ongeveer {stand.expected} moeten zijn. We liggen op schema."
    return (f"{words.number(found)} gesprekken in {year}. Het doel is {words.number(stand.goal)}.", judgement)


def bars(found: int | None, today: date, choice: Choice | None, knowledge: Knowledge) -> tuple[Bar, ...]:
    """The goal of this year, the later one, and the target group; that one as far as the chosen release tells."""
    stand = pace(found, today, cbs())
    return (
        _bar("doel", f"Doel voor {this_year(today)}: {stand.goal} gesprekken", found, stand.goal, stand.expected),
        _bar(
            "later", f"Doel voor later: {words.number(stand.later_goal)} gesprekken per jaar", found, stand.later_goal
        ),
        _bar_of_target_group(_reached_of_target_group(choice, knowledge) if choice else None),
    )


def _bar_of_target_group(reached: tuple[Found, TargetGroup] | None) -> Bar:
    """The share of the target group, as long as it surely is. The total of today says nothing of it: others are in."""
    size = cbs()["doelgroep"]["afgerond"]
    title = f"De doelgroep: ongeveer {words.number(size)} bedrijven die achterblijven"
    if reached is None:
        return Bar("groep", title, f"Hoeveel van de {words.number(size)} dat zijn, is nog niet te zien.", 0)
    found, group = reached
    low, high = percentage(group.lowest, size) or 0, percentage(group.highest, size) or 0
    share = "minder dan 1%" if high == 0 else f"{low or '<1'}%" if low == high else f"{low or '<1'}% tot {high}%"
    sentence = f"{_between(group.lowest, group.highest)} van de {words.number(size)}: {share}. Over {found.when}."
    return Bar("groep", title, sentence, low)


def _bar(identifier: str, title: str, found: int | None, whole: int, expected: int | None = None) -> Bar:
    if found is None:
        sentence = f"Minder dan {_FROM} van de {words.number(whole)}."
    elif found >= whole:
        sentence = f"Gehaald: {words.number(found)}."
    else:
        percent = percentage(found, whole)
        sentence = f"{words.number(found)} van de {words.number(whole)}: {percent or 'minder dan 1'}%."
    mark = None if expected is None or (found or 0) >= whole else _part(expected, whole)
    return Bar(identifier, title, sentence, _part(found or 0, whole), mark)


def _part(value: int, whole: int) -> int:
    return min(100, round(100 * value / whole))


def months(texts: Texts, releases: Sequence[Release]) -> Panel:
    """The year of the last of these releases month by month, as far as it was released."""
    release, year = releases[-1], releases[-1].month.year
    lines = progress(releases, year)
    released = {release.month.id: release for release in releases}
    so_far = {line.code: line.value for line in lines}
    ends = {Month(year, number): _end(Month(year, number)) for number in range(1, 13)}
    expected = {month: pace(None, end, cbs()).expected for month, end in ends.items()}
    last = max((month for month in ends if so_far.get(month.id) is not None), default=None)
    points = [
        Point(
            _MONTHS[month.number - 1],
            so_far.get(month.id),
            wanted,
            _written(so_far.get(month.id), month, last),
        )
        for month, wanted in expected.items()
    ]
    sentence = (
        f"Tot nu toe heeft het jaar {words.few(release)} gesprekken."
        if last is None
        else f"Tot en met {texts.maanden[last.number - 1]} waren er {words.number(so_far[last.id] or 0)} gesprekken, "
        f"en nodig waren er ongeveer {expected[last]}."
    )
    rows = tuple(
        (
            texts.maanden[month.number - 1],
            words.shown(release, released[month.id].totals.get(MONTH)) if month.id in released else "–",
            words.shown(release, so_far[month.id]) if month.id in released else "–",
            words.number(wanted),
        )
        for month, wanted in expected.items()
    )
    title = f"{year}, maand na maand"
    return Panel(
        "maanden",
        title,
        (sentence,),
        Grid(f"Gesprekken per maand in {year}", ("Maand", "In de maand", "Opgeteld", "Nodig"), rows),
        charts.pace(Words("maanden", title, sentence), pace(None, ends[Month(year, 12)], cbs()).goal, points),
        notes=("De stippellijn is hoeveel er nodig zijn om het doel te halen, als elke week even druk is.",),
    )


def _written(value: int | None, month: Month, last: Month | None) -> str:
    """What stands at a point of the chart.

    Long numbers are wider than a month: they stand at every second or third, from the last one back, and those of
    thousands not at the edge.
    """
    if value is None or last is None:
        return ""
    every = 1 if value < 100 else 2 if value < 1000 else 3
    left_out = (last.number - month.number) % every or (every == 3 and month.number == 1)
    return "" if left_out else words.number(value)


def _end(month: Month) -> date:
    """The Sunday of the last week of a month."""
    year, week = month.last_week.split("-W")
    return date.fromisocalendar(int(year), int(week), _SUNDAY)


def next_release(releases: Sequence[Release], today: date) -> tuple[Month, date]:
    """The month that is released next, and the first day on which that can be."""
    open_month = releases[-1].month.next if releases else month_of(week_of(today))
    return open_month, date.fromordinal(_end(open_month).toordinal() + 1)


def target(choice: Choice, knowledge: Knowledge) -> Panel:
    """How many firms of the target group were reached, at least and at most."""
    identifier, title = "doelgroep", "Hoeveel daarvan hoort bij de doelgroep?"
    reached = _reached_of_target_group(choice, knowledge)
    if reached is None:
        return nothing(identifier, title)
    found, group = reached
    sentence = (
        f"Er waren {_between(group.lowest, group.highest)} gesprekken met de doelgroep. "
        f"Dat zijn {_between(group.lowest_per_thousand, group.highest_per_thousand)} van elke 1.000 bedrijven daarin."
    )
    note = (
        f"De doelgroep is ongeveer {words.number(group.size)} bedrijven met 2 tot en met 49 mensen in de provincie "
        "Utrecht die weinig digitaal doen. Door het afronden weten we het niet precies. Ook bedrijven die al ver zijn, "
        "zitten hierin."
    )
    return Panel(identifier, title, (sentence,), notes=(note,), when=found.when)


def _reached_of_target_group(choice: Choice, knowledge: Knowledge) -> tuple[Found, TargetGroup] | None:
    """How many of it were reached, and the months that this is of; None when that cannot be told."""
    found = choice.table_beside("grootte", "plaats")  # without places all of them may be from elsewhere
    group = target_group(found.release, found.table.scope, knowledge, cbs()) if found else None
    return (found, group) if found and group else None


def _between(low: int, high: int) -> str:
    return words.number(low) if low == high else f"{words.number(low)} tot {words.number(high)}"
