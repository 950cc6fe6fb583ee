"""The portal with owners and a coordinator logged in, and a day that the test sets."""

from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from api.owners import management, pages, routes
from api.questionnaires import management as overview
from api.questionnaires import pages as question_pages
from api.questionnaires import routes as question_routes
from knowledge.catalogue_folder import CHANGES_FILE
from tests.api.portal_door import Browser, Door

WERKPLAATS, UTECH = "digitale-mkb-werkplaats-utrecht", "u-tech-community"
TODAY = date(2026, 11, 26)
MINE, MANAGED = f"/portaal/initiatieven/{WERKPLAATS}", f"/portaal/beheer/initiatieven/{WERKPLAATS}"
_TABLES = ("initiative_state", "proposed_change", "questionnaire", "participant", "outbox_item")


class Today(date):
    """A calendar that stands still, on a day that a test may set."""

    day = TODAY

    @classmethod
    def today(cls) -> date:
        return cls.day


class Desk:
    """Everybody who has to do with an initiative."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.data = door.app.state.parts.owner_data
        self.questionnaires = door.app.state.parts.questionnaires
        self.knowledge = door.app.state.parts.knowledge

    def owner(self, name: str = "Olga", *initiatives: str) -> Browser:
        """A browser in which an owner is logged in: of the workplace, unless told otherwise."""
        return self._browser(name, "eigenaar", initiatives or (WERKPLAATS,))

    def coordinator(self, name: str = "Cor") -> Browser:
        return self._browser(name, "coordinator", ())

    def other(self, role: str) -> Browser:
        return self._browser(role.title(), role, ())

    def _browser(self, name: str, role: str, initiatives: tuple[str, ...]) -> Browser:
        email = f"{name.lower()}@voorbeeld.example"
        if self.door.repository.find(email) is None:
            self.door.invite(email, role, name, initiatives)
        browser = self.door.browser()
        browser.log_in(email)
        return browser

    def account(self, name: str) -> str:
        person = self.door.repository.find(f"{name.lower()}@voorbeeld.example")
        assert person
        return person.id

    def written(self) -> dict[str, Any]:
        """What the file says that other programs follow."""
        path = self.door.app.state.parts.settings.catalogue_folder / CHANGES_FILE
        found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["initiatieven"]
        return found


def opened(door: Door, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The portal on one day, without what other tests left."""
    for module in (routes, management, pages, overview, question_pages, question_routes):
        monkeypatch.setattr(module, "date", Today)
    with door.engine.begin() as connection:
        for table in _TABLES:
            connection.execute(text(f"delete from {table}"))
    monkeypatch.setattr(Today, "day", TODAY)
    made = Desk(door)
    made.data.sweep(0)  # the file too
    return made


class _Fields(HTMLParser):
    """Reads the fields of a form as a browser would send them back."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._area = self._list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.found.setdefault(name, []).append(given.get("value") or "")
        elif tag == "textarea":
            self._area, self.found[name] = name, [""]
        elif tag == "select":
            self._list, self.found[name] = name, [""]
        elif tag == "option" and "selected" in given:
            self.found[self._list] = [given.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[self._area][0] += data


def filled_in(page: str) -> dict[str, Any]:
    """The fields of the forms of a page, as they are filled in: a text, or a list when there are several."""
    reader = _Fields()
    reader.feed(page[page.index("<main") :])
    return {name: values if len(values) > 1 else values[0] for name, values in reader.found.items() if name}
