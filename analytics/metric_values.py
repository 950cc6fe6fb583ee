"""The values of the metrics, from what was published and the exact total of this year. Nothing here looks at a record.

Each function is that of one metric of metrics.yaml, but for dekking, vertegenwoordiging and doelgroep, which are laid
beside CBS in analytics/coverage.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from analytics.dimensions import FITS, NOTHING_FITS
from analytics.disclosure import Rules, percentage, possible
from analytics.event_summary import Summary
from analytics.figures import Release, Table
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
from analytics.outcomes import CONTACT, EXPERIENCE, HELPED, REQUESTED
from knowledge.catalogue import Catalogue
from knowledge.municipalities import Municipalities

# getoond; te_klein: below the threshold; ten_minste: parts of it are below the threshold; niet_getoond: no table of it
# was published, or not as finely.
Status = Literal["getoond", "te_klein", "ten_minste", "niet_getoond"]

_DIVIDED = ("kanaal", "site", "sector", "grootte", "plaats", "fase", "hulpvraag")
_DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class Line:
    """One value of a metric: None when it is not shown. `percent` is of the whole that the metric is about."""

    code: str
    title: str
    value: int | None
    status: Status
    percent: int | None = None


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
    return _line("bereik", "Dit jaar", live)


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
        _line(release.month.id, release.month.id, release.totals.get(SO_FAR))
        for release in releases
        if release.month.year == year
    )


def divided(release: Release, scope: str, metric: str) -> tuple[Line, ...]:
    """Metrics kanaal, site, sector, grootte, plaats, fase and hulpvraag, in percents of the scope's total.

    Nothing when there is no such table. Raises ValueError for another metric.
    """
    if metric not in _DIVIDED:
        raise ValueError(f"not a division of the records: {metric}")
    return _lines(release.tables.get(table_id(scope, metric)), release.totals.get(scope))


def referrals(release: Release, scope: str) -> Line:
    """Metric doorverwijzingen: how often those initiatives were mentioned that are shown, together and about."""
    table = release.tables.get(table_id(scope, INITIATIVES))
    shown = [cell.value for cell in table.cells if cell.value is not None] if table else []
    status: Status = "getoond" if shown else "te_klein" if table else "niet_getoond"
    return Line("doorverwijzingen", "Doorverwijzingen", sum(shown) if shown else None, status)


def without_offer(release: Release, scope: str) -> Line:
    """Metric geen_aanbod, in percents of the scope's total."""
    return _one(release, table_id(scope, "aanbod"), NOTHING_FITS, release.totals.get(scope))


def stopped(release: Release, scope: str) -> tuple[Line, ...]:
    """Metric gestopt, by question, in percents of all conversations that stopped."""
    return _lines(release.tables.get(table_id(scope, STOPPED)), release.stopped.get(scope))


def events(summaries: Sequence[tuple[str, str, Summary | None]]) -> tuple[Line, ...]:
    """Metric evenement: code and name of each event, with its summary, or None when that was not made yet."""
    return tuple(
        _line(code, name, summary.total) if summary else Line(code, name, None, "niet_getoond")
        for code, name, summary in summaries
    )


def funnel(release: Release, scope: str, first_question: str) -> tuple[Line, ...]:
    """Metric trechter, in percents of what was opened; who stopped at the first question never began."""
    finished, lost = release.totals.get(scope), release.stopped.get(scope)
    opened = _line("geopend", "Geopend", finished)
    if finished is not None:
        known = Line("geopend", "Geopend", finished + (lost or 0), "getoond")
        opened = known if lost is not None else replace(known, status="ten_minste")
    begun = _one(release, table_id(scope, STOPPED), first_question)
    if begun.value is not None and opened.value is not None and finished is not None:
        # The number that stopped is rounded, so that it can be above what there was to stop.
        begun = replace(begun, value=max(opened.value - begun.value, finished))
    referred = _one(release, table_id(scope, "aanbod"), FITS)
    if referred.value is not None and finished is not None:
        referred = replace(referred, value=min(referred.value, finished))
    lines = [
        opened,
        replace(begun, code="begonnen", title="Begonnen"),
        _line("afgerond", "Afgerond", finished),
        replace(referred, code="doorverwezen", title="Doorverwezen"),
        replace(leads(release, scope), code="lead", title="Aanvraag"),
        in_contact(release, scope),
        helped(release, scope),
    ]
    return tuple(replace(line, percent=_percent(line.value, opened.value)) for line in lines)


def leads(release: Release, scope: str) -> Line:
    """Metric aanvragen."""
    return replace(_one(release, table_id(scope, LEAD_STEP), REQUESTED), code="aanvragen", title="Aanvragen")


def in_contact(release: Release, scope: str) -> Line:
    """Metric contact, in percents of the leads of the scope."""
    line = _one(release, table_id(scope, LEAD_STEP), CONTACT, leads(release, scope).value)
    return replace(line, code="in_contact", title="In contact")


def helped(release: Release, scope: str) -> Line:
    """Metric geholpen, in percents of the leads that were closed in the scope."""
    return replace(_one(release, table_id(scope, LEAD_STEP), HELPED, _closed(release, scope)), title="Geholpen")


def ends(release: Release, scope: str) -> tuple[Line, ...]:
    """Metric afloop, in percents of the leads that were closed in the scope; as two groups where there is no more."""
    found = _lines(release.tables.get(table_id(scope, LEAD_END)), _closed(release, scope))
    steps = _lines(release.tables.get(table_id(scope, LEAD_STEP)), _closed(release, scope))
    return found or tuple(line for line in steps if line.code in (HELPED, NOT_HELPED))


def lead_times(release: Release, scope: str) -> tuple[Line, ...]:
    """Metric doorlooptijd, in percents of the leads with contact."""
    return _lines(release.tables.get(table_id(scope, LEAD_TIME)), in_contact(release, scope).value)


def experiences(release: Release, scope: str) -> tuple[Line, ...]:
    """Metric ervaring, in percents of those who answered."""
    answered = _one(release, table_id(scope, LEAD_STEP), EXPERIENCE).value
    return _lines(release.tables.get(table_id(scope, LEAD_EXPERIENCE)), answered)


def by_initiative(release: Release, scope: str) -> tuple[InitiativeLeads, ...]:
    """Metric uitkomst_initiatief: every initiative in the order of the tables; none when there are no such tables."""
    tables = [table_id(scope, name) for name in (LEAD_INITIATIVE, LEAD_HELPED)]
    titles = {
        code: title for name in tables if name in release.tables for code, title in release.tables[name].rows.items()
    }
    return tuple(
        InitiativeLeads(*(replace(_one(release, name, code), title=title) for name in tables))
        for code, title in titles.items()
    )


def _closed(release: Release, scope: str) -> int | None:
    """How many leads were closed, as far as was published."""
    parts = [_one(release, table_id(scope, LEAD_STEP), code).value for code in (HELPED, NOT_HELPED)]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def alone(release: Release, scope: str) -> Line:
    """Metric zzp; not shown when sizes were released in three groups."""
    line = _one(release, table_id(scope, "grootte"), "1", release.totals.get(scope))
    return replace(line, code="zzp", title="Zzp'ers")


def gooi(release: Release, scope: str, municipalities: Municipalities) -> Line:
    """Metric gooi, whichever level of places was released."""
    table = release.tables.get(table_id(scope, "plaats"))
    codes = {municipality.code for municipality in municipalities.gemeenten if municipality.regio == "gooi"} | {"gooi"}
    line = add(Rules(release.threshold), "gooi", "Gooi en Vechtstreek", table, codes)
    return replace(line, percent=_percent(line.value, release.totals.get(scope)))


def initiatives(release: Release, scope: str, catalogue: Catalogue, today: date) -> tuple[InitiativeLine, ...]:
    """Metric initiatieven: those that firms can be sent to, most mentioned first, and those that vanished since."""
    table = release.tables.get(table_id(scope, INITIATIVES))
    whole = release.totals.get(scope)
    current = {initiative.id: initiative for initiative in catalogue if initiative.verwijst}
    gone = {code: title for code, title in (table.rows if table else {}).items() if code not in current}
    found = []
    for code, title in ({code: initiative.naam for code, initiative in current.items()} | gone).items():
        initiative = current.get(code)
        mentions = _one(release, table_id(scope, INITIATIVES), code, whole)
        found.append(
            InitiativeLine(
                mentions=replace(mentions, title=title),
                owner=initiative.eigenaar if initiative else None,
                seen=initiative.gezien if initiative else None,
                outdated=initiative.outdated(today) if initiative else False,
            )
        )
    return tuple(sorted(found, key=lambda line: (-(line.mentions.value or 0), line.mentions.title)))


def add(rules: Rules, code: str, title: str, table: Table | None, rows: Iterable[str]) -> Line:
    """Those rows of a table of one dimension that are there, together.

    When some are hidden it is the least that the others can be: a sum of rounded values is no minimum.
    """
    wanted = set(rows)
    cells = [cell for cell in table.cells if cell.row in wanted] if table else []
    if not cells:
        return Line(code, title, None, "niet_getoond")
    shown = [cell.value for cell in cells if cell.value is not None]
    if not shown:
        return Line(code, title, None, "te_klein")
    if len(shown) == len(cells):
        return Line(code, title, sum(shown), "getoond")
    return Line(code, title, sum(possible(rules, value).low for value in shown), "ten_minste")


def _line(code: str, title: str, value: int | None, whole: int | None = None) -> Line:
    return Line(code, title, value, "te_klein" if value is None else "getoond", _percent(value, whole))


def _lines(table: Table | None, whole: int | None) -> tuple[Line, ...]:
    """Every row of a table of one dimension."""
    return tuple(_line(cell.row, table.rows[cell.row], cell.value, whole) for cell in table.cells) if table else ()


def _one(release: Release, table: str, row: str, whole: int | None = None) -> Line:
    """One row of a table of one dimension."""
    for line in _lines(release.tables.get(table), whole):
        if line.code == row:
            return line
    return Line(row, "", None, "niet_getoond")


def _percent(value: int | None, whole: int | None) -> int | None:
    """Rounded up, a part can be above its whole."""
    percent = percentage(value, whole)
    return None if percent is None else min(percent, 100)
