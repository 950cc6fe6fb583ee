"""Asking for contact on a tablet, as somebody at an event does it, and the leads that come of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from playwright.sync_api import Locator, expect
from sqlalchemy import Connection, text

from analytics.database import open_database
from api.leads.keys import KeyRing
from api.leads.vault import Vault
from api.portal.repository import PortalRepository
from api.settings import Settings
from knowledge.base import load
from tests.browser.tablet import Tablet
from tests.product.running import Product

# Moments that are drawn by lot are the first possible ones.
AT_ONCE = "Math.random = () => 0;"
OWNER = "eva@werkplaats.example"
ASKED = "digitale-mkb-werkplaats-utrecht"


@contextmanager
def owners_of(product: Product, *initiatives: str) -> Iterator[None]:
    """Let somebody look after these initiatives and nobody after others, and let nobody have asked too often today."""
    engine = open_database(product.database_url)
    with engine.begin() as connection:
        others = connection.scalars(text("select id from account where active and role = 'eigenaar'")).all()
        _activate(connection, others, active=False)
        connection.execute(text("delete from attempt where kind like 'contact%'"))
    people = PortalRepository(engine)
    people.invite(OWNER, "Eva", "eigenaar", initiatives)
    yield
    owner = people.find(OWNER)  # None when a test closed the account and the product has forgotten it since
    with engine.begin() as connection:
        _activate(connection, [owner.id] if owner else [], active=False)
        _activate(connection, others, active=True)
    engine.dispose()


def lose_owners(product: Product) -> None:
    """Let nobody look after them any more."""
    engine = open_database(product.database_url)
    with engine.begin() as connection:
        connection.execute(text("update account set active = false where email = :email"), {"email": OWNER})
    engine.dispose()


def _activate(connection: Connection, accounts: Sequence[str], *, active: bool) -> None:
    for account in accounts:
        connection.execute(
            text("update account set active = :active where id = :id"), {"active": active, "id": account}
        )


def name_of(initiative: str) -> str:
    found = load().initiative(initiative)
    assert found
    return found.naam


def somebody() -> str:
    """A mail address that nobody had before."""
    return f"noor-{uuid4().hex[:12]}@bakkerij.example"


class ContactForm:
    """The form on the tablet, from the result on."""

    def __init__(self, tablet: Tablet) -> None:
        self.tablet = tablet
        self.page = tablet.page
        self.way = tablet.button("Vraag om contact")

    def open(self) -> "ContactForm":
        self.way.click()
        expect(self.tablet.heading).to_have_text("Vraag om contact")
        return self

    def box(self, initiative: str = ASKED) -> Locator:
        return self.page.get_by_role("checkbox", name=name_of(initiative))

    def fill(self, *, email: str = "", phone: str = "", name: str = "Noor Bakker", note: str = "") -> "ContactForm":
        """Tick one initiative and fill in the rest."""
        self.box().check()
        for label, given in (("Je naam", name), ("Je mailadres", email), ("Je telefoonnummer", phone)):
            self.page.get_by_label(label).fill(given)
        self.page.get_by_label("Wil je er iets bij zeggen?").fill(note)
        return self

    def send(self) -> None:
        self.tablet.tap("Verstuur mijn vraag")

    def ask(self, **filled: str) -> None:
        """All of it, until it is kept, or has left already."""
        self.open().fill(**filled).send()
        expect(self.tablet.heading).to_contain_text("Je vraag is")


def leads_of(product: Product, address: str) -> list[dict[str, Any]]:
    """The leads of a mail address or phone number."""
    vault = Vault(KeyRing(Settings(secrets_folder=product.folder / "secrets")))
    return product.rows("select * from lead where email_index = ?", vault.index(address))
