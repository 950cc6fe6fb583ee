"""Where the offer falls short: from the catalogue alone, and from what was published.

A combination is a place, a stage, a size and a question; it has a gap when no initiative fits it (the fallback, such as
the KVK, always does). CBS tells how many firms of each size the province has, and nothing of municipalities, stages or
questions. So a gap is weighed by size only, and Gooi en Vechtstreek, which CBS did not count here, not at all.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any, Literal, get_args

from analytics.dimensions import FITS, NOTHING_FITS
from analytics.disclosure import percentage
from analytics.figures import Release
from analytics.menu import table_id
from knowledge.base import Knowledge
from knowledge.catalogue import SizeClass, StageId, Theme
from knowledge.matching import GROUPS, Profile, fitting, serves
from knowledge.municipalities import Municipality

Region = Literal["provincie", "gooi"]

FAR: StageId = "verder"
_DIMENSIONS = 4
_Box = tuple[tuple[Any, ...], ...]  # values of every dimension: each of one with each of every other


@dataclass(frozen=True)
class Place:
    """Municipalities that every initiative treats alike: a deelregio, or what is apart in it."""

    title: str
    region: Region
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Combination:
    """A kind of firm in a place, what it asks, and the ids of the initiatives that fit, the best first."""

    place: Place
    stage: str
    size: str
    question: str
    initiatives: tuple[str, ...]


@dataclass(frozen=True)
class Gap:
    """Combinations without an initiative: every one of these places, stages, sizes and questions with every other.

    `others` are the other places of the region. `firms` is how many firms of these sizes the whole province has; None
    in the Gooi, and for who works alone.
    """

    region: Region
    places: tuple[Place, ...]
    others: tuple[Place, ...]
    stages: tuple[str, ...]
    sizes: tuple[str, ...]
    questions: tuple[str, ...]
    firms: int | None


@dataclass(frozen=True)
class Unmet:
    """A place or a question, and the published numbers of firms for which nothing fitted, and something did."""

    code: str
    title: str
    without: int | None
    fitted: int | None
    percent: int | None


@dataclass(frozen=True)
class Demand:
    """How often firms found nothing that fits, as published: by question, and by region when that is known too.

    What is hidden counts as none.
    """

    questions: Mapping[str, int]
    regions: Mapping[Region, int] | None = None

    def of(self, region: Region, question: str) -> int:
        """The most that those of a region with a question can be, about: no more than either of them."""
        asked = self.questions.get(question, 0)
        return min(asked, self.regions.get(region, 0)) if self.regions is not None else asked


NOTHING_KNOWN = Demand({})


def places(knowledge: Knowledge, today: date) -> tuple[Place, ...]:
    """Every place of the region on a day, in the order in which figures show them."""
    municipalities = knowledge.municipalities
    parts: dict[str, dict[frozenset[str], list[Municipality]]] = {name: {} for name in municipalities.deelregios}
    for municipality in municipalities.valid(today):
        served = frozenset(
            initiative.id
            for initiative in knowledge.catalogue
            if initiative.verwijst
            and initiative.running(today)
            and initiative.groep in GROUPS
            and serves(initiative, municipality.code, municipalities, today)
        )
        parts[municipality.deelregio].setdefault(served, []).append(municipality)
    found: list[Place] = []
    for name, groups in parts.items():
        # What most of a deelregio has goes by its name, and the others are apart.
        by_number = sorted(groups.values(), key=len, reverse=True)
        apart = [municipality for group in by_number[1:] for municipality in group]
        title = municipalities.deelregios[name]
        if apart:
            title += f" zonder {listed([municipality.naam for municipality in apart])}"
        titles = [title, *(listed([municipality.naam for municipality in group]) for group in by_number[1:])]
        for group_title, group in zip(titles, by_number, strict=True):
            codes = tuple(municipality.code for municipality in group)
            found.append(Place(group_title, group[0].regio, codes))
    return tuple(found)


def combinations(knowledge: Knowledge, today: date) -> tuple[Combination, ...]:
    """Every combination that there is on a day, with what fits it."""
    kinds = list(product(get_args(StageId), get_args(SizeClass), get_args(Theme)))
    found = []
    for place, (stage, size, question) in product(places(knowledge, today), kinds):
        firm = Profile(size=size, municipality=place.codes[0], question=question, stage=stage, safety_flag=False)
        matched = fitting(firm, knowledge.catalogue, knowledge.municipalities, today)
        fits = tuple(one.initiative.id for one in matched)
        found.append(Combination(place, stage, size, question, fits))
    return tuple(found)


def gaps(found: Iterable[Combination], cbs: Mapping[str, Any]) -> tuple[Gap, ...]:
    """The combinations without an initiative, merged into few: the Gooi apart and last.

    First are those with firms of the target group, which are not far yet, then those of the most firms. How many firms
    are at a stage CBS does not know, so a gap of one stage has the number of all of that size.
    """
    every = list(found)
    merged: list[Gap] = []
    for region in get_args(Region):
        there = [combination for combination in every if combination.place.region == region]
        empty = [one for one in there if not one.initiatives]
        boxes = _merged({((one.place,), (one.stage,), (one.size,), (one.question,)) for one in empty}, _order(there))
        everywhere = tuple(dict.fromkeys(one.place for one in there))
        of_region = [
            Gap(
                region=region,
                places=box[0],
                others=tuple(place for place in everywhere if place not in box[0]),
                stages=box[1],
                sizes=box[2],
                questions=box[3],
                firms=_firms(region, box[2], cbs),
            )
            for box in boxes
        ]
        merged += sorted(of_region, key=lambda gap: _weight(gap, cbs), reverse=True)
    return tuple(merged)


def _order(combinations: Iterable[Combination]) -> tuple[dict[Any, int], ...]:
    """The position of every value of each dimension."""
    columns = zip(*((one.place, one.stage, one.size, one.question) for one in combinations), strict=True)
    return tuple({value: place for place, value in enumerate(dict.fromkeys(column))} for column in columns)


def _merged(boxes: set[_Box], order: tuple[dict[Any, int], ...]) -> list[_Box]:
    """The same combinations in fewer boxes: those that differ in one dimension only become one, until none do."""
    number = -1
    while number != len(boxes):
        number = len(boxes)
        for dimension in range(_DIMENSIONS):
            together: dict[_Box, set[Any]] = {}
            for box in boxes:
                rest = (*box[:dimension], *box[dimension + 1 :])
                together.setdefault(rest, set()).update(box[dimension])
            boxes = {
                (*rest[:dimension], tuple(sorted(values, key=order[dimension].__getitem__)), *rest[dimension:])
                for rest, values in together.items()
            }
    return sorted(boxes, key=lambda box: [[order[at][value] for value in values] for at, values in enumerate(box)])


def _firms(region: Region, sizes: Iterable[str], cbs: Mapping[str, Any]) -> int | None:
    counted = cbs["alleSectoren"]["vestigingen"]
    known = [counted[size] for size in sizes if size in counted]
    return sum(known) if known and region == "provincie" else None


def _weight(gap: Gap, cbs: Mapping[str, Any]) -> tuple[bool, int, bool, int]:
    cells = len(gap.places) * len(gap.stages) * len(gap.sizes) * len(gap.questions)
    return in_target_group(gap, cbs), gap.firms or 0, not gap.others, cells


def in_target_group(gap: Gap, cbs: Mapping[str, Any]) -> bool:
    """Whether firms of the target group are in it: micro and small, and hardly digital, so none that are far."""
    return set(gap.stages) != {FAR} and any(size in cbs["doelgroep"]["grootteklassen"] for size in gap.sizes)


def unmet(release: Release, scope: str, dimension: Literal["plaats", "hulpvraag"]) -> tuple[Unmet, ...]:
    """Where firms found nothing, the most first; those that are hidden are last. Nothing when there is no table."""
    table = release.tables.get(table_id(scope, dimension, "aanbod"))
    if table is None:
        return ()
    found = []
    for code, title in table.rows.items():
        without, fitted = table.value(code, NOTHING_FITS), table.value(code, FITS)
        together = without + fitted if without is not None and fitted is not None else None
        found.append(Unmet(code, title, without, fitted, percentage(without, together)))
    return tuple(sorted(found, key=lambda one: -(one.without or 0)))


def demand(release: Release, scope: str, knowledge: Knowledge) -> Demand:
    """Where firms found nothing, by question and by region, as far as a release tells of one scope."""
    questions = {one.code: one.without or 0 for one in unmet(release, scope, "hulpvraag")}
    region_of: dict[str, Region] = {region: region for region in get_args(Region)}
    for one in knowledge.municipalities.gemeenten:
        region_of |= {one.code: one.regio, one.deelregio: one.regio}
    regions: dict[Region, int] = {}
    for place in unmet(release, scope, "plaats"):
        if place.code in region_of:
            region = region_of[place.code]
            regions[region] = regions.get(region, 0) + (place.without or 0)
    return Demand(questions, regions or None)


def listed(names: Iterable[str], word: str = "en") -> str:
    """Names in a sentence: "Zeist, Soest en Baarn"."""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last
