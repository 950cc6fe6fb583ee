"""The values of the metrics, from what was published and the exact total of this year. Nothing here looks at a record.

Each function is that of one metric of metrics.yaml, but for dekking, vertegenwoordiging and doelgroep, which are laid
beside CBS in analytics/coverage.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analytics.dimensions import FITS, NOTHING_FITS
from analytics.disclosure import Rules, percentage, possible
from analytics.event_summary import Summary
from analytics.figures import Release
from analytics.lead_tables import NOT_HELPED
from analytics.menu import (
    INITIATIVES,
    LEAD_END,
    LEAD_EXPERIENCE,
    LEAD_HELPED,
    LEAD_INITIATIVE,
    LEAD_STEP,
    LEAD_TIME,
    SO_FAR,
    STOPPED,
    table_id,
)
from analytics.metric_lines import Line, Status, add, at_least, at_most, line_of, lines_of, percent_of, row_of
from analytics.outcomes import CONTACT, EXPERIENCE, HELPED, REQUESTED
from knowledge.catalogue import Catalogue
from knowledge.municipalities import Municipalities

_DIVIDED = ("kanaal", "site", "sector", "grootte", "plaats", "fase", "hulpvraag")
_DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Pace:
    """Where the year stands beside its goal. `expected` is the share of the goal that belongs to the days gone by."""

    goal: int
    later_goal: int
    reached: int | None
    expected: int
    percent: int | None


@dataclass(frozen=True)
class InitiativeLine:
    """An initiative: how often it was mentioned, and how fresh what we know of it is."""

    mentions: Line
    owner: str | None
    seen: str | None
    outdated: bool


@dataclass(frozen=True)
class InitiativeLeads:
    """The leads that came to an initiative, and those that it helped."""

    leads: Line
    helped: Line


def reach(live: int | None) -> Line:
    """Metric bereik, of the exact total of this year; None is below the threshold."""
    return line_of("bereik", "Dit jaar", live)


def pace(live: int | None, today: date, cbs: Mapping[str, Any]) -> Pace:
    """Metric doel: the year is that of the ISO weeks, as it is counted, and today is gone by."""
    year, week, weekday = today.isocalendar()
    weeks = date(year, 12, 28).isocalendar().week  # always in the last week of its year
    gone, days = (week - 1) * _DAYS_OF_WEEK + weekday, weeks * _DAYS_OF_WEEK
    goal = cbs["bereik"]["doel"]["aantal"]
    return Pace(
        goal=goal,
        later_goal=cbs["bereik"]["later"]["aantal"],
        reached=live,
        expected=(2 * goal * gone + days) // (2 * days),  # half up
        percent=percentage(live, goal),
    )


def progress(releases: Iterable[Release], year: int) -> tuple[Line, ...]:
    """Metric doel by month: the records of a year up to and including each month that was released, by month id."""
    return tuple(
        line_of(release.month.id, release.month.id, release.totals.get(SO_FAR))
        for release in releases
        if release.month.year == year
    )


def divided(release: Release, scope: str, metric: str) -> tuple[Line, ...]:
    """Metrics kanaal, site, sector, grootte, plaats, fase and hulpvraag, in percents of the scope's total.

    Nothing when there is no such table. Raises ValueError for another metric.
    """
    if metric not in _DIVIDED:
        raise ValueError(f"not a division of the records: {metric}")
    return lines_of(release.tables.get(table_id(scope, metric)), release.totals.get(scope))


def referrals(release: Release, scope: str) -> Line:
    """Metric doorverwijzingen: how often those initiatives were mentioned that are shown, together and about."""
    table = release.tables.get(table_id(scope, INITIATIVES))
    shown = [cell.value for cell in table.cells if cell.value is not None] if table else []
    status: Status = "getoond" if shown else "te_klein" if table else "niet_getoond"
    return Line("doorverwijzingen", "Doorverwijzingen", sum(shown) if shown else None, status)


def without_offer(release: Release, scope: str) -> Line:
    """Metric geen_aanbod, in percents of the scope's total."""
    return row_of(release, table_id(scope, "aanbod"), NOTHING_FITS, release.totals.get(scope))


def stopped(release: Release, scope: str) -> tuple[Line, ...]:
    """Metric gestopt, by question, in percents of all conversations that stopped."""
    return lines_of(release.tables.get(table_id(scope, STOPPED)), release.stopped.get(scope))


def events(summaries: Sequence[tuple[str, str, Summary | None]]) -> tuple[Line, ...]:
    """Metric evenement: code and name of each event, with its summary, or None when that was not made yet."""
    return tuple(
        line_of(code, name, summary.total) if summary else Line(code, name, None, "niet_getoond")
        for code, name, summary in summaries
    )


def funnel(release: Release, scope: str, first_question: str) -> tuple[Line, ...]:
    """Metric trechter, in percents of what was opened; who stopped at the first question never began.

    When what was opened is a minimum, because too few stopped to tell how many, these are at most its shares.
    """
    finished, lost = release.totals.get(scope), release.stopped.get(scope)
    opened = line_of("geopend", "Geopend", finished)
    if finished is not None:
        known = Line("geopend", "Geopend", finished + (lost or 0), "getoond")
        opened = known if lost is not None else replace(known, status="ten_minste")
    begun = row_of(release, table_id(scope, STOPPED), first_question)
    if begun.value is not None and opened.value is not None and finished is not None:
        # The number that stopped is rounded, so that it can be above what there was to stop.
        begun = replace(begun, value=max(opened.value - begun.value, finished))
    referred = row_of(release, table_id(scope, "aanbod"), FITS)
    if referred.value is not None and finished is not None:
        referred = replace(referred, value=min(referred.value, finished))
    lines = [
        opened,
        replace(begun, code="begonnen", title="Begonnen"),
        line_of("afgerond", "Afgerond", finished),
        replace(referred, code="doorverwezen", title="Doorverwezen"),
        replace(leads(release, scope), code="lead", title="Aanvraag"),
        in_contact(release, scope),
        helped(release, scope),
    ]
    if opened.status != "ten_minste":
        return tuple(replace(line, percent=percent_of(line.value, opened.value)) for line in lines)
    first = replace(opened, percent=percent_of(opened.value, opened.value))
    return (first, *(at_most(line, _highest(release, line), opened.value) for line in lines[1:]))


def _highest(release: Release, line: Line) -> int | None:
    """The most that a step can have been: all but the finished ones are rounded."""
    exact = line.value is None or line.code == "afgerond"
    return line.value if exact else possible(Rules(release.threshold), line.value).high


def leads(release: Release, scope: str) -> Line:
    """Metric aanvragen."""
    return replace(row_of(release, table_id(scope, LEAD_STEP), REQUESTED), code="aanvragen", title="Aanvragen")


def in_contact(release: Release, scope: str) -> Line:
    """Metric contact, in percents of the leads of the scope."""
    line = row_of(release, table_id(scope, LEAD_STEP), CONTACT, leads(release, scope).value)
    return replace(line, code="in_contact", title="In contact")


def helped(release: Release, scope: str) -> Line:
    """Metric geholpen, in percents of the leads that were closed in the scope."""
    return replace(row_of(release, table_id(scope, LEAD_STEP), HELPED, _closed(release, scope)), title="Geholpen")


def ends(release: Release, scope: str) -> tuple[Line, ...]:
    """Metric afloop, in percents of the leads that were closed in the scope; as two groups where there is no more."""
    found = lines_of(release.tables.get(table_id(scope, LEAD_END)), _closed(release, scope))
    steps = lines_of(release.tables.get(table_id(scope, LEAD_STEP)), _closed(release, scope))
    return found or tuple(line for line in steps if line.code in (HELPED, NOT_HELPED))


def lead_times(release: Release, scope: str) -> tuple[Line, ...]:
    """Metric doorlooptijd, in percents of the leads with contact."""
    return lines_of(release.tables.get(table_id(scope, LEAD_TIME)), in_contact(release, scope).value)


def experiences(release: Release, scope: str) -> tuple[Line, ...]:
    """Metric ervaring, in percents of those who answered."""
    answered = row_of(release, table_id(scope, LEAD_STEP), EXPERIENCE).value
    return lines_of(release.tables.get(table_id(scope, LEAD_EXPERIENCE)), answered)


def by_initiative(release: Release, scope: str) -> tuple[InitiativeLeads, ...]:
    """Metric uitkomst_initiatief: every initiative in the order of the tables; none when there are no such tables."""
    tables = [table_id(scope, name) for name in (LEAD_INITIATIVE, LEAD_HELPED)]
    titles = {
        code: title for name in tables if name in release.tables for code, title in release.tables[name].rows.items()
    }
    return tuple(
        InitiativeLeads(*(replace(row_of(release, name, code), title=title) for name in tables))
        for code, title in titles.items()
    )


def _closed(release: Release, scope: str) -> int | None:
    """How many leads were closed, as far as was published."""
    parts = [row_of(release, table_id(scope, LEAD_STEP), code).value for code in (HELPED, NOT_HELPED)]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def alone(release: Release, scope: str) -> Line:
    """Metric zzp; not shown when sizes were released in three groups."""
    line = row_of(release, table_id(scope, "grootte"), "1", release.totals.get(scope))
    return replace(line, code="zzp", title="Zzp'ers")


def gooi(release: Release, scope: str, municipalities: Municipalities) -> Line:
    """Metric gooi, whichever level of places was released."""
    table = release.tables.get(table_id(scope, "plaats"))
    codes = {municipality.code for municipality in municipalities.gemeenten if municipality.regio == "gooi"} | {"gooi"}
    line = add(Rules(release.threshold), "gooi", "Gooi en Vechtstreek", table, codes)
    whole = release.totals.get(scope)
    return (
        at_least(line, whole) if line.status == "ten_minste" else replace(line, percent=percent_of(line.value, whole))
    )


def initiatives(release: Release, scope: str, catalogue: Catalogue, today: date) -> tuple[InitiativeLine, ...]:
    """Metric initiatieven: those that firms can be sent to, most mentioned first, and those that vanished since."""
    table = release.tables.get(table_id(scope, INITIATIVES))
    whole = release.totals.get(scope)
    current = {initiative.id: initiative for initiative in catalogue if initiative.verwijst}
    gone = {code: title for code, title in (table.rows if table else {}).items() if code not in current}
    found = []
    for code, title in ({code: initiative.naam for code, initiative in current.items()} | gone).items():
        initiative = current.get(code)
        mentions = row_of(release, table_id(scope, INITIATIVES), code, whole)
        found.append(
            InitiativeLine(
                mentions=replace(mentions, title=title),
                owner=initiative.eigenaar if initiative else None,
                seen=initiative.gezien if initiative else None,
                outdated=initiative.outdated(today) if initiative else False,
            )
        )
    return tuple(sorted(found, key=lambda line: (-(line.mentions.value or 0), line.mentions.title)))
