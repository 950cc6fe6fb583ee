"""Examples of what a schema describes, put together from those of its fields."""

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
REFERENCE = "#/components/schemas/"


class NoExampleError(LookupError):
    """A schema that says of a part neither an example nor what its values are."""


def example(schema: Schema, schemas: Mapping[str, Schema]) -> Any:
    """What the schema describes, for people to see. `schemas` are the components that it may refer to.

    A field that may be left out and has no example is left out. Raises NoExampleError.
    """
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return example(resolved(schema, schemas), schemas)
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return example(next(option for option in schema[choice] if option.get("type") != "null"), schemas)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if "properties" in schema:
        return _of_object(schema, schemas)
    if schema.get("type") == "array":
        return [example(schema["items"], schemas)]
    raise NoExampleError(schema.get("description") or str(schema))


def _of_object(schema: Schema, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    found = {}
    for name, part in schema["properties"].items():
        try:
            found[name] = example(part, schemas)
        except NoExampleError as error:
            if name in schema.get("required", ()):
                raise NoExampleError(f"{name}: {error}") from error
    return found


def resolved(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    """The schema, or the one that it refers to."""
    reference = schema.get("$ref")
    return schemas[reference.removeprefix(REFERENCE)] if reference else schema
