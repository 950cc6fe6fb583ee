"""The description says of everything what it is, in Dutch, with an example that is of its form."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import create_model

from api.description.document import document
from api.description.examples import NoExampleError, example
from api.headers import API_VERSION

ENGLISH = re.compile(r"\b(the|and|with|which|what|who|where|tells|whether)\b", re.IGNORECASE)
METHODS = {"get", "post", "put", "patch", "delete"}


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            assert method in METHODS
            yield f"{method} {path}", operation


def texts(node: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every description and summary, with where it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("description", "summary") and isinstance(value, str):
                yield where, value
            elif key not in ("example", "examples"):
                yield from texts(value, f"{where}/{key}")
    elif isinstance(node, list):
        for number, part in enumerate(node):
            yield from texts(part, f"{where}/{number}")


def test_every_operation_is_described(described: dict[str, Any]) -> None:
    for where, operation in operations(described):
        assert operation["description"], where
        assert operation["summary"], where
        assert operation["tags"][0] in {tag["name"] for tag in described["tags"]}, where
        for parameter in operation.get("parameters", []):
            assert parameter["description"], f"{where}: {parameter['name']}"
            assert "examples" in parameter["schema"], f"{where}: {parameter['name']}"


def test_every_field_is_described(described: dict[str, Any]) -> None:
    for name, schema in described["components"]["schemas"].items():
        assert schema["description"], name
        for field, part in schema.get("properties", {}).items():
            assert part.get("description"), f"{name}.{field}"


def test_every_body_and_shape_has_an_example_of_its_form(described: dict[str, Any]) -> None:
    checked = 0
    for where, operation in operations(described):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for media in (media for body in bodies for media in body.get("content", {}).values()):
            check(media["example"], media["schema"], described, where)
            checked += 1
    for name, schema in described["components"]["schemas"].items():
        check(schema["examples"][0], schema, described, name)
    assert checked > 100


def check(value: Any, schema: dict[str, Any], described: dict[str, Any], where: str) -> None:
    whole = {**schema, "components": described["components"]}
    faults = [error.message for error in jsonschema.Draft202012Validator(whole).iter_errors(value)]
    assert faults == [], where


def test_nothing_is_described_in_english(described: dict[str, Any]) -> None:
    found = dict(texts(described))
    assert len(found) > 300
    assert "Successful Response" not in found.values()  # what FastAPI says when nobody says anything else
    assert [where for where, text in found.items() if ENGLISH.search(text)] == []


def test_every_answer_tells_the_version(described: dict[str, Any]) -> None:
    assert described["info"]["version"] == API_VERSION
    for where, operation in operations(described):
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"], f"{where}: {status}"


def test_what_needs_a_secret_says_which(described: dict[str, Any]) -> None:
    named = {name for _, operation in operations(described) for one in operation.get("security", []) for name in one}
    assert named == set(described["components"]["securitySchemes"])
    for where, operation in operations(described):
        assert ("401" in operation["responses"]) == ("security" in operation), where


def test_addresses_are_those_under_the_server(client: TestClient, described: dict[str, Any]) -> None:
    (server,) = described["servers"]
    for path in described["paths"]:
        answer = client.options(server["url"] + re.sub("{[^}]+}", "x", path))
        assert answer.status_code == 405, path
    assert not {"/docs", "/openapi.json"} & set(described["paths"])


def test_shape_without_an_example_is_refused() -> None:
    unexplained = create_model("Ding", __doc__="Iets zonder voorbeeld.", veld=(str, ...))
    app = FastAPI()

    @app.get("/v1/dingen", tags=["Lijsten"], description="Lees dingen", response_model=unexplained)
    def things() -> None:
        """Nobody asks for these."""

    with pytest.raises(NoExampleError, match="veld"):
        document(app)


def test_field_that_may_be_left_out_needs_no_example() -> None:
    schema = {"properties": {"een": {"type": "string"}, "twee": {"enum": ["a", "b"]}}, "required": ["twee"]}
    assert example(schema, {}) == {"twee": "a"}


def test_only_value_that_a_field_can_have_is_its_example() -> None:
    assert example({"properties": {"een": {"const": "a"}}, "required": ["een"]}, {}) == {"een": "a"}


def test_message_is_a_text_or_a_choice(described: dict[str, Any]) -> None:
    form = jsonschema.Draft202012Validator(described["components"]["schemas"]["NieuwBericht"])
    for sent in ({"tekst": "x"}, {"keuze": "x"}, {"tekst": "x", "keuze": None, "vraag": "personen"}):
        assert form.is_valid(sent), sent
    for sent in ({}, {"vraag": "personen"}, {"tekst": "x", "keuze": "x"}, {"tekst": None}):
        assert not form.is_valid(sent), sent


def test_key_is_required_where_nothing_is_taken_without_one(client: TestClient, described: dict[str, Any]) -> None:
    asked = {
        where: parameter["required"]
        for where, operation in operations(described)
        for parameter in operation.get("parameters", ())
        if parameter["name"] == "Idempotency-Key"
    }
    assert asked == {
        "post /gesprekken/{gesprekId}/berichten": False,
        "post /intakes": True,
        "post /contactverzoeken": True,
    }
    for path in ("/intakes", "/contactverzoeken"):
        body = described["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]
        answer = client.post(f"/v1{path}", json=body)
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith("Stuur een eigen Idempotency-Key mee, zodat d")


def test_every_initiative_is_of_its_form_and_fixed_values_are_named(
    client: TestClient, described: dict[str, Any]
) -> None:
    fields = described["components"]["schemas"]["Initiatief"]["properties"]
    for name in ("groep", "soort", "status"):
        assert len(fields[name]["enum"]) > 2
    found = client.get("/v1/initiatieven").json()
    check(found, {"type": "array", "items": {"$ref": "#/components/schemas/Initiatief"}}, described, "initiatieven")
    ids = {one["id"] for one in found}
    successors = {one["opvolger"] for one in found} - {None}
    assert fields["opvolger"]["examples"][0] in successors
    assert not successors & ids  # names, as the description says
