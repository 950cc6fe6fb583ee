"""Leads as they lie with their owners, on a day that the test sets, without anything around them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from msgspec import structs
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from analytics.database import migrate, open_database
from api.audit_log.models import AuditEntry
from api.leads import consent, repository
from api.leads.contact import Contact
from api.leads.deadlines import Deadlines
from api.leads.desk import Desk, Viewer
from api.leads.handover import hand_over
from api.leads.keeping import Keeper
from api.leads.keys import KeyRing
from api.leads.models import Consent, Lead
from api.leads.progress import Step
from api.leads.service import Leads
from api.leads.vault import Content, Profile, Vault
from api.leads.working_days import TIME_ZONE
from api.outbox.models import OutboxItem
from api.portal.attempts import Attempts
from api.portal.models import Account
from api.portal.repository import PortalRepository
from api.settings import Settings
from knowledge.base import Knowledge
from tests.api.portal_door import Door
from tests.product.running import Product

ONE, OTHER = "kvk", "spot035"
SOMEBODY = Contact("Jan de Wit", "jan@bakkerij.example", "+31612345678", "telefoon", "ochtend", "Graag na tienen.")
FIRM = Profile("C", "C", "2-9", "GM0355", "adhoc", "klanten", "demo")
DAY = 24 * 60 * 60
# What no page shows but that of the one lead, to the owner of its initiative.
SECRETS = ("Jan de Wit", "jan@bakkerij.example", "12345678", "tienen", "Zeist")


def at(moment: str) -> int:
    """A moment in the Netherlands, such as 2026-11-26 10:00, in seconds since 1970."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=TIME_ZONE).timestamp())


NOW = at("2026-11-26 10:00")


def world_in_which_it_ended(knowledge: Knowledge, last_day: date = date(2026, 11, 25)) -> Knowledge:
    """The same data, but for the initiative ONE, which had a last day."""
    catalogue = tuple(
        structs.replace(entry, begin=None, einde=last_day) if entry.id == ONE else entry
        for entry in knowledge.catalogue
    )
    edition = replace(knowledge.editions.current(), catalogue=catalogue)
    return replace(knowledge, editions=SimpleNamespace(current=lambda: edition))


class Office:
    """Two initiatives, each with an owner, and a coordinator."""

    def __init__(self, engine: Engine, knowledge: Knowledge, vault: Vault) -> None:
        self.engine, self.knowledge, self.vault = engine, knowledge, vault
        self.people = PortalRepository(engine)
        self.desk = Desk(engine, vault)
        self.keeper = Keeper(engine, vault)
        self.deadlines = Deadlines(engine, knowledge, vault)

    @classmethod
    def new(cls, folder: Path, knowledge: Knowledge, url: str = "") -> "Office":
        url = url or f"sqlite:///{folder / 'x.db'}"
        migrate(url)
        vault = Vault(KeyRing(Settings(secrets_folder=folder / "secrets")))
        office = cls(open_database(url), knowledge, vault)
        office.invite("anna", ONE)
        office.invite("bert", OTHER)
        office.people.invite("cor@gemeente.example", "Cor", "coordinator")
        return office

    @classmethod
    def of_product(cls, product: Product, knowledge: Knowledge) -> "Office":
        """That of a product that runs, with its own keys; its tables have more in them."""
        vault = Vault(KeyRing(Settings(secrets_folder=product.folder / "secrets")))
        return cls(open_database(product.database_url), knowledge, vault)

    @classmethod
    def behind(cls, door: Door) -> "Office":
        """That of a portal, without leads of other tests."""
        parts = door.app.state.parts
        with door.engine.begin() as connection:
            for table in ("lead_key", "lead", "outbox_item", "outcome", "participant"):
                connection.execute(text(f"delete from {table}"))
        office = cls(door.engine, parts.knowledge, parts.vault)
        office.invite("anna", ONE)
        office.invite("bert", OTHER)
        return office

    def invite(self, name: str, *initiatives: str) -> None:
        self.people.invite(f"{name}@initiatief.example", name.capitalize(), "eigenaar", initiatives)

    def leave(self, name: str) -> None:
        """Close the account of an owner."""
        assert self.people.withdraw(f"{name}@initiatief.example", NOW)

    def erase(self) -> None:
        """Take everything back, as the entrepreneur can at any moment."""
        leads = Leads(self.engine, self.knowledge, self.vault, Attempts(self.engine, self.vault.index))
        assert leads.erase(SOMEBODY.email or "") > 0

    def account(self, name: str) -> str:
        with Session(self.engine) as session:
            return session.scalars(select(Account.id).where(Account.name == name.capitalize())).one()

    def viewer(self, name: str) -> Viewer:
        """Who somebody is now, as the portal finds at every request."""
        person = next(one for one in self.people.people() if one.name == name.capitalize())
        return Viewer(person.id, person.initiatives)

    def lead(self, initiative: str = ONE, when: int = NOW, **changed: Any) -> str:
        """A lead that came to its owner at a moment."""
        identifier, request = uuid4().hex, uuid4().hex
        contact = replace(
            SOMEBODY, **{name: changed.pop(name) for name in ("name", "email", "note") if name in changed}
        )
        box, key = self.vault.seal(identifier, Content(contact, changed.pop("profile", FIRM)))
        with Session(self.engine) as session, session.begin():
            notice = consent.notice(next(one for one in self.knowledge.catalogue if one.id == initiative))
            lead = Lead(
                id=identifier,
                request=request,
                initiative=initiative,
                status="aangevraagd",
                phone_only=contact.email is None,
                counts=changed.pop("counts", True),
                box=box,
                email_index=self.vault.index(contact.email or contact.phone or ""),
                consent=str(uuid4()),
                requested_at=when,
                destroy_at=when + 3 * DAY,
                settled=False,
                version=1,
            )
            proof = Consent(
                id=lead.consent,
                schema_version="1",
                controller="Demonstratie",
                recipient=initiative,
                purpose=consent.PURPOSE,
                categories=list(consent.CATEGORIES),
                notice=consent.NOTICE,
                text=notice.hash,
                language="nl",
                method="gesprek",
                jurisdiction="NL",
                expires_at=when + consent.KEEP_SECONDS,
            )
            repository.add(session, repository.Sealed(lead, key, proof, notice))
            hand_over(session, lead, when)
        return identifier

    def move(self, lead: str, *statuses: str, now: int = NOW, name: str = "anna", **more: Any) -> None:
        """Take steps, one after another."""
        for status in statuses:
            given = {"helped": True} | more if status == "afgerond" else more
            self.desk.move(self.viewer(name), lead, Step(status, **given), self.row(lead).version, now)

    def row(self, lead: str) -> Lead:
        with Session(self.engine) as session:
            return session.scalars(select(Lead).where(Lead.id == lead)).one()

    def outcomes(self) -> list[tuple[str, str, str]]:
        """Steps of the anonymous record but the first, in no order that means anything."""
        query = "select step, outcome, lead_time from outcome where step != 'aangevraagd' order by step, outcome"
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def participants(self) -> list[Any]:
        query = "select initiative, year, sector, municipality, size_class, stage, origin from participant"
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    def log(self, lead: str) -> list[tuple[str, str, str]]:
        with Session(self.engine) as session:
            entries = session.scalars(select(AuditEntry).where(AuditEntry.subject == lead).order_by(AuditEntry.number))
            return [(entry.who, entry.action, entry.reason) for entry in entries]

    def outbox(self) -> list[OutboxItem]:
        with Session(self.engine) as session:
            return list(session.scalars(select(OutboxItem).order_by(OutboxItem.template)))

    def mails(self) -> list[str]:
        return [item.template for item in self.outbox()]

    def clear_outbox(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(text("delete from outbox_item"))

    def sweep(self, now: int, sweep: Callable[[int], int] | None = None) -> list[str]:
        """Do what is due at a moment, and give the mails that were made of it."""
        self.clear_outbox()
        while (sweep or self.deadlines.sweep)(now):
            pass
        return self.mails()
