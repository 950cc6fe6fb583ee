"""What the standard says: its version, its schemas, and ids that stay the same as long as what they name."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

VERSION = "3.2"
SOURCE = f"https://raw.githubusercontent.com/openreferral/specification/{VERSION}/schema"
PROFILE = f"https://docs.openreferral.org/en/{VERSION}/hsds/schema_reference.html"
# The objects that are published, in the order in which the files of a package are best read.
TABLES = (
    *("organization", "service", "service_area", "location", "service_at_location"),
    *("taxonomy", "taxonomy_term", "attribute"),
)
# Never change this: every id follows from it, and other directories know our services by these ids.
_NAMESPACE = UUID("90b25d40-89b4-446f-822e-0f693ba462b7")
_SCHEMAS = Path(__file__).parent / "schemas"
_BETWEEN = "\x1f"  # stands in no name


def identifier(table: str, *parts: str) -> str:
    """The id of the row of a table that `parts` name."""
    return str(uuid5(_NAMESPACE, _BETWEEN.join((table, *parts))))


@cache
def schema(name: str) -> dict[str, Any]:
    """The official schema of an object."""
    found: dict[str, Any] = json.loads((_SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    return found


def columns(table: str) -> dict[str, dict[str, Any]]:
    """What one row of a table can say about an object itself, with the schema of each; objects in it are left out."""
    properties: dict[str, dict[str, Any]] = schema(table)["properties"]
    return {name: said for name, said in properties.items() if "$ref" not in said and said["type"] != "array"}
