"""`/v1/sites`, and which websites may use the interface, without the processes behind it."""

from collections.abc import Iterator

import httpx2
import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.conversations.assistant import Assistant, Taken
from api.errors import ApiError, Unavailable
from api.settings import Settings
from knowledge.base import Knowledge

HERE = "http://testserver"  # where the client of these tests thinks that we are
ONE = "https://www.een.nl"
BOTH = "https://www.regio.nl"
PAUSED = "https://www.stil.nl"
HOSTILE = [
    "https://evil.example",
    "https://www.een.nl.evil.example",
    "https://evil.example/https://www.een.nl",
    "https://een.nl",
    "https://x.www.een.nl",
    "https://wwwxeen.nl",
    "http://www.een.nl",
    "https://WWW.EEN.NL",
    "https://www.een.nl/",
    "https://www.een.nl:443",
    "https://www.een.nl:8443",
    "https://www.een.nl, https://evil.example",
    "https://evil.example https://www.een.nl",
    "https://ik@www.een.nl",
    "//www.een.nl",
    "www.een.nl",
    "null",
    "*",
    "",
    "http://testserver:8000",
    "http://testserver.evil.example",
    "http://127.0.0.1:8000",
]
SITE = """\
id: {id}
naam: Gemeente {id}
aanbieder: de gemeente {id}
status: {status}
telt: false
gemeente: GM0344
contact: {{naam: Loket, url: https://www.{id}.nl/loket, telefoon: "14 030", email: loket@{id}.nl}}
herkomsten: [{origins}]
paginas: {{uit: [/archief/*]}}
teksten: {{nl: {{kop: Hulp van {id}}}}}
privacy: https://www.{id}.nl/privacy
thema: {{accent: "#0b5672", opAccent: "#ffffff"}}
nietBekend: [openingstijden]
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("sites")
    for identifier, status, origins in (
        ("een", "actief", f"{ONE}, {BOTH}"),
        ("twee", "actief", BOTH),
        ("stil", "gepauzeerd", PAUSED),
    ):
        text = SITE.format(id=identifier, status=status, origins=origins)
        (folder / f"{identifier}.yaml").write_text(text)
    url = f"sqlite:///{tmp_path_factory.mktemp('api') / 'x.db'}"
    migrate(url)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITES_FOLDER", str(folder))
        app = create_app(Settings(database_url=url))
    # Without the lifespan: nothing behind the gateway runs here.
    client = TestClient(app, base_url=HERE, raise_server_exceptions=False)
    yield client
    client.close()


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Stands in for Rasa, and notes the texts and choices that came as far as that."""
    heard: list[str | None] = []
    state = {
        "voortgang": {"vraag": "personen", "bevestigen": False, "nummer": 1, "totaal": 9},
        "antwoorden": {},
        "uitslag": None,
    }

    async def take_turn(_self: Assistant, _slots: object, **said: str | None) -> Taken:
        heard.append(said.get("text") or said.get("choice"))
        return Taken([{"tekst": "Hallo", "knoppen": []}], state, {}, "record", False)

    monkeypatch.setattr(Assistant, "take_turn", take_turn)
    return heard


def start(client: TestClient, site: str, origin: str | None) -> httpx2.Response:
    headers = {} if origin is None else {"Origin": origin}
    return client.post("/v1/gesprekken", json={"site": site, "kanaal": "widget"}, headers=headers)


def preflight(client: TestClient, path: str, origin: str, method: str = "POST", headers: str = "") -> httpx2.Response:
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    return client.options(path, headers=asked | ({"Access-Control-Request-Headers": headers} if headers else {}))


def cors(response: httpx2.Response) -> dict[str, str]:
    prefix = "access-control-"
    return {name.removeprefix(prefix): v for name, v in response.headers.items() if name.startswith(prefix)}


def assert_problem(response: httpx2.Response, status: int) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert response.json()["detail"]
    assert response.headers["api-version"]
    assert response.headers["x-content-type-options"] == "nosniff"


def assert_refused(response: httpx2.Response, origin: str) -> None:
    """An unknown website gets nothing: no way to read, and nothing worth reading."""
    assert_problem(response, 403)
    assert cors(response) == {}
    assert "Origin" in response.headers["vary"]
    assert not origin or origin == "*" or origin not in response.text


def assert_readable(response: httpx2.Response, origin: str) -> None:
    found = cors(response)
    assert found["allow-origin"] == origin
    assert {name.strip() for name in found["expose-headers"].split(",")} == {"API-Version", "Retry-After", "Location"}
    assert "allow-credentials" not in found
    assert "Origin" in response.headers["vary"]


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
    assert texts["knop"] == knowledge.widget.teksten["nl"]["knop"]
    assert response.headers["cache-control"] == "no-store"


def test_language_of_the_texts(client: TestClient, knowledge: Knowledge) -> None:
    dutch, english = (client.get(f"/v1/sites/een?taal={taal}").json() for taal in ("nl", "en"))
    assert (english["taal"], dutch["taal"]) == ("en", "nl")
    assert english["teksten"].keys() == dutch["teksten"].keys()
    assert english["teksten"] == knowledge.widget.teksten["en"]
    assert client.get("/v1/sites/een").json() == dutch


@pytest.mark.parametrize("query", ["?taal=fr", "?taal=", "?taal=NL"])
def test_language_that_is_not_there(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/v1/sites/een{query}"), 400)


@pytest.mark.parametrize("path", ["/v1/sites/drie", "/v1/sites/een/", "/v1/sites", "/v1/sites/..%2Feen"])
def test_site_that_does_not_exist(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 404)


def test_paused_site_says_so_and_starts_nothing(client: TestClient, assistant: list[str | None]) -> None:
    response = client.get("/v1/sites/stil", headers={"Origin": PAUSED})
    assert (response.status_code, response.json()["status"]) == (200, "gepauzeerd")
    refused = start(client, "stil", PAUSED)
    assert_problem(refused, 503)
    assert_readable(refused, PAUSED)
    assert refused.headers["retry-after"]
    assert assistant == []


def test_site_is_described_with_its_errors(client: TestClient) -> None:
    described = client.get("/v1/openapi.json").json()["paths"]["/v1/sites/{siteId}"]["get"]
    assert set(described["responses"]) == {"200", "400", "403", "404"}
    (language,) = (parameter for parameter in described["parameters"] if parameter["name"] == "taal")
    assert language["schema"]["enum"] == ["nl", "en"]


@pytest.mark.parametrize("origin", HOSTILE)
def test_unknown_website_gets_nothing(client: TestClient, assistant: list[str | None], origin: str) -> None:
    assert_refused(start(client, "een", origin), origin)
    assert_refused(client.get("/v1/sites/een", headers={"Origin": origin}), origin)
    assert_refused(client.get("/v1/vragen", headers={"Origin": origin}), origin)
    assert_refused(client.get("/v1/bestaat-niet", headers={"Origin": origin}), origin)
    message = {"sender": "x", "message": "hallo"}
    assert_refused(client.post("/webhooks/rest/webhook", json=message, headers={"Origin": origin}), origin)
    assert_refused(preflight(client, "/v1/gesprekken", origin, headers="content-type"), origin)
    assert_refused(preflight(client, "/webhooks/rest/webhook", origin), origin)
    assert assistant == []


def test_unknown_website_cannot_take_or_delete_a_conversation_with_its_key(
    client: TestClient, assistant: list[str | None]
) -> None:
    begun = start(client, "een", ONE).json()
    path, key = f"/v1/gesprekken/{begun['gesprekId']}", {"Authorization": f"Bearer {begun['sleutel']}"}
    hostile = {**key, "Origin": "https://evil.example"}
    assert_refused(client.get(path, headers=hostile), "evil.example")
    assert_refused(client.post(f"{path}/berichten", json={"tekst": "4"}, headers=hostile), "evil.example")
    assert_refused(client.delete(path, headers=hostile), "evil.example")
    assert client.get(path, headers=key).status_code == 200
    assert assistant == ["begin"]


def test_preflight_of_a_known_website(client: TestClient) -> None:
    asked = "authorization,content-type,idempotency-key,accept"
    for method in ("GET", "POST", "DELETE"):
        response = preflight(client, "/v1/gesprekken/x/berichten", ONE, method, asked)
        found = cors(response)
        assert response.status_code == 200
        assert found["allow-origin"] == ONE
        assert found["allow-methods"] == "GET, POST, DELETE"
        assert {"Authorization", "Content-Type", "Idempotency-Key", "Accept"} <= set(found["allow-headers"].split(", "))
        assert found["max-age"] == "600"
        assert "allow-credentials" not in found
        assert "Origin" in response.headers["vary"]
        assert response.headers["api-version"]


@pytest.mark.parametrize(("method", "headers"), [("PUT", ""), ("PATCH", ""), ("POST", "x-eigen"), ("POST", "cookie")])
def test_preflight_for_more_than_there_is(client: TestClient, method: str, headers: str) -> None:
    response = preflight(client, "/v1/gesprekken", ONE, method, headers)
    assert_problem(response, 400)
    assert "PUT" not in cors(response)["allow-methods"]


def test_conversation_of_a_known_website(client: TestClient, assistant: list[str | None]) -> None:
    begun = start(client, "een", ONE)
    assert begun.status_code == 201
    assert_readable(begun, ONE)
    path = begun.headers["location"]
    headers = {"Authorization": f"Bearer {begun.json()['sleutel']}", "Origin": ONE}
    for response in (
        client.post(f"{path}/berichten", json={"tekst": "vier"}, headers=headers),
        client.get(path, headers=headers),
        client.delete(path, headers=headers),
    ):
        assert response.status_code in (200, 204)
        assert_readable(response, ONE)
    assert assistant == ["begin", "vier"]


def test_website_may_not_start_at_a_site_that_does_not_name_it(client: TestClient, assistant: list[str | None]) -> None:
    refused = start(client, "twee", ONE)
    assert_problem(refused, 403)
    assert_readable(refused, ONE)
    refused = client.get("/v1/sites/twee", headers={"Origin": ONE})
    assert_problem(refused, 403)
    assert "teksten" not in refused.json()
    assert start(client, "twee", PAUSED).status_code == 403
    assert start(client, "stil", ONE).status_code == 403  # and not that it is paused
    assert assistant == []


def test_conversation_of_another_site_is_not_there_for_a_website(
    client: TestClient, assistant: list[str | None]
) -> None:
    begun = start(client, "twee", BOTH).json()
    path, key = f"/v1/gesprekken/{begun['gesprekId']}", {"Authorization": f"Bearer {begun['sleutel']}"}
    elsewhere = {**key, "Origin": ONE}
    refused = client.post(f"{path}/berichten", json={"tekst": "4"}, headers=elsewhere)
    assert_problem(refused, 404)
    assert_readable(refused, ONE)
    unknown = client.get("/v1/gesprekken/bestaat-niet", headers=elsewhere)
    assert refused.json() == unknown.json()
    assert client.get(path, headers=elsewhere).status_code == 404
    assert client.delete(path, headers=elsewhere).status_code == 404
    assert client.get(path, headers={**key, "Origin": BOTH}).status_code == 200
    assert assistant == ["begin"]


def test_answer_that_was_given_before_is_not_given_to_another_website(
    client: TestClient, assistant: list[str | None]
) -> None:
    begun = start(client, "twee", BOTH).json()
    path = f"/v1/gesprekken/{begun['gesprekId']}/berichten"
    headers = {"Authorization": f"Bearer {begun['sleutel']}", "Idempotency-Key": "k", "Origin": BOTH}
    assert client.post(path, json={"tekst": "4"}, headers=headers).status_code == 200
    assert client.post(path, json={"tekst": "4"}, headers={**headers, "Origin": ONE}).status_code == 404


def test_one_website_may_carry_two_sites(client: TestClient, assistant: list[str | None]) -> None:
    assert [start(client, site, BOTH).status_code for site in ("een", "twee")] == [201, 201]
    assert assistant == ["begin", "begin"]


@pytest.mark.parametrize("origin", [None, HERE, "https://testserver"])
def test_our_own_pages_and_programs_may_use_every_site(
    client: TestClient, assistant: list[str | None], origin: str | None
) -> None:
    headers = {} if origin is None else {"Origin": origin}
    for site in ("een", "twee"):
        begun = start(client, site, origin)
        assert begun.status_code == 201
        assert "allow-origin" not in cors(begun)
        assert "Origin" in begun.headers["vary"]
        assert client.get(f"/v1/sites/{site}", headers=headers).status_code == 200
        key = {"Authorization": f"Bearer {begun.json()['sleutel']}"}
        assert client.delete(begun.headers["location"], headers={**headers, **key}).status_code == 204
    assert start(client, "stil", origin).status_code == 503
    assert client.get("/v1/vragen", headers=headers).status_code == 200


def test_our_own_address_with_a_port(client: TestClient) -> None:
    for host, origin, status in (
        ("hulp.example:8443", "https://hulp.example:8443", 200),
        ("hulp.example:8443", "https://hulp.example", 403),
        ("Hulp.Example", "https://hulp.example", 200),
    ):
        headers = {"Host": host, "Origin": origin}
        assert client.get("/v1/sites/een", headers=headers).status_code == status


def test_rasas_channel_belongs_to_one_site(client: TestClient, assistant: list[str | None]) -> None:
    message = {"sender": "iemand", "message": "hallo"}
    client.app.state.parts.settings.rest_site = "twee"  # type: ignore[attr-defined]
    refused = client.post("/webhooks/rest/webhook", json=message, headers={"Origin": ONE})
    assert_problem(refused, 403)
    assert assistant == []
    taken = client.post("/webhooks/rest/webhook", json=message, headers={"Origin": BOTH})
    assert taken.status_code == 200
    assert_readable(taken, BOTH)
    refused = client.post("/webhooks/rest/webhook", json=message, headers={"Origin": ONE})
    assert_problem(refused, 403)
    assert client.post("/webhooks/rest/webhook", json=message).status_code == 200


@pytest.mark.parametrize(
    "path", ["/v1/openapi.json", "/v1/initiatieven", "/v1/initiatieven/kvk", "/v1/initiatieven/bestaat-niet"]
)
@pytest.mark.parametrize("origin", [None, ONE, "https://evil.example", "null", HERE])
def test_public_data_are_there_for_everybody(client: TestClient, path: str, origin: str | None) -> None:
    response = client.get(path, headers={} if origin is None else {"Origin": origin})
    assert response.status_code == (404 if path.endswith("bestaat-niet") else 200)
    assert response.headers.get_list("access-control-allow-origin") == ["*"]
    if origin is not None:
        assert preflight(client, path, origin, "GET", "accept").headers["access-control-allow-origin"] == "*"


def test_public_data_are_for_reading_only(client: TestClient) -> None:
    assert_problem(preflight(client, "/v1/initiatieven", "https://evil.example", "DELETE"), 400)
    for path in ("/v1/initiatieven", "/v1/initiatieven/kvk"):
        assert_refused(client.post(path, json={}, headers={"Origin": "https://evil.example"}), "evil.example")
        assert client.post(path, json={}).status_code == 405


def test_name_that_only_begins_as_public_data_is_not_public(client: TestClient) -> None:
    hostile = {"Origin": "https://evil.example"}
    for path in ("/v1/initiatieven-geheim", "/v1/openapi.jsonx"):
        assert_refused(client.get(path, headers=hostile), "evil.example")


def test_pages_and_health_are_not_guarded_and_not_opened(client: TestClient) -> None:
    for path in ("/healthz", "/bestaat-niet"):
        response = client.get(path, headers={"Origin": "https://evil.example"})
        assert response.status_code in (200, 404)
        assert cors(response) == {}


def test_every_error_can_be_read_by_a_known_website(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"Origin": ONE}
    key = {**known, "Authorization": "Bearer x"}
    for response, status in (
        (client.post("/v1/gesprekken", json={"site": "een"}, headers=known), 400),
        (client.post("/v1/gesprekken", json={"site": "drie", "kanaal": "widget"}, headers=known), 400),
        (client.post("/v1/gesprekken", content=b"x" * 70_000, headers=known), 400),
        (client.get("/v1/gesprekken/x", headers=known), 401),
        (client.get("/v1/gesprekken/x", headers=key), 404),
        (client.get("/v1/bestaat-niet", headers=known), 404),
        (client.put("/v1/gesprekken", json={}, headers=known), 405),
    ):
        assert_problem(response, status)
        assert_readable(response, ONE)

    errors: list[Exception] = []

    async def fail(_self: Assistant, *_args: object, **_more: object) -> Taken:
        raise errors.pop()

    monkeypatch.setattr(Assistant, "take_turn", fail)
    for error, status in ((RuntimeError("geheim"), 500), (Unavailable(), 503)):
        errors.append(error)
        response = start(client, "een", ONE)
        assert_problem(response, status)
        assert_readable(response, ONE)
        assert "geheim" not in response.text
    assert response.headers["retry-after"]


def test_unexpected_error_has_the_words_of_the_others(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("api.sites.routes.configuration", fail)
    response = client.get("/v1/sites/een")
    assert_problem(response, 500)
    assert response.json()["detail"] == ApiError.detail
    with pytest.raises(RuntimeError):  # it goes on, so that it is logged
        TestClient(client.app, base_url=HERE).get("/v1/sites/een")
