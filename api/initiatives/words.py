"""Initiatives in words: what their codes mean to people."""

from collections.abc import Mapping
from typing import get_args

from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass, StageId, Theme

GROUPS = {
    "direct": "Directe hulp bij digitaal werken",
    "indirect": "Hulp waar digitaal werken een deel van is",
    "kennis": "Kennis en onderzoek",
    "vangnet": "Hier kan iedereen terecht",
    "niet_relevant": "Niet of niet meer voor ondernemers in deze regio",
}
KINDS = {
    "digitalisering": "Digitaal werken",
    "cyber": "Veilig werken",
    "netwerk": "Netwerk van ondernemers",
    "innovatie": "Vernieuwen",
    "loket": "Loket voor ondernemers",
    "kennis": "Kennis en onderzoek",
    "startups": "Hulp voor starters",
}
STATUSES = {"actief": "Actief", "gestopt": "Gestopt", "opgegaan_in": "Opgegaan in iets anders"}
CONTACTS = {"website": "Via de website", "loket": "Via een loket", "onbekend": "Nog niet bekend"}
AREAS = {
    "provincie": "Provincie Utrecht",
    "gooi": "Gooi en Vechtstreek",
    "regio": "Regio Utrecht",
    "landelijk": "Heel Nederland",
}
_FIRM = "Een bedrijf {stage}"


def area(knowledge: Knowledge, code: str) -> str:
    """What an area of the catalogue is called."""
    return AREAS[code] if code in AREAS else knowledge.municipalities.name(code)


def themes(knowledge: Knowledge) -> dict[str, str]:
    """What an initiative can help with."""
    return {code: _capital(knowledge.texts.thema[code]) for code in get_args(Theme)}


def stages(knowledge: Knowledge) -> dict[str, str]:
    """How digital a firm is."""
    return {code: _FIRM.format(stage=knowledge.texts.fase[code]) for code in get_args(StageId)}


def sizes(knowledge: Knowledge) -> Mapping[str, str]:
    """How many people work in a firm."""
    question = knowledge.intake.question("personen")
    titles = dict(question.choices()) | {"1": "De ondernemer alleen"}
    return {code: titles[code] for code in get_args(SizeClass)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
