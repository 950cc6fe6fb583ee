"""Initiatives in words: what their codes mean to people."""

from collections.abc import Iterable, Mapping
from typing import get_args, get_type_hints

from knowledge.base import Knowledge
from knowledge.catalogue import AREAS as CODES_OF_AREAS
from knowledge.catalogue import Contact, Group, Kind, SizeClass, StageId, Status, Theme
from knowledge.languages import DUTCH, shipped

WORDS = shipped()[DUTCH]["initiatieven"]


def _titles(field: str, codes: Iterable[str]) -> dict[str, str]:
    """What the codes of a field mean."""
    return {code: WORDS[f"{field}_{code}"] for code in codes}


GROUPS = _titles("groep", get_args(Group))
KINDS = _titles("soort", get_args(Kind))
STATUSES = _titles("status", get_args(Status))
CONTACTS = _titles("contact", get_args(get_type_hints(Contact)["soort"]))
AREAS = _titles("regio", CODES_OF_AREAS)


def area(knowledge: Knowledge, code: str) -> str:
    """What an area of the catalogue is called."""
    return AREAS[code] if code in AREAS else knowledge.municipalities.name(code)


def themes(knowledge: Knowledge) -> dict[str, str]:
    """What an initiative can help with."""
    return {code: _capital(knowledge.texts.thema[code]) for code in get_args(Theme)}


def stages(knowledge: Knowledge) -> dict[str, str]:
    """How digital a firm is."""
    return {code: WORDS["bedrijfDat"].format(fase=knowledge.texts.fase[code]) for code in get_args(StageId)}


def sizes(knowledge: Knowledge) -> Mapping[str, str]:
    """How many people work in a firm."""
    question = knowledge.intake.question("personen")
    titles = dict(question.choices()) | {"1": WORDS["alleen"]}
    return {code: titles[code] for code in get_args(SizeClass)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
