"""The description of the interface, which says with the official schemas what comes back.

It stands apart from that of `/v1`: names and pages are those of the standard, and so is the prefix of its addresses.
"""

from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from api.hsds.standard import SOURCE, VERSION, schema

TITLE = "Digitale hulp voor ondernemers, als Open Referral HSDS"
_DESCRIPTION = (
    f"De initiatieven in de regio Utrecht volgens de Human Services Data Specification {VERSION}, om te lezen. "
    "Iedereen mag dit gebruiken; er is geen sleutel nodig."
)


def answer(name: str) -> dict[int | str, dict[str, Any]]:
    """What a route gives: one object of the standard."""
    return _given("application/json", {"$ref": f"{SOURCE}/compiled/{name}.json"})


def plain_answer(name: str) -> dict[int | str, dict[str, Any]]:
    """What a route gives: one object of the standard that holds no others."""
    return _given("application/json", {"$ref": f"{SOURCE}/{name}.json"})


def page_of(name: str, *, plain: bool = False) -> dict[int | str, dict[str, Any]]:
    """What a route gives: a page of objects of the standard."""
    address = f"{SOURCE}/{name}.json" if plain else f"{SOURCE}/compiled/{name}_list.json"
    contents = {"properties": {"contents": {"type": "array", "items": {"$ref": address}}}}
    return _given("application/json", {"allOf": [schema("page"), contents]})


def file_answer(media_type: str) -> dict[int | str, dict[str, Any]]:
    """What a route gives: a file."""
    return _given(media_type, {"type": "string", "format": "binary"})


def _given(media_type: str, said: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "Gevonden", "content": {media_type: {"schema": said}}}}


def described(routes: list[BaseRoute], version: str, server: str) -> dict[str, Any]:
    """The description of the routes; `server` is where their addresses start."""
    found = get_openapi(
        title=TITLE, version=version, description=_DESCRIPTION, routes=routes, servers=[{"url": server}]
    )
    for path in found["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)  # never given: a fault in the address is a 400
    for name in ("HTTPValidationError", "ValidationError"):
        found.get("components", {}).get("schemas", {}).pop(name, None)
    return found
