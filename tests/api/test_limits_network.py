"""Limits per network and per site: a full hall gets through, a flood does not, and nobody else notices."""

import logging
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.description.document import document
from api.limits.rules import kind_of
from api.settings import Settings
from tests.api.websites import HERE

HALL, NEIGHBOUR, ELSEWHERE = "192.0.2.7", "192.0.2.99", "198.51.100.7"
TURNS, STARTS, READS, SITE = 12, 6, 20, 9
BEGIN = {"site": "demo", "kanaal": "widget"}


class Town:
    """The gateway with small limits, as people from several networks meet it."""

    def __init__(self, database: str) -> None:
        migrate(database)
        limits = {"limit_turns": TURNS, "limit_starts": STARTS, "limit_reads": READS, "limit_site": SITE}
        self.app = create_app(Settings(database_url=database, **limits))

    def forget(self) -> None:
        """Begin anew, with nobody known."""
        found = self.app.state.parts.limits
        for buckets in (*found.networks.values(), found.sites):
            buckets._full_at.clear()

    def at(self, address: str) -> TestClient:
        """A browser at an address."""
        return TestClient(self.app, base_url=HERE, client=(address, 50000), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def built_town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(f"sqlite:///{tmp_path_factory.mktemp('limits') / 'x.db'}")


@pytest.fixture
def town(built_town: Town, assistant: list[str | None]) -> Iterator[Town]:
    built_town.forget()
    yield built_town


def statuses(client: TestClient, times: int, method: str, path: str, **more: object) -> list[int]:
    return [client.request(method, path, **more).status_code for _ in range(times)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "path", "body", "limit"),
    [
        ("POST", "/v1/gesprekken", BEGIN, STARTS),
        ("POST", "/v1/gesprekken/x/berichten", {"tekst": "4"}, TURNS),
        ("POST", "/webhooks/rest/webhook", {"sender": "a", "message": ""}, TURNS),
        ("POST", "/v1/intakes", {}, STARTS),
        ("POST", "/v1/contactverzoeken", {}, STARTS),
        ("GET", "/v1/gemeenten", None, READS),
        ("HEAD", "/v1/gemeenten", None, READS),
        ("GET", "/v1/gesprekken/x", None, READS),
    ],
)
def test_flood_from_one_network_is_stopped(town: Town, method: str, path: str, body: object, limit: int) -> None:
    more = {} if body is None else {"json": body}
    found = statuses(town.at(HALL), limit + 5, method, path, **more)
    assert 429 not in found[:limit]
    assert set(found[limit:]) == {429}


def test_refusal_says_when_to_try_again_and_nothing_of_what_was_sent(town: Town, assistant: list[str | None]) -> None:
    client = town.at(HALL)
    statuses(client, STARTS, "POST", "/v1/gesprekken", json=BEGIN)
    heard = len(assistant)
    response = client.post("/v1/gesprekken", json={"site": "geheim", "kanaal": "geheim"})
    assert response.status_code == 429
    assert response.headers["content-type"] == "application/problem+json"
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert response.json()["status"] == 429
    assert "netwerk" in response.json()["detail"]
    assert "geheim" not in response.text
    assert len(assistant) == heard


def test_flood_leaves_no_line_for_each_request_in_the_log(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="api.requests"):
        statuses(town.at(HALL), READS + 50, "GET", "/v1/gemeenten")
    assert len([record for record in caplog.records if record.name == "api.requests"]) == READS


def test_page_of_another_website_can_read_the_refusal(town: Town) -> None:
    origin = next(iter(town.app.state.parts.knowledge.sites.values())).herkomsten[0]
    client = town.at(HALL)
    statuses(client, READS, "GET", "/v1/gemeenten")
    response = client.get("/v1/gemeenten", headers={"Origin": origin})
    assert response.status_code == 429
    assert response.headers["access-control-allow-origin"] == origin
    assert "Retry-After" in response.headers["access-control-expose-headers"]


def test_people_without_javascript_get_a_page(town: Town) -> None:
    client = town.at(HALL)
    statuses(client, STARTS, "POST", "/scan", data={})
    response = client.post("/scan", data={"bedrijf": "geheim"})
    assert response.status_code == 429
    assert response.headers["content-type"].startswith("text/html")
    assert response.headers["retry-after"]
    assert "Te veel aanvragen" in response.text
    assert "geheim" not in response.text


def test_neighbours_share_and_others_do_not(town: Town) -> None:
    statuses(town.at(HALL), READS, "GET", "/v1/gemeenten")
    assert town.at(NEIGHBOUR).get("/v1/gemeenten").status_code == 429
    assert town.at(ELSEWHERE).get("/v1/gemeenten").status_code == 200


def test_ipv6_user_with_many_addresses_is_one_network(town: Town) -> None:
    found = [town.at(f"2001:db8:1:{number:x}::1").get("/v1/gemeenten").status_code for number in range(READS + 1)]
    assert found[-1] == 429
    assert town.at("2001:db8:2::1").get("/v1/gemeenten").status_code == 200


def test_looking_things_up_takes_nothing_from_conversations(town: Town) -> None:
    client = town.at(HALL)
    statuses(client, READS + 1, "GET", "/v1/gemeenten")
    assert client.post("/v1/gesprekken", json=BEGIN).status_code == 201


def test_this_machine_is_not_limited_but_a_proxy_on_it_is(town: Town) -> None:
    local = town.at("127.0.0.1")
    assert set(statuses(local, READS + 5, "GET", "/v1/gemeenten")) == {200}
    headers = {"X-Forwarded-For": "127.0.0.1"}
    assert statuses(local, READS + 1, "GET", "/v1/gemeenten", headers=headers)[-1] == 429


def test_flood_at_one_site_from_everywhere_leaves_the_others_be(town: Town) -> None:
    sites = [site.id for site in town.app.state.parts.knowledge.sites.values() if site.status == "actief"]
    assert len(sites) > 1
    begin = {"site": "demo", "kanaal": "widget"}
    found = [town.at(f"10.1.{number}.1").post("/v1/gesprekken", json=begin).status_code for number in range(SITE + 2)]
    assert found == [201] * SITE + [429] * 2
    assert town.at(HALL).post("/v1/gesprekken", json=begin).json()["title"] == "Te druk"
    other = next(site for site in sites if site != "demo")
    assert town.at(HALL).post("/v1/gesprekken", json={"site": other, "kanaal": "widget"}).status_code == 201


@pytest.mark.parametrize("path", ["/v1/intakes", "/webhooks/rest/webhook", "/scan"])
def test_everything_that_begins_at_a_site_counts_for_it(town: Town, path: str) -> None:
    found = []
    for number in range(SITE + 1):
        client = town.at(f"10.2.{number}.1")
        if path == "/scan":
            response = client.post(path, data={})
        elif path == "/v1/intakes":
            response = client.post(
                path, json={"evenement": "BEURS-26", "antwoorden": {}}, headers={"Idempotency-Key": "a"}
            )
        else:
            response = client.post(path, json={"sender": f"klant-{number}", "message": "hallo"})
        found.append(response.status_code)
    assert 429 not in found[:-1]
    assert found[-1] == 429


def test_defaults_let_sixty_phones_of_one_hall_through() -> None:
    settings = Settings()
    messages = 12  # a whole scan, in the two minutes that the quickest need
    assert settings.limit_starts >= 60
    assert settings.limit_turns >= 60 * messages
    assert settings.turns_at_once + settings.turns_waiting >= 60


def test_limits_are_documented_where_they_hold(town: Town) -> None:
    for address, path in document(town.app)["paths"].items():
        for method, operation in path.items():
            limited = kind_of(method.upper(), f"/v1{address}") is not None
            assert ("429" in operation["responses"]) >= limited, f"{method} {address}"
