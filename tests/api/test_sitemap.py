"""`/sitemap.xml` has every page that is there for everybody, and search engines are told of each what it is about."""

import os
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.description.changelog import versions
from api.handbook import reading
from api.settings import Settings
from tests.api.released import publish_for_everybody

HERE = "http://localhost"
DATA = ("/v1/", "/hsds/")  # for programs; what is a page there is found by asking for it
# Pages for everybody that search engines need not show, and why.
LEFT_OUT = {
    "/chat": "the conversation of / again, for a frame or a kiosk",
    "/demo/{setting}": "a page of somebody else in eight looks, to try the widget on",
}
FILES = {
    *("/demo/bestanden/{path:path}", "/handboek/beelden/{name}.png", "/verantwoording/{name}.md"),
    "/widget/{version}/mkb-assistent.js",
}


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("sitemap")
    url = f"sqlite:///{folder / 'x.db'}"
    migrate(url)
    app = create_app(Settings(database_url=url, secrets_folder=folder, catalogue_folder=folder / "catalogue"))
    client = TestClient(app, base_url=HERE, follow_redirects=False, raise_server_exceptions=False)
    yield client
    client.close()


def listed(visitor: TestClient) -> dict[str, str]:
    """The pages, each with the day on which it last changed or nothing."""
    entries = re.findall(r"<url><loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?</url>", visitor.get("/sitemap.xml").text)
    assert len(entries) == len({address for address, _ in entries})
    return {address.removeprefix(HERE): day for address, day in entries}


def closed(visitor: TestClient) -> tuple[str, ...]:
    """What robots leave alone: somebody's own, and what is for staff."""
    lines = visitor.get("/robots.txt").text.splitlines()
    return tuple(line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: "))


def is_page(visitor: TestClient, path: str) -> bool:
    answer = visitor.get(path)
    return answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")


def missing(visitor: TestClient) -> set[str]:
    """Addresses of pages for everybody of which the sitemap has none."""
    assert isinstance(visitor.app, FastAPI)
    private, known, found = closed(visitor), listed(visitor), set()
    for context in iter_route_contexts(visitor.app.routes):
        path = context.path
        if not path or "GET" not in (context.methods or ()) or path.startswith(private) or path in LEFT_OUT:
            continue
        if "{" not in path:
            if path not in known and is_page(visitor, path):
                found.add(path)
        elif path not in FILES and not path.startswith(DATA):
            form = re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(path)))
            if not any(form.fullmatch(address) for address in known):
                found.add(path)
    return found


def test_every_page_for_everybody_is_in_it(visitor: TestClient) -> None:
    assert missing(visitor) == set(), "name it in api/initiatives/sitemap.py, or here with the reason why not"


def test_page_that_is_forgotten_is_found(visitor: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.initiatives.sitemap._initiatives", lambda _parts: ())
    monkeypatch.setattr("api.handbook.reading.names", list)
    monkeypatch.setitem(LEFT_OUT, "/verantwoording/{name}", "not here")
    assert missing(visitor) == {"/initiatieven/{initiatief}", "/handboek/{name}"}
    monkeypatch.delitem(LEFT_OUT, "/chat")
    assert "/chat" in missing(visitor)


def test_every_page_that_a_page_in_it_links_to_is_in_it(visitor: TestClient) -> None:
    private, known = (*closed(visitor), "/demo", "/chat"), listed(visitor)
    linked = set()
    for address in known:
        linked |= set(re.findall(r'<a [^>]*href="(/[^"#?]*)', visitor.get(address).text))
    assert len(linked) > len(known) / 2
    others = {path for path in linked - set(known) if not path.startswith(private)}
    assert {path for path in others if is_page(visitor, unescape(path))} == set()


def test_everything_in_it_is_a_page(visitor: TestClient) -> None:
    private, known = closed(visitor), listed(visitor)
    assert {"/v1/docs", "/privacy", "/verantwoording/dpia", "/handboek/werkgroep", "/cijfers"} <= set(known)
    assert [path for path in known if path.startswith(private) or not is_page(visitor, path)] == []


def test_search_engines_are_told_of_each_what_it_is_about(visitor: TestClient) -> None:
    told = {}
    for path in listed(visitor):
        (found,) = re.findall(r'<meta name="description" content="([^"]*)">', visitor.get(path).text)
        told[path] = unescape(found)
    assert len(set(told.values())) == len(told)
    assert [path for path, text in told.items() if not 25 <= len(text) <= 160] == []


class TestLastChange:
    def test_of_a_release_and_of_the_interface_is_their_own(self, visitor: TestClient) -> None:
        assert listed(visitor)["/cijfers"] == ""
        publish_for_everybody(visitor.app.state.parts.engine)  # type: ignore[attr-defined]
        made = visitor.get("/v1/cijfers").json()[0]["gemaaktOp"]
        assert listed(visitor)["/cijfers"] == date.fromisoformat(made).isoformat()
        assert listed(visitor)["/v1/docs"] == versions()[0].day.isoformat()

    def test_of_a_handbook_is_that_of_its_file(
        self, visitor: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "FOLDER", tmp_path)
        for name, day in (("index", 1), ("nieuw", 2)):
            path = tmp_path / f"{name}.md"
            path.write_text("# Nieuw\n\nVoor wie dit leest.\n", encoding="utf-8")
            os.utime(path, (0, day * 24 * 3600))
        found = {path: day for path, day in listed(visitor).items() if path.startswith("/handboek")}
        assert found == {"/handboek": "1970-01-02", "/handboek/nieuw": "1970-01-03"}

    def test_of_an_initiative_is_that_of_its_file_or_of_what_owners_changed(self, visitor: TestClient) -> None:
        folder = visitor.app.state.parts.settings.catalogue_folder  # type: ignore[attr-defined]
        before = listed(visitor)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", before["/initiatieven/kvk"])
        folder.mkdir()
        changed = folder / "wijzigingen.yaml"
        changed.write_text("initiatieven:\n  kvk:\n    wijzigingen:\n      kosten: Tien euro\n")
        os.utime(changed, (0, 24 * 3600))
        parts = visitor.app.state.parts  # type: ignore[attr-defined]
        parts.knowledge.editions._look()
        after = listed(visitor)
        assert after["/initiatieven/kvk"] == "1970-01-02"
        assert after["/initiatieven/ncsc"] == before["/initiatieven/ncsc"]
