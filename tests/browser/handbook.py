"""What the handbooks show: each picture, how to get there, and what has to be in it."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from actions.preview.__main__ import PAGE
from knowledge.base import FOLDER, load
from tests.api.lead_office import DAY, ONE, Office
from tests.browser.login import logged_in_as
from tests.browser.tablet import Tablet, make_event
from tests.browser.widget import Widget
from tests.product.running import Product

PORTAL, PHONE, TABLET = (900, 700), (430, 720), (900, 640)
LEFT_OUT = ("amersfoort", "hilversum", "u10", "veenendaal", "provincie-utrecht")


class Stage:
    """The running product, and browsers in which somebody uses it."""

    def __init__(self, browser: Browser, product: Product, folder: Path) -> None:
        self.product, self.folder = product, folder
        self._browser = browser
        self._contexts: list[BrowserContext] = []

    def page(self, size: tuple[int, int], kept: Any = None) -> Page:
        """An empty page, for who is not logged in unless what a browser keeps says so."""
        viewport = {"width": size[0], "height": size[1]}
        context = self._browser.new_context(viewport=viewport, locale="nl-NL", storage_state=kept, color_scheme="light")
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        return context.new_page()

    def staff(self, name: str, role: str, path: str, **more: Any) -> Page:
        """A page of the portal, of somebody with this role."""
        page = self.page(PORTAL, logged_in_as(self._browser, self.product, name, role, **more))
        page.goto(self.product.url + path)
        return page

    def owner(self, path: str) -> Page:
        return self.staff("Olga", "eigenaar", path, initiatives=[ONE], confirmed=True)

    def lead(self) -> str:
        """A request for contact of yesterday."""
        office = Office.of_product(self.product, load())
        lead: str = office.lead(when=int(time.time()) - DAY)
        office.engine.dispose()
        return lead

    def widget(self) -> Widget:
        page = self.page(PHONE)
        return Widget(page, self.product.url, "Start").visit("/?site=utrecht")

    def tablet(self) -> Tablet:
        return Tablet(self.page(TABLET), self.product, make_event(self.product).event.code).visit()

    def edited(self) -> Path:
        """A copy of the texts in which somebody changed the first question, with its preview."""
        folder = self.folder / "inhoud"
        left_out = ("*.py", "__pycache__", *(f"{site}.yaml" for site in LEFT_OUT))
        shutil.copytree(FOLDER, folder / "knowledge", ignore=shutil.ignore_patterns(*left_out))
        shutil.copy(FOLDER.parent / "domain.yml", folder)
        git = ("git", "-c", "user.name=Cor", "-c", "user.email=cor@gemeente.example")
        for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message", "Begin")):
            subprocess.run((*git, *command), cwd=folder, check=True)
        intake = folder / "knowledge/intake.yaml"
        intake.write_text(intake.read_text(encoding="utf-8").replace("Tel jezelf mee.", "Tel jezelf ook mee."))
        # Apart, because Playwright has an event loop of its own here.
        command = (sys.executable, "-W", "ignore", "-m", "actions.preview")
        subprocess.run(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(FOLDER.parent)}, check=True)
        return folder / PAGE

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@contextmanager
def stage(browser: Browser, product: Product, folder: Path) -> Iterator[Stage]:
    """A stage that is cleared afterwards."""
    made = Stage(browser, product, folder)
    try:
        yield made
    finally:
        made.close()


def _scrolled_to(page: Page, heading: str) -> Page:
    """The part of a page that the text beside its picture tells of."""
    page.get_by_role("heading", name=heading).evaluate("heading => heading.scrollIntoView()")
    return page


def entrepreneur_start(stage: Stage) -> Page:
    widget = stage.widget()
    expect(widget.launcher).to_be_visible()
    return widget.page


def entrepreneur_question(stage: Stage) -> Page:
    widget = stage.widget().open()
    widget.profile()
    expect(widget.choices.last).to_be_visible()
    return widget.page


def entrepreneur_result(stage: Stage) -> Page:
    widget = stage.widget().scan()
    expect(widget.button("Nog vijf vragen")).to_be_visible()
    widget.card.scroll_into_view_if_needed()
    return widget.page


def event_new(stage: Stage) -> Page:
    page = stage.staff("Eva", "evenement", "/portaal/evenementen")
    page.get_by_role("link", name="Maak een evenement aan").click()
    page.get_by_label("Naam van het evenement").fill("Ondernemersontbijt")
    page.get_by_label("Organisator").fill("Gemeente Zeist")
    page.get_by_label("Gemeente").select_option("Zeist")
    return page


def event_page(stage: Stage) -> Page:
    page = stage.staff("Eva", "evenement", f"/portaal/evenementen/{make_event(stage.product).event.code}")
    for name in ("Lees intakes in", "Naar de samenvatting"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    return _scrolled_to(page, "Om te printen")


def event_import(stage: Stage) -> Page:
    page = stage.staff("Eva", "evenement", f"/portaal/evenementen/{make_event(stage.product).event.code}/inlezen")
    expect(page.get_by_role("button", name="Bekijk het bestand")).to_be_visible()
    return page


def tablet_start(stage: Stage) -> Page:
    tablet = stage.tablet()
    expect(tablet.ready).to_be_visible(timeout=30_000)
    return tablet.page


def tablet_question(stage: Stage) -> Page:
    tablet = stage.tablet().begin()
    tablet.tap("2 tot 9", "Weet ik niet", "Zeist")
    expect(tablet.button("Vorige")).to_be_visible()
    return tablet.page


def tablet_result(stage: Stage) -> Page:
    tablet = stage.tablet().begin().core()
    for name in ("Naar mijn telefoon", "Pas antwoorden aan"):
        expect(tablet.button(name)).to_be_visible()
    return tablet.page


def owner_leads(stage: Stage) -> Page:
    stage.lead()
    page = stage.owner("/portaal/aanvragen")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aanvragen")
    return page


def owner_lead(stage: Stage) -> Page:
    page = stage.owner(f"/portaal/aanvragen/{stage.lead()}")
    expect(page.get_by_text("Jan de Wit").first).to_be_visible()
    return _scrolled_to(page, "Hoe staat het ermee?")


def owner_initiative(stage: Stage) -> Page:
    page = stage.owner("/portaal/initiatieven")
    page.get_by_role("link", name="Bekijk de gegevens").click()
    expect(page.get_by_role("button", name="Ja, alles klopt")).to_be_visible()
    expect(page.get_by_role("link", name="Nee, er is iets anders")).to_be_visible()
    return page


def people(stage: Stage) -> Page:
    page = stage.staff("Cor", "coordinator", "/portaal/mensen")
    expect(page.get_by_role("heading", name="Nodig iemand uit")).to_be_visible()
    return page


def administration(stage: Stage) -> Page:
    page = stage.staff("Cor", "coordinator", "/portaal/beheer")
    expect(page.get_by_role("heading", name="Dit vraagt aandacht")).to_be_visible()
    return page


def figures(stage: Stage) -> Page:
    page = stage.staff("Wim", "werkgroep", "/portaal/cijfers")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def preview(stage: Stage) -> Page:
    page = stage.page(PORTAL)
    page.goto(stage.edited().as_uri())
    expect(page.locator("ins", has_text=re.compile("^ook")).first).to_be_visible()
    page.locator("#deel-1").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#deel-1').scrollIntoView()")
    return page


# Name of the picture, without .png: how to get there.
SHOTS: dict[str, Callable[[Stage], Page]] = {
    "ondernemer-start": entrepreneur_start,
    "ondernemer-vraag": entrepreneur_question,
    "ondernemer-uitslag": entrepreneur_result,
    "evenement-nieuw": event_new,
    "evenement-pagina": event_page,
    "evenement-inlezen": event_import,
    "tablet-begin": tablet_start,
    "tablet-vraag": tablet_question,
    "tablet-uitslag": tablet_result,
    "eigenaar-aanvragen": owner_leads,
    "eigenaar-aanvraag": owner_lead,
    "eigenaar-initiatief": owner_initiative,
    "werkgroep-mensen": people,
    "werkgroep-beheer": administration,
    "werkgroep-cijfers": figures,
    "inhoud-voorbeeld": preview,
}
