"""The widget as a person uses it: by what is on the screen, with the mouse, the keyboard or a finger."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, Response, expect

PROFILE = ("kapper", "Amersfoort")
CORE = (
    "Administratie en planning",
    "In een boekhoudprogramma",
    "Ik heb een website of social media, maar doe er weinig mee",
    "Ze staan in lijsten, ik gebruik ze weinig",
    "Soms, met de hand",
    "Overal een ander wachtwoord",
)
LAUNCHER = "Welke digitale hulp past bij mij?"
MOST_TABS = 40


def _is_turn(response: Response) -> bool:
    return response.request.method == "POST" and response.url.endswith(("/gesprekken", "/berichten"))


class Widget:
    """The widget on one page. `turn` is what the server answered last, `faults` what the console complained of."""

    def __init__(self, page: Page, url: str, launcher: str = LAUNCHER) -> None:
        """Look at a page; it is opened by `visit`."""
        self.page = page
        self.url = url
        self.turn: dict[str, Any] = {}
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type != "info" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url.removeprefix(url)))

        self.element = page.locator("mkb-assistent")
        self.launcher = self.button(launcher)
        self.panel = self.element.locator(".paneel")
        self.log = page.get_by_role("log")
        self.field = page.get_by_role("textbox", name=re.compile("Je antwoord|Your answer"))
        self.card = self.log.get_by_role("article")
        self.answers = self.element.locator("#antwoorden")
        self.alert = self.element.get_by_role("alert")
        self.choices = page.get_by_role("group", name="Kies een antwoord")

    def visit(self, path: str) -> "Widget":
        """Open a page of the product, or of another host."""
        self.page.goto(path if path.startswith("http") else self.url + path)
        return self

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def open(self) -> "Widget":
        """Press the launcher and wait for the first question."""
        with self._turn():
            self.launcher.click()
        return self

    def press(self, button: Locator) -> None:
        """Press a button that brings a turn."""
        with self._turn():
            button.click()

    def choose(self, *titles: str) -> None:
        """Choose buttons under the messages, one after another."""
        for title in titles:
            self.press(self.choices.get_by_role("button", name=title, exact=True))

    def say(self, *texts: str) -> None:
        """Type answers, one after another."""
        for text in texts:
            self.field.fill(text)
            with self._turn():
                self.field.press("Enter")

    def menu(self, item: str) -> None:
        """Choose something from the menu."""
        self.element.locator(".menu summary").click()
        self.button(item).click()

    def show_answers(self) -> Locator:
        """Unfold the answers; gives their list."""
        self.answers.locator("summary").click()
        rows = self.answers.get_by_role("listitem")
        expect(rows.first).to_be_visible()
        return rows

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self.page.expect_response(_is_turn) as info:
            yield
        self.turn |= info.value.json()
        self.settle()

    def settle(self) -> None:
        """Wait until the last word is not the person's."""
        expect(self.log.locator(":scope > :last-child:not(.jij)")).to_be_visible()

    def profile(self) -> None:
        """The three questions that say what firm it is."""
        self.choose("2 tot 9")
        self.say(*PROFILE)

    def scan(self) -> "Widget":
        """The nine questions by buttons; the two that have none by typing."""
        self.open()
        self.profile()
        self.choose(*CORE)
        expect(self.card).to_be_visible()
        return self

    def bubbles(self) -> list[str]:
        """What was said, without the words for screen readers only."""
        return [re.sub(r"^(Assistent|Jij): ", "", text) for text in self.log.locator(".bot, .jij").all_text_contents()]

    def focused(self) -> str:
        """Text or name of what has the focus, inside the widget too."""
        return self.page.evaluate(
            """() => {
                let node = document.activeElement;
                while (node.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
                return node.id || node.textContent.trim() || node.tagName;
            }"""
        )

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab until the focus is on a button of this name."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.focused() == name:
                return
        raise AssertionError(f"no way to the button {name!r} by Tab")

    def stored(self) -> int:
        """How many things the page keeps in the browser."""
        return self.page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length")
