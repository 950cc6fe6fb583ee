"""Which websites may use the interface, without the processes behind it."""

import pytest
from fastapi.testclient import TestClient

from api.conversations.assistant import Assistant, Taken
from api.errors import ApiError, Unavailable
from tests.api.websites import (
    BOTH,
    HERE,
    HOSTILE,
    ONE,
    PAUSED,
    assert_problem,
    assert_readable,
    assert_refused,
    cors,
    preflight,
    start,
)


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
    "path",
    ["/v1/openapi.json", "/v1/initiatieven", "/v1/initiatieven/kvk", "/v1/initiatieven/bestaat-niet", "/hsds/services"],
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
