"""Leads from the side of the entrepreneur, without HTTP, on a clock that the test sets."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from analytics.database import migrate, open_database
from api.leads import service
from api.leads.contact import Contact
from api.leads.keeping import Keeper
from api.leads.keys import KeyRing
from api.leads.service import Ask, Asked, Leads, Standing
from api.leads.vault import Content, Profile, Vault
from api.portal.attempts import Attempts
from api.portal.repository import PortalRepository
from api.settings import Settings
from knowledge.base import Knowledge

ONE, OTHER, NOBODYS = "kvk", "spot035", "u-tech-community"
DAY = 24 * 60 * 60
START = 1_795_680_000  # 2026-11-26
TODAY = date(2026, 11, 26)
FIRM = Profile("T", "S", "2-9", "GM0355", "engaged", "klanten", "utrecht")
TABLES = ("lead_key", "lead_link", "lead", "outbox_item", "attempt", "outcome")


class Asking:
    """Two initiatives that somebody looks after, and whoever asks them something."""

    def __init__(self, url: str, folder: Path, knowledge: Knowledge) -> None:
        migrate(url)
        self.settings = Settings(database_url=url, secrets_folder=folder)
        self.engine, self.vault = open_database(url), Vault(KeyRing(self.settings))
        self.leads = Leads(self.engine, knowledge, self.vault, Attempts(self.engine, self.vault.index))
        self.keeper = Keeper(self.engine, self.vault)
        people = PortalRepository(self.engine)
        for initiative in (ONE, OTHER):
            people.invite(f"{initiative}@eigenaar.example", initiative, "eigenaar", [initiative])
        self.now = START

    def begin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Start without leads, and let the service read the time here."""
        self.now = START
        monkeypatch.setattr(service, "time", SimpleNamespace(time=lambda: self.now))
        with self.engine.begin() as connection:
            for table in TABLES:
                connection.execute(text(f"delete from {table}"))

    def ask(
        self,
        *initiatives: str,
        email: str | None = "noor@bakkerij.example",
        key: str | None = None,
        site: str = "utrecht",
        texts: dict[str, str] | None = None,
    ) -> Asked:
        contact = Contact("Noor Bakker", email, "+31612345678", "telefoon", "altijd", "Bel maar")
        agreed = {name: self.leads.notice(name).hash for name in initiatives or (ONE, OTHER)}
        profile = Profile(**{**vars(FIRM), "site": site})
        return self.leads.ask(Ask(contact, profile, agreed if texts is None else texts, key), None, TODAY)

    def token(self, purpose: str, template: str = "bevestigen", number: int = -1) -> str:
        """The token in a mail of a kind; the newest unless told."""
        rows = self.rows("select id from outbox_item where template = :template order by made_at", template=template)
        return self.vault.token(purpose, rows[number].id)

    def asked_and_confirmed(self, *initiatives: str, **more: Any) -> tuple[Standing, ...]:
        self.now += 1  # so that it is known which mail is the newest
        self.ask(*initiatives, **more)
        return self.leads.confirm(self.token("bevestigen"))

    def rows(self, query: str, **values: Any) -> Sequence[Any]:
        with self.engine.connect() as connection:
            return connection.execute(text(query), values).all()

    def statuses(self) -> dict[str, str]:
        return {row.initiative: row.status for row in self.rows("select initiative, status from lead")}

    def told(self, template: str) -> int:
        """How many mails of a kind there are in the outbox."""
        query = "select count(*) as number from outbox_item where template = :template"
        return int(self.rows(query, template=template)[0].number)

    def outcomes(self) -> list[tuple[str, str, str]]:
        query = "select initiative, step, outcome from outcome order by initiative, step, outcome"
        return [tuple(row) for row in self.rows(query)]

    def contents(self) -> list[Content]:
        query = "select lead.id, box, wrapped from lead join lead_key on lead = lead.id order by initiative"
        return [self.vault.open(row.id, bytes(row.box), bytes(row.wrapped)) for row in self.rows(query)]

    def sweep(self) -> None:
        """Do all that is due now."""
        while self.keeper.sweep(self.now):
            pass


def address() -> str:
    return f"{uuid4().hex}@bakkerij.example"
