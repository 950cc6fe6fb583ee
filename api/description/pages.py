"""The description as its page shows it: operations by subject, shapes with their fields, and how to try it."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.description.deprecations import Deprecation
from api.description.document import BASE
from api.description.examples import REFERENCE
from api.errors import MEDIA_TYPE
from knowledge.texts import Texts

_LIST = "lijst van "
_TYPES = {
    "string": "tekst",
    "integer": "geheel getal",
    "number": "getal",
    "boolean": "true of false",
    "object": "object",
    "array": "lijst",
    "null": "null",
}
_FORMATS = {"date": "datum", "date-time": "datum en tijd"}
_PLACES = {"path": "in het adres", "query": "achter het vraagteken", "header": "als header"}


@dataclass(frozen=True)
class Kind:
    """What a value is: in words, and the shape that it has if that has a name."""

    words: str
    shape: str | None = None


@dataclass(frozen=True)
class Field:
    """A field or a parameter. `place` is where a parameter goes."""

    name: str
    kind: Kind
    needed: bool
    text: str
    place: str = ""


@dataclass(frozen=True)
class Answer:
    """What an operation can answer. `media` is empty for JSON of the usual kind."""

    status: str
    text: str
    media: str
    kind: Kind | None


@dataclass(frozen=True)
class Operation:
    """What a client can ask."""

    id: str
    method: str
    path: str
    summary: str
    text: str
    deprecated: bool
    secret: str | None
    parameters: list[Field]
    body: Kind | None
    answers: list[Answer]
    try_it: str
    shown: str


@dataclass(frozen=True)
class Group:
    """The operations of a subject."""

    name: str
    text: str
    operations: list[Operation]


@dataclass(frozen=True)
class Shape:
    """A shape with a name: of an object its fields, of something else what it is."""

    name: str
    text: str
    kind: Kind
    fields: list[Field]
    shown: str


def groups(made: Mapping[str, Any], base: str) -> list[Group]:
    """The operations by subject. `base` is the whole address that paths come after."""
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in made["tags"]}
    for path, item in made["paths"].items():
        for method, operation in item.items():
            found[operation["tags"][0]].append(_operation(method.upper(), path, operation, base))
    return [Group(tag["name"], tag["description"], found[tag["name"]]) for tag in made["tags"]]


def shapes(made: Mapping[str, Any]) -> list[Shape]:
    """The shapes with a name, by name."""
    return [
        Shape(name, schema["description"], kind_of(schema), _fields(schema), pretty(schema["examples"][0]))
        for name, schema in sorted(made["components"]["schemas"].items())
    ]


def deprecated(deprecations: Sequence[Deprecation], texts: Texts) -> list[dict[str, str]]:
    """What is on its way out, with its days in words."""
    return [
        {
            "operation": f"{one.method} {one.path}",
            "since": texts.day(one.since.date()),
            "until": texts.day(one.until.date()),
            "instead": one.instead,
        }
        for one in deprecations
    ]


def pretty(value: Any) -> str:
    """An example as people read it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _operation(method: str, path: str, operation: Mapping[str, Any], base: str) -> Operation:
    _, _, more = operation["description"].partition(". ")
    body = next(iter(operation.get("requestBody", {}).get("content", {}).values()), None)
    answers = [_answer(status, response) for status, response in operation["responses"].items()]
    parameters = operation.get("parameters", [])
    best = next(iter(operation["responses"][answers[0].status].get("content", {}).values()), None)
    secret = next((name for names in operation.get("security", ()) for name in names), None)
    return Operation(
        id=operation["operationId"],
        method=method,
        path=f"{BASE}{path}",
        summary=operation["summary"],
        text=more,
        deprecated=operation.get("deprecated", False),
        secret=secret,
        parameters=[_parameter(parameter) for parameter in parameters],
        body=kind_of(body["schema"]) if body else None,
        answers=answers,
        try_it=_curl(method, base + _filled(path, parameters), secret, parameters, body),
        shown=pretty(best["example"]) if best else "",
    )


def _parameter(parameter: Mapping[str, Any]) -> Field:
    schema = parameter["schema"]
    text = _said(parameter["description"], schema)
    return Field(parameter["name"], Kind(kind_of(schema).words), parameter["required"], text, _PLACES[parameter["in"]])


def _answer(status: str, response: Mapping[str, Any]) -> Answer:
    media, content = next(iter(response.get("content", {}).items()), ("", None))
    kind = kind_of(content["schema"]) if content else None
    shown = "" if media in _USUAL else media
    return Answer(status, response["description"], shown, kind)


_USUAL = ("application/json", MEDIA_TYPE)


def _fields(schema: Mapping[str, Any]) -> list[Field]:
    needed = schema.get("required", ())
    return [
        Field(name, kind_of(part), name in needed, _said(part["description"], part))
        for name, part in schema.get("properties", {}).items()
    ]


def _said(text: str, schema: Mapping[str, Any]) -> str:
    """A description, with the values that there are when they are few."""
    values = [str(value) for value in schema.get("enum", ()) if value is not None]
    return f"{text.rstrip('.')}. Een van: {', '.join(values)}." if values else f"{text.rstrip('.')}."


def kind_of(schema: Mapping[str, Any]) -> Kind:
    """What a value is."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REFERENCE)
        return Kind(name, name)
    if "anyOf" in schema:
        kinds = [kind_of(option) for option in schema["anyOf"]]
        return Kind(" of ".join(kind.words for kind in kinds), next((kind.shape for kind in kinds if kind.shape), None))
    types = schema.get("type", "string")
    if types == "array" and schema["items"]:
        of = kind_of(schema["items"])
        return Kind(f"{_LIST}{of.words}", of.shape)
    names = types if isinstance(types, list) else [types]
    words = [
        _FORMATS.get(schema.get("format", ""), _TYPES[name]) if name == "string" else _TYPES[name] for name in names
    ]
    return Kind(" of ".join(words))


def _filled(path: str, parameters: Sequence[Mapping[str, Any]]) -> str:
    """A path with examples in it."""
    for parameter in parameters:
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter["schema"]["examples"][0]))
    return path


def _curl(
    method: str,
    address: str,
    secret: str | None,
    parameters: Sequence[Mapping[str, Any]],
    body: Mapping[str, Any] | None,
) -> str:
    """A command that asks this."""
    command = "curl" if method in ("GET", "POST") else f"curl -X {method}"
    parts = [f"{command} {shlex.quote(address)}"]
    if secret:
        parts.append(f'-H "Authorization: Bearer ${secret.upper()}"')
    for parameter in parameters:
        if parameter["name"] == "Idempotency-Key":
            header = f"Idempotency-Key: {parameter['schema']['examples'][0]}"
            parts.append(f"-H {shlex.quote(header)}")
    if body:
        parts.append("-H 'Content-Type: application/json'")
        parts.append(f"-d {shlex.quote(json.dumps(body['example'], ensure_ascii=False))}")
    return " \\\n  ".join(parts)
