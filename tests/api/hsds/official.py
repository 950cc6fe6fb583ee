"""Holds objects to the official schemas: that they are valid, and that they use no name that the standard lacks."""

from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from api.hsds.standard import TABLES, schema

_REGISTRY: Registry[Any] = Registry().with_resources(
    [(schema(name)["$id"], Resource.from_contents(schema(name), DRAFT202012)) for name in TABLES]
)
# The compiled schemas of the standard add what belongs to an object, which the schemas of single objects leave out.
_NESTED = {"organization": {"services": "service"}, "service_at_location": {"service": "service"}}


def faults(name: str, item: dict[str, Any]) -> list[str]:
    """What is wrong with an object. What is in it and has no schema here would be an error of its own."""
    validator = Draft202012Validator(
        schema(name), registry=_REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    found = [f"{name}: {error.json_path} {error.message}" for error in validator.iter_errors(item)]
    return found + _unknown(name, item)


def page_faults(page: dict[str, Any]) -> list[str]:
    """What is wrong with what a page of a list says of itself."""
    return [error.message for error in Draft202012Validator(schema("page")).iter_errors(page)]


def _unknown(name: str, item: dict[str, Any]) -> list[str]:
    found = []
    properties, nested = schema(name)["properties"], _NESTED.get(name, {})
    for key, value in item.items():
        if key in nested:
            inside = nested[key]
        elif key not in properties:
            found.append(f"{name} has no {key}")
            continue
        else:
            inside = properties[key].get("items", properties[key]).get("$ref", "").removesuffix(".json")
        if inside:
            for one in value if isinstance(value, list) else [value]:
                found += _unknown(inside, one)
    return found
