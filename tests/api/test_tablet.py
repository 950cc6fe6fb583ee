"""What the server gives a tablet: pages that allow nothing but their own files, the worker, the manifest, the rules."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.events.service import EventPlan
from api.settings import Settings
from api.tablet import shell
from api.tablet.script_words import FOLDER, PARTS, script_words
from knowledge.languages import shipped
from tests.conftest import ROOT

NAME = "Borrel <b>Zeist</b>"


def client_of(folder: Path, **settings: Any) -> TestClient:
    url = f"sqlite:///{folder / 'assistent.db'}"
    migrate(url)
    return TestClient(create_app(Settings(database_url=url, **settings)), follow_redirects=False)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_of(tmp_path_factory.mktemp("tablet")) as running:
        yield running


def make_event(client: TestClient) -> str:
    plan = EventPlan(NAME, date.today(), "GM0355", "Gemeente Zeist", "utrecht")
    code: str = client.app.state.parts.events.create(plan, date.today()).event.code  # type: ignore[attr-defined]
    return code


@pytest.mark.parametrize("part", PARTS)
def test_scripts_hold_the_words_of_the_languages_file(part: str) -> None:
    assert (FOLDER / f"{part}.json").read_text(encoding="utf-8") == script_words(shipped(), part), "run: make tablet"


def test_page_of_an_event_allows_only_its_own_files(client: TestClient) -> None:
    answer = client.get(f"/intake/{make_event(client)}")
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == 200
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'; trusted-types intake-worker" in policy
    assert not re.search("unsafe|https?:|\\*", policy)
    assert "Borrel &lt;b&gt;Zeist&lt;/b&gt;" in answer.text
    assert not re.search(r"<(?:script|link)[^>]*https?:|style=|onclick", answer.text)


def test_result_page_makes_no_policies(client: TestClient) -> None:
    assert client.get("/uitslag").headers["Content-Security-Policy"].endswith("trusted-types 'none'")


def test_code_in_small_letters_leads_to_the_page(client: TestClient) -> None:
    code = make_event(client)
    answer = client.get(f"/intake/{code.lower()}")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/intake/{code}")


def test_without_javascript_there_is_a_form(client: TestClient) -> None:
    code = make_event(client)
    page = client.get(f"/intake/{code}").text
    assert f'<a href="/scan?site=utrecht&amp;evenement={code}">' in page


@pytest.mark.parametrize("code", ["ZEIST-XXX", "x", "a" * 40, "..%2f..%2fsettings"])
def test_unknown_code_says_so(client: TestClient, code: str) -> None:
    answer = client.get(f"/intake/{code}")
    assert answer.status_code == 404
    assert client.get(f"/intake/{code}/manifest.webmanifest").status_code == 404


def test_ended_code_leads_to_the_scan(client: TestClient) -> None:
    code = make_event(client)
    client.app.state.parts.events.close(code, date.today() - timedelta(days=1))  # type: ignore[attr-defined]
    answer = client.get(f"/intake/{code}")
    assert answer.status_code == 410
    assert "/?site=utrecht" in answer.text


def test_manifest_is_one_app_per_event(client: TestClient) -> None:
    code = make_event(client)
    answer = client.get(f"/intake/{code}/manifest.webmanifest")
    manifest = answer.json()
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert manifest["start_url"] == manifest["id"] == f"/intake/{code}"
    assert manifest["lang"] == "nl"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).headers["Content-Type"] == icon["type"]


def test_rules_come_packed_and_are_not_sent_again_while_they_are_the_same(client: TestClient) -> None:
    packed = client.get("/intake/regels.json", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/intake/regels.json", headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert len(gzip.compress(plain.content)) < 130_000
    again = client.get("/intake/regels.json", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def kept(client: TestClient) -> dict[str, Any]:
    """What the worker keeps, as it stands before its script."""
    script = client.get("/intake/worker.js")
    assert script.headers["Content-Security-Policy"].startswith("default-src 'none'; connect-src 'self'; ")
    found: dict[str, Any] = json.loads(script.text.partition("const SHELL = ")[2].partition(";\n")[0])
    return found


def test_worker_keeps_everything_that_the_page_loads(client: TestClient) -> None:
    shown = kept(client)
    page = client.get(f"/intake/{make_event(client)}").text
    loaded = set(re.findall(r'(?:href|src)="(/(?:intake|scan)/[^"]+)"', page))
    assert loaded <= {*shown["files"]}
    for path in (shown["page"], *shown["files"]):
        assert client.get(path).status_code == 200
    assert shown["page"] == shell.PAGE


def test_worker_is_another_when_the_page_is(client: TestClient, tmp_path: Path) -> None:
    with client_of(tmp_path, public_url="https://hulp.example.nl") as elsewhere:
        assert kept(elsewhere)["version"] != kept(client)["version"]
        assert 'data-adres="https://hulp.example.nl"' in elsewhere.get(shell.PAGE).text
    with client_of(tmp_path) as again:
        assert kept(again)["version"] == kept(client)["version"]


def test_only_files_of_the_page_are_given(client: TestClient) -> None:
    for name in ("worker.js", "onbekend.js", "..%2froutes.py"):
        assert client.get(f"/intake/app/{name}").status_code == 404


def test_licences_of_others_are_named(client: TestClient) -> None:
    packages = json.loads((ROOT / "api/tablet/package.json").read_text())["dependencies"]
    text = client.get("/intake/app/licenties.txt").text
    assert [name for name in packages if name not in text] == []
