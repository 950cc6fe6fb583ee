"""What figures can be told apart by, and how finely: every way of dividing the records that there is.

Each dimension has a strict hierarchy of levels, the finest first. A release takes the finest level of which enough can
be shown. Source of the hierarchies: the seed (its five sectors), the size classes of CBS, and the groups in which
municipalities work together (`deelregio` in knowledge/municipalities.yaml).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from sqlalchemy.orm import InstrumentedAttribute

from analytics.models import Referral
from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass, StageId, Theme
from knowledge.intake import OPEN, OUTSIDE_REGION

OTHER = "overig"
UP_TO_NINE, TEN_TO_49, FIFTY_UP = "1-9", "10-49", "50+"
FITS, NOTHING_FITS = "passend", "geen"
CHANNELS = {"widget": "Chat", "formulier": "Formulier", "evenement": "Evenement"}
_NOT_TOLD = "Niet gezegd"


@dataclass(frozen=True)
class Level:
    """One way to divide the records.

    `titles` are its codes with their titles in the order in which they are shown, and `of` gives one of those codes for
    every value that a record can have.
    """

    id: str
    titles: Mapping[str, str]
    of: Callable[[Any], str]


@dataclass(frozen=True)
class Dimension:
    """Something that records differ in: the column that holds it, and its levels, the finest first."""

    id: str
    title: str
    column: InstrumentedAttribute[Any]
    levels: tuple[Level, ...]

    def level(self, identifier: str) -> Level:
        """The level with this id. Raises KeyError."""
        for level in self.levels:
            if level.id == identifier:
                return level
        raise KeyError(identifier)


def dimensions(knowledge: Knowledge, day: date | None = None) -> dict[str, Dimension]:
    """Every dimension by id, with the municipalities of a day, or all that there ever were.

    On a day, a municipality that had ended by then counts as its successor.
    """
    intake = knowledge.intake
    question = intake.question("hulpvraag")
    stages = {stage: intake.stage(stage).label for stage in get_args(StageId)}
    found = (
        Dimension("fase", "Fase", Referral.stage, (_same("fase", stages),)),
        Dimension(
            "hulpvraag",
            "Hulpvraag",
            Referral.question,
            (_same("hulpvraag", {code: title for code, title in question.choices() if code in get_args(Theme)}),),
        ),
        Dimension("grootte", "Aantal mensen", Referral.size_class, _sizes(knowledge)),
        Dimension("sector", "Sector", Referral.sbi2008, _sectors(knowledge)),
        Dimension("plaats", "Plaats", Referral.municipality, _places(knowledge, day)),
        Dimension("kanaal", "Waarlangs", Referral.channel, (_same("kanaal", CHANNELS),)),
        Dimension("site", "Website", Referral.site, (_sites(knowledge),)),
        Dimension(
            "aanbod",
            "Passend aanbod",
            Referral.nothing_fits,
            (
                Level(
                    "aanbod",
                    {FITS: "Er is passend aanbod", NOTHING_FITS: "Er is geen passend aanbod"},
                    lambda nothing: NOTHING_FITS if nothing else FITS,
                ),
            ),
        ),
    )
    return {dimension.id: dimension for dimension in found}


def _same(identifier: str, titles: Mapping[str, str]) -> Level:
    """A level of which the stored values are the codes."""
    return Level(identifier, titles, str)


def _sizes(knowledge: Knowledge) -> tuple[Level, ...]:
    titles = dict(knowledge.intake.question("personen").choices())
    classes = {size: titles[size] for size in get_args(SizeClass)} | {OPEN: _NOT_TOLD}
    three = {"1": UP_TO_NINE, "2-9": UP_TO_NINE, "10-49": TEN_TO_49, "50-249": FIFTY_UP, "250+": FIFTY_UP, OPEN: OPEN}
    names = {UP_TO_NINE: "Tot en met 9", TEN_TO_49: "10 tot en met 49", FIFTY_UP: "50 of meer", OPEN: _NOT_TOLD}
    return _same("klasse", classes), Level("drie", names, three.__getitem__)


def _sectors(knowledge: Knowledge) -> tuple[Level, ...]:
    """Sections of SBI 2008, because the population that they are laid beside (CBS, 2020) is counted in that version."""
    sections = knowledge.sectors.sections
    all_of_them = {code: section.naam for code, section in sections.sbi2008.items()} | {OPEN: _NOT_TOLD}
    seed = {sector.sbi2008: name for name, sector in sections.seed.items()}
    names = {name: sector.naam for name, sector in sections.seed.items()} | {OTHER: "Andere sectoren"}
    return _same("sectie", all_of_them), Level("zes", names, lambda section: seed.get(section, OTHER))


def _places(knowledge: Knowledge, day: date | None) -> tuple[Level, ...]:
    municipalities = knowledge.municipalities
    elsewhere = {OUTSIDE_REGION: "Buiten de regio", OPEN: _NOT_TOLD}
    every = sorted(municipalities.gemeenten, key=lambda municipality: municipality.naam)
    named = every if day is None else municipalities.valid(day)
    now = {one.code: municipalities.current(one.code, day) for one in every} if day else {}
    parts = {municipality.code: municipality.deelregio for municipality in every}
    regions = {municipality.code: municipality.regio for municipality in every}
    return (
        Level(
            "gemeente",
            {municipality.code: municipality.naam for municipality in named} | elsewhere,
            lambda code: now.get(code, code),
        ),
        Level("deelregio", municipalities.deelregios | elsewhere, lambda code: parts.get(code, code)),
        Level(
            "regio",
            {"provincie": "Provincie Utrecht", "gooi": "Gooi en Vechtstreek"} | elsewhere,
            lambda code: regions.get(code, code),
        ),
    )


def _sites(knowledge: Knowledge) -> Level:
    """Sites by name. One whose file is gone counts with the others that are gone."""
    titles = {identifier: site.naam for identifier, site in sorted(knowledge.sites.items()) if site.telt}
    return Level("site", titles | {OTHER: "Andere websites"}, lambda site: site if site in titles else OTHER)
