"""Which websites may use the running product, and that a changed site counts at once in all of its processes."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from tests.product.running import Chat, Product

SITE = """\
id: {id}
naam: Proef
aanbieder: {provider}
status: {status}
telt: false
contact: {{naam: Loket}}
herkomsten: [{origin}]
nietBekend: [url, telefoon, openingstijden, privacy]
"""
ORIGIN = "https://www.proef.example"
OTHER = "https://www.utrecht.nl"
LIVE_SECONDS = 2


class TrialSite:
    """A site of one test."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.id = f"proef-{uuid4().hex[:8]}"
        self.path: Path = product.sites / f"{self.id}.yaml"

    def write(self, provider: str = "de gemeente Proef", status: str = "actief", origin: str = ORIGIN) -> None:
        """Put the file there, or change it."""
        self.path.write_text(SITE.format(id=self.id, provider=provider, status=status, origin=origin))

    def start(self, origin: str = ORIGIN) -> httpx2.Response:
        """A conversation from a page of some website."""
        body = {"site": self.id, "kanaal": "widget"}
        return self.product.http.post("/v1/gesprekken", json=body, headers={"Origin": origin})


@pytest.fixture
def site(product: Product) -> Iterator[TrialSite]:
    made = TrialSite(product)
    yield made
    made.path.unlink(missing_ok=True)


def soon(look: Callable[[], httpx2.Response], status: int, said: str = "") -> httpx2.Response:
    """The answer that is hoped for, at most two seconds after a change."""
    deadline = time.monotonic() + LIVE_SECONDS
    while (response := look()).status_code != status or said not in response.text:
        assert time.monotonic() < deadline, f"{response.status_code} {response.text}"
        time.sleep(0.05)
    return response


def test_site_that_is_added_changed_and_removed_while_the_product_runs(site: TrialSite) -> None:
    assert site.start().status_code == 403
    site.write()
    soon(site.start, 201, "de gemeente Proef")  # what the assistant says comes from the actions
    site.write(provider="de gemeente Anders")
    soon(site.start, 201, "de gemeente Anders")
    site.write(status="gepauzeerd")
    soon(site.start, 503)
    site.write(origin="https://nieuw.proef.example")
    assert soon(site.start, 403).headers.get("access-control-allow-origin") is None
    soon(lambda: site.start("https://nieuw.proef.example"), 201)
    site.path.unlink()
    soon(lambda: site.start("https://nieuw.proef.example"), 403)
    soon(lambda: site.start(site.product.url), 400, "Deze site bestaat niet.")


def test_file_with_a_fault_changes_nothing_and_is_logged_with_its_line(site: TrialSite) -> None:
    site.write()
    soon(site.start, 201)
    before = {name: site.product.log(name).count(site.id) for name in ("gateway", "actions")}
    text = site.path.read_text().replace("status: actief", "status: uit").replace("Proef", "Anders")
    site.path.write_text(text)
    deadline = time.monotonic() + 2 * LIVE_SECONDS
    while time.monotonic() < deadline:
        response = site.start()
        assert response.status_code == 201
        assert "de gemeente Proef" in response.text
        time.sleep(0.2)
    for name in ("gateway", "actions"):
        log = site.product.log(name)
        assert f"sites/{site.id}.yaml, regel 4: De waarde 'uit' bestaat niet. Oplossing: " in log
        assert log.count(site.id) == before[name] + 1


def test_conversation_goes_on_only_on_the_websites_of_its_site(product: Product, site: TrialSite) -> None:
    site.write()
    begun = soon(site.start, 201)
    path = begun.headers["location"]
    key = {"Authorization": f"Bearer {begun.json()['sleutel']}"}
    said = product.http.post(f"{path}/berichten", json={"tekst": "4"}, headers={**key, "Origin": ORIGIN})
    assert said.json()["antwoorden"]["grootteklasse"] == "2-9"
    assert said.headers["access-control-allow-origin"] == ORIGIN
    taken = product.http.post(f"{path}/berichten", json={"tekst": "kapper"}, headers={**key, "Origin": OTHER})
    assert (taken.status_code, taken.headers["access-control-allow-origin"]) == (404, OTHER)
    site.path.unlink()
    gone = soon(lambda: product.http.get(path, headers={**key, "Origin": ORIGIN}), 403)
    assert "access-control-allow-origin" not in gone.headers
    assert product.http.get(path, headers=key).json() == said.json()
    assert product.http.post(f"{path}/berichten", json={"tekst": "kapper"}, headers=key).status_code == 404
    assert product.http.delete(path, headers=key).status_code == 204


def test_two_sites_on_two_websites_know_nothing_of_each_other(product: Product, site: TrialSite) -> None:
    site.write()
    here = soon(site.start, 201).json()
    there = product.http.post(
        "/v1/gesprekken", json={"site": "utrecht", "kanaal": "widget"}, headers={"Origin": OTHER}
    ).json()
    for conversation, own, other in ((here, ORIGIN, OTHER), (there, OTHER, ORIGIN)):
        path = f"/v1/gesprekken/{conversation['gesprekId']}"
        key = {"Authorization": f"Bearer {conversation['sleutel']}"}
        assert product.http.get(path, headers={**key, "Origin": own}).status_code == 200
        assert product.http.get(path, headers={**key, "Origin": other}).status_code == 404
    assert "de gemeente Proef" not in str(there["berichten"])
    assert "de gemeente Utrecht" in str(there["berichten"])


@pytest.mark.parametrize(
    "origin",
    [
        "https://www.utrecht.nl.evil.example",
        "http://www.utrecht.nl",
        "https://www.utrecht.nl/",
        "https://WWW.utrecht.nl",
        "https://www.utrecht.nl:8443",
        "https://utrecht.nl",
        "null",
    ],
)
def test_website_that_looks_like_one_of_ours_gets_nothing_and_does_nothing(product: Product, origin: str) -> None:
    before = product.rows("select count(*) as number from conversation")
    started = product.http.post(
        "/v1/gesprekken", json={"site": "utrecht", "kanaal": "widget"}, headers={"Origin": origin}
    )
    asked = product.http.options("/v1/gesprekken", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    for response in (started, asked):
        assert response.status_code == 403
        assert response.headers["content-type"] == "application/problem+json"
        assert not [name for name in response.headers if name.startswith("access-control-")]
    assert product.rows("select count(*) as number from conversation") == before


def test_preflight_and_message_of_a_known_website(product: Product) -> None:
    origin = "http://127.0.0.1:8010"
    asked = product.http.options(
        "/v1/gesprekken",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
        },
    )
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, origin)
    assert asked.headers["access-control-max-age"] == "600"
    response = product.http.get("/v1/sites/demo", headers={"Origin": origin})
    assert response.json()["naam"] == "Demonstratie"
    assert response.headers["access-control-allow-origin"] == origin


def test_known_website_can_read_that_the_assistant_is_away(product: Product) -> None:
    chat = Chat(product)
    origin = "http://127.0.0.1:8010"
    with product.without("rasa"):
        path = f"/v1/gesprekken/{chat.id}/berichten"
        response = product.http.post(path, json={"tekst": "4"}, headers={**chat.headers, "Origin": origin})
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (503, origin)
        assert response.headers["retry-after"]
