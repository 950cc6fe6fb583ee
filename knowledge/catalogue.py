"""The initiatives: what each offers, for whom, and how fresh what we know of it is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from knowledge.loading import Document, KnowledgeError, Problem, convert, read

Group = Literal["direct", "indirect", "kennis", "vangnet", "niet_relevant"]
Kind = Literal["digitalisering", "cyber", "netwerk", "innovatie", "loket", "kennis", "startups"]
Status = Literal["actief", "gestopt", "opgegaan_in"]
SizeClass = Literal["1", "2-9", "10-49", "50-249", "250+"]
Theme = Literal["klanten", "administratie", "veilig", "gegevens_ai", "personeel", "weet_niet"]
StageId = Literal["adhoc", "engaged", "verder"]

AREAS = ("provincie", "gooi", "regio", "landelijk")  # next to municipality codes
MAY_MISS = ("voorWie", "waar", "kosten", "url", "contact", "eigenaar")  # what nietBekend speaks of
OUTDATED_AFTER_MONTHS = 12  # contract of the matching: a sign of life older than this is said to be old


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The route by which an entrepreneur gets there."""

    soort: Literal["website", "loket", "onbekend"]
    waarde: str | None = None


class Initiative(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One initiative. What is not known is left out and listed in `nietBekend`.

    `gezien` is the month ("2024-05") of the last sign of life that was found; `verwijst` tells whether an entrepreneur
    can be sent there at all; `regio`, `thema`, `fase` and `grootte` tell whom it serves.
    """

    id: str
    naam: str
    groep: Group
    soort: Kind
    status: Status
    gezien: str
    verwijst: bool
    regio: tuple[str, ...]
    thema: tuple[Theme, ...]
    fase: tuple[StageId, ...]
    grootte: tuple[SizeClass, ...]
    biedt: str
    bronnen: tuple[str, ...]
    voorWie: str | None = None
    waar: str | None = None
    kosten: str | None = None
    url: str | None = None
    contact: Contact | None = None
    eigenaar: str | None = None
    ookBekendAls: tuple[str, ...] = ()
    opvolger: str | None = None
    begin: date | None = None
    einde: date | None = None
    nietBekend: tuple[str, ...] = ()
    toelichting: str | None = None
    laatsteLevensteken: str | None = None

    @property
    def seen(self) -> tuple[int, int]:
        """Year and month of the last sign of life."""
        year, month = self.gezien.split("-")
        return int(year), int(month)

    def outdated(self, today: date) -> bool:
        """Whether more calendar months than agreed lie between the last sign of life and today."""
        year, month = self.seen
        return (today.year - year) * 12 + today.month - month > OUTDATED_AFTER_MONTHS

    def running(self, today: date) -> bool:
        """Whether it works today: active, and inside its first and last day (both included, missing is open)."""
        begun = self.begin is None or self.begin <= today
        ended = self.einde is not None and self.einde < today
        return self.status == "actief" and begun and not ended


Catalogue = tuple[Initiative, ...]


def load_catalogue(folder: Path) -> Catalogue:
    """Read one file per initiative, in the order of their ids. Raises KnowledgeError with every fault found."""
    problems: list[Problem] = []
    initiatives: list[Initiative] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read(path)
            initiative = convert(document, Initiative)
        except KnowledgeError as error:
            problems += error.problems
            continue
        problems += _name_problems(document, initiative) + entry_problems(document, initiative)
        initiatives.append(initiative)
    if not initiatives and not problems:
        problems.append(Problem(f"{folder.name}/", 1, "Er staan geen initiatieven.", "Zet de bestanden terug."))
    if problems:
        raise KnowledgeError(problems)
    return tuple(initiatives)


def _name_problems(document: Document, initiative: Initiative) -> list[Problem]:
    if initiative.id == document.path.stem:
        return []
    what = f"Het id '{initiative.id}' is anders dan de naam van het bestand."
    return [document.problem(("id",), what, f"Maak er '{document.path.stem}' van of hernoem het bestand.")]


def entry_problems(document: Document, initiative: Initiative) -> list[Problem]:
    """Faults in one entry that its form alone does not show."""
    found = []
    if not _is_month(initiative.gezien):
        what = f"'{initiative.gezien}' is geen maand."
        found.append(document.problem(("gezien",), what, 'Schrijf jaar en maand, bijvoorbeeld "2024-05".'))
    for index, area in enumerate(initiative.regio):
        if area not in AREAS and not (area.startswith("GM") and area[2:].isdigit() and len(area) == 6):
            what = f"De regio '{area}' bestaat niet."
            remedy = "Kies provincie, gooi, regio, landelijk of een gemeentecode zoals GM0344."
            found.append(document.problem(("regio", index), what, remedy))
    if not initiative.bronnen:
        found.append(document.problem(("bronnen",), "Er staat geen bron bij.", "Noem de bron van deze gegevens."))
    if (initiative.status == "opgegaan_in") != (initiative.opvolger is not None):
        what = "Een opvolger hoort bij de status opgegaan_in, en andersom."
        found.append(document.problem(("status",), what, "Vul opvolger in of pas de status aan."))
    if initiative.begin and initiative.einde and initiative.begin > initiative.einde:
        found.append(document.problem(("einde",), "Het einde ligt voor het begin.", "Kijk de datums na."))
    if initiative.status != "actief" and initiative.verwijst:
        what = "Naar een initiatief dat gestopt is, wordt niet verwezen."
        found.append(document.problem(("verwijst",), what, "Zet verwijst op false."))
    if initiative.url is not None and not initiative.url.startswith("https://"):
        found.append(document.problem(("url",), "Het adres begint niet met https://.", "Schrijf het hele adres."))
    found += _contact_problems(document, initiative.contact) + _gap_problems(document, initiative)
    for name in ("naam", "biedt"):
        if not getattr(initiative, name).strip():
            found.append(document.problem((name,), "Hier staat niets.", "Vul de tekst in."))
    for list_name in ("bronnen", "ookBekendAls"):
        for index, text in enumerate(getattr(initiative, list_name)):
            if not text.strip():
                remedy = "Vul de tekst in of haal hem weg."
                found.append(document.problem((list_name, index), "Hier staat niets.", remedy))
    for steps, text in _optional_texts(initiative):
        if text is not None and not text.strip():
            found.append(document.problem(steps, "Hier staat niets.", "Laat dit weg en noem het bij nietBekend."))
    return found


def _contact_problems(document: Document, contact: Contact | None) -> list[Problem]:
    """A route that leads nowhere."""
    if contact is None:
        return []
    where = ("contact", "waarde")
    if contact.soort == "onbekend":
        remedy = "Kies website of loket bij soort, of haal de waarde weg."
        what = "De soort is onbekend, maar er staat wel waar een ondernemer terecht kan."
        return [] if contact.waarde is None else [document.problem(where, what, remedy)]
    if contact.waarde is None:
        remedy = "Zet er een waarde bij, of maak van soort onbekend."
        return [document.problem(("contact",), f"Bij de soort {contact.soort} staat niet waar dat is.", remedy)]
    if contact.soort == "website" and contact.waarde.strip() and not contact.waarde.startswith("https://"):
        return [document.problem(where, "Het adres begint niet met https://.", "Schrijf het hele adres.")]
    return []


def _gap_problems(document: Document, initiative: Initiative) -> list[Problem]:
    """What is said not to be known and stands there all the same, or cannot be missing."""
    found = []
    for index, name in enumerate(initiative.nietBekend):
        where = ("nietBekend", index)
        if name not in MAY_MISS:
            what = f"'{name}' kan niet bij nietBekend staan."
            found.append(document.problem(where, what, f"Kies uit: {', '.join(MAY_MISS)}."))
            continue
        value = getattr(initiative, name)
        if value is not None and not (isinstance(value, Contact) and value.soort == "onbekend"):
            what = f"Bij nietBekend staat '{name}', maar dat is ingevuld."
            found.append(document.problem(where, what, f"Haal '{name}' weg bij nietBekend."))
    return found


def _optional_texts(initiative: Initiative) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """What may be left out. What is there has to say something: an empty text would be neither known nor unknown."""
    for name in ("voorWie", "waar", "kosten", "eigenaar", "opvolger", "toelichting", "laatsteLevensteken"):
        yield (name,), getattr(initiative, name)
    if initiative.contact is not None:
        yield ("contact", "waarde"), initiative.contact.waarde


def _is_month(text: str) -> bool:
    year, _, month = text.partition("-")
    return len(year) == 4 and year.isdigit() and len(month) == 2 and month.isdigit() and 1 <= int(month) <= 12


def doubtful(folder: Path, catalogue: Catalogue, today: date) -> list[Problem]:
    """What is wrong for who writes the files, and stops no product: its clock may be wrong, and a file be of others."""
    found = []
    for initiative in catalogue:
        document = read(folder / f"{initiative.id}.yaml")  # again, for the lines
        if initiative.seen > (today.year, today.month):
            what = f"De maand '{initiative.gezien}' moet nog komen."
            found.append(document.problem(("gezien",), what, "Schrijf de maand waarin je het voor het laatst zag."))
        for name in MAY_MISS:
            value = getattr(initiative, name)
            missing = value is None or (isinstance(value, Contact) and value.soort == "onbekend")
            if missing and name not in initiative.nietBekend:
                what = f"'{name}' ontbreekt en staat niet bij nietBekend."
                found.append(document.problem(("nietBekend",), what, "Vul het in, of noem het bij nietBekend."))
    return found
