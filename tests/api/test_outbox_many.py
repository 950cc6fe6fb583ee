"""Many leads, and everything that can go wrong going wrong at random: each arrives once or is reported."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiosmtplib
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api.leads import contact
from api.leads.service import CONFIRM, Ask
from api.mail import Mail
from api.outbox import queue
from api.outbox.faults import Failed
from api.outbox.mail_sender import MailSender
from api.outbox.repository import Item
from api.outbox.worker import Worker
from api.webhooks.models import Webhook
from knowledge.base import Knowledge
from tests.api.post_office import INITIATIVE, PROFILE, TODAY, House, house_for
from tests.slow import mostly_slow

FEW, MANY = 200, 1_000  # leads, of which one in ten by mail
FAULTS = 0.3
HOUR = 60 * 60


@pytest.fixture(params=[FEW, pytest.param(MANY, marks=pytest.mark.slow)])
def leads_asked(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=mostly_slow(["sqlite", "postgresql"], "sqlite"))
def house(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> Iterator[House]:
    made = house_for(request, tmp_path, knowledge)
    yield made
    made.engine.dispose()


class World:
    """Servers that take what is sent, refuse it, break down before or after that, or take a process with them."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.arrived: Counter[str] = Counter()

    def _happen(self, identifier: str, for_good: Exception, for_now: Exception) -> None:
        if self.chance.random() >= FAULTS:
            self.arrived[identifier] += 1
            return
        fault = self.chance.choice(("now", "now", "now", "dies", "dies after", "breaks after", "good"))
        if fault.endswith("after"):
            self.arrived[identifier] += 1
        if fault.startswith("dies"):
            raise asyncio.CancelledError
        if fault == "good" and self.chance.random() < 0.5:  # some of a few hundred, in whatever order they come
            raise for_good
        raise for_now

    async def take_mail(self, mail: Mail) -> None:
        never = aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(550, "no", mail.to)])
        self._happen(mail.identifier, never, aiosmtplib.SMTPServerDisconnected("gone"))

    async def send(self, item: Item) -> None:
        self._happen(item.id, Failed("antwoord 400"), Failed("antwoord 503", 30))


def fill(house: House, leads: int) -> None:
    """Ask for contact; some by mail, and the others, by telephone, come to their owner at once."""
    house.staff()
    with Session(house.engine) as session, session.begin():
        secret = house.vault.wrap(b"whsec_AAAA")
        session.add(
            Webhook(
                id="w", initiative=INITIATIVE, url="https://crm.example/", secret=secret, active=True, made_at=0
            )
        )  # fmt: skip
    texts = {INITIATIVE: house.leads.notice(INITIATIVE).hash}
    house.leads._count = lambda *_given: None  # type: ignore[method-assign]
    for number in range(leads):
        how = (
            {"email": f"f{number}@bedrijf.example"}
            if number < leads // 10
            else {"telefoon": f"06{10_000_000 + number}"}
        )
        given = contact.contact({"naam": "Kim", **how})
        house.leads.ask(Ask(given, PROFILE, texts, str(number)), None, TODAY)


def confirm_what_arrived(house: House, world: World) -> None:
    for row in house.rows("select id from outbox_item where template = 'bevestigen'"):
        if world.arrived[row.id]:
            house.leads.confirm(house.vault.token(CONFIRM, row.id))


def unlucky(house: House, world: World) -> None:
    """Let the database be busy now and then when something was sent."""
    finish = house.outbox.finish

    def busy(*given: Any) -> bool:
        if world.chance.random() < 0.02:
            raise OperationalError("x", {}, Exception())
        return finish(*given)

    house.outbox.finish = busy  # type: ignore[method-assign]


def test_each_arrives_once_or_is_reported_and_none_is_lost(
    house: House, leads_asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(20261126)
    fill(house, leads_asked)
    unlucky(house, world)
    monkeypatch.setattr("api.outbox.worker.NOTE_TRIES", 1)
    monkeypatch.setattr(house.mailer, "send", world.take_mail)
    mails = MailSender(house.letters, house.mailer)

    async def two() -> None:
        await asyncio.gather(*(_all(house.worker(mail=mails, webhook=world)) for _ in range(2)))

    for _ in range(200):
        asyncio.run(two())
        confirm_what_arrived(house, world)
        waiting = house.rows("select min(due_at) as due_at from outbox_item where state = 'wacht'")[0].due_at
        if waiting is None:
            break
        house.clock.pass_by(max(HOUR, waiting - house.clock.now))

    items = house.rows("select id, kind, template, lead, state, tries, done_at from outbox_item")
    assert {row.state for row in items} <= {queue.SENT, queue.GIVEN_UP, queue.CANCELLED}, "nothing waits for ever"
    for row in items:
        if row.state == queue.SENT:
            assert world.arrived[row.id] >= 1, f"{row} is said to be sent and did not arrive"
    given_up = [row for row in items if row.state == queue.GIVEN_UP and row.template != "afleveren-mislukt"]
    assert given_up, "the test lets nothing go wrong"
    # By a mail that is tried after it, and that may be given up itself; and in the portal, whatever becomes of mails.
    alarms = [row.done_at for row in items if row.template == "afleveren-mislukt"]
    assert max(alarms, default=0) >= max(row.done_at for row in given_up), "what was given up was not reported"
    assert {row.id for row in given_up} <= {item.id for item in house.outbox.given_up()}, "it is not in the portal"
    assert any(world.arrived[row.id] > 1 for row in items), "the test repeats nothing"

    leads = house.rows("select id, status from lead")
    assert len(leads) == leads_asked
    delivered = {row.id for row in leads if row.status == "afgeleverd"}
    told = Counter(row.lead for row in items if row.template == "nieuwe-aanvraag")
    asked = Counter(row.lead for row in items if row.template == "lead.created")
    assert told == asked == Counter(delivered), "one mail and one webhook for each lead, no more and no fewer"
    unconfirmed = [row for row in leads if row.id not in delivered]
    lost = [row for row in items if row.template == "bevestigen" and row.state == queue.GIVEN_UP]
    assert len(unconfirmed) <= len(lost)
    assert len(delivered) >= leads_asked * (1 - FAULTS / 10)


async def _all(worker: Worker) -> None:
    while await worker.step():
        pass
