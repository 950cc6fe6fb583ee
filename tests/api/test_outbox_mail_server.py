"""Mails of the outbox and real mail servers: those that refuse, are slow, say nothing, or are away for hours."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api import mail as mail_module
from api.leads.service import CONFIRM
from api.outbox import queue
from knowledge.base import Knowledge
from tests.api.mail_servers import MailServer, half_open
from tests.api.post_office import House
from tests.product.running import free_port

KIM = "kim@bedrijf.example"
HOUR = 60 * 60


@pytest.fixture
def server() -> MailServer:
    return MailServer()


@pytest.fixture
def house(tmp_path: Path, knowledge: Knowledge) -> Iterator[House]:
    """A house that sends to a port at which nothing listens yet."""
    made = House(f"sqlite:///{tmp_path / 'x.db'}", tmp_path, knowledge, f"smtp://127.0.0.1:{free_port()}")
    made.staff()
    yield made
    made.engine.dispose()


def port_of(house: House) -> int:
    return int(house.smtp_url.rpartition(":")[2])


def at(house: House, url: str) -> House:
    """The same house with another mail server."""
    house.engine.dispose()
    return House(house.url, house.folder, house.knowledge, url)


def newest(house: House, template: str) -> Any:
    rows = house.rows("select * from outbox_item where template = :template order by made_at desc", template)
    return rows[0]


def test_mail_arrives_as_text_and_html_under_the_id_of_its_item(house: House, server: MailServer) -> None:
    house.ask(KIM)
    with server.running(port_of(house)):
        house.work()
    (message,) = server.mails
    assert (message["To"], message["From"]) == (KIM, "Portaal <portaal@hulp.example>")
    assert message["Message-ID"] == f"<{newest(house, 'bevestigen').id}@hulp.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "multipart/alternative"
    token = house.token(CONFIRM, "bevestigen")
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        assert f"/contact/bevestigen?sleutel={token}" in body.get_content()


def test_receipt_arrives_with_its_file(house: House, server: MailServer) -> None:
    house.ask(KIM)
    house.leads.confirm(house.token(CONFIRM, "bevestigen"))
    with server.running(port_of(house)):
        house.work()
    (message,) = (mail for mail in server.mails if mail["Subject"] == "Je aanvraag is verstuurd")
    (attachment,) = message.iter_attachments()
    assert attachment.get_content_type() == "application/json"
    assert attachment.get_filename() == "ontvangstbewijs-spot035.json"


def test_server_that_is_away_for_hours_gets_everything_when_it_is_back(house: House, server: MailServer) -> None:
    house.ask(KIM)
    gone, back = house.clock.now, 9 * HOUR
    while house.clock.now - gone < back:
        house.work()
        assert newest(house, "bevestigen").state == queue.WAITING
        house.clock.pass_by(max(1, newest(house, "bevestigen").due_at - house.clock.now))
    with server.running(port_of(house)):
        house.work()
    assert [message["To"] for message in server.mails] == [KIM]
    assert newest(house, "bevestigen").state == queue.SENT
    assert newest(house, "bevestigen").tries > 5


def test_address_that_is_refused_for_good_is_given_up_at_once_and_reported(house: House, server: MailServer) -> None:
    house.ask(KIM)
    server.refuse = lambda address: f"550 no such user {address}" if address == KIM else None
    with server.running(port_of(house)):
        house.work()
        refused = newest(house, "bevestigen")
        assert (refused.state, refused.tries, refused.fault) == (queue.GIVEN_UP, 1, "SMTPRecipientsRefused 550")
        house.clock.pass_by(HOUR)
        house.work()
    assert [message["Subject"] for message in server.mails] == ["Berichten zijn niet aangekomen"]


def test_mail_that_is_refused_for_good_is_given_up_at_once(house: House, server: MailServer) -> None:
    house.ask(KIM)
    server.answer = lambda: "554 this is spam"
    with server.running(port_of(house)):
        house.work()
    assert (newest(house, "bevestigen").state, newest(house, "bevestigen").fault) == (
        queue.GIVEN_UP,
        "SMTPDataError 554",
    )


@pytest.mark.parametrize("where", ["address", "mail"])
def test_server_that_says_later_is_asked_later(house: House, server: MailServer, where: str) -> None:
    house.ask(KIM)
    answers = ["451 greylisted", "452 full", "421 busy"]
    if where == "address":
        server.refuse = lambda _address: answers.pop() if answers else None
    else:
        server.answer = lambda: answers.pop() if answers else None
    with server.running(port_of(house)):
        for _ in range(4):
            house.work()
            house.clock.pass_by(max(1, newest(house, "bevestigen").due_at - house.clock.now))
    assert len(server.mails) == 1
    assert (newest(house, "bevestigen").state, newest(house, "bevestigen").tries) == (queue.SENT, 4)


def test_password_that_is_refused_lets_mails_wait_for_the_operator(house: House, server: MailServer) -> None:
    house.ask(KIM)
    with server.running() as url:  # it knows no passwords
        other = at(house, url.replace("smtp://", "smtp://naam:geheim@"))
        other.work()
    waits = newest(other, "bevestigen")
    assert waits.state == queue.WAITING
    assert waits.fault
    assert "geheim" not in waits.fault


@pytest.mark.parametrize("greeting", [b"", b"220 mail.example\r\n"])
def test_server_that_falls_silent_costs_its_time_and_nothing_else(
    house: House, monkeypatch: pytest.MonkeyPatch, greeting: bytes
) -> None:
    monkeypatch.setattr(mail_module, "SECONDS", 0.2)
    house.ask(KIM)
    with half_open(greeting) as url:
        other = at(house, url)
        other.work()
    assert newest(other, "bevestigen").state == queue.WAITING
    assert newest(other, "bevestigen").fault.startswith("SMTP")


def test_server_that_sends_a_byte_now_and_then_is_left_in_the_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_module, "LONGEST_SECONDS", 0.3)
    house.ask(KIM)

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not reader.at_eof():
            writer.write(b"2")
            await asyncio.sleep(0.05)
        writer.close()
        left.set()

    async def work() -> None:
        async with await asyncio.start_server(drip, "127.0.0.1", port_of(house)):
            worker = house.worker()
            while await worker.step():
                pass
            await left.wait()

    left = asyncio.Event()
    asyncio.run(work())
    assert (newest(house, "bevestigen").state, newest(house, "bevestigen").fault) == (queue.WAITING, "TimeoutError")


def test_mail_that_was_taken_but_not_noted_comes_again_under_the_same_id(house: House, server: MailServer) -> None:
    house.ask(KIM)
    with server.running(port_of(house)):
        # As when the process dies in the moment between: the mail is out, and the database does not know.
        (taken,) = house.outbox.take_mails("dood", house.clock.now, 1)
        asyncio.run(house.mailer.send(house.letters.write(taken)))
        house.clock.pass_by(200)
        house.work()
    first, second = server.mails
    assert first["Message-ID"] == second["Message-ID"]
    body, again = first.get_body(("plain",)), second.get_body(("plain",))
    assert body is not None
    assert again is not None
    assert body.get_content() == again.get_content()


def test_second_in_which_a_mail_was_taken_is_the_one_that_is_noted(house: House, server: MailServer) -> None:
    house.ask(KIM)
    moments: list[float] = []

    def note() -> None:
        moments.append(time.time())

    server.answer = note
    with server.running(port_of(house)):
        house.work()
    assert abs(newest(house, "bevestigen").done_at - moments[0]) <= 1
