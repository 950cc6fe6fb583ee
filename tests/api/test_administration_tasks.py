"""The work that goes by itself, as the coordinator sees it, and what can be tried again."""

import time

import pytest
from sqlalchemy.orm import Session

from api.administration.words import KINDS, STATES, SWEEPERS, TEMPLATES
from api.outbox import queue
from api.outbox.models import OutboxItem
from api.outbox.registry import EVENTS
from api.outbox.registry import TEMPLATES as MAILS
from api.sweeping import name_of
from tests.api.lead_office import NOW, Office
from tests.api.portal_door import Browser, Door

TASKS = "/portaal/beheer/taken"


@pytest.fixture
def coordinator(door: Door) -> Browser:
    browser = door.browser()
    browser.log_in(door.invite("cor@gemeente.example", "coordinator", name="Cor"))
    return browser


@pytest.fixture
def office(door: Door) -> Office:
    return Office.behind(door)


def put(office: Office, template: str = "nieuwe-aanvraag", state: str = queue.GIVEN_UP, **values: object) -> str:
    """Something in the outbox, as it is after three days."""
    details = {"initiatieven": ["kvk"]} if template == "ingetrokken" else {}
    with Session(office.engine) as session, session.begin():
        item = queue.put(session, kind="mail", template=template, now=NOW, lead="x", details=details)
        session.flush()
        row = session.get_one(OutboxItem, item)
        row.state, row.tries, row.fault, row.done_at = state, 10, "ConnectError", NOW
        for name, value in values.items():
            setattr(row, name, value)
    return item


def test_every_sweeper_and_message_has_a_name(door: Door) -> None:
    parts = door.app.state.parts
    assert {name_of(sweeper) for sweeper in parts.sweepers} == set(SWEEPERS)
    assert {name for name, mail in MAILS.items() if mail.queued} | set(EVENTS) == set(TEMPLATES)
    assert {queue.WAITING, queue.SENT, queue.GIVEN_UP, queue.CANCELLED} == set(STATES)
    assert {queue.MAIL, queue.WEBHOOK} == set(KINDS)


def test_page_counts_what_waits_and_names_what_was_given_up(coordinator: Browser, office: Office) -> None:
    put(office)
    put(office, state=queue.WAITING, done_at=None)
    page = coordinator.get(TASKS).text
    for part in ("Eigenaar: nieuwe aanvraag", "ConnectError", "Probeer opnieuw", "1 wacht, de oudste sinds"):
        assert part in page, part
    assert "Niet gelukt om te versturen: 1." in coordinator.get("/portaal/beheer").text


def test_what_was_given_up_is_tried_again_once(coordinator: Browser, office: Office) -> None:
    item = put(office)
    token = coordinator.token(TASKS)
    before = int(time.time())
    assert coordinator.send(f"{TASKS}/{item}/opnieuw", formulier=token).status_code == 303
    (row,) = office.outbox()
    assert (row.state, row.tries, row.fault, row.done_at) == (queue.WAITING, 0, None, None)
    assert row.due_at >= before
    assert office.log(item) == [(office.account("cor"), "opnieuw", "")]
    assert coordinator.send(f"{TASKS}/{item}/opnieuw", formulier=token).status_code == 404
    assert len(office.log(item)) == 1


@pytest.mark.parametrize("state", [queue.SENT, queue.CANCELLED])
def test_what_was_sent_or_taken_back_cannot_be_sent_again(coordinator: Browser, office: Office, state: str) -> None:
    item = put(office, state=state)
    assert coordinator.send(f"{TASKS}/{item}/opnieuw", formulier=coordinator.token(TASKS)).status_code == 404
    assert office.outbox()[0].state == state


def test_mail_without_address_is_not_offered_again(coordinator: Browser, office: Office) -> None:
    put(office, "ingetrokken")
    page = coordinator.get(TASKS).text
    assert "Kan niet: het adres is gewist" in page
    assert "Probeer opnieuw" not in page


def test_work_that_failed_is_told(door: Door, coordinator: Browser, office: Office) -> None:
    parts = door.app.state.parts
    sweeper = next(one for one in parts.sweepers if name_of(one) == "Deadlines.sweep")
    assert "Nog niet" in coordinator.get(TASKS).text
    with office.engine.begin() as connection:
        connection.exec_driver_sql("alter table lead rename to away")
    try:
        parts.sweeps.run(sweeper)
    finally:
        with office.engine.begin() as connection:
            connection.exec_driver_sql("alter table away rename to lead")
    page = coordinator.get(TASKS).text
    assert "Ging mis" in page
    assert "OperationalError" in page
    assert "de laatste keer misging: 1." in coordinator.get("/portaal/beheer").text
    parts.sweeps.run(sweeper)
    assert "Ging mis" not in coordinator.get(TASKS).text
