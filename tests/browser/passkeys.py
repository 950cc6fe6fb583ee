"""A browser with a device that Chromium plays, in which passkeys are made and used."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, expect

from tests.browser.login import session_of
from tests.product.running import Product

PASSKEY = "/portaal/passkey"
THERE = f"{PASSKEY}?naar={PASSKEY}"  # from there back to the list


class Visitor:
    """A browser at localhost, for browsers make no passkeys for 127.0.0.1, with a device that can be taken away."""

    def __init__(self, context: BrowserContext, product: Product) -> None:
        self.page = context.new_page()
        self.url = product.url.replace("127.0.0.1", "localhost")
        self.product = product
        self.device: CDPSession = context.new_cdp_session(self.page)
        self.device.send("WebAuthn.enable", {"enableUI": False})
        self.identifier = self.add_device()

    def add_device(self, *, verified: bool = True) -> str:
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": verified,
            "automaticPresenceSimulation": True,
        }
        added = self.device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        identifier: str = added["authenticatorId"]
        return identifier

    def change_device(self, **settings: Any) -> None:
        for command, value in settings.items():
            self.device.send(f"WebAuthn.set{command}", {"authenticatorId": self.identifier, **value})

    def take_another_device(self) -> None:
        """Have one that holds no passkey."""
        self.device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.identifier})
        self.identifier = self.add_device()

    def credentials(self) -> list[dict[str, Any]]:
        answer = self.device.send("WebAuthn.getCredentials", {"authenticatorId": self.identifier})
        found: list[dict[str, Any]] = answer["credentials"]
        return found

    def put(self, credential: dict[str, Any]) -> None:
        self.device.send("WebAuthn.addCredential", {"authenticatorId": self.identifier, "credential": credential})

    def choose(self, credential: dict[str, Any]) -> None:
        """Let the page ask for a passkey that the product did not name."""
        self.page.evaluate(
            """(id) => {
                const form = document.querySelector("#bevestig");
                const options = JSON.parse(form.dataset.opties);
                form.dataset.opties = JSON.stringify({...options, allowCredentials: [{id, type: "public-key"}]});
            }""",
            credential["credentialId"].replace("+", "-").replace("/", "_").rstrip("="),
        )

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def log_in(self, email: str, path: str = THERE) -> None:
        """Come in as after a mailed link, and go to a page."""
        cookie = {"name": "portaal", "value": session_of(self.product, email), "url": self.url}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]
        self.open(path)

    def log_out(self) -> None:
        self.press("Log uit")
        self.says("Inloggen")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def says(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def alert(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("alert").filter(has_text=text)).to_be_visible()

    def make(self, name: str = "Telefoon") -> None:
        self.page.get_by_label("Naam van de passkey").fill(name)
        self.press("Maak een passkey")

    @property
    def session(self) -> str:
        (value,) = [cookie["value"] for cookie in self.page.context.cookies() if cookie["name"] == "portaal"]
        return value
