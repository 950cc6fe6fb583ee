"""Releases, the log and the sites, as the coordinator sees them."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from analytics.releases import Refused
from api.administration import work_pages
from api.audit_log import log
from tests.api.portal_door import Browser, Door
from tests.api.released import SECTORS, publish

HOME = "/portaal/beheer"
_CHECK = {"cellen": 12, "smalste": 7, "al_afleidbaar": 0}


@pytest.fixture
def coordinator(door: Door) -> Browser:
    browser = door.browser()
    browser.log_in(door.invite("cor@gemeente.example", "coordinator", name="Cor"))
    return browser


def entries(door: Door, number: int) -> int:
    """Write lines in the log. Returns the number of the last."""
    with Session(door.engine) as session, session.begin():
        for index in range(number):
            log.write(session, who=log.SYSTEM, action="gewist", subject=f"regel-{index}")
        return log.head(session)[0]


def test_log_is_paged_from_the_newest(door: Door, coordinator: Browser) -> None:
    last = entries(door, work_pages.ENTRIES + 20)
    page = coordinator.get(f"{HOME}/logboek").text
    oldest = last - work_pages.ENTRIES + 1
    assert f'row">{last}<' in page
    assert f'row">{oldest - 1}<' not in page
    older = coordinator.get(f"{HOME}/logboek?voor={oldest}").text
    assert f'row">{oldest - 1}<' in older
    assert f'row">{oldest}<' not in older


@pytest.mark.parametrize("before", ["x", "1e9", ""])
def test_page_of_the_log_that_cannot_be_is_refused(coordinator: Browser, before: str) -> None:
    assert coordinator.get(f"{HOME}/logboek?voor={before}").status_code == 400


@pytest.mark.parametrize("before", ["-5", "0", "1"])
def test_end_of_the_log_is_told(coordinator: Browser, before: str) -> None:
    assert "Er staat niets meer." in coordinator.get(f"{HOME}/logboek?voor={before}").text


def test_check_of_the_log_says_that_it_holds(door: Door, coordinator: Browser) -> None:
    last = entries(door, 3)
    response = coordinator.send(f"{HOME}/logboek", formulier=coordinator.token(f"{HOME}/logboek"))
    assert f"Het logboek klopt. De laatste regel is {last}" in response.text


def test_check_of_the_log_finds_what_was_changed(door: Door, coordinator: Browser) -> None:
    last = entries(door, 3)
    with door.engine.begin() as connection:
        trigger = "select sql from sqlite_master where name = 'audit_entry_no_change'"
        guard = connection.execute(text(trigger)).scalar_one()
        change = text("update audit_entry set who = :who where number = :number")
        connection.execute(text("drop trigger audit_entry_no_change"))
        connection.execute(change, {"who": "iemand", "number": last - 1})
    try:
        response = coordinator.send(f"{HOME}/logboek", formulier=coordinator.token(f"{HOME}/logboek"))
        assert f"Het logboek klopt niet: regel {last - 1} is veranderd" in response.text
    finally:
        with door.engine.begin() as connection:
            connection.execute(change, {"who": "systeem", "number": last - 1})
            connection.execute(text(guard))


def test_releases_are_told_in_words(door: Door, coordinator: Browser) -> None:
    publish(
        door.engine,
        "werkgroep",
        "2026-10",
        totals={"maand": 205},
        tables={"maand/sector": SECTORS},
        levels={"maand/sector": ["zes"]},
        vervallen={"maand/fase": "te_weinig"},
        grover=["maand/sector"],
        controle=_CHECK,
        telt_niet=["demo"],
        synthetic=True,
    )
    page = coordinator.get(f"{HOME}/uitgaven").text
    for part in (
        "Oktober 2026",
        "1 tabel is gepubliceerd, 1 niet.",
        "Grover gemaakt, zodat niemand te herkennen is: Sector.",
        "Nagerekend: 12 verborgen aantallen.",
        "Telt niet mee: demo.",
        "Hier zitten verzonnen gegevens in.",
    ):
        assert part in page, part
    assert "te_weinig" not in page  # why tells of who is in it


class Made:
    """Stands in for the making of figures, which takes long."""

    def __init__(self, found: object) -> None:
        self._found = found

    def make(self, wanted: object, today: date) -> object:
        assert wanted is None
        assert today == date.today()
        if isinstance(self._found, Exception):
            raise self._found
        return self._found


@pytest.mark.parametrize(
    ("found", "status", "words"),
    [
        ([], 200, "Alles is er al. Er is niets gemaakt."),
        (Refused("De cijfers kunnen niet worden afgerond."), 409, "De cijfers kunnen niet worden afgerond."),
    ],
)
def test_making_figures_says_what_came_of_it(
    door: Door, coordinator: Browser, monkeypatch: pytest.MonkeyPatch, *, found: object, status: int, words: str
) -> None:
    monkeypatch.setattr(type(door.app.state.parts.releases), "make", Made(found).make)
    address = f"{HOME}/uitgaven"
    response = coordinator.send(address, formulier=coordinator.token(address))
    assert (response.status_code, words in response.text) == (status, True)


def test_sites_are_shown_as_their_files_say(door: Door, coordinator: Browser) -> None:
    page = coordinator.get(f"{HOME}/sites").text
    for site in door.app.state.parts.knowledge.sites.values():
        assert site.naam in page
        assert site.contact.naam in page
