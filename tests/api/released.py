"""Releases for tests, put into the database as they are stored: values that nobody else has, so that each is found."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session

from analytics.figures import Figures
from analytics.menu import STOPPED, TOTAL, table_id
from analytics.models import Publication, PublishedCell
from api.reports.service import Reports

Cells = Mapping[tuple[str, str] | str, int | None]

SECTORS: Cells = {"bouw": 35, "horeca": 40, "handel": None, "zorg": 45, "zakelijke_dienstverlening": None, "overig": 55}
STAGES: Cells = {"adhoc": 85, "engaged": 60, "verder": 30}
CROSSED: Cells = {
    (stage, sector): value
    for (stage, sector), value in zip(
        [(stage, sector) for stage in STAGES for sector in ("bouw", "horeca", "overig")],
        (15, 20, None, 25, None, 10, None, 65, 70),
        strict=True,
    )
}


def publish(
    engine: Engine,
    audience: str,
    month_id: str,
    *,
    totals: Mapping[str, int | None],
    tables: Mapping[str, Cells],
    levels: Mapping[str, Sequence[str]] | None = None,
    synthetic: bool = False,
    stopped: Mapping[str, int | None] | None = None,
    threshold: int | None = None,
    **decisions: Any,
) -> None:
    """Store a release. `tables` are by id; one of which no level is given is at the level of its own name."""
    levels = dict(levels or {})
    cells = [_cell(table_id(scope, TOTAL), "", "", value) for scope, value in totals.items()]
    cells += [_cell(table_id(scope, TOTAL), STOPPED, "", value) for scope, value in (stopped or {}).items()]
    for name, values in tables.items():
        levels.setdefault(name, name.partition("/")[2].split("*"))
        for key, value in values.items():
            row, column = (key, "") if isinstance(key, str) else key
            cells.append(_cell(name, row, column, value))
    for position, cell in enumerate(cells):
        cell.position = position
    threshold = threshold or (10 if audience == "publiek" else 5)
    made = {"niveaus": {name: list(level) for name, level in levels.items()}, "namen": {}, "synthetisch": synthetic}
    with Session(engine) as session, session.begin():
        session.add(
            Publication(
                id=f"{audience}/{month_id}",
                made_on=date(2026, 12, 1),
                threshold=threshold,
                base=5,
                decisions=made | decisions,
                cells=cells,
            )
        )


def publish_for_everybody(engine: Engine, month_id: str = "2026-12", **more: Any) -> None:
    """A release for everybody with a table of each kind."""
    publish(
        engine,
        "publiek",
        month_id,
        totals={"kwartaal": 61, "jaar": 187, "tot_nu": 187},
        tables={"tot_nu/sector": SECTORS, "jaar/fase": STAGES, "kwartaal/fase*sector": CROSSED},
        levels={"tot_nu/sector": ["zes"], "kwartaal/fase*sector": ["fase", "zes"]},
        **more,
    )


def forget_releases(app: FastAPI) -> Engine:
    """Start again, without releases. Returns the database."""
    engine: Engine = app.state.parts.engine
    with Session(engine) as session, session.begin():
        session.execute(delete(PublishedCell))
        session.execute(delete(Publication))
    restart(app)
    return engine


def restart(app: FastAPI) -> None:
    """Let the application read releases as if it had just started."""
    parts = app.state.parts
    figures = Figures(parts.engine, parts.knowledge)
    reports = Reports(parts.engine, parts.knowledge, figures, parts.settings.reports_folder)
    app.state.parts = replace(parts, figures=figures, reports=reports)


def _cell(table: str, row: str, column: str, value: int | None) -> PublishedCell:
    status = "te_klein" if value is None else "getoond"
    return PublishedCell(table=table, row=row, column=column, value=value, status=status)
