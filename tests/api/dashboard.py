"""The pages of figures as a browser meets them, and the numbers that stand on them."""

import re
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from analytics.database import migrate
from analytics.figures import Figures, Release
from analytics.menu import STAFF
from analytics.releases import Releases
from analytics.synthetic import fill
from api.app import create_app
from api.dashboard import pages
from api.portal.dependencies import User, staff
from api.settings import Settings

PATHS = ("", "/bereik", "/gaten", "/uitkomsten", "/uitleg")
TODAY = date(2026, 11, 26)
SECRET = bytes(range(32))
IMAGE = "data:image/svg+xml,"
_NUMBER = re.compile(r"<?\d[\d.]*(?:,\d+)?%?")


class _Today(date):
    """A calendar that stands still."""

    @classmethod
    def today(cls) -> "_Today":
        return cls(TODAY.year, TODAY.month, TODAY.day)


class Board:
    """The portal with an empty database, in which somebody of the working group is logged in; it is always TODAY."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self._clock = pytest.MonkeyPatch()
        self._clock.setattr(pages, "date", _Today)
        self.url = f"sqlite:///{folder / 'x.db'}"
        migrate(self.url)
        self.app = create_app(Settings(database_url=self.url, **settings))
        self.parts = self.app.state.parts
        self.log_in("werkgroep")
        self.client = TestClient(self.app, base_url="http://127.0.0.1:8000", follow_redirects=False)

    def close(self) -> None:
        """Let the days go by again."""
        self._clock.undo()
        self.client.close()
        self.parts.engine.dispose()

    def log_in(self, role: str) -> None:
        """Somebody with a role."""
        self.app.dependency_overrides[staff] = lambda: User("1", "Sam", "sam@zeist.example", role, "T")

    def log_out(self) -> None:
        """Nobody."""
        self.app.dependency_overrides.clear()

    def get(self, path: str = "", **query: str) -> Response:
        return self.client.get(f"/portaal/cijfers{path}", params=query)

    def page(self, path: str = "", **query: str) -> str:
        response = self.get(path, **query)
        assert response.status_code == 200, response.text
        return response.text

    def fill(self, records: int, first: date, last: date) -> tuple[Release, ...]:
        """Made-up records, and every release that there is of them."""
        fill(self.parts.engine, self.parts.knowledge, seed=11, records=records, first=first, last=last)
        Releases(self.parts.engine, self.parts.knowledge, lambda *, make: SECRET).make(None, TODAY)
        return Figures(self.parts.engine, self.parts.knowledge).all(STAFF)


class Texts(HTMLParser):
    """Every text of a page, also of its drawings and of what is only heard, with the element that it stands in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.found += [("heard", given[name]) for name in ("aria-label", "alt") if name in given]
        if given.get("src", "").startswith(IMAGE):
            self.found += Texts(unquote(given["src"].removeprefix(IMAGE))).found
        if tag not in ("meta", "link", "input", "img", "br"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """What has no contents, as in a drawing, opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"nav", "header", "option", "style"} & set(self._open):
            self.found.append((self._open[-1] if self._open else "", data.strip()))


def numbers(page: str, without: Iterable[str] = ()) -> set[str]:
    """Every number on a page as it is written, but for those within these names and words."""
    names = sorted(without, key=len, reverse=True)
    found = set()
    for _, text in Texts(page).found:
        rest = text
        for name in names:
            rest = rest.replace(name, " ")
        found.update(number.rstrip(".,") for number in _NUMBER.findall(rest))
    return found


def drawings(page: str) -> list[str]:
    """Every chart on a page, as an SVG."""
    return [unquote(found) for found in re.findall(f'src="{re.escape(IMAGE)}([^"]*)"', page)]
