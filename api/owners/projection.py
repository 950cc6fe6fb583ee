"""The file that tells every program of the product what owners confirmed and what was changed since.

The action server has no database, so what is true of the initiatives reaches it by a file. It is written after each
change and in every sweep, so that a machine that was off, or another one, catches up.
"""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.owners import repository
from knowledge.base import Knowledge
from knowledge.catalogue_folder import CHANGES_FILE

HEADING = (
    "# Made by the gateway from its database, and made again after every change: nothing is kept that is typed here.\n"
)

logger = logging.getLogger("assistent")


class Projection:
    """Writes the file, whole or not at all."""

    def __init__(self, engine: Engine, knowledge: Knowledge, folder: Path) -> None:
        """Take the database and the folder."""
        self._engine = engine
        self._knowledge = knowledge
        self._path = folder / CHANGES_FILE

    def write(self) -> None:
        """Bring the file up to date. When that fails it is logged, and the next sweep tries again."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._alone():
                # Read inside the lock: who writes last has read last, also with several gateways on a machine.
                self._replace(self._content())
        except OSError as error:
            logger.error(  # noqa: TRY400  # the operator needs the remedy, not our lines of code
                "Wat eigenaren wijzigden, is niet weggeschreven in %s (%s). Controleer CATALOGUE_FOLDER en of je er "
                "mag schrijven; binnen vijf minuten wordt het opnieuw geprobeerd.",
                self._path.parent,
                type(error).__name__,
            )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        descriptor = os.open(self._path.parent / ".slot", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _content(self) -> bytes:
        entries: dict[str, Any] = {}
        with Session(self._engine) as session:
            for identifier, state in sorted(repository.states(session).items()):
                entry: dict[str, Any] = {}
                if state.confirmed_on:
                    entry["bevestigd"] = state.confirmed_on
                if state.changes:
                    entry["wijzigingen"] = state.changes
                if entry and self._knowledge.initiative(identifier):
                    entries[identifier] = entry
        written = yaml.safe_dump({"initiatieven": entries}, allow_unicode=True, sort_keys=False, width=120)
        return (HEADING + written).encode()

    def _replace(self, content: bytes) -> None:
        if self._path.exists() and self._path.read_bytes() == content:
            return
        made = self._path.with_name(f".{uuid4()}")
        try:
            with made.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            made.replace(self._path)
        finally:
            made.unlink(missing_ok=True)
