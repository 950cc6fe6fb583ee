"""Reading what was published: as it was stored, by the names that there are or were."""

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from analytics.figures import Cell, Figures, as_text
from analytics.models import Publication, PublishedCell
from analytics.periods import Month
from tests.analytics.desk import Desk
from tests.api.released import publish

WORKPLACE = "digitale-mkb-werkplaats-utrecht"


@pytest.fixture
def figures(desk: Desk) -> Figures:
    return Figures(desk.engine, desk.knowledge)


def test_nothing_was_published(figures: Figures) -> None:
    assert figures.latest("werkgroep") is None
    assert figures.release("werkgroep", "2026-10") is None
    assert figures.all("werkgroep") == figures.months("werkgroep") == ()


def test_release_as_it_was_stored(desk: Desk, figures: Figures) -> None:
    publish(
        desk.engine,
        "werkgroep",
        "2026-10",
        totals={"maand": 41, "tot_nu": None},
        tables={"maand/grootte": {"50+": 5, "1-9": 35, "10-49": None}, "maand/fase*aanbod": {("adhoc", "geen"): 10}},
        levels={"maand/grootte": ["drie"]},
        stopped={"maand": 12},
    )
    found = figures.latest("werkgroep")
    assert found is not None
    assert (found.id, found.audience, found.month) == ("werkgroep/2026-10", "werkgroep", Month(2026, 10))
    assert (found.made_on, found.threshold, found.base, found.synthetic) == (date(2026, 12, 1), 5, 5, False)
    assert (found.totals, found.stopped) == ({"maand": 41, "tot_nu": None}, {"maand": 12})
    sizes = found.tables["maand/grootte"]
    assert (sizes.scope, sizes.dimensions, sizes.levels, sizes.columns) == ("maand", ("grootte",), ("drie",), {})
    assert list(sizes.rows.items()) == [("50+", "50 of meer"), ("1-9", "Tot en met 9"), ("10-49", "10 tot en met 49")]
    assert sizes.cells[2] == Cell("10-49", "", None, "te_klein")
    assert [sizes.value(code) for code in ("1-9", "10-49", "250+")] == [35, None, None]
    crossed = found.tables["maand/fase*aanbod"]
    assert (crossed.dimensions, crossed.columns) == (("fase", "aanbod"), {"geen": "Er is geen passend aanbod"})
    assert crossed.value("adhoc", "geen") == 10
    assert crossed.value("adhoc") is None


def test_releases_are_in_order_and_by_audience(desk: Desk, figures: Figures) -> None:
    for month_id in ("2026-12", "2026-09", "2027-01"):
        publish(desk.engine, "werkgroep", month_id, totals={}, tables={})
    publish(desk.engine, "publiek", "2026-09", totals={}, tables={}, synthetic=True)
    assert [one.id for one in figures.months("werkgroep")] == ["2026-09", "2026-12", "2027-01"]
    assert [one.month.id for one in figures.all("werkgroep")] == ["2026-09", "2026-12", "2027-01"]
    latest, public = figures.latest("werkgroep"), figures.latest("publiek")
    assert latest is not None
    assert public is not None
    assert latest.id == "werkgroep/2027-01"
    assert (public.id, public.threshold, public.synthetic) == ("publiek/2026-09", 10, True)
    assert figures.release("publiek", "2026-12") is None


def test_figures_of_an_event_are_no_release(desk: Desk, figures: Figures) -> None:
    with Session(desk.engine) as session, session.begin():
        session.add(Publication(id="evenement/Z-1", made_on=date(2026, 1, 1), threshold=5, base=5, decisions={}))
    assert figures.latest("werkgroep") is figures.latest("publiek") is None


def test_what_is_gone_is_called_by_the_name_it_had(desk: Desk, figures: Figures) -> None:
    publish(
        desk.engine,
        "werkgroep",
        "2026-10",
        totals={"maand": 60},
        tables={"maand/initiatief": {WORKPLACE: 20, "verdwenen": 10, "nooit-gekend": 5}},
        namen={"verdwenen": "Het Oude Loket", WORKPLACE: "Oude naam"},
    )
    found = figures.release("werkgroep", "2026-10")
    assert found is not None
    names = found.tables["maand/initiatief"].rows
    now = {one.id: one.naam for one in desk.knowledge.catalogue}
    assert names == {WORKPLACE: now[WORKPLACE], "verdwenen": "Het Oude Loket", "nooit-gekend": "nooit-gekend"}


def test_release_is_read_once(desk: Desk, figures: Figures) -> None:
    publish(desk.engine, "werkgroep", "2026-10", totals={"maand": 60}, tables={"maand/fase": {"adhoc": 20}})
    first = figures.latest("werkgroep")
    with Session(desk.engine) as session, session.begin():
        session.execute(update(PublishedCell).values(value=99))
    assert figures.latest("werkgroep") is first
    publish(desk.engine, "werkgroep", "2026-11", totals={"maand": 61}, tables={})
    assert [one.totals["maand"] for one in figures.all("werkgroep")] == [60, 61]


@pytest.mark.parametrize(
    ("audience", "value", "text"), [("werkgroep", None, "<5"), ("publiek", None, "<10"), ("publiek", 35, "35")]
)
def test_figure_as_it_is_shown(desk: Desk, figures: Figures, audience: str, value: int | None, text: str) -> None:
    publish(desk.engine, audience, "2026-10", totals={}, tables={})
    found = figures.latest(audience)
    assert found is not None
    assert as_text(found, value) == text
