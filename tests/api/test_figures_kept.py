"""What is drawn of figures is kept, because they never change; what does change is seen at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from api.dashboard import outcomes, pages, reach
from api.figures import pages as public
from knowledge.catalogue_folder import Edition
from tests.api.dashboard import Board
from tests.api.released import publish, publish_for_everybody

TOTALS = {"maand": 40, "kwartaal": 61, "tot_nu": 187}


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    """The pages with one release."""
    board = Board(tmp_path)
    publish(board.parts.engine, "werkgroep", "2026-09", totals=TOTALS, tables={"tot_nu/fase": {"adhoc": 45}})
    yield board
    board.close()


class TestKept:
    def test_whoever_asks_again_gets_what_was_drawn(self, board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
        first = {path: board.page(path) for path in ("/bereik", "/gaten", "/uitkomsten")}
        for module, name in ((reach, "missing"), (outcomes, "panels"), (pages.offer, "found_nothing")):
            monkeypatch.delattr(module, name)

        assert {path: board.page(path) for path in first} == first
        with pytest.raises(AttributeError):
            board.page("/bereik", over="maand")

    def test_somebody_else_gets_a_page_of_his_own(self, board: Board) -> None:
        board.page("/bereik")
        board.log_in("coordinator")
        assert 'href="/portaal/beheer' in board.page("/bereik")

    def test_other_databases_have_pages_of_their_own(self, board: Board, tmp_path: Path) -> None:
        (tmp_path / "other").mkdir()
        other = Board(tmp_path / "other")
        publish(other.parts.engine, "werkgroep", "2026-09", totals=TOTALS, tables={"tot_nu/fase": {"adhoc": 95}})
        assert "ongeveer 45 van de 187" in board.page("/bereik")
        assert "ongeveer 95 van de 187" in other.page("/bereik")
        other.close()


class TestSeenAtOnce:
    def test_new_release(self, board: Board) -> None:
        assert "ongeveer 45 van de 187" in board.page("/bereik")
        publish(
            board.parts.engine,
            "werkgroep",
            "2026-10",
            totals={"maand": 20, "tot_nu": 207},
            tables={"tot_nu/fase": {"adhoc": 50}},
        )
        assert "ongeveer 50 van de 207" in board.page("/bereik")
        assert "ongeveer 45 van de 187" in board.page("/bereik", maand="2026-09")

    def test_new_public_release(self, board: Board) -> None:
        assert "Er zijn nog geen cijfers" in board.client.get("/cijfers").text
        publish_for_everybody(board.parts.engine)
        assert "<strong>187</strong> gesprekken" in board.client.get("/cijfers").text

    def test_initiative_that_changed(self, board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
        editions, tables = board.parts.knowledge.editions, {"tot_nu/initiatief": {"spot035": 25, "kvk": 60}}
        publish(board.parts.engine, "werkgroep", "2026-10", totals=TOTALS, tables=tables)
        assert "Nieuwe Naam" not in board.page("/uitkomsten")

        catalogue = tuple(
            msgspec.structs.replace(one, naam="Nieuwe Naam") if one.id == "spot035" else one
            for one in editions.current().catalogue
        )
        monkeypatch.setattr(editions, "current", lambda: Edition(catalogue, "anders"))
        assert "Nieuwe Naam" in board.page("/uitkomsten")
        assert "Nieuwe Naam" in board.page("/gaten")

    def test_day_on_which_an_initiative_becomes_outdated(self, board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
        assert "Langer dan een jaar niets van gezien: KVK" not in board.page("/uitkomsten")
        monkeypatch.setattr(pages, "date", SimpleNamespace(today=lambda: date(2035, 1, 1)))
        assert "Langer dan een jaar niets van gezien" in board.page("/uitkomsten")


def test_public_page_is_drawn_once(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_for_everybody(board.parts.engine)
    first, whole = board.client.get("/cijfers").text, board.client.get("/v1/cijfers/2026-12").content
    monkeypatch.delattr(public, "_shown")
    monkeypatch.delattr("api.figures.service.whole")
    assert board.client.get("/cijfers").text == first
    assert board.client.get("/v1/cijfers/2026-12").content == whole
