"""The intake as somebody at an event uses it: by what is on the screen, with a finger or the keyboard."""

import re
import time
from datetime import date
from typing import Any

from playwright.sync_api import Locator, Page, expect

from analytics.database import open_database
from api.events.repository import Events
from api.events.service import Created, EventPlan, EventService
from knowledge.base import load
from tests.product.running import Product

CORE = (
    "Administratie en planning",
    "In een boekhoudprogramma",
    "Ik heb een website of social media, maar doe er weinig mee",
    "Ze staan in lijsten, ik gebruik ze weinig",
    "Soms, met de hand",
    "Overal een ander wachtwoord",
)
CORE_CODES = {
    "personen": "2-9",
    "bedrijf": "onbekend",
    "gemeente": "GM0355",
    "hulpvraag": "administratie",
    "administratie": "2",
    "vindbaar": "1",
    "gegevens": "1",
    "backup_updates": "1",
    "inloggen": "1",
}
FURTHER = 5
STORED_SECONDS = 30
# The first button of each question, as fast as the page can ask them.
TAPS = "() => { for (let n = 0; n < 9; n++) document.querySelector('button.optie').click(); }"
ROWS = """name => new Promise((resolve, reject) => {
    const opening = indexedDB.open("intake");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const reading = opening.result.transaction(name).objectStore(name).getAll();
        reading.onsuccess = () => { opening.result.close(); resolve(reading.result); };
    };
})"""


def make_event(product: Product, *, name: str = "Ondernemersborrel Zeist") -> Created:
    """An event of today in Zeist, in the database of the running product."""
    plan = EventPlan(name, date.today(), "GM0355", "Gemeente Zeist", "utrecht")
    return register(product).create(plan, date.today())


def register(product: Product) -> EventService:
    """The register of events of the running product."""
    return EventService(Events(open_database(product.database_url)), load())


class Tablet:
    """The intake of one event on one page. `faults` is what the console complained of."""

    def __init__(self, page: Page, product: Product, code: str) -> None:
        """Look at a page; it is opened by `visit`."""
        self.page = page
        self.product = product
        self.code = code
        self.address = f"{product.url}/intake/{code}"
        self.faults: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type != "info" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))

        self.heading = page.get_by_role("heading", level=1)
        self.field = page.get_by_role("combobox")
        self.list = page.get_by_role("listbox")
        self.result = page.get_by_role("article")
        self.bar = page.locator("#stand")
        self.ready = page.get_by_text("✓ Klaar voor gebruik zonder internet")

    def visit(self) -> "Tablet":
        """Open the intake and wait for its first screen."""
        self.page.goto(self.address)
        expect(self.heading).to_be_visible()
        return self

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def begin(self) -> "Tablet":
        """Start an intake, as whoever is there."""
        self.button(re.compile("Doe de scan zelf|Start een intake")).click()
        expect(self.page.get_by_text("Vraag 1 van 9")).to_be_visible()
        return self

    def log_in(self, key: str) -> None:
        """Log in as staff."""
        self.page.get_by_text("Medewerker: aanmelden").click()
        self.page.get_by_label("Sleutel van dit evenement").fill(key)
        self.button("Aanmelden").click()

    def tap(self, *titles: str) -> None:
        """Tap answers, one after another."""
        for title in titles:
            self.button(title).click()

    def core(self) -> "Tablet":
        """The nine questions by taps: 2 to 9 people, a sector that is left open, Zeist."""
        self.tap("2 tot 9", "Weet ik niet", "Zeist", *CORE)
        expect(self.result).to_be_visible()
        return self

    def further(self) -> None:
        """The five further questions, always the third answer."""
        self.tap("Vijf extra vragen")
        for _ in range(FURTHER):
            self.page.locator("button.optie").nth(2).click()
        expect(self.result).to_be_visible()

    def several(self, count: int) -> None:
        """Take intakes as fast as the page can."""
        for _ in range(count):
            self.begin()
            self.page.evaluate(TAPS)
            expect(self.result).to_be_visible()
            self.button("Klaar").click()

    def stored(self, store: str = "intakes") -> list[dict[str, Any]]:
        """What lies in the browser's database, as a person with its files reads it."""
        found: list[dict[str, Any]] = self.page.evaluate(ROWS, store)
        return found

    def until_stored(self, count: int) -> None:
        """Wait until so many intakes lie in the browser's database."""
        deadline = time.monotonic() + STORED_SECONDS
        while len(self.stored()) != count:
            assert time.monotonic() < deadline, f"{len(self.stored())} intakes lie there instead of {count}"
            self.page.wait_for_timeout(100)

    def until(self, script: str) -> None:
        """Wait until a script of the page, which may take its time, gives true."""
        deadline = time.monotonic() + STORED_SECONDS
        while not self.page.evaluate(script):
            assert time.monotonic() < deadline, f"never true: {script}"
            self.page.wait_for_timeout(100)

    def until_sent(self) -> None:
        """Wait until nothing waits any more."""
        expect(self.bar).to_contain_text("Alles is verstuurd", timeout=20_000)

    def until_recorded(self, count: int) -> None:
        """Wait until so many intakes are on record."""
        deadline = time.monotonic() + STORED_SECONDS
        while len(self.records()) != count:
            assert time.monotonic() < deadline, f"{len(self.records())} intakes are on record instead of {count}"
            self.page.wait_for_timeout(100)

    def records(self) -> list[dict[str, Any]]:
        """The anonymous records of the event."""
        return self.product.rows("select * from referral where event = ?", self.code)
