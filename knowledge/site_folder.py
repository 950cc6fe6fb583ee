"""The sites as their files are now: a file that is changed, added or removed counts without a restart."""

import logging
from collections.abc import Collection, ItemsView, Iterator, Mapping, ValuesView
from pathlib import Path

from knowledge.following import Follower, Signature, signature
from knowledge.languages import Languages
from knowledge.loading import KnowledgeError, Problem
from knowledge.sites import Site, load_site

Sites = Mapping[str, Site]

logger = logging.getLogger(__name__)


class SiteFolder(Sites):
    """The sites by id. At most once a second, when somebody asks, it looks whether a file has changed.

    A file with a fault leaves the last good version of its site in place, and the fault is logged once per change.
    May be used by several threads: each sees whole versions of all sites, never half of one.
    """

    def __init__(self, folder: Path, municipalities: Collection[str], languages: Languages) -> None:
        """Read all sites. Raises KnowledgeError with every fault that was found."""
        self._folder = folder
        self._municipalities = municipalities
        self._languages = languages
        self._files = self._signatures()
        self._sites, problems = self._read({}, {})
        self._follower = Follower(self._look)
        if problems:
            raise KnowledgeError(problems)

    def __getitem__(self, identifier: str) -> Site:
        return self._current()[identifier]

    def __iter__(self) -> Iterator[str]:
        return iter(self._current())

    def __len__(self) -> int:
        return len(self._current())

    # Those of Mapping look up one key at a time, and a site may go in between.
    def values(self) -> ValuesView[Site]:
        """The sites."""
        return self._current().values()

    def items(self) -> ItemsView[str, Site]:
        """The ids with their sites."""
        return self._current().items()

    def _current(self) -> dict[str, Site]:
        self._follower.follow()
        return self._sites

    def _look(self) -> None:
        """Read what has changed since the last look."""
        before, self._files = self._files, self._signatures()
        if self._files == before:
            return
        sites, problems = self._read(before, self._sites)
        for problem in sorted(problems):
            logger.error("De sites zijn niet bijgewerkt, wat er was blijft gelden. %s", problem)
        self._sites = sites

    def _signatures(self) -> dict[Path, Signature | None]:
        """What tells whether a file is still the same; None for one that cannot be looked at."""
        # Editors keep files that start with a dot beside the one that is edited.
        paths = (path for path in sorted(self._folder.glob("*.yaml")) if not path.name.startswith("."))
        return {path: signature(path) for path in paths}

    def _read(
        self, before: Mapping[Path, Signature | None], last: dict[str, Site]
    ) -> tuple[dict[str, Site], list[Problem]]:
        """The sites of the files, read again where a file is not what it was before, and the faults."""
        if not self._files:
            problem = Problem(f"{self._folder.name}/", 1, "Er staan geen sites.", "Zet de bestanden terug.")
            return last, [problem]
        sites: dict[str, Site] = {}
        problems: list[Problem] = []
        for path, now in self._files.items():
            site = last.get(path.stem)
            if path not in before or before[path] != now:
                try:
                    site = load_site(path, self._municipalities, self._languages)
                except KnowledgeError as error:
                    problems += error.problems
            if site is not None:
                sites[path.stem] = site
        return sites, problems
