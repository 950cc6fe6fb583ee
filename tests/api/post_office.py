"""A house with leads, an outbox and a clock that the test sets, without a gateway; for SQLite and for PostgreSQL."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from analytics.database import migrate, open_database
from api.leads import contact
from api.leads.keys import KeyRing
from api.leads.service import Ask, Leads
from api.leads.vault import Profile, Vault
from api.mail import Mailer
from api.outbox.letters import Letters
from api.outbox.mail_sender import MailSender
from api.outbox.repository import Item, Outbox
from api.outbox.worker import Worker
from api.portal.attempts import Attempts
from api.portal.people import invitation
from api.portal.repository import PortalRepository
from api.settings import Settings
from knowledge.base import Knowledge

ADDRESS = "http://127.0.0.1:8000"
INITIATIVE = "spot035"
OWNER, COORDINATOR = "eigenaar@spot.example", "coordinator@regio.example"
PROFILE = Profile("F", "F", "2-9", "GM0344", "adhoc", "administratie", "demo")
TODAY = date(2026, 11, 26)


class Clock:
    """Seconds since 1970: at first those of this moment, and then as the test says."""

    def __init__(self) -> None:
        self.ahead = 0

    @property
    def now(self) -> int:
        return int(time.time()) + self.ahead

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: int) -> None:
        self.ahead += seconds


class Post:
    """Stands in for a server: notes what came, and does what the test wants first."""

    def __init__(self, *answers: Exception | None) -> None:
        self.came: list[Item] = []
        self.answers = list(answers)

    async def send(self, item: Item) -> None:
        self.came.append(item)
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer


@dataclass
class House:
    """Everything behind the mails."""

    url: str
    folder: Path
    knowledge: Knowledge
    smtp_url: str = ""
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        migrate(self.url)
        self.settings = Settings(
            database_url=self.url,
            smtp_url=self.smtp_url,
            public_url="",
            mail_from="Portaal <portaal@hulp.example>",
            mail_folder=self.folder / "mail",
            secrets_folder=self.folder / "secrets",
        )
        self.engine: Engine = open_database(self.url)
        self.vault = Vault(KeyRing(self.settings))
        self.attempts = Attempts(self.engine, self.vault.index)
        self.leads = Leads(self.engine, self.knowledge, self.vault, self.attempts)
        self.outbox = Outbox(self.engine)
        self.mailer = Mailer(self.settings)
        self.letters = Letters(self.engine, self.knowledge, self.vault, ADDRESS)
        self.people = PortalRepository(self.engine)

    def worker(self, **senders: Any) -> Worker:
        return Worker(self.outbox, {"mail": MailSender(self.letters, self.mailer), **senders}, clock=self.clock)

    def invite(self, email: str, role: str, initiatives: tuple[str, ...] = ()) -> str:
        invited = invitation(email, "Anna Bos", role, initiatives, known=initiatives)
        self.people.invite(invited.email, invited.name, invited.role, invited.initiatives)
        person = self.people.find(email)
        assert person is not None
        return person.id

    def staff(self) -> tuple[str, str]:
        """An owner of the initiative and a coordinator."""
        return self.invite(OWNER, "eigenaar", (INITIATIVE,)), self.invite(COORDINATOR, "coordinator")

    def ask(self, email: str, key: str | None = None, **typed: str) -> None:
        """Ask for contact, as the form does."""
        self.execute("delete from attempt")
        given = contact.contact({"naam": "Kim de Vries", "email": email, **typed})
        texts = {INITIATIVE: self.leads.notice(INITIATIVE).hash}
        self.leads.ask(Ask(given, PROFILE, texts, key), "192.0.2.1", TODAY)

    def token(self, purpose: str, template: str) -> str:
        """The token of the link in the newest mail of a template."""
        items = self.rows("select id from outbox_item where template = :template order by made_at desc", template)
        return self.vault.token(purpose, items[0].id)

    def rows(self, statement: str, template: str = "") -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(text(statement), {"template": template} if template else {}))

    def execute(self, statement: str) -> None:
        with self.engine.begin() as connection:
            connection.execute(text(statement))

    def states(self) -> dict[str, str]:
        """Of each item the state, by template; when there are several of one, the last."""
        return {
            row.template: row.state for row in self.rows("select template, state from outbox_item order by made_at")
        }

    def work(self, worker: Worker | None = None) -> None:
        """Let a worker do all that is due."""
        asyncio.run(_work(worker or self.worker()))

    def withdraw(self, template: str = "bevestigen") -> None:
        """Take everything of a request back, by the link in a mail."""
        token = self.token("intrekken", template)
        self.leads.withdraw(token, [standing.lead for standing in self.leads.standings(token, "intrekken")])

    def empty(self) -> None:
        """Start again, with nothing."""
        tables = ("outbox_item", "lead_link", "lead_key", "lead", "consent_event", "consent", "attempt")
        for table in (*tables, "webhook", "api_token", "account_initiative", "account"):
            self.execute(f"delete from {table}")


def house_for(request: pytest.FixtureRequest, folder: Path, knowledge: Knowledge) -> House:
    """A house without anything in it, with the database that the test is asked for: "sqlite" or "postgresql"."""
    on_server = getattr(request, "param", "sqlite") == "postgresql"
    url = request.getfixturevalue("postgresql") if on_server else f"sqlite:///{folder / 'x.db'}"
    house = House(url, folder, knowledge)
    house.empty()
    return house


async def _work(worker: Worker) -> None:
    while await worker.step():
        pass
