"""The interface follows the NLGov REST API Design Rules 2.2, as their own ruleset for Spectral checks them."""

import copy
from typing import Any

from fastapi.testclient import TestClient

from tests.api.description.conftest import Lint


def test_description_breaks_no_rule(described: dict[str, Any], lint: Lint) -> None:
    assert lint(described) == []


def test_rules_find_what_breaks_them(described: dict[str, Any], lint: Lint) -> None:
    broken = copy.deepcopy(described)
    broken["servers"][0]["url"] = "/"
    del broken["info"]["contact"]["email"]
    reading = broken["paths"].pop("/initiatieven")
    broken["paths"]["/Initiatieven_Lijst"] = reading
    broken["paths"]["/lijst/{maand}.csv"] = copy.deepcopy(broken["paths"]["/cijfers/{maand}"])
    del reading["get"]["responses"]["200"]["headers"]["API-Version"]
    del reading["get"]["responses"]["400"]
    found = lint(broken)
    # The exception is for one address, and for no other that ends in the same way.
    misnamed = {one["where"] for one in found if one["rule"] == "nlgov:paths-kebab-case"}
    assert misnamed == {"paths//Initiatieven_Lijst", "paths//lijst/{maand}.csv"}
    assert {finding["rule"] for finding in found} >= {
        "nlgov:include-major-version-in-uri",
        "nlgov:info-contact-fields-exist",
        "nlgov:paths-kebab-case",
        "nlgov:missing-version-header",
        "nlgov:problem-invalid-input",
    }


def test_description_is_open_to_every_website(client: TestClient) -> None:
    response = client.get("/v1/openapi.json", headers={"Origin": "https://onbekend.example"})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == "*"


def test_contact_is_whom_the_operator_names(client: TestClient, described: dict[str, Any]) -> None:
    contact = described["info"]["contact"]
    assert contact["url"].endswith("/v1/docs")
    assert client.get(contact["url"]).status_code == 200
    assert contact["email"] == client.app.state.parts.settings.api_contact  # type: ignore[attr-defined]
