"""The report in the portal: for who may read the figures, of every month that was released."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.portal_door import Browser, Door
from tests.api.released import STAGES, forget_releases, publish

LIST = "/portaal/cijfers/rapport"
Login = Callable[[str], Browser]


@pytest.fixture
def login(door: Door) -> Login:
    """Somebody with a role, who has logged in, and no releases of other tests."""
    forget_releases(door.app)

    def log_in(role: str) -> Browser:
        browser = door.browser()
        browser.log_in(door.invite(f"{role}@gemeente.example", role=role))
        return browser

    return log_in


def release(door: Door, month_id: str) -> None:
    totals = {"maand": 23, "tot_nu": 60}
    publish(door.engine, "werkgroep", month_id, totals=totals, tables={"tot_nu/fase": STAGES})


@pytest.mark.parametrize("role", ["werkgroep", "coordinator"])
def test_lists_every_month_with_the_newest_first(door: Door, login: Login, role: str) -> None:
    release(door, "2026-09")
    release(door, "2026-10")
    page = login(role).get(LIST).text
    links = re.findall(rf'href="{LIST}/([^"]+)"', page)
    assert links == [f"{month}.{form}" for month in ("2026-10", "2026-09") for form in ("pdf", "xlsx", "zip")]
    assert "Nieuwste rapport: oktober 2026" in page


@pytest.mark.parametrize(
    ("form", "media_type", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("zip", "application/zip", b"PK"),
    ],
)
def test_gives_a_report_in_each_form(door: Door, login: Login, form: str, media_type: str, begins: bytes) -> None:
    release(door, "2026-10")
    response = login("werkgroep").get(f"{LIST}/2026-10.{form}")
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert response.content.startswith(begins)
    assert f"rapport-2026-10.{form}" in response.headers["content-disposition"]
    assert response.headers["cache-control"] == "no-store"


def test_report_holds_the_figures_of_the_working_group(door: Door, login: Login) -> None:
    release(door, "2026-10")
    content = login("werkgroep").get(f"{LIST}/2026-10.zip").content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert ";adhoc;" in packed.read("tot-nu-fase.csv").decode("utf-8-sig")


def test_report_that_was_written_is_given_as_it_is(
    door: Door, login: Login, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door.app.state.parts.settings, "reports_folder", tmp_path)
    for name in ("2026-10-12-rapport-2026-09.pdf", "2026-10-12-rapport-2026-09.xlsx", "2026-12-07-rapport-2026-11.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    for name in (".2026-12-07-rapport-2026-11.xlsx", "2026-02-30-rapport-2026-01.pdf", "geheim.txt"):
        (tmp_path / name).write_bytes(b"nothing for readers")
    browser = login("werkgroep")
    page = browser.get(LIST).text
    assert re.findall(rf'href="{LIST}/bewaard/([^"]+)"', page) == [
        "2026-12-07-rapport-2026-11.pdf",
        "2026-10-12-rapport-2026-09.pdf",
        "2026-10-12-rapport-2026-09.xlsx",
    ]
    assert "Vergadering vanaf 7 december 2026, met de cijfers tot en met november 2026:" in page
    response = browser.get(f"{LIST}/bewaard/2026-10-12-rapport-2026-09.xlsx")
    assert response.content == b"2026-10-12-rapport-2026-09.xlsx"
    assert response.headers["cache-control"] == "no-store"
    for name in ("geheim.txt", ".2026-12-07-rapport-2026-11.xlsx", "..%2Fgeheim.txt"):
        assert browser.get(f"{LIST}/bewaard/{name}").status_code in {400, 404}
    assert login("evenement").get(f"{LIST}/bewaard/2026-10-12-rapport-2026-09.pdf").status_code == 403


def test_says_that_there_is_none_yet(login: Login) -> None:
    page = login("werkgroep").get(LIST).text
    assert "Er is nog geen rapport." in page
    assert f'href="{LIST}/' not in page


def test_synthetic_figures_are_called_so(door: Door, login: Login) -> None:
    publish(door.engine, "werkgroep", "2026-10", totals={"tot_nu": 60}, tables={}, synthetic=True)
    assert "Synthetische gegevens." in login("werkgroep").get(LIST).text


@pytest.mark.parametrize("address", ["2026-09.pdf", "2026-13.pdf", "laatste.pdf", "2026-10.docx", "..%2F2026-10.pdf"])
def test_what_there_is_not_is_said_on_a_page(door: Door, login: Login, address: str) -> None:
    release(door, "2026-10")
    response = login("werkgroep").get(f"{LIST}/{address}")
    assert response.status_code in {400, 404}
    assert response.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("ending", ["", "/2026-10.pdf", "/2026-10.xlsx", "/2026-10.zip"])
class TestWhoMayNot:
    def test_not_logged_in(self, door: Door, ending: str) -> None:
        response = door.browser().get(LIST + ending)
        assert (response.status_code, response.headers["location"].partition("?")[0]) == (303, "/portaal/inloggen")

    def test_staff_of_an_event(self, door: Door, login: Login, ending: str) -> None:
        release(door, "2026-10")
        response = login("evenement").get(LIST + ending)
        assert response.status_code == 403
        assert "rapport-2026" not in response.headers.get("content-disposition", "")
