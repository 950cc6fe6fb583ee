"""The description of `/v1` for machines: OpenAPI, as the NLGov REST API Design Rules want it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from api.dependencies import KEY_HEADER, NeededKey
from api.description.deprecations import DEPRECATIONS, Deprecation
from api.description.examples import REFERENCE, example
from api.description.texts import INTRODUCTION, TAGS
from api.errors import PROBLEMS, ApiError, BadInput, Forbidden
from api.headers import API_VERSION
from api.limits.rules import TooManyRequests, kind_of
from api.sites.cors import is_public

BASE = "/v1"
_HEADERS = {
    "API-Version": ("Het hele versienummer van deze interface.", API_VERSION),
    "Retry-After": ("Na hoeveel seconden je het opnieuw kunt proberen.", "2"),
    "WWW-Authenticate": ("Hoe je de sleutel meestuurt.", "Bearer"),
}
_DONE = {"200": "Gelukt", "201": "Gemaakt", "204": "Gelukt, zonder inhoud"}  # FastAPI says it in English
_HEADERS_BY_STATUS = {"401": ("WWW-Authenticate",), "429": ("Retry-After",), "503": ("Retry-After",)}


def operation_id(route: APIRoute) -> str:
    """What the description calls an operation."""
    return "-".join((*(str(tag).lower() for tag in route.tags[:1]), route.name.replace("_", "-")))


def document(app: FastAPI, deprecations: Sequence[Deprecation] = DEPRECATIONS) -> dict[str, Any]:
    """The description, without whom to ask about it, which depends on the installation.

    Raises NoExampleError when something is described without an example.
    """
    made = get_openapi(
        title=app.title,
        version=API_VERSION,
        description=INTRODUCTION,
        routes=app.routes,
        servers=[{"url": BASE, "description": "Deze installatie"}],
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
    )
    found = {path: item for path, item in made["paths"].items() if path.startswith(f"{BASE}/")}
    for path, item in found.items():
        for method, operation in item.items():
            complete(method.upper(), path, operation)
            if any(one.covers(method.upper(), path) for one in deprecations):
                operation["deprecated"] = True
    _need_keys(app, made["paths"])
    made["paths"] = {path.removeprefix(BASE): item for path, item in found.items()}
    components = made["components"]
    components["schemas"] = with_problems(components["schemas"])
    components["headers"] = headers()
    named = renamed(made)
    _add_examples(named)
    return named


def complete(method: str, path: str, operation: dict[str, Any]) -> None:
    """Add what holds for every operation, and FastAPI cannot know. Its own 422 is never given."""
    text = operation["description"]
    operation["summary"] = text.partition(". ")[0].partition("\n")[0].rstrip(".")
    responses = operation["responses"]
    responses.pop("422", None)
    general: list[type[ApiError]] = []
    if "parameters" in operation or "requestBody" in operation:
        general.append(BadInput)
    if not is_public(method, path):
        general.append(Forbidden)
    if kind_of(method, path):
        general.append(TooManyRequests)
    for problem in general:
        responses.setdefault(str(problem.status), problem.documented())
    operation["responses"] = dict(sorted(responses.items()))
    for status, response in responses.items():
        response["description"] = _DONE.get(status, response["description"])
        names = ("API-Version", *_HEADERS_BY_STATUS.get(status, ()))
        response.setdefault("headers", {}).update({name: {"$ref": f"#/components/headers/{name}"} for name in names})


def _need_keys(app: FastAPI, paths: Mapping[str, Any]) -> None:
    """Operations that take nothing without a key say so: what they ask reads it as one that may be absent."""
    for route in iter_route_contexts(app.routes):
        asked = route.dependant.dependencies if isinstance(route.original_route, APIRoute) else ()
        if any(isinstance(one.call, NeededKey) for one in asked):
            for operation in (paths[str(route.path)][method.lower()] for method in route.methods or ()):
                for parameter in operation["parameters"]:
                    parameter["required"] |= parameter["name"] == KEY_HEADER


def headers() -> dict[str, Any]:
    """The headers that `complete` refers to."""
    return {
        name: {"description": text, "schema": {"type": "string"}, "example": shown}
        for name, (text, shown) in _HEADERS.items()
    }


def with_problems(schemas: dict[str, Any]) -> dict[str, Any]:
    """Schemas without FastAPI's own error, and with ours."""
    kept = {name: schema for name, schema in schemas.items() if name not in ("HTTPValidationError", "ValidationError")}
    for problem in PROBLEMS:
        template = f"{REFERENCE}{{model}}"
        schema = problem.model_json_schema(ref_template=template)
        kept.update(schema.pop("$defs", {}))
        kept[problem.__name__] = schema
    return kept


def renamed(made: dict[str, Any]) -> dict[str, Any]:
    """With the Dutch names that schemas give themselves, and without the names that fields were given by nobody."""
    schemas = made["components"]["schemas"]
    names = {f"{REFERENCE}{key}": f"{REFERENCE}{schema['title']}" for key, schema in schemas.items()}
    made["components"]["schemas"] = {schema["title"]: schema for schema in schemas.values()}
    rewritten: dict[str, Any] = _rewritten(made, names)
    return rewritten


def _rewritten(node: Any, names: Mapping[str, str], *, fields: bool = False) -> Any:
    """A copy of a part of the description. `fields` tells that its keys are names of fields."""
    if isinstance(node, list):
        return [_rewritten(part, names) for part in node]
    if not isinstance(node, dict):
        return node
    copy = {}
    for key, value in (node if fields else _nullable(node)).items():
        if key == "title" and not fields and ({"type", "anyOf", "$ref", "properties"} & node.keys()):
            continue
        is_reference = key == "$ref" and isinstance(value, str)
        copy[key] = names.get(value, value) if is_reference else _rewritten(value, names, fields=key == "properties")
    return copy


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of a value that may be null, without a choice of two: with the format where the rules look for it."""
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) != 1 or len(schema["anyOf"]) != 2 or not isinstance(options[0].get("type"), str):
        return schema
    whole = {**options[0], **schema, "type": [options[0]["type"], "null"]}
    del whole["anyOf"]
    if "enum" in whole:
        whole["enum"] = [*whole["enum"], None]
    return whole


def _sendable(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a parameter, which is left out when there is none: no address or header can hold null."""
    kept = {name: [value for value in schema[name] if value is not None] for name in ("enum",) if name in schema}
    types = schema.get("type")
    if isinstance(types, list):
        (kept["type"],) = (kind for kind in types if kind != "null")
    return {**schema, **kept}


def _add_examples(made: dict[str, Any]) -> None:
    """To every parameter, every body and every schema."""
    schemas = made["components"]["schemas"]
    for item in made["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _sendable(parameter["schema"])
                parameter["schema"].setdefault("examples", [example(parameter["schema"], schemas)])
            for media in _bodies(operation):
                if "example" not in media and "schema" in media:
                    media["example"] = example(media["schema"], schemas)
    shown = {name: example(schema, schemas) for name, schema in schemas.items()}
    for name, schema in schemas.items():
        schema.setdefault("examples", [shown[name]])


def _bodies(operation: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    yield from operation.get("requestBody", {}).get("content", {}).values()
    for response in operation["responses"].values():
        yield from response.get("content", {}).values()
