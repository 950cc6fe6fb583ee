"""The municipalities of the region by date, as CBS codes, and the names that people use for them."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from knowledge.intake import OUTSIDE_REGION
from knowledge.loading import Document, KnowledgeError, Problem, convert, read

_POSTCODES = re.compile(r"([1-9]\d{3})(?:-([1-9]\d{3}))?")


class Municipality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One municipality: CBS code, validity (both ends included, missing is open) and what people call its parts."""

    code: str
    naam: str
    regio: Literal["provincie", "gooi"]
    deelregio: str
    geldigVan: date | None = None
    geldigTot: date | None = None
    opvolger: str | None = None
    plaatsen: tuple[str, ...] = ()
    wijken: tuple[str, ...] = ()
    schrijfwijzen: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()

    def valid(self, on: date) -> bool:
        """Whether the municipality exists on this day."""
        started = self.geldigVan is None or self.geldigVan <= on
        return started and (self.geldigTot is None or on <= self.geldigTot)

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called by."""
        return (self.naam, *self.plaatsen, *self.wijken, *self.schrijfwijzen)


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the places that an ambiguous name may mean."""

    code: str
    titel: str


class Ambiguous(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name that lies in more than one municipality."""

    naam: str
    opties: tuple[Choice, ...]


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The name of an area larger than a municipality."""

    naam: str


class Outside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place outside the region."""

    naam: str
    gemeente: str | None = None
    provincie: str | None = None


class Municipalities(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The list, and the names that need more than a look-up."""

    bron: tuple[str, ...]
    deelregios: dict[str, str]
    gemeenten: tuple[Municipality, ...]
    dubbelzinnig: tuple[Ambiguous, ...]
    gebieden: tuple[Area, ...]
    buitenRegio: tuple[Outside, ...]

    def municipality(self, code: str) -> Municipality:
        """The municipality with this code, also when it no longer exists. Raises KeyError when there is none."""
        for municipality in self.gemeenten:
            if municipality.code == code:
                return municipality
        raise KeyError(code)

    def valid(self, on: date) -> tuple[Municipality, ...]:
        """The municipalities that exist on this day, by name."""
        return tuple(sorted((m for m in self.gemeenten if m.valid(on)), key=lambda m: m.naam))

    def current(self, code: str, on: date) -> str:
        """The code that holds on this day: a municipality that ended counts as its successor.

        Codes that are not of the list (`buiten_regio`, `onbekend`) stay what they are.
        """
        known = {municipality.code: municipality for municipality in self.gemeenten}
        while code in known and not known[code].valid(on):
            successor = known[code].opvolger
            if successor is None:
                break
            code = successor
        return code

    def name(self, code: str) -> str:
        """What a code is called in a sentence."""
        return "buiten de regio" if code == OUTSIDE_REGION else self.municipality(code).naam


def load_municipalities(path: Path) -> Municipalities:
    """Read the list. Raises KnowledgeError with every fault that was found."""
    document = read(path)
    municipalities = convert(document, Municipalities)
    problems = _code_problems(document, municipalities) + _name_problems(document, municipalities)
    problems += _postcode_problems(document, municipalities)
    if problems:
        raise KnowledgeError(problems)
    return municipalities


def _code_problems(document: Document, municipalities: Municipalities) -> list[Problem]:
    problems = []
    codes = [municipality.code for municipality in municipalities.gemeenten]
    for index, municipality in enumerate(municipalities.gemeenten):
        here = ("gemeenten", index)
        if codes.index(municipality.code) != index:
            what = f"De code {municipality.code} staat er twee keer."
            problems.append(document.problem((*here, "code"), what, "Haal er een weg."))
        if municipality.deelregio not in municipalities.deelregios:
            what = f"De deelregio '{municipality.deelregio}' bestaat niet."
            problems.append(document.problem((*here, "deelregio"), what, "Noem een deelregio die bovenaan staat."))
        if municipality.opvolger and municipality.opvolger not in codes:
            what = f"De opvolger {municipality.opvolger} bestaat niet."
            problems.append(document.problem((*here, "opvolger"), what, "Noem een code uit deze lijst."))
        elif municipality.opvolger and municipality.geldigTot:
            following = municipalities.municipality(municipality.opvolger)
            if not following.valid(municipality.geldigTot + timedelta(days=1)):
                what = f"De opvolger {municipality.opvolger} bestaat niet op de dag na geldigTot."
                problems.append(document.problem((*here, "opvolger"), what, "Kijk code en datums na."))
        if (municipality.geldigTot is None) != (municipality.opvolger is None):
            what = "geldigTot en opvolger horen bij elkaar."
            problems.append(document.problem(here, what, "Vul ze allebei in, of geen van beide."))
        if municipality.geldigVan and municipality.geldigTot and municipality.geldigVan > municipality.geldigTot:
            problems.append(document.problem((*here, "geldigTot"), "Het einde ligt voor het begin.", "Kijk ze na."))
    for index, ambiguous in enumerate(municipalities.dubbelzinnig):
        for choice in ambiguous.opties:
            if choice.code not in (*codes, OUTSIDE_REGION):
                what = f"De code {choice.code} bij '{ambiguous.naam}' bestaat niet."
                remedy = "Noem een code uit deze lijst of buiten_regio."
                problems.append(document.problem(("dubbelzinnig", index), what, remedy))
    return problems


def _postcode_problems(document: Document, municipalities: Municipalities) -> list[Problem]:
    """Postcodes that cannot be read, or that two municipalities claim."""
    problems = []
    owner: dict[int, str] = {}
    for index, municipality in enumerate(municipalities.gemeenten):
        for position, span in enumerate(municipality.postcodes):
            where = ("gemeenten", index, "postcodes", position)
            match = _POSTCODES.fullmatch(span)
            first, last = (int(match.group(1)), int(match.group(2) or match.group(1))) if match else (1, 0)
            if first > last:
                remedy = 'Schrijf vier cijfers of van-tot, bijvoorbeeld "3811-3819".'
                problems.append(document.problem(where, f"'{span}' is geen postcode.", remedy))
            owners = {owner.setdefault(code, municipality.code) for code in range(first, last + 1)}
            for other in sorted(owners - {municipality.code}):
                what = f"De postcode {span} staat ook bij {other}."
                problems.append(document.problem(where, what, "Laat hem op een plaats staan."))
    return problems


def _name_problems(document: Document, municipalities: Municipalities) -> list[Problem]:
    """Names that stand for two municipalities without being listed as ambiguous."""
    problems = []
    owner: dict[str, str] = {}
    for index, municipality in enumerate(municipalities.gemeenten):
        for name in municipality.names:
            other = owner.setdefault(name.lower(), municipality.code)
            if other != municipality.code:
                what = f"De naam '{name}' staat ook bij {other}."
                problems.append(document.problem(("gemeenten", index), what, "Zet hem bij dubbelzinnig."))
    for index, outside in enumerate(municipalities.buitenRegio):
        if outside.naam.lower() in owner:
            what = f"'{outside.naam}' staat ook bij {owner[outside.naam.lower()]}."
            problems.append(document.problem(("buitenRegio", index), what, "Zet hem bij dubbelzinnig of haal hem weg."))
    return problems
