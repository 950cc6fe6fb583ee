"""The web sites that carry the assistant, one file each."""

from pathlib import Path
from typing import Literal

import msgspec

from knowledge.loading import KnowledgeError, Problem, convert, read


class SiteContact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where somebody who wants a person can turn to."""

    naam: str
    url: str | None = None
    telefoon: str | None = None
    openingstijden: str | None = None


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A site: who runs the assistant there, the municipality to suggest, and whether its traffic counts."""

    id: str
    naam: str
    aanbieder: str
    status: Literal["actief", "gepauzeerd"]
    telt: bool
    contact: SiteContact
    gemeente: str | None = None
    nietBekend: tuple[str, ...] = ()


Sites = dict[str, Site]


def load_sites(folder: Path) -> Sites:
    """Read one file per site. Raises KnowledgeError with every fault that was found."""
    problems: list[Problem] = []
    sites: Sites = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read(path)
            site = convert(document, Site)
        except KnowledgeError as error:
            problems += error.problems
            continue
        if site.id != path.stem:
            what = f"Het id '{site.id}' is anders dan de naam van het bestand."
            problems.append(document.problem(("id",), what, f"Maak er '{path.stem}' van."))
        sites[site.id] = site
    if not sites and not problems:
        problems.append(Problem(f"{folder.name}/", 1, "Er staan geen sites.", "Zet de bestanden terug."))
    if problems:
        raise KnowledgeError(problems)
    return sites
