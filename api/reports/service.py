"""Making the report of a month: on demand, from the command line, and every eight weeks by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from sqlalchemy import Engine

from analytics.event_summary import published_totals
from analytics.figures import Figures, Release
from analytics.menu import SO_FAR, STAFF
from api.dashboard import goal, offer, outcomes, reach
from api.dashboard.choice import Choice
from api.dashboard.live import reached
from api.dashboard.panels import Grid, Panel, without_repetition
from api.dashboard.words import month_name, period
from api.events.repository import Events
from api.events.service import EventService
from api.figures.dictionary import concepts
from api.figures.words import SYNTHETIC, footnotes
from api.reports.agenda import agenda
from api.reports.archive import archive
from api.reports.contents import STAND, Report, Section
from api.reports.document import document
from api.reports.tile_drawing import drawing
from api.reports.workbook import workbook
from knowledge.base import Knowledge

Form = Literal["pdf", "xlsx", "zip"]
MEDIA: Mapping[Form, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_PROVIDER = "Werkgroep digitalisering mkb, regio Utrecht"


class NoRelease(Exception):
    """There is no release of this month, so that there is nothing to report."""


class Reports:
    """Makes reports. Every figure in one was published, or is the exact total of this year."""

    def __init__(self, engine: Engine, knowledge: Knowledge, figures: Figures) -> None:
        """Take the database, for the total of this year, the data, and what reads releases."""
        self._engine = engine
        self._knowledge = knowledge
        self._figures = figures

    def releases(self) -> Sequence[Release]:
        """The releases that there can be a report of, the newest first."""
        return self._figures.all(STAFF)[::-1]

    def newest(self) -> Release | None:
        """The newest of them; None when there is none yet."""
        return self._figures.latest(STAFF)

    def make(self, month_id: str, form: Form, today: date) -> bytes:
        """The report of a month in one form. Raises NoRelease."""
        every = self._figures.all(STAFF)
        releases = tuple(release for release in every if release.month.id <= month_id)
        if not releases or releases[-1].month.id != month_id:
            raise NoRelease(month_id)
        report = self._report(releases, every, today)
        if form == "pdf":
            return document(report)
        make: Callable[[Knowledge, Report, Release], bytes] = workbook if form == "xlsx" else archive
        return make(self._knowledge, report, releases[-1])

    def _report(self, releases: tuple[Release, ...], every: Sequence[Release], today: date) -> Report:
        knowledge, release = self._knowledge, releases[-1]
        choice = Choice(releases, "jaar", knowledge.texts)
        figures = (
            Section("Doel en tempo", self._goal(choice, every, today)),
            Section("Wie we bereiken", without_repetition(self._reached(choice))),
            Section("Gaten in het aanbod", without_repetition(self._offer(choice, today))),
            Section("Wat ervan kwam", without_repetition(outcomes.panels(choice, knowledge, today))),
        )
        return Report(
            title=f"Rapport van {month_name(knowledge.texts, release.month)}",
            period=f"Cijfers van {period(knowledge.texts, SO_FAR, release.month)}.",
            made_on=f"Gemaakt op {knowledge.texts.day(today)}.",
            provider=_PROVIDER,
            warning=SYNTHETIC if choice.synthetic else "",
            figures=figures,
            agenda=agenda(knowledge, releases, today),
            reading=_reading(release),
        )

    def _goal(self, choice: Choice, every: Sequence[Release], today: date) -> tuple[Panel, ...]:
        releases = choice.releases
        # What is of today is counted beside every release: the months after this one were counted in those.
        found = reached(self._engine, self._knowledge.sites, every, goal.this_year(today))
        rows = tuple((bar.title, bar.sentence) for bar in goal.bars(found, today, choice, self._knowledge))
        title = f"Stand op {self._knowledge.texts.day(today)}"
        stand = Panel(
            STAND,
            title,
            goal.headline(found, today),
            Grid(title, ("Waar we heen willen", "Waar we zijn"), rows),
            notes=(goal.STAND_NOTE,),
        )
        return (stand, goal.months(self._knowledge.texts, releases), goal.target(choice, self._knowledge))

    def _reached(self, choice: Choice) -> tuple[Panel, ...]:
        places, found = reach.places(choice, self._knowledge)
        if found:
            places = replace(places, chart=drawing(found))
        events = EventService(Events(self._engine), self._knowledge).all()
        at_events = reach.events(events, published_totals(self._engine), self._knowledge)
        return (
            *reach.missing(choice, self._knowledge),
            reach.apart(choice, self._knowledge),
            *reach.panels(choice),
            places,
            *reach.crossed(choice),
            *((at_events,) if at_events else ()),
        )

    def _offer(self, choice: Choice, today: date) -> tuple[Panel, ...]:
        found = offer.offer(self._knowledge, today)
        lacking = (
            ("provincie", "In de provincie Utrecht", found.province),
            ("gooi", "In Gooi en Vechtstreek", found.gooi),
        )
        gaps = tuple(_lacking(*one) for one in lacking)
        return (found.picture, *gaps, *offer.found_nothing(choice))


def _lacking(identifier: str, title: str, statements: Sequence[offer.Statement]) -> Panel:
    """Gaps as they follow from the catalogue alone."""
    if not statements:
        return Panel(identifier, title, ("Hier is voor elk bedrijf een initiatief dat past.",))
    rows = tuple((one.sentence, one.firms or "–") for one in statements)
    note = (
        "Bedrijven: vestigingen van deze groottes in de hele provincie, in alle fasen samen (CBS, 2020). Een streepje: "
        "niet geteld."
    )
    return Panel(identifier, title, (), Grid(title, ("Wat er ontbreekt", "Bedrijven"), rows), None, (note,))


def _reading(release: Release) -> Section:
    rows = tuple((metric.naam, metric.formule, metric.kanttekening) for metric in concepts(STAFF))
    meaning = Grid("Wat elk cijfer betekent", ("Cijfer", "Zo berekend", "Let op"), rows)
    panels = (
        Panel("lezen", "Zo lees je de aantallen", footnotes(release)),
        Panel("begrippen", "Wat elk cijfer betekent", (), meaning),
    )
    return Section("Zo lees je dit rapport", panels)
