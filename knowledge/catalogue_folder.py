"""The catalogue as it is now: the files, and over them what owners confirmed and what was changed since."""

import hashlib
import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

import msgspec

from knowledge.catalogue import Catalogue, Initiative
from knowledge.changes import Change, Changes, changed, confirmed
from knowledge.following import Follower, signature
from knowledge.loading import Document, KnowledgeError, Problem, convert, read
from knowledge.naming import InitiativeNames
from knowledge.texts import Texts

CHANGES_FILE = "wijzigingen.yaml"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)  # each is only equal to itself, so that what is made of it can be kept
class Edition:
    """The initiatives of one moment, a short name for their contents, and what is made of them."""

    catalogue: Catalogue
    version: str

    def current(self) -> "Edition":
        """The edition itself: it never changes."""
        return self

    @property
    def files(self) -> "Edition":
        """The edition itself: nothing lies over it."""
        return self

    @cached_property
    def names(self) -> InitiativeNames:
        """Look-up of initiatives by name in text."""
        return InitiativeNames(self.catalogue)


class Editions(Protocol):
    """Where the edition of this moment is found, and what the files alone say."""

    @property
    def files(self) -> Edition:
        """The edition without what owners changed."""

    def current(self) -> Edition:
        """The edition of this moment."""


class CatalogueFolder:
    """The files of the initiatives, which stay as they are, and the file with changes, which is followed.

    At most once a second, when somebody asks, it looks whether that file has changed. An entry with a fault leaves the
    last good version of its initiative in place, a file that cannot be read the last good version of all, and the fault
    is logged once per change. May be used by several threads: each gets whole editions.
    """

    def __init__(self, files: Edition, folder: Path, municipalities: Collection[str], texts: Texts) -> None:
        """Read the changes, if there are any yet; they are written by another program and never keep this one back."""
        self.files = files
        self._path = folder / CHANGES_FILE
        self._municipalities = municipalities
        self._texts = texts
        self._edition = files
        self._seen = signature(self._path)
        if self._seen is not None:
            self._read()
        self._follower = Follower(self._look)

    def current(self) -> Edition:
        """The edition of this moment."""
        self._follower.follow()
        return self._edition

    def _look(self) -> None:
        before, self._seen = self._seen, signature(self._path)
        if self._seen != before:
            self._read()

    def _read(self) -> None:
        try:
            document = read(self._path)
            changes = convert(document, Changes)
        except KnowledgeError as error:
            _log(error.problems)
            return
        last = {initiative.id: initiative for initiative in self._edition.catalogue}
        catalogue: list[Initiative] = []
        problems = self._unknown(document, changes)
        for initiative in self.files.catalogue:
            try:
                known = initiative.id in changes.initiatieven
                catalogue.append(self._apply(document, initiative) if known else initiative)
            except KnowledgeError as error:
                problems += error.problems
                catalogue.append(last[initiative.id])
        _log(problems)
        self._edition = self._as_edition(tuple(catalogue))

    def _apply(self, document: Document, initiative: Initiative) -> Initiative:
        change = convert(document, Change, "initiatieven", initiative.id)
        if change.wijzigingen:
            at = document.below("initiatieven", initiative.id, "wijzigingen")
            initiative = changed(at, initiative, change.wijzigingen, self._municipalities)
        return confirmed(initiative, change.bevestigd, self._texts)

    def _unknown(self, document: Document, changes: Changes) -> list[Problem]:
        known = {initiative.id for initiative in self.files.catalogue}
        return [
            document.problem(("initiatieven", identifier), f"Het initiatief '{identifier}' bestaat niet.", _WRITE_AGAIN)
            for identifier in changes.initiatieven
            if identifier not in known
        ]

    def _as_edition(self, catalogue: Catalogue) -> Edition:
        if catalogue == self.files.catalogue:
            return self.files
        content = self.files.version.encode() + msgspec.json.encode(catalogue)
        return replace(self.files, catalogue=catalogue, version=hashlib.sha256(content).hexdigest()[:8])


_WRITE_AGAIN = "Haal dit onderdeel weg. De gateway schrijft het bestand binnen vijf minuten opnieuw."


def _log(problems: list[Problem]) -> None:
    for problem in sorted(problems):
        logger.error("De wijzigingen van eigenaren gelden niet allemaal, wat er was blijft. %s", problem)
