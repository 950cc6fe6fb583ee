"""Every table and column of the database: what it is for, about whom, and how long it is kept."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from api.administration.retention import KINDS, STAYS, duration
from knowledge.loading import Document, KnowledgeError, Problem, convert, read

FILE = Path(__file__).with_name("inventory.yaml")
Sort = Literal["nee", "indirect", "ja", "verzegeld"]
Secret = Literal["hash", "versleuteld", "leesbaar"]
SORTS = {"nee": "Nee", "indirect": "Indirect", "ja": "Ja", "verzegeld": "Ja, versleuteld"}
NONE: Sort = "nee"


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one column holds, whether that is about a person, and when it goes before its row does.

    `geheim` is how a secret is stored: something by which somebody gets in, or the product knows its own.
    """

    soort: Sort
    wat: str
    eerder: str | None = None
    geheim: Secret | None = None


class Held(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one table is for."""

    naam: str
    doel: str
    kolommen: dict[str, Column]

    @property
    def personal(self) -> dict[str, Column]:
        """The columns that are about a person, in whatever way."""
        return {name: column for name, column in self.kolommen.items() if column.soort != NONE}


class Processing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A processing activity, as article 30 of the GDPR has them in the register, with the tables that are its data.

    `grondslag` is a proposal, and `beslissing` the question to the officer for data protection that goes with it.
    """

    id: str
    naam: str
    doel: str
    betrokkenen: str
    grondslag: str
    beslissing: str
    ontvangers: str
    tabellen: dict[str, Held]

    @property
    def personal(self) -> bool:
        """Whether any of it is about a person."""
        return any(held.personal for held in self.tabellen.values())


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    verwerkingen: tuple[Processing, ...]


@cache
def processings(path: Path = FILE) -> tuple[Processing, ...]:
    """Every processing activity. Raises KnowledgeError with every fault found."""
    document = read(path)
    found = convert(document, _File).verwerkingen
    problems = list(_problems(document, found))
    if problems:
        raise KnowledgeError(problems)
    return found


def _problems(document: Document, found: tuple[Processing, ...]) -> Iterator[Problem]:
    """Tables that stand at two activities, so that nobody can say which of the two they are for."""
    first: dict[str, str] = {}
    for index, processing in enumerate(found):
        for table in processing.tabellen:
            other = first.setdefault(table, processing.id)
            if other != processing.id:
                what = f"De tabel '{table}' staat ook bij '{other}'."
                where = ("verwerkingen", index, "tabellen", table)
                yield document.problem(where, what, "Laat hem bij één verwerking staan.")


def columns() -> dict[str, set[str]]:
    """The names of all columns that are described here, by table."""
    return {name: set(held.kolommen) for processing in processings() for name, held in processing.tabellen.items()}


def names(tables: Iterable[str]) -> tuple[str, ...]:
    """What tables are called. Raises KeyError for one that is not described."""
    known = {table: held.naam for processing in processings() for table, held in processing.tabellen.items()}
    return tuple(known[table] for table in tables)


def secrets() -> dict[Secret, list[tuple[str, Held, Column]]]:
    """The columns with a secret, with their table, by how it is stored."""
    found: dict[Secret, list[tuple[str, Held, Column]]] = {"hash": [], "versleuteld": [], "leesbaar": []}
    for processing in processings():
        for table, held in processing.tabellen.items():
            for column in held.kolommen.values():
                if column.geheim:
                    found[column.geheim].append((table, held, column))
    return found


def kept(table: str) -> tuple[str, ...]:
    """How long rows of a table are kept, in words. Raises KeyError for a table that the deleting does not know."""
    found = [
        (kind.name, f"{duration(kind.seconds)} na {kind.since}")
        for kind in KINDS
        if table in (kind.model.__tablename__, *(model.__tablename__ for model in kind.within))
    ]
    several = len(found) > 1 or (found and table in STAYS)
    words = [f"{name}: {term}." if several else f"{term[:1].upper()}{term[1:]}." for name, term in found]
    if table in STAYS:
        _, why = STAYS[table]
        words.insert(0, why if found else f"Wordt niet vanzelf gewist. {why}")
    if not words:
        raise KeyError(table)
    return tuple(words)
