"""The description of the interface, which says with the official schemas what comes back.

It stands apart from that of `/v1`: names and pages are those of the standard, and so is the prefix of its addresses.
Everything else about it is held to the same.
"""

from typing import Any

from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field
from starlette.routing import BaseRoute

from api.description.document import complete, headers, renamed, with_problems
from api.description.texts import LICENCE_NOT_CHOSEN, PUBLISHER, RIGHTS
from api.headers import API_VERSION
from api.hsds.pages import NDJSON
from api.hsds.standard import PROFILE, SOURCE, VERSION, schema

PREFIX = "/hsds"
TITLE = "Digitale hulp voor ondernemers, als Open Referral HSDS"
TAG = "HSDS"
_DESCRIPTION = f"""\
De initiatieven in de regio Utrecht volgens de Human Services Data Specification {VERSION}.
Iedereen kan dit lezen, zonder sleutel. {RIGHTS}

Elke fout heeft dezelfde vorm: application/problem+json (RFC 9457), in het Nederlands en zonder wat jij stuurde.
Krijg je 429 of 503, wacht dan het aantal seconden van Retry-After.
"""
_TAGS = [{"name": TAG, "description": "De initiatieven, wie ze aanbieden, waar ze werken, en codes in woorden."}]
_HSDS = {"url": PROFILE, "description": f"De standaard: HSDS {VERSION} van Open Referral (CC BY-SA 4.0)."}
_LINES = {"type": "string", "description": "Met format=ndjson: op elke regel één object, zoals in contents"}


class Publisher(BaseModel, title="Uitgever"):
    """Wie dit uitgeeft."""

    name: str = Field(description="De naam", examples=[PUBLISHER])
    website: str = Field(description="Het adres van de website", examples=["https://hulp.example.nl"])


class About(BaseModel, title="Begin"):
    """Wat dit is."""

    version: str = Field(description="De versie van HSDS", examples=[VERSION])
    profile: str = Field(description="Waar de standaard staat", examples=[PROFILE])
    openapi_url: str = Field(
        description="Waar deze beschrijving staat", examples=["https://hulp.example.nl/hsds/openapi.json"]
    )
    description: str = Field(description="Wat er te lezen is", examples=["Initiatieven voor ondernemers."])
    publisher: Publisher = Field(description="Wie dit uitgeeft")


def answer(name: str) -> dict[int | str, dict[str, Any]]:
    """What a route gives: one object of the standard."""
    return _given({"application/json": {"$ref": f"{SOURCE}/compiled/{name}.json"}})


def plain_answer(name: str) -> dict[int | str, dict[str, Any]]:
    """What a route gives: one object of the standard that holds no others."""
    return _given({"application/json": {"$ref": f"{SOURCE}/{name}.json"}})


def page_of(name: str, *, plain: bool = False) -> dict[int | str, dict[str, Any]]:
    """What a route gives: a page of objects of the standard, or all of them line by line."""
    address = f"{SOURCE}/{name}.json" if plain else f"{SOURCE}/compiled/{name}_list.json"
    contents = {"properties": {"contents": {"type": "array", "items": {"$ref": address}}}}
    return _given({"application/json": {"allOf": [schema("page"), contents]}, NDJSON: _LINES})


def file_answer(media_type: str) -> dict[int | str, dict[str, Any]]:
    """What a route gives: a file."""
    return _given({media_type: {"type": "string", "format": "binary"}})


def _given(forms: dict[str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": said} for media_type, said in forms.items()}
    return {200: {"description": "Gevonden", "content": content}}


def described(routes: list[BaseRoute], address: str, email: str) -> dict[str, Any]:
    """The description of the routes. `address` is where people reach the product, `email` whom to ask."""
    made = get_openapi(
        title=TITLE,
        version=API_VERSION,
        description=_DESCRIPTION,
        routes=routes,
        servers=[{"url": f"{address}{PREFIX}"}],
        tags=_TAGS,
    )
    made["externalDocs"] = _HSDS
    made["info"] |= {
        "contact": {"name": PUBLISHER, "url": address, "email": email},
        "license": {"name": RIGHTS, "url": LICENCE_NOT_CHOSEN},
    }
    for path, item in made["paths"].items():
        for method, operation in item.items():
            complete(method.upper(), f"{PREFIX}{path}", operation)
    components = made["components"]
    components["schemas"] = with_problems(components["schemas"])
    components["headers"] = headers()
    return renamed(made)
