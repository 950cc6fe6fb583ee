"""`/v1/aanvragen/{id}`: what software gets for a token, and what it does not."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from api.webhooks.service import Who
from tests.api.lead_office import FIRM, ONE, OTHER, SOMEBODY, Office
from tests.api.portal_door import Door


@pytest.fixture
def office(door: Door) -> Iterator[Office]:
    made = Office.behind(door)
    with door.engine.begin() as connection:
        connection.execute(text("delete from api_token"))
    return made


@pytest.fixture
def client(door: Door) -> TestClient:
    return TestClient(door.app, base_url=door.url, raise_server_exceptions=False)


def token_for(door: Door, initiative: str = ONE, email: str = "anna@initiatief.example") -> str:
    person = door.repository.find(email)
    assert person is not None
    who = Who(person.id, person.initiatives)
    token: str = door.app.state.parts.connections.add_token(who, initiative, "Klantsysteem", int(time.time()))
    return token


def read(client: TestClient, lead: str, token: str | None) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return client.get(f"/v1/aanvragen/{lead}", headers=headers)


def test_lead_is_given_in_codes_and_words_with_its_consent_and_its_end(
    door: Door, office: Office, client: TestClient
) -> None:
    lead = office.lead(when=int(time.time()))
    response = read(client, lead, token_for(door))
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    given = response.json()
    assert (given["id"], given["initiatief"]) == (lead, ONE)
    assert (given["status"], given["statusTekst"]) == ("gezien", "Gelezen")
    contact = given["contact"]
    assert (contact["naam"], contact["email"], contact["telefoon"]) == (SOMEBODY.name, SOMEBODY.email, SOMEBODY.phone)
    assert (contact["voorkeurTekst"], contact["momentTekst"]) == ("Per telefoon", "'s Ochtends")
    assert given["profiel"]["gemeente"] == FIRM.municipality
    assert "Zeist" in given["profiel"]["omschrijving"].values()
    assert set(given["toestemming"]) == {"id", "doel", "datum"}
    assert given["toestemming"]["doel"] == "contact-over-digitalisering"
    assert given["verwijderenVoor"] > given["toestemming"]["datum"]


def test_every_read_is_written_down_as_one_by_software(door: Door, office: Office, client: TestClient) -> None:
    lead, token = office.lead(when=int(time.time())), token_for(door)
    for _ in range(2):
        read(client, lead, token)
    noted = [entry for entry in door.rows("audit_entry") if entry.subject == lead and entry.action == "gelezen"]
    assert [entry.who for entry in noted] == ["koppeling", "koppeling"]
    (row,) = door.rows("api_token")
    assert abs(row.last_used_at - time.time()) < 60


def test_withdrawn_lead_says_so_without_anything_of_its_entrepreneur(
    door: Door, office: Office, client: TestClient
) -> None:
    lead, token = office.lead(when=int(time.time())), token_for(door)
    with door.engine.begin() as connection:
        connection.execute(text("update lead set status = 'ingetrokken', box = null, email_index = null"))
        connection.execute(text("delete from lead_key"))
    given = read(client, lead, token).json()
    assert (given["status"], given["contact"], given["profiel"]) == ("ingetrokken", None, None)


@pytest.mark.parametrize("token", [None, "geraden", "x" * 500])
def test_without_a_token_that_holds_nothing_is_told_not_even_whether_it_exists(
    office: Office, client: TestClient, token: str | None
) -> None:
    for lead in (office.lead(when=int(time.time())), "bestaat-niet"):
        response = read(client, lead, token)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        assert SOMEBODY.name not in response.text


def test_lead_of_another_initiative_is_not_found_like_one_that_does_not_exist(
    door: Door, office: Office, client: TestClient
) -> None:
    other, token = office.lead(initiative=OTHER, when=int(time.time())), token_for(door)
    answers = [read(client, lead, token) for lead in (other, "bestaat-niet", "../../etc", "%00")]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].json() == answers[1].json()


def test_lead_that_was_not_confirmed_is_nobodys_yet(door: Door, office: Office, client: TestClient) -> None:
    lead, token = office.lead(when=int(time.time())), token_for(door)
    with door.engine.begin() as connection:
        connection.execute(text("update lead set status = 'aangevraagd', confirmed_at = null"))
    assert read(client, lead, token).status_code == 404


@pytest.mark.parametrize("how", ["account closed", "initiative taken away", "other role", "revoked"])
def test_token_of_who_left_opens_nothing(door: Door, office: Office, client: TestClient, how: str) -> None:
    lead, token = office.lead(when=int(time.time())), token_for(door)
    change = {
        "account closed": "update account set active = false where email = 'anna@initiatief.example'",
        "initiative taken away": f"delete from account_initiative where initiative = '{ONE}'",
        "other role": "update account set role = 'werkgroep' where email = 'anna@initiatief.example'",
        "revoked": "delete from api_token",
    }[how]
    assert read(client, lead, token).status_code == 200
    with door.engine.begin() as connection:
        connection.execute(text(change))
    assert read(client, lead, token).status_code == 401


def test_interface_is_described(client: TestClient) -> None:
    described = client.get("/v1/openapi.json").json()["paths"]["/aanvragen/{aanvraagId}"]["get"]
    assert {"200", "401", "404"} <= set(described["responses"])
