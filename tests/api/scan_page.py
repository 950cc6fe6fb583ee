"""The form at `/scan` as a browser without JavaScript takes it: what its pages say, and what they would send."""

import sqlite3
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.testclient import TestClient

from knowledge.base import Knowledge

TOKEN = "A" * 43
SCORED = ("administratie", "vindbaar", "gegevens", "backup_updates", "inloggen")
FURTHER = {"plan": "1", "bestanden": "1", "online_bestellen": "nvt", "mensen": "1", "automatisering": "weet_niet"}
# What the form sends, and the same answers as codes.
FILLED = {
    "formulier": TOKEN,
    "personen": "2-9",
    "bedrijf-woorden": "loodgieter",
    "gemeente-woorden": "Zeist",
    "hulpvraag": "administratie",
    **dict.fromkeys(SCORED, "1"),
}
CODES = {
    "personen": "2-9",
    "bedrijf": "F/F",
    "gemeente": "GM0355",
    "hulpvraag": "administratie",
    **dict.fromkeys(SCORED, "1"),
}


class ScanPage(HTMLParser):
    """`sends` is what the first form sends when nothing is touched, `ids` are all ids, `links` all targets of links."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.text = ""
        self.title = ""
        self.sends: dict[str, str] = {}
        self.choices: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.action = ""
        self._select = ""
        self._inside = ""
        self.feed(html)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        self.tags.append(tag)
        self._inside = tag
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.links.append(given["href"])
        elif tag == "form":
            self.action = given["action"]
        elif tag == "select":
            self._select = name
            self.sends[name] = ""
        elif tag == "option":
            self.choices.setdefault(self._select, []).append(value)
            if "selected" in given:
                self.sends[self._select] = value
        elif tag == "input" and given.get("type") == "radio":
            self.choices.setdefault(name, []).append(value)
            if "checked" in given:
                self.sends[name] = value
        elif tag == "input":
            self.sends[name] = value

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data.strip()
        self.text += data


class Form:
    """The form at one address, and the records that it leaves."""

    def __init__(self, app: FastAPI, database: Path) -> None:
        self.app = app
        self.client = TestClient(app, raise_server_exceptions=False)
        self._database = database

    def open(self, address: str = "/scan") -> ScanPage:
        response = self.client.get(address)
        assert response.status_code == 200
        return ScanPage(response.text)

    def send(self, status: int = 200, address: str = "/scan", **changes: str | None) -> ScanPage:
        """Send the filled form with changes (None leaves a field out) and expect this status."""
        fields = {name: value for name, value in {**FILLED, **changes}.items() if value is not None}
        response = self.client.post(address, data=fields)
        assert response.status_code == status, response.text
        return ScanPage(response.text)

    def records(self) -> list[dict[str, Any]]:
        connection = sqlite3.connect(self._database)
        try:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute("select * from referral")]
        finally:
            connection.close()

    def forget(self) -> None:
        connection = sqlite3.connect(self._database)
        connection.executescript("delete from referred_initiative; delete from referral")
        connection.commit()
        connection.close()


def words(**typed: str) -> dict[str, str]:
    """Fields of the two questions that are looked up: bedrijf_lijst is the field bedrijf-lijst."""
    return {name.replace("_", "-"): value for name, value in typed.items()}


def put(app: FastAPI, knowledge: Knowledge, **changes: Any) -> None:
    """Give a running application another site."""
    site = msgspec.structs.replace(knowledge.sites["demo"], **changes)
    app.state.parts = replace(app.state.parts, knowledge=replace(knowledge, sites={site.id: site}))
