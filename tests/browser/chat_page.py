"""The chat page as a person uses it: by what is on the screen, with the mouse, the keyboard or a finger."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, expect

PROFILE = ("kapper", "Amersfoort")
CORE = (
    "Administratie en planning",
    "In een boekhoudprogramma",
    "Ik heb een website of social media, maar doe er weinig mee",
    "Ze staan in lijsten, ik gebruik ze weinig",
    "Soms, met de hand",
    "Overal een ander wachtwoord",
)
MOST_TABS = 40


class ChatPage:
    """One tab with the chat page. `turn` is what the server answered last, `faults` what the console complained of."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.turn: dict[str, Any] = {}
        self.faults: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url.removeprefix(url)))
        page.goto(url)

        self.log = page.get_by_role("log")
        self.field = page.get_by_role("textbox")
        self.card = self.log.get_by_role("article")
        self.answers = page.locator("details")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=isinstance(name, str))

    def start(self) -> None:
        self.press(self.button("Start"))

    def press(self, button: Locator) -> None:
        """Press a button that brings a turn."""
        with self._turn():
            button.click()

    def choose(self, *titles: str) -> None:
        """Choose buttons under the messages, one after another."""
        choices = self.page.get_by_role("group", name="Kies een antwoord")
        for title in titles:
            self.press(choices.get_by_role("button", name=title, exact=True))

    def say(self, *texts: str) -> None:
        """Type answers, one after another."""
        for text in texts:
            self.field.fill(text)
            with self._turn():
                self.field.press("Enter")

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self.page.expect_response(lambda response: response.request.method == "POST") as info:
            yield
        self.turn |= info.value.json()
        self.settle()

    def settle(self) -> None:
        """Wait until the last word is not the person's."""
        expect(self.log.locator(":scope > :last-child:not(.jij)")).to_be_visible()

    def scan(self) -> None:
        """The nine questions by buttons; the two that have none by typing."""
        self.start()
        self.choose("2 tot 9")
        self.say(*PROFILE)
        self.choose(*CORE)

    def bubbles(self) -> list[str]:
        """What was said, without the words for screen readers only."""
        return [re.sub(r"^(Assistent|Jij): ", "", text) for text in self.log.locator(".bubbel").all_text_contents()]

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Press Tab until the focus is on a button of this name."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if self.page.locator("button:focus").filter(has_text=re.compile(f"^{re.escape(name)}$")).count():
                return
        raise AssertionError(f"no way to the button {name!r} by Tab")

    def stored(self) -> int:
        """How many things the page keeps in the browser."""
        return self.page.evaluate("sessionStorage.length + localStorage.length + document.cookie.length")
