"""Everything in knowledge/ read at once, for the programs that need it."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from knowledge.catalogue import Catalogue, Initiative, load_catalogue
from knowledge.catalogue_folder import CatalogueFolder, Edition, Editions
from knowledge.changes import offer_problems
from knowledge.intake import OPEN, OUTSIDE_REGION, Intake, load_intake
from knowledge.languages import Languages, load_languages
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.loading import KnowledgeError, Problem, read
from knowledge.matching import FALLBACKS
from knowledge.municipalities import Municipalities, load_municipalities
from knowledge.naming import InitiativeNames
from knowledge.places import PlaceIndex
from knowledge.sectors import SectorIndex, load_sectors
from knowledge.site_folder import SiteFolder, Sites
from knowledge.terms import Terms, load_terms
from knowledge.texts import Texts, load_texts

FOLDER = Path(__file__).parent
SITES_FOLDER = "SITES_FOLDER"  # setting: where the files of the sites are, when not beside the other data
CATALOGUE_FOLDER = "CATALOGUE_FOLDER"  # setting: where the file lies with what owners changed
DEFAULT_CATALOGUE_FOLDER = Path("var/catalogue")


@dataclass(frozen=True, eq=False)  # each is only equal to itself, so that what is made of it can be kept
class Knowledge:
    """The validated data of one moment; only the sites and the initiatives follow their files.

    The versions name the contents of the questions and of the catalogue, so that a record tells what it was made with.
    """

    intake: Intake
    editions: Editions
    municipalities: Municipalities
    sectors: SectorIndex
    sites: Sites
    languages: Languages
    texts: Texts
    terms: Terms
    lexicon: Lexicon
    scoring_version: str

    def now(self) -> "Knowledge":
        """The same data with the initiatives of this moment, which stay what they are.

        For what looks at them more than once, and for what is made of all data and kept: the same initiatives give the
        same object.
        """
        return _with_edition(self, self.editions.current())

    @property
    def catalogue(self) -> Catalogue:
        """The initiatives of this moment."""
        return self.editions.current().catalogue

    @property
    def catalogue_version(self) -> str:
        """A name for the contents of the catalogue of this moment."""
        return self.editions.current().version

    @cached_property
    def places(self) -> PlaceIndex:
        """Look-up of municipalities in text."""
        return PlaceIndex(self.municipalities)

    def statement(self, question: str, code: str) -> str:
        """An answer as the rest of a sentence to the entrepreneur: "je werkt alleen"."""
        if question == "gemeente" and code != OPEN:
            return f"je bedrijf zit {'' if code == OUTSIDE_REGION else 'in '}{self.municipalities.name(code)}"
        if question == "bedrijf" and code != OPEN:
            return self.sectors.sector(code).zin
        sentence = self.intake.question(question).statement(code).rstrip(".")
        return sentence[0].lower() + sentence[1:]

    def initiative(self, identifier: str) -> Initiative | None:
        """The initiative with this id."""
        return next((entry for entry in self.catalogue if entry.id == identifier), None)

    @property
    def initiative_names(self) -> InitiativeNames:
        """Look-up of initiatives by name in text."""
        return self.editions.current().names


@lru_cache(maxsize=8)
def _with_edition(knowledge: Knowledge, edition: Edition) -> Knowledge:
    return knowledge if knowledge.editions is edition else replace(knowledge, editions=edition)


def load(folder: Path = FOLDER, changes: Path | None = None) -> Knowledge:
    """Read all data. Raises KnowledgeError with the faults of every file, not only of the first.

    `changes` is the folder of what owners changed; without it the setting says where that is.
    """
    problems: list[Problem] = []
    parts: dict[str, Callable[[], Any]] = {
        "intake": lambda: load_intake(folder / "intake.yaml"),
        "catalogue": lambda: load_catalogue(folder / "initiatives"),
        "municipalities": lambda: load_municipalities(folder / "municipalities.yaml"),
        "sectors": lambda: load_sectors(folder / "sectors.yaml", folder / "activities.yaml"),
        "languages": lambda: load_languages(folder / "languages"),
        "sites": lambda: SiteFolder(_sites_folder(folder), _codes(loaded["municipalities"]), loaded["languages"]),
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
    codes = _codes(loaded["municipalities"])
    problems = _cross_problems(loaded["catalogue"], codes, folder)
    if problems:
        raise KnowledgeError(problems)
    files = Edition(loaded.pop("catalogue"), _fingerprint(sorted((folder / "initiatives").glob("*.yaml"))))
    return Knowledge(
        **loaded,
        editions=CatalogueFolder(files, changes or _changes_folder(), codes, loaded["texts"]),
        scoring_version=f"{loaded['intake'].versie}.{_fingerprint([folder / 'intake.yaml'])}",
    )


def _changes_folder() -> Path:
    return Path(os.environ.get(CATALOGUE_FOLDER) or DEFAULT_CATALOGUE_FOLDER)


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


def _cross_problems(catalogue: Catalogue, codes: frozenset[str], folder: Path) -> list[Problem]:
    """Faults that show only when files are laid side by side."""
    problems = []
    for initiative in catalogue:
        document = read(folder / "initiatives" / f"{initiative.id}.yaml")  # again, for the line
        problems += offer_problems(document, initiative, codes)
    known = {initiative.id for initiative in catalogue}
    for identifier in FALLBACKS:
        if identifier not in known:
            what = f"Het vangnet '{identifier}' ontbreekt."
            problems.append(Problem("initiatives/", 1, what, f"Zet initiatives/{identifier}.yaml terug."))
    return problems
