"""`/v1/sites`: what a site tells, without the processes behind it."""

import pytest
from fastapi.testclient import TestClient

from knowledge.base import Knowledge
from tests.api.websites import ONE, PAUSED, assert_problem, assert_readable, start


def test_what_a_widget_gets_to_know_of_its_site(client: TestClient, knowledge: Knowledge) -> None:
    response = client.get("/v1/sites/een?taal=nl", headers={"Origin": ONE})
    found = response.json()
    texts = found.pop("teksten")
    assert found == {
        "id": "een",
        "naam": "Gemeente een",
        "aanbieder": "de gemeente een",
        "status": "actief",
        "taal": "nl",
        "paginas": {"aan": ["/*"], "uit": ["/archief/*"]},
        "contact": {
            "naam": "Loket",
            "url": "https://www.een.nl/loket",
            "telefoon": "14 030",
            "openingstijden": None,
        },
        "privacy": "https://www.een.nl/privacy",
        "thema": {"accent": "#0b5672", "opAccent": "#ffffff"},
        "gemeente": "GM0344",
    }
    assert texts["kop"] == "Hulp van een"
    assert texts["knop"] == knowledge.languages["nl"]["widget"]["knop"]
    assert response.headers["cache-control"] == "no-store"


def test_language_of_the_texts(client: TestClient, knowledge: Knowledge) -> None:
    dutch, english = (client.get(f"/v1/sites/een?taal={taal}").json() for taal in ("nl", "en"))
    assert (english["taal"], dutch["taal"]) == ("en", "nl")
    assert english["teksten"].keys() == dutch["teksten"].keys()
    assert english["teksten"] == knowledge.languages["en"]["widget"]
    assert client.get("/v1/sites/een").json() == dutch


@pytest.mark.parametrize("query", ["?taal=xx", "?taal=", "?taal=NL"])
def test_language_that_is_not_there(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/v1/sites/een{query}"), 400)


@pytest.mark.parametrize("path", ["/v1/sites/drie", "/v1/sites/een/", "/v1/sites", "/v1/sites/..%2Feen"])
def test_site_that_does_not_exist(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 404)


@pytest.mark.parametrize("path", ["/", "/chat", "/inbouwen"])
def test_page_of_a_site_that_does_not_exist(client: TestClient, path: str) -> None:
    assert client.get(f"{path}?site=een").status_code == 200
    assert_problem(client.get(f"{path}?site=drie"), 404)


@pytest.mark.parametrize("path", ["/demo/paars?site=een", "/demo/geen?site=drie"])
def test_demo_that_does_not_exist(client: TestClient, path: str) -> None:
    assert client.get("/demo/geen?site=een").status_code == 200
    assert_problem(client.get(path), 404)


def test_paused_site_says_so_and_starts_nothing(client: TestClient, assistant: list[str | None]) -> None:
    response = client.get("/v1/sites/stil", headers={"Origin": PAUSED})
    assert (response.status_code, response.json()["status"]) == (200, "gepauzeerd")
    refused = start(client, "stil", PAUSED)
    assert_problem(refused, 503)
    assert_readable(refused, PAUSED)
    assert refused.headers["retry-after"]
    assert assistant == []


def test_site_is_described_with_its_errors(client: TestClient, knowledge: Knowledge) -> None:
    described = client.get("/v1/openapi.json").json()["paths"]["/sites/{siteId}"]["get"]
    assert set(described["responses"]) == {"200", "400", "403", "404", "429"}
    (language,) = (parameter for parameter in described["parameters"] if parameter["name"] == "taal")
    assert language["schema"]["enum"] == list(knowledge.languages)
