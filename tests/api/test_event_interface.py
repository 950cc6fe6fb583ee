"""What devices at an event ask, and the short addresses on its posters."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from api.events import routes
from api.events.service import Created
from tests.api.event_register import move, register
from tests.api.scan_page import CODES, Form


@pytest.fixture
def created(scan: Form) -> Created:
    return register(scan.app, name="Beurs <b>van</b> Zeist")


@pytest.fixture
def client(scan: Form) -> TestClient:
    return scan.client


class TestDescription:
    def test_says_what_a_device_must_know_and_no_secret(self, client: TestClient, created: Created) -> None:
        event = created.event
        assert client.get(f"/v1/evenementen/{event.code.lower()}").json() == {
            "code": event.code,
            "naam": event.name,
            "datum": date.today().isoformat(),
            "gemeente": "GM0355",
            "organisator": "Gemeente Zeist",
            "site": "demo",
            "laatsteDag": event.last_day.isoformat(),
            "open": True,
        }

    def test_an_event_that_is_over_says_so(self, scan: Form, created: Created) -> None:
        move(scan.app, created.event.code, days=1)
        assert scan.client.get(f"/v1/evenementen/{created.event.code}").json()["open"] is False

    @pytest.mark.parametrize("code", ["NERGENS-123", "x", "<script>", "a" * 200])
    def test_unknown_code(self, client: TestClient, code: str) -> None:
        response = client.get(f"/v1/evenementen/{code}")
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert code not in response.json()["detail"]


class TestStaffLogin:
    def test_with_the_key_gives_a_token_until_some_hours_later(self, scan: Form, created: Created) -> None:
        address = f"/v1/evenementen/{created.event.code}/aanmelding"
        response = scan.client.post(address, json={"sleutel": created.staff_key.lower()})
        assert response.status_code == 201
        token = response.json()["token"]
        assert scan.app.state.parts.events.is_staff(token, created.event.code, 0)
        bearer = {"Authorization": f"Bearer {token}"}
        assert scan.client.delete(address, headers=bearer).status_code == 204
        assert not scan.app.state.parts.events.is_staff(token, created.event.code, 0)
        assert scan.client.delete(address).status_code == 401

    def test_wrong_key(self, client: TestClient, created: Created) -> None:
        for key in ("fout", created.staff_key[:-1], "x" * 64):
            response = client.post(f"/v1/evenementen/{created.event.code}/aanmelding", json={"sleutel": key})
            assert response.status_code == 400
            assert "sleutel klopt niet" in response.json()["detail"]

    def test_after_the_event(self, scan: Form, created: Created) -> None:
        move(scan.app, created.event.code, days=1)
        address = f"/v1/evenementen/{created.event.code}/aanmelding"
        response = scan.client.post(address, json={"sleutel": created.staff_key})
        assert response.status_code == 400
        assert "voorbij" in response.json()["detail"]

    def test_guessing_is_stopped_also_for_the_right_key(
        self, client: TestClient, created: Created, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(routes, "TRIES_PER_EVENT", 3)
        address = f"/v1/evenementen/{created.event.code}/aanmelding"
        assert [client.post(address, json={"sleutel": "fout"}).status_code for _ in range(3)] == [400] * 3
        response = client.post(address, json={"sleutel": created.staff_key})
        assert response.status_code == 429
        assert int(response.headers["retry-after"]) > 0
        assert "kwartier" in response.json()["detail"]


class TestTally:
    def test_staff_see_how_many_there_are_from_five(self, scan: Form, created: Created) -> None:
        code = created.event.code
        token = scan.client.post(f"/v1/evenementen/{code}/aanmelding", json={"sleutel": created.staff_key}).json()
        bearer = {"Authorization": f"Bearer {token['token']}"}
        seen = []
        for number in range(6):
            body = {"evenement": code, "antwoorden": CODES}
            scan.client.post("/v1/intakes", json=body, headers={"Idempotency-Key": f"{code}-{number}"})
            seen.append(scan.client.get(f"/v1/evenementen/{code}/stand", headers=bearer).json()["intakes"])
        assert seen == [None, None, None, None, 5, 6]

    def test_nobody_else_does(self, scan: Form, created: Created) -> None:
        other = register(scan.app, name="Ander")
        given = scan.client.post(f"/v1/evenementen/{other.event.code}/aanmelding", json={"sleutel": other.staff_key})
        address = f"/v1/evenementen/{created.event.code}/stand"
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {given.json()['token']}"}):
            assert scan.client.get(address, headers=headers).status_code == 401


class TestShortAddress:
    @pytest.mark.parametrize(("short", "path"), [("e", "/"), ("f", "/scan")])
    def test_leads_to_the_scan_of_the_event(self, client: TestClient, created: Created, short: str, path: str) -> None:
        code = created.event.code
        response = client.get(f"/{short}/{code.lower()}", follow_redirects=False)
        assert response.status_code == 303
        target = urlsplit(response.headers["location"])
        assert (target.path, target.query) == (path, f"site=demo&evenement={code}")

    @pytest.mark.parametrize("short", ["e", "f"])
    def test_unknown_and_ended_codes_say_so_and_lead_on(self, scan: Form, created: Created, short: str) -> None:
        unknown = scan.client.get(f"/{short}/nergens-123")
        assert unknown.status_code == 404
        assert "Deze code kennen we niet" in unknown.text
        assert 'href="/"' in unknown.text
        move(scan.app, created.event.code, days=1)
        ended = scan.client.get(f"/{short}/{created.event.code}")
        assert ended.status_code == 410
        assert "Dit evenement is voorbij" in ended.text
        assert "/?site=demo" in ended.text
        assert "&lt;b&gt;van" in ended.text

    def test_an_event_that_was_closed_early_names_that_day(self, scan: Form, created: Created) -> None:
        scan.app.state.parts.events.close(created.event.code, date.today())
        page = scan.client.get(f"/e/{created.event.code}")
        assert page.status_code == 410
        assert scan.app.state.parts.knowledge.texts.day(date.today()) in page.text
