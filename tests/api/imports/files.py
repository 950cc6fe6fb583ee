"""Files of intakes as people make them, and an event to import them for."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from analytics.models import Referral
from analytics.recording import Recorder
from api.events.repository import Events
from api.events.service import Event, EventPlan, EventService
from api.imports.report import Report
from api.imports.repository import StagedImports
from api.imports.service import ImportService
from api.intakes.service import IntakeService
from knowledge.base import Knowledge

TODAY = date(2026, 11, 26)
CORE = (
    "Datum",
    "Aantal mensen",
    "Soort bedrijf",
    "Plaats",
    "Hulpvraag",
    "Administratie",
    "Online vindbaar",
    "Gegevens",
    "Back-ups en updates",
    "Inloggen",
)
FURTHER = ("Plan", "Bestanden en agenda", "Online bestellen", "Leren", "Wat vanzelf gaat")
RIGHT: Mapping[str, Any] = dict(
    zip(CORE, ("26-11-2026", "3", "kapsalon", "Zeist", "a", "b", "c", "d", "a", "?"), strict=True)
)


def intake(**changes: Any) -> dict[str, Any]:
    """A row that is right, but for what is given; names with spaces come in a dict."""
    return {**RIGHT, **{name.replace("_", " "): value for name, value in changes.items()}}


def csv_file(
    rows: Iterable[Mapping[str, Any]], names: Sequence[str] = CORE, separator: str = ";", encoding: str = "utf-8-sig"
) -> bytes:
    """Rows as CSV, written as Excel does."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator)
    writer.writerow(names)
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return written.getvalue().encode(encoding)


def workbook(rows: Iterable[Mapping[str, Any]], names: Sequence[str] = CORE) -> Workbook:
    """Rows as a workbook."""
    made = Workbook()
    sheet = made.active
    sheet.append(list(names))
    for row in rows:
        sheet.append([row.get(name) for name in names])
    return made


def saved(made: Workbook) -> bytes:
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def xlsx_file(rows: Iterable[Mapping[str, Any]], names: Sequence[str] = CORE) -> bytes:
    return saved(workbook(rows, names))


def repacked(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A packed file with some members added or replaced."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return written.getvalue()


def member(data: bytes, name: str) -> bytes:
    """One member of a packed file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


class Hall:
    """An event, and what was imported for it."""

    def __init__(self, engine: Engine, knowledge: Knowledge, today: date = TODAY) -> None:
        recorder = Recorder(engine, knowledge)
        self.engine, self.today = engine, today
        self.events = EventService(Events(engine), knowledge)
        self.staged = StagedImports(engine)
        self.service = ImportService(knowledge, self.events, IntakeService(knowledge, recorder), recorder, self.staged)
        self.event = self.new_event()

    def new_event(self) -> Event:
        plan = EventPlan("Ontbijt", self.today, "GM0355", "Gemeente Zeist", "utrecht")
        return self.events.create(plan, self.today).event

    def look(self, data: bytes, name: str = "intakes.csv") -> Report:
        return self.service.look(self.event, name, data, self.today)

    def faults(self, data: bytes) -> list[tuple[int, str, str]]:
        """Row, column and value of all that is wrong, words that are unclear included."""
        return [(f.row, f.column, f.value) for f in self.look(data).without_asking(self.service.columns).faults]

    def take(self, data: bytes, chosen: Mapping[int, str] | None = None) -> int:
        """Import the rows that are right."""
        report = self.look(data)
        if chosen is None:
            report = report.without_asking(self.service.columns)
        return self.service.take(self.event, report, chosen or {})

    def records(self) -> list[Referral]:
        with Session(self.engine) as session:
            mine = select(Referral).where(Referral.event == self.event.code).order_by(Referral.id)
            return list(session.scalars(mine))

    def count(self) -> int:
        with Session(self.engine) as session:
            return session.scalar(select(func.count()).where(Referral.event == self.event.code)) or 0
