"""A client that others made for Rasa's REST channel, on a website of others, holds a whole scan with the assistant.

The client is Chatroom of scalable minds (AGPL-3.0): it is installed for this test only, and is no part of the product.
"""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from tests.browser.conftest import OpenBrowser, missing
from tests.browser.host import Host
from tests.product.running import Product

HERE = Path(__file__).parent / "rasa_client"
BUILT = HERE / "node_modules/@scalableminds/chatroom/dist"
PAGE = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Gemeente</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/client/Chatroom.css"></head>
<body><div class="chat-container"></div><script src="/client/Chatroom.js"></script><script>
const container = document.querySelector(".chat-container")
window.client = new Chatroom({host: "HOST", title: "Digitale hulp", container})
window.client.openChat()
</script></body></html>"""
PATIENCE = 30_000  # ms; this client shows one message every 800 ms


@pytest.fixture(scope="session")
def built() -> Path:
    """The client as its makers built it, installed when it is not there yet."""
    if not BUILT.exists():
        npm = shutil.which("npm")
        if npm is None:
            missing("npm", "apt-get install npm")
        subprocess.run([npm, "ci", "--ignore-scripts", "--prefix", HERE], check=True)
    return BUILT


class Client:
    """The client in a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def buttons(self) -> Locator:
        """Those that can be pressed: under the last question, when the client has shown all of it."""
        return self.page.locator(".chat-button:not(.chat-button-disabled)")

    def say(self, text: str, until: str = "") -> None:
        """Type something, and wait for the answer and for these words in it."""
        with self._answered():
            field = self.page.locator("input[type=text]")
            field.fill(text)
            field.press("Enter")
        self.hears(until)

    def press(self, title: str, until: str = "") -> None:
        """Press a button, and wait for the answer and for these words in it."""
        with self._answered():
            self.buttons.filter(has_text=title).first.click(timeout=PATIENCE)
        self.hears(until)

    def hears(self, words: str) -> None:
        expect(self.page.locator(".chat.left").filter(has_text=words).last).to_be_visible(timeout=PATIENCE)

    @contextmanager
    def _answered(self) -> Iterator[None]:
        with self.page.expect_response(_is_answer, timeout=PATIENCE) as answer:
            yield
        assert answer.value.status == 200


def _is_answer(response: Response) -> bool:
    return response.url.endswith("/webhooks/rest/webhook") and response.request.method == "POST"


@pytest.fixture
def client(open_browser: OpenBrowser, host: Host, product: Product, built: Path) -> Client:
    """The client on a page of another website, which the site of the REST channel names."""
    page = open_browser(script=True).new_page()
    host.put_file("/rasa", PAGE.replace("HOST", product.url), "text/html")
    for name, kind in (("Chatroom.js", "text/javascript"), ("Chatroom.css", "text/css")):
        host.put_file(f"/client/{name}", (built / name).read_text(encoding="utf-8"), kind)
    page.goto(f"{host.origin}/rasa")
    return Client(page)


def test_whole_scan_by_buttons_and_by_typing(client: Client) -> None:
    client.say("hallo", until="Hoeveel mensen werken er")
    client.press("2 tot 9", until="Wat voor bedrijf")
    for text in ("een loodgieter", "Zeist", "klanten", "op papier", "via via", "in mijn hoofd", "nee"):
        client.say(text)
    client.say("overal hetzelfde wachtwoord", until="Je staat aan het begin")
    client.hears("Digitale MKB Werkplaats Utrecht")
    assert client.page.evaluate("document.cookie") == ""
