"""Below how many conversations nothing is shown: what is set, and of a release what it was made with."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from analytics.synthetic import fill
from api.events.service import EventPlan
from tests.api.dashboard import SECRET, TODAY, Board


def test_thresholds_are_those_that_are_set_and_of_a_release_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    secret = {"rounding_secret": SECRET.hex()}
    board = Board(tmp_path_factory.mktemp("set"), staff_threshold=15, public_threshold=20, **secret)
    parts = board.parts
    fill(parts.engine, parts.knowledge, seed=11, records=12, first=date(2026, 10, 5), last=date(2026, 10, 25))
    parts.releases.make(None, TODAY)
    assert [parts.figures.latest(audience).threshold for audience in ("werkgroep", "publiek")] == [15, 20]
    plan = EventPlan("Beurs", date(2026, 11, 1), "GM0355", "Gemeente Zeist", "utrecht")
    parts.summaries.close(parts.events.create(plan, TODAY).event, TODAY)
    explained = board.page("/uitleg")
    assert "Minder dan 15 gesprekken laten we niet zien" in explained
    assert "buiten de werkgroep is dat minder dan 20" in explained
    assert "nog minder dan 15 gesprekken" in board.page()
    assert "Een maand met minder dan 15 gesprekken" in board.page()
    workbook = ZipFile(BytesIO(parts.reports.make("2026-10", "xlsx", TODAY)))
    sheets = b"".join(workbook.read(name) for name in workbook.namelist() if name.endswith(".xml")).decode()
    assert "nog minder dan 15 gesprekken" in sheets
    assert "Minder dan 15 van de 250." in sheets
    settings = parts.settings.model_copy(update={"staff_threshold": 5, "public_threshold": 10})
    board.app.state.parts = replace(parts, settings=settings)
    assert "Minder dan 5 gesprekken laten we niet zien" in board.page("/uitleg")
    page = board.page("/bereik")
    assert "Bij elk evenement waren er minder dan 15 gesprekken." in page
    assert "minder dan 5" not in page
    board.close()
