"""What is known of each success criterion of WCAG 2.2, level A and AA."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from knowledge.loading import convert, read

FILE = Path(__file__).with_name("criteria.yaml")
Verdict = Literal["voldoet", "deels", "nvt"]
VERDICTS = {"voldoet": "voldoet", "deels": "voldoet deels", "nvt": "niet van toepassing"}


class Finding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was found, and how or why."""

    oordeel: Verdict
    hoe: str

    @property
    def words(self) -> str:
        """The verdict in words."""
        return VERDICTS[self.oordeel]


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One success criterion; `bewijs` are the tests that hold it in place.

    With `metAxe` those of all our own pages with axe-core do so too; `criteria` has them in `bewijs`.
    """

    nummer: str
    naam: str
    niveau: Literal["A", "AA"]
    widget: Finding
    paginas: Finding
    metAxe: bool = False
    bewijs: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    datum: date
    axe: str
    paginasMetAxe: tuple[str, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Judged:
    """When was looked, with which version of axe-core, and how often each verdict was given of our own pages."""

    on: date
    axe: str
    numbers: dict[str, int]


@cache
def _file(path: Path = FILE) -> _File:
    return convert(read(path), _File)


def criteria() -> tuple[Criterion, ...]:
    """Every criterion in the order of the standard. Raises KnowledgeError with what is wrong with the file."""
    found = _file()
    return tuple(
        msgspec.structs.replace(one, bewijs=(*one.bewijs, *found.paginasMetAxe)) if one.metAxe else one
        for one in found.criteria
    )


def proofs() -> dict[str, dict[str, tuple[str, ...]]]:
    """The tests by their file, each with the numbers of the criteria that it holds in place."""
    held: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for criterion in criteria():
        for proof in criterion.bewijs:
            file, _, test = proof.partition("::")
            held[file][test].append(criterion.nummer)
    return {file: {test: tuple(numbers) for test, numbers in tests.items()} for file, tests in sorted(held.items())}


def judged() -> Judged:
    """The findings as a whole."""
    found = _file()
    verdicts: list[str] = [criterion.paginas.oordeel for criterion in found.criteria]
    return Judged(found.datum, found.axe, {name: verdicts.count(name) for name in VERDICTS})
