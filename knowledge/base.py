"""Everything in knowledge/ read at once, for the programs that need it."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from knowledge.catalogue import Catalogue, Initiative, SizeClass, StageId, load_catalogue
from knowledge.intake import Intake, load_intake
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.loading import KnowledgeError, Problem, read
from knowledge.matching import EVERYBODY, FALLBACKS
from knowledge.municipalities import Municipalities, load_municipalities
from knowledge.naming import InitiativeNames
from knowledge.places import PlaceIndex
from knowledge.sectors import SectorIndex, load_sectors
from knowledge.site_folder import SiteFolder, Sites
from knowledge.terms import Terms, load_terms
from knowledge.texts import Texts, load_texts
from knowledge.widget import Widget, load_widget

FOLDER = Path(__file__).parent
SITES_FOLDER = "SITES_FOLDER"  # setting: where the files of the sites are, when not beside the other data


@dataclass(frozen=True, eq=False)  # each is only equal to itself, so that what is made of it can be kept
class Knowledge:
    """The validated data of one moment; only the sites follow their files.

    The versions name the contents of the questions and of the catalogue, so that a record tells what it was made with.
    """

    intake: Intake
    catalogue: Catalogue
    municipalities: Municipalities
    sectors: SectorIndex
    sites: Sites
    widget: Widget
    texts: Texts
    terms: Terms
    lexicon: Lexicon
    scoring_version: str
    catalogue_version: str

    @cached_property
    def places(self) -> PlaceIndex:
        """Look-up of municipalities in text."""
        return PlaceIndex(self.municipalities)

    def initiative(self, identifier: str) -> Initiative | None:
        """The initiative with this id."""
        return next((entry for entry in self.catalogue if entry.id == identifier), None)

    @cached_property
    def initiative_names(self) -> InitiativeNames:
        """Look-up of initiatives by name in text."""
        return InitiativeNames(self.catalogue)


def load(folder: Path = FOLDER) -> Knowledge:
    """Read all data. Raises KnowledgeError with the faults of every file, not only of the first."""
    problems: list[Problem] = []
    parts: dict[str, Callable[[], Any]] = {
        "intake": lambda: load_intake(folder / "intake.yaml"),
        "catalogue": lambda: load_catalogue(folder / "initiatives"),
        "municipalities": lambda: load_municipalities(folder / "municipalities.yaml"),
        "sectors": lambda: load_sectors(folder / "sectors.yaml", folder / "activities.yaml"),
        "widget": lambda: load_widget(folder / "widget.yaml"),
        "sites": lambda: SiteFolder(_sites_folder(folder), _codes(loaded["municipalities"]), loaded["widget"]),
        "texts": lambda: load_texts(folder / "texts.yaml"),
        "terms": lambda: load_terms(folder / "terms.yaml"),
        "lexicon": lambda: load_lexicon(folder / "lexicon.yaml", loaded["intake"]),
    }
    loaded: dict[str, Any] = {}
    for name, load_part in parts.items():
        try:
            loaded[name] = load_part()
        except KnowledgeError as error:
            problems += error.problems
        except KeyError:
            continue  # what this part rests on could not be read, and that is among the problems
    if problems:
        raise KnowledgeError(problems)
    knowledge = Knowledge(
        **loaded,
        scoring_version=f"{loaded['intake'].versie}.{_fingerprint([folder / 'intake.yaml'])}",
        catalogue_version=_fingerprint(sorted((folder / "initiatives").glob("*.yaml"))),
    )
    problems = _cross_problems(knowledge, folder)
    if problems:
        raise KnowledgeError(problems)
    return knowledge


def _sites_folder(folder: Path) -> Path:
    return Path(os.environ.get(SITES_FOLDER) or folder / "sites")


def _codes(municipalities: Municipalities) -> frozenset[str]:
    """The code of every municipality, also of those that no longer exist."""
    return frozenset(municipality.code for municipality in municipalities.gemeenten)


def _fingerprint(paths: list[Path]) -> str:
    """A short name for the contents of files: the same contents, the same name."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _cross_problems(knowledge: Knowledge, folder: Path) -> list[Problem]:
    """Faults that show only when files are laid side by side."""
    problems = []
    codes = _codes(knowledge.municipalities)
    for initiative in knowledge.catalogue:
        for index, area in enumerate(initiative.regio):
            if area.startswith("GM") and area not in codes:
                document = read(folder / "initiatives" / f"{initiative.id}.yaml")  # again, for the line
                what = f"De gemeente {area} bestaat niet."
                problems.append(document.problem(("regio", index), what, "Noem een code uit municipalities.yaml."))
    for identifier in FALLBACKS:
        if knowledge.initiative(identifier) is None:
            what = f"Het vangnet '{identifier}' ontbreekt."
            problems.append(Problem("initiatives/", 1, what, f"Zet initiatives/{identifier}.yaml terug."))
    everybody = knowledge.initiative(EVERYBODY)
    if everybody is not None and not _serves_everybody(everybody):
        what = (
            "Het laatste vangnet moet iedereen kunnen helpen: landelijk, elke fase en elke grootte, zonder einddatum."
        )
        problems.append(Problem(f"initiatives/{EVERYBODY}.yaml", 1, what, "Herstel status, regio, fase en grootte."))
    return problems


def _serves_everybody(initiative: Initiative) -> bool:
    return (
        initiative.status == "actief"
        and initiative.verwijst
        and initiative.einde is None
        and "landelijk" in initiative.regio
        and set(initiative.fase) == set(get_args(StageId))
        and set(initiative.grootte) == set(get_args(SizeClass))
    )
