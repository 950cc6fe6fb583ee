"""How long everything is kept: of everything, from the constants that the deleting goes by."""

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from analytics.database import Base
from api.administration import repository
from api.administration.repository import Kept
from api.administration.retention import KINDS, MAIL_FILE_SECONDS, MAIL_FILES, duration, named_tables
from knowledge.base import Knowledge
from tests.api.lead_office import DAY, NOW, Office
from tests.api.portal_door import Browser, Door


@pytest.fixture
def office(tmp_path: Path, knowledge: Knowledge) -> Office:
    return Office.new(tmp_path, knowledge)


def kept(office: Office, name: str) -> Kept:
    with Session(office.engine) as session:
        found = dict(zip([kind.name for kind in KINDS], repository.kept(session, KINDS), strict=True))
    return found[name]


def test_every_table_is_in_the_report() -> None:
    assert named_tables() == set(Base.metadata.tables)


def test_nothing_is_measured_as_nothing(office: Office) -> None:
    assert kept(office, "Aanvragen die open zijn") == Kept(0, None, None)


def test_leads_are_told_apart_by_how_long_they_are_kept(office: Office) -> None:
    office.lead(when=NOW)
    office.lead(when=NOW - 5 * DAY)
    closed = office.lead(when=NOW)
    office.move(closed, "geen_plek", now=NOW + DAY)
    assert kept(office, "Aanvragen die open zijn") == Kept(2, NOW - 5 * DAY, NOW + 360 * DAY)
    assert kept(office, "Aanvragen die klaar zijn") == Kept(1, NOW + DAY, NOW + 91 * DAY)
    assert kept(office, "Bewijs van toestemming, zonder contactgegevens").number == 3


def test_what_is_next_goes_when_it_is_said(office: Office) -> None:
    office.lead(when=NOW)
    office.erase()
    name = "Aanvragen die klaar zijn"
    goes = kept(office, name).next
    assert goes is not None
    office.sweep(goes - 1, office.keeper.sweep)
    assert kept(office, name).number == 1
    office.sweep(goes, office.keeper.sweep)
    assert kept(office, name).number == 0


def test_every_kind_is_kept_no_longer_than_is_said(office: Office) -> None:
    """Where rows say until when they are kept, nobody writes a later time than the constant in the report."""
    office.lead(when=NOW)
    office.move(office.lead(when=NOW), "geen_plek")
    with Session(office.engine) as session:
        for kind, found in zip(KINDS, repository.kept(session, KINDS), strict=True):
            if found.oldest is not None and found.next is not None:
                assert found.next - found.oldest <= kind.seconds, kind.name


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (60, "1 minuut"),
        (10 * 60, "10 minuten"),
        (60 * 60, "1 uur"),
        (DAY, "1 dag"),
        (14 * 60 * 60, "14 uur"),
        (3 * DAY, "3 dagen"),
        (90 * DAY, "90 dagen"),
        (365 * DAY, "1 jaar"),
        (400 * DAY, "400 dagen"),
        (3 * 365 * DAY, "3 jaar"),
    ],
)
def test_duration_in_words(seconds: int, words: str) -> None:
    assert duration(seconds) == words


def test_page_says_what_is_late(door: Door) -> None:
    office, now = Office.behind(door), int(time.time())
    browser: Browser = door.browser()
    browser.log_in(door.invite("cor@gemeente.example", "coordinator"))
    lead = office.lead(when=now)
    assert "Te laat" not in browser.get("/portaal/beheer/bewaren").text
    with office.engine.begin() as connection:
        connection.execute(
            text("update lead set destroy_at = :late where id = :id"), {"late": now - 2 * DAY, "id": lead}
        )
    page = browser.get("/portaal/beheer/bewaren").text
    assert "Te laat" in page
    assert "1 jaar na de aanvraag" in page


def test_mails_in_the_folder_are_counted_with_the_oldest_and_when_it_goes(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    door = Door(tmp_path, mail_folder=str(folder))
    browser = door.browser()
    browser.log_in(door.invite("cor@gemeente.example", "coordinator"))

    def row() -> str:
        return browser.get("/portaal/beheer/bewaren").text.split(MAIL_FILES)[1].split("</tr>")[0]

    for name in ("a", "b"):
        (folder / f"{name}.eml").touch()
    assert ">2<" in row()
    assert "Te laat" not in row()
    long_ago = time.time() - MAIL_FILE_SECONDS - 2 * DAY
    os.utime(folder / "b.eml", (long_ago, long_ago))
    assert "Te laat" in row()
    door.engine.dispose()
