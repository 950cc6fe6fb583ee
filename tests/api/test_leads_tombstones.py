"""What was erased is noted outside the database, and is erased again from a copy that still has it."""

import asyncio
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from api.leads.tombstones import FILE_NAME, KEEP_SECONDS, Tombstone, Tombstones, erase_again
from api.webhooks.models import ApiToken, Webhook
from knowledge.base import Knowledge
from tests.api.lead_office import NOW, ONE, SOMEBODY, Office


@pytest.fixture
def office(tmp_path: Path, knowledge: Knowledge) -> Iterator[Office]:
    opened = Office.new(tmp_path, knowledge)
    yield opened
    opened.engine.dispose()


def test_what_was_erased_is_noted_by_its_id_and_nothing_else(office: Office, tmp_path: Path) -> None:
    kept, gone = office.lead(email="blijft@bakkerij.example"), office.lead()
    office.erase()
    Tombstones(office.engine, tmp_path / "elders").note()
    file = tmp_path / "elders" / FILE_NAME
    (line,) = file.read_text().splitlines()
    assert line.split()[:2] == ["ingetrokken", gone]
    assert kept not in line
    assert (SOMEBODY.email or "") not in line
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_database_that_was_begun_anew_takes_nothing_from_the_file(office: Office, tmp_path: Path) -> None:
    gone = office.lead()
    office.erase()
    Tombstones(office.engine, tmp_path / "elders").note()
    (tmp_path / "nieuw").mkdir()
    other = Office.new(tmp_path / "nieuw", office.knowledge)
    also = other.lead()
    other.erase()
    tombstones = Tombstones(other.engine, tmp_path / "elders")
    tombstones.note()
    assert set(tombstones.known()) == {gone, also}
    other.engine.dispose()


def test_what_no_copy_can_hold_any_more_is_forgotten(office: Office, tmp_path: Path) -> None:
    now = int(time.time())
    (tmp_path / FILE_NAME).write_text(f"ingetrokken oud {now - KEEP_SECONDS - 60}\ningetrokken jong {now - 60}\nhalf")
    gone = office.lead()
    office.erase()
    tombstones = Tombstones(office.engine, tmp_path)
    assert list(tombstones.known()) == ["jong"]
    tombstones.note()
    assert list(tombstones.known()) == ["jong", gone]
    assert "oud" not in (tmp_path / FILE_NAME).read_text()


def test_it_goes_on_when_the_folder_cannot_be_written_for_a_while(office: Office, tmp_path: Path) -> None:
    office.lead()
    office.erase()
    folder = tmp_path / "elders"
    folder.write_text("in de weg")
    tombstones = Tombstones(office.engine, folder)

    async def work() -> None:
        running = asyncio.create_task(tombstones.run())
        await asyncio.sleep(0.5)
        folder.unlink()
        while not (folder / FILE_NAME).exists():
            await asyncio.sleep(0.1)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running

    asyncio.run(asyncio.wait_for(work(), 30))
    assert len(tombstones.known()) == 1


def test_lead_is_taken_from_the_owner_again_and_its_outcome_counts_once(office: Office) -> None:
    lead = office.lead()
    erased = {lead: Tombstone("ingetrokken", lead, NOW)}
    assert erase_again(office.engine, erased, NOW) == 1
    assert office.row(lead).box is None
    assert erase_again(office.engine, erased, NOW) == 0
    assert [outcome for step, outcome, _ in office.outcomes() if step == "afgesloten"] == ["ingetrokken"]
    assert "aanvraag-ingetrokken" in office.mails()


def test_token_and_address_of_software_that_were_taken_away_stay_away(office: Office) -> None:
    token, webhook = "a" * 64, "b" * 32
    with Session(office.engine) as session, session.begin():
        session.add(ApiToken(token_hash=token, initiative=ONE, name="CRM", made_by=office.account("anna"), made_at=NOW))
        url = "https://crm.example/in"
        session.add(Webhook(id=webhook, initiative=ONE, url=url, secret=b"s", active=True, made_at=NOW))
    gone = (Tombstone("sleutel-weg", token, NOW), Tombstone("koppeling-weg", webhook, NOW))
    assert erase_again(office.engine, {one.subject: one for one in gone}, NOW) == 2
    with Session(office.engine) as session:
        assert session.get(ApiToken, token) is None
        assert session.get(Webhook, webhook) is None
    assert office.log(token)[-1][1] == "sleutel-weg"
    assert office.log(webhook)[-1][1] == "koppeling-weg"
