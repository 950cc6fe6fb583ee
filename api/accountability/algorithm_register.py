"""The entry for the Algoritmeregister of the Dutch government, in the fields of its publication standard 1.0."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from knowledge.loading import convert, read

FILE = Path(__file__).with_name("algorithm_register.yaml")
Fill = Callable[[str], str]


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What has to be decided, and by whom."""

    wie: str
    wat: str


class Reference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A title with the address that goes with it."""

    title: str
    link: str


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of the standard, with a text to fill in, a list, or references."""

    veld: str
    groep: str
    titel: str
    tekst: str = ""
    lijst: tuple[str, ...] = ()
    verwijzingen: tuple[Reference, ...] = ()
    hoogstens: int | None = None
    verplicht: bool = False
    beslissing: Decision | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    velden: tuple[Field, ...]


@cache
def template(path: Path = FILE) -> tuple[Field, ...]:
    """The fields before anything is filled in. Raises KnowledgeError with what is wrong with the file."""
    return convert(read(path), _File).velden


def filled(fill: Fill) -> tuple[Field, ...]:
    """The fields with the facts of this installation; `fill` puts them in a text."""
    return tuple(
        msgspec.structs.replace(
            field,
            tekst=fill(field.tekst),
            verwijzingen=tuple(Reference(fill(one.title), fill(one.link)) for one in field.verwijzingen),
        )
        for field in template()
    )


def document(fields: tuple[Field, ...]) -> dict[str, Any]:
    """The entry as the register takes it in: every field by its name in the standard, what is open left out."""
    values = {field.veld: _value(field) for field in fields}
    return {name: value for name, value in values.items() if value}


def _value(field: Field) -> Any:
    if field.verwijzingen:
        return [{"title": one.title, "link": one.link} for one in field.verwijzingen if one.link]
    return list(field.lijst) if field.lijst else field.tekst
