"""Reports for tests: of nothing, of few made-up records, and of a region in which everything can be shown."""

import csv
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from analytics.database import migrate, open_database
from analytics.dimensions import dimensions
from analytics.figures import Figures, Release
from analytics.menu import STAFF
from analytics.periods import Month
from analytics.releases import Releases
from analytics.synthetic import fill
from api.reports import document
from api.reports.service import Reports
from knowledge.base import Knowledge
from tests.api.pages_on_paper import Pdf, read_pdf
from tests.api.released import publish

TODAY = date(2026, 11, 26)
LAST = "2026-10"
NOTHING_KEPT = Path("nothing-kept")  # no such folder


@dataclass(frozen=True)
class Made:
    """A report in every form, the releases that it is made of, and the drawings in it."""

    releases: tuple[Release, ...]
    pdf: bytes
    xlsx: bytes
    zip: bytes
    drawings: Mapping[str, bytes]

    @property
    def live(self) -> int:
        """The total of this year: nothing came in since the release."""
        return self.releases[-1].totals["tot_nu"] or 0

    @property
    def text(self) -> Pdf:
        return read_pdf(self.pdf)

    @property
    def workbook(self) -> Any:
        return openpyxl.load_workbook(io.BytesIO(self.xlsx))

    def files(self) -> dict[str, list[dict[str, str]]]:
        with zipfile.ZipFile(io.BytesIO(self.zip)) as packed:
            return {
                name.removesuffix(".csv"): list(
                    csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline=""), delimiter=";")
                )
                for name in packed.namelist()
                if name.endswith(".csv")
            }


def engine_in(folder: Path) -> Engine:
    url = f"sqlite:///{folder / 'x.db'}"
    migrate(url)
    return open_database(url)


def made(engine: Engine, knowledge: Knowledge, folder: Path = NOTHING_KEPT) -> Made:
    figures = Figures(engine, knowledge)
    reports = Reports(engine, knowledge, figures, folder)
    drawings: dict[str, bytes] = {}
    with pytest.MonkeyPatch.context() as patch:
        typeset = document.typeset

        def noting(template: Path, values: Any, *, images: Mapping[str, bytes], form: Any) -> bytes:
            drawings.update(images)
            return typeset(template, values, images=images, form=form)

        patch.setattr(document, "typeset", noting)
        files = {form: reports.make(LAST, form, TODAY) for form in ("pdf", "xlsx", "zip")}
    return Made(figures.all(STAFF), files["pdf"], files["xlsx"], files["zip"], drawings)


def synthetic(engine: Engine, knowledge: Knowledge, records: int) -> None:
    """Made-up records up to October, and the releases that follow from them."""
    fill(engine, knowledge, seed=1, records=records, first=date(2026, 7, 1), last=date(2026, 10, 31))
    Releases(engine, knowledge, lambda *, make: bytes(32)).make(Month(2026, 10), TODAY)


def busy(engine: Engine, knowledge: Knowledge) -> None:
    """Two months in which every table is shown at its finest level, in thousands."""
    known = dimensions(knowledge)
    for month_id, total in (("2026-09", 9876), ("2026-10", 12345)):
        tables, levels = {}, {}
        for dimension in known.values():
            finest = dimension.levels[0]
            tables[f"tot_nu/{dimension.id}"] = dict(zip(finest.titles, spread(total, len(finest.titles)), strict=True))
            levels[f"tot_nu/{dimension.id}"] = [finest.id]
        for names in (("sector", "grootte"), ("fase", "sector"), ("sector", "hulpvraag")):
            rows, columns = (known[name].levels[0] for name in names)
            keys = list(product(rows.titles, columns.titles))
            tables[f"kwartaal/{'*'.join(names)}"] = dict(zip(keys, spread(total // 3, len(keys)), strict=True))
            levels[f"kwartaal/{'*'.join(names)}"] = [rows.id, columns.id]
        totals = {"maand": total // 9, "kwartaal": total // 3, "tot_nu": total}
        publish(engine, STAFF, month_id, totals=totals, tables=tables, levels=levels, stopped={"tot_nu": total // 2})


def spread(total: int, number: int) -> list[int | None]:
    """A total divided over categories in fives, the last the most; each seventh has next to nothing and is hidden."""
    weights = [0 if place % 7 == 0 else place for place in range(1, number + 1)]
    return [max(5, 5 * (total * weight // sum(weights) // 5)) if weight else None for weight in weights]


def nothing(engine: Engine, knowledge: Knowledge) -> None:
    """The same months without anything to show."""
    for month_id in ("2026-07", "2026-08", "2026-09", "2026-10"):
        totals = {"maand": None, "tot_nu": None}
        publish(engine, STAFF, month_id, totals=totals, tables={}, stopped=totals)


SIZES = {
    "nothing": nothing,
    "3 records": lambda engine, knowledge: synthetic(engine, knowledge, 3),
    "60 records": lambda engine, knowledge: synthetic(engine, knowledge, 60),
    "thousands": busy,
}
