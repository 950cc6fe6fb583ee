"""The fields of an initiative that can be changed on a form: how they are shown, typed, compared and checked."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec

from knowledge.base import Knowledge
from knowledge.catalogue import AREAS, Initiative, SizeClass, StageId, Status, Theme
from knowledge.changes import CHANGEABLE, changed
from knowledge.loading import Document, KnowledgeError, Problem
from knowledge.words import visible

FOR_THE_WORKING_GROUP = ("toelichting",)  # an owner neither sees nor changes these
TITLES = {
    "biedt": "Wat je biedt",
    "voorWie": "Voor wie",
    "waar": "Waar",
    "kosten": "Wat het kost",
    "url": "Website",
    "contact": "Hoe een ondernemer jullie bereikt",
    "eigenaar": "Wie het initiatief runt",
    "regio": "Gebied",
    "thema": "Waar je bij helpt",
    "fase": "Hoe digitaal het bedrijf al is",
    "grootte": "Hoeveel mensen er werken",
    "status": "Loopt het initiatief?",
    "einde": "Laatste dag",
    "opvolger": "Opgegaan in",
    "toelichting": "Toelichting voor de werkgroep",
}
LONGEST = {
    "biedt": 1000,
    "voorWie": 500,
    "waar": 300,
    "kosten": 300,
    "url": 300,
    "contact": 300,
    "eigenaar": 200,
    "opvolger": 120,
    "toelichting": 2000,
}
STATUSES = {"actief": "Ja", "gestopt": "Nee, het is gestopt", "opgegaan_in": "Nee, het is opgegaan in iets anders"}
_AREA_TITLES = (
    "Provincie Utrecht",
    "Gooi en Vechtstreek",
    "De hele regio: provincie Utrecht en Gooi",
    "Heel Nederland",
)
LISTS = ("regio", "thema", "fase", "grootte")
_EMPTY = "–"


class Faults(Exception):
    """What is wrong with what was typed, per field, in Dutch."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Take the faults by the name of their field."""
        self.faults = dict(faults)
        super().__init__("; ".join(faults.values()))


class _Typed(Document):
    """What was typed, where a fault is told by the name of its field."""

    def problem(self, steps: tuple[str | int, ...], what: str, remedy: str) -> Problem:
        return Problem(str(steps[0]) if steps else "status", 1, what, remedy)


@dataclass(frozen=True)
class Difference:
    """A field with what it says and what it would say."""

    title: str
    before: str
    after: str


def plain(initiative: Initiative) -> dict[str, Any]:
    """The fields that may change, in types that JSON has."""
    values: dict[str, Any] = json.loads(msgspec.json.encode(initiative))
    return {name: values.get(name) for name in CHANGEABLE}


def with_changes(knowledge: Knowledge, initiative: Initiative, changes: Mapping[str, Any]) -> Initiative:
    """An initiative with changes over it. Raises Faults when they break the rules of the catalogue."""
    codes = frozenset(municipality.code for municipality in knowledge.municipalities.gemeenten)
    try:
        return changed(_Typed(Path(initiative.id), None, None), initiative, changes, codes)
    except KnowledgeError as error:
        raise Faults({problem.file: f"{problem.what} {problem.remedy}" for problem in error.problems}) from error


def merged(base: Initiative, *changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes laid over each other, without what is as in the file."""
    files = plain(base)
    together: dict[str, Any] = {}
    for change in changes:
        together |= change
    return {name: value for name, value in together.items() if value != files[name]}


def choices(knowledge: Knowledge, name: str, today: date, *, chosen: Collection[str] = ()) -> list[tuple[str, str]]:
    """What can be ticked or chosen in a field, as code and title; of municipalities that ended only chosen ones."""
    texts = knowledge.texts
    if name == "regio":
        known = sorted(knowledge.municipalities.gemeenten, key=lambda one: one.naam)
        listed = [(one.code, one.naam) for one in known if one.valid(today) or one.code in chosen]
        return [*zip(AREAS, _AREA_TITLES, strict=True), *listed]
    if name == "thema":
        return [(code, _capital(texts.thema[code])) for code in get_args(Theme)]
    if name == "fase":
        return [(code, f"Een bedrijf {texts.fase[code]}") for code in get_args(StageId)]
    if name == "grootte":
        return [(code, "1: de ondernemer alleen" if code == "1" else code) for code in get_args(SizeClass)]
    return [(code, STATUSES[code]) for code in get_args(Status)]


def shown(knowledge: Knowledge, name: str, value: Any, today: date) -> str:
    """A value in words."""
    if value in (None, "", []):
        return _EMPTY
    if name in (*LISTS, "status"):
        codes = [value] if isinstance(value, str) else value
        titles = dict(choices(knowledge, name, today, chosen=codes))
        return ", ".join(titles.get(code, code) for code in codes)
    if name == "einde":
        return knowledge.texts.day(date.fromisoformat(value))
    if name == "contact":
        return value.get("waarde") or _EMPTY
    return visible(str(value))


def differences(
    knowledge: Knowledge, before: Initiative, changes: Mapping[str, Any], today: date
) -> tuple[Difference, ...]:
    """What changes would make of an initiative, field by field; fields that stay the same are left out."""
    now = plain(before)
    pairs = (
        Difference(TITLES[name], shown(knowledge, name, now[name], today), shown(knowledge, name, changes[name], today))
        for name in CHANGEABLE
        if name in changes
    )
    return tuple(pair for pair in pairs if pair.before != pair.after)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
