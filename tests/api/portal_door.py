"""The portal as browsers meet it, with a clock that the test sets and a post that it delivers itself."""

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text

from analytics.database import migrate
from api.app import create_app
from api.identity import service as identity_service
from api.mail import Mail
from api.passkeys import service as passkey_service
from api.passkeys.repository import PasskeyRepository
from api.passkeys.service import Passkeys
from api.portal import service
from api.portal.cookies import cookies
from api.portal.people import invitation
from api.portal.repository import PortalRepository
from api.portal.service import Portal
from api.portal.tokens import hashed
from api.settings import Settings

NOON = 1_800_003_600  # the first second of an hour, in which tries are counted
HERE = "http://127.0.0.1:8000"
PEOPLE = "/portaal/mensen"


class PostBox:
    """Stands in for the mailer: what it was asked to make is made when the test delivers it."""

    def __init__(self) -> None:
        self._asked: list[Callable[[], Mail | None]] = []

    def post(self, make: Callable[[], Mail | None]) -> None:
        self._asked.append(make)

    def deliver(self) -> list[Mail]:
        made = [make() for make in self._asked]
        self._asked.clear()
        return [mail for mail in made if mail]


class Door:
    """The gateway, and everybody who may come in."""

    def __init__(self, folder: Path, public_url: str = "", **more: str) -> None:
        self.url = public_url or HERE
        database = f"sqlite:///{folder / 'x.db'}"
        migrate(database)
        self.app = create_app(
            Settings(
                database_url=database,
                public_url=public_url,
                gateway_port=8000,
                catalogue_folder=folder / "catalogue",
                reports_folder=folder / "reports",
                **more,
            )
        )
        parts = self.app.state.parts
        self.post = PostBox()
        self.engine = parts.engine
        self.repository = PortalRepository(parts.engine)
        self.portal = Portal(self.repository, parts.attempts, self.post)  # type: ignore[arg-type]
        self.passkeys = Passkeys(PasskeyRepository(parts.engine), self.post)  # type: ignore[arg-type]
        self.app.state.parts = replace(parts, portal=self.portal, passkeys=self.passkeys)
        self.now = NOON

    def set_clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the portal read the time here."""
        for module in (service, passkey_service, identity_service):
            monkeypatch.setattr(module, "time", SimpleNamespace(time=lambda: self.now))

    def forget(self) -> None:
        """Start again, without accounts."""
        self.now = NOON
        self.post.deliver()
        with self.engine.begin() as connection:
            for table in ("attempt", "identity_request", "login_link", "portal_session", "account"):
                connection.execute(text(f"delete from {table}"))

    def rows(self, table: str) -> list[Any]:
        with self.engine.connect() as connection:
            return list(connection.execute(text(f"select * from {table}")))

    def invite(
        self,
        email: str = "anna@gemeente.example",
        role: str = "evenement",
        name: str = "Anna Bos",
        initiatives: Collection[str] = (),
    ) -> str:
        self.portal.invite(invitation(email, name, role, initiatives, known=initiatives))
        return email

    def browser(self) -> "Browser":
        return Browser(self)


class Browser:
    """A browser with cookies of its own."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.client = TestClient(door.app, base_url=door.url, follow_redirects=False, raise_server_exceptions=False)

    def get(self, path: str) -> Response:
        return self.client.get(path)

    def send(
        self, path: str, /, *, origin: str | None = "", headers: dict[str, str] | None = None, **fields: str | list[str]
    ) -> Any:
        """Send a form; `origin` None sends no such header, and the empty one that of our own page."""
        given = dict(headers or {})
        if origin is not None:
            given["Origin"] = origin or self.door.url
        return self.client.post(path, data=fields, headers=given)

    def token(self, path: str) -> str:
        """What the forms of a page carry."""
        return field(self.get(path).text, "formulier")

    def ask(self, email: str, naar: str = "/portaal/mensen", **more: Any) -> Response:
        """Fill in the mail address on the login page."""
        token = self.token("/portaal/inloggen")
        return self.send("/portaal/inloggen", formulier=token, email=email, naar=naar, **more)

    def press(self, link: str) -> Response:
        """Open a mailed link and press the button."""
        page = self.get(link.removeprefix(self.door.url)).text
        fields = {name: field(page, name) for name in ("formulier", "sleutel", "naar")}
        return self.send("/portaal/inloggen/link", **fields)

    def log_in(self, email: str, naar: str = "/portaal/mensen") -> Response:
        """All of it."""
        self.ask(email, naar)
        (mail,) = self.door.post.deliver()
        response = self.press(mail.link)
        assert response.status_code == 303, response.text
        return response

    def confirm(self) -> None:
        """Be as after confirming the login with a passkey."""
        with self.door.engine.begin() as connection:
            confirmed = text("update portal_session set second_factor_at = :now where token_hash = :mine")
            mine = hashed(self.client.cookies[cookies(self.door.app.state.parts.settings).session])
            connection.execute(confirmed, {"now": self.door.now, "mine": mine})

    @property
    def logged_in(self) -> bool:
        return not self.get("/portaal").headers["location"].startswith("/portaal/inloggen")

    def opens_with(self, cookie: str) -> bool:
        """Whether somebody who sends this cookie is logged in."""
        self.client.cookies.clear()
        response = self.client.get("/portaal", headers={"Cookie": cookie.encode()})
        return not response.headers["location"].startswith("/portaal/inloggen")


def field(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name} in: {page}"
    return found[1]
