"""Putting a copy back, and making sure that it is what it should be."""

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from analytics.database import known_revisions, migrate, open_database
from analytics.secret_files import make_once
from analytics.verification import verify
from api.audit_log import log
from api.backup import manifest
from api.backup.counting import count_rows
from api.backup.databases import Database, database_at, has_records
from api.backup.errors import BackupFault
from api.backup.making import SECRETS
from api.backup.manifest import Manifest
from api.leads.tombstones import Tombstone, Tombstones, erase_again
from api.owners.projection import Projection
from api.settings import Settings
from knowledge.base import load


@dataclass(frozen=True)
class Restored:
    """What was put back. `erased` is how much of it had been erased since, `secrets` which secrets came along.

    `log_fault` is the first entry of the log that is not as it was written, `figures` whether the published figures
    still hide what they must.
    """

    manifest: Manifest
    erased: int
    secrets: tuple[str, ...]
    log_fault: int | None
    figures: bool


def restore(settings: Settings, source: Path, *, overwrite: bool) -> Restored:
    """Replace the database by a copy and bring it up to date. Nothing else may use the database meanwhile.

    Raises BackupFault, SQLAlchemyError and OSError. Before anything is changed: when the copy is not whole or does not
    fit here, or when there are records and `overwrite` is False.
    """
    found = manifest.read(source)
    database = database_at(settings.database_url)
    _check_fit(found, database, source)
    if not overwrite and _holds_something(settings.database_url):
        raise BackupFault(
            "In deze database staan al gegevens, en die zouden verdwijnen. Er is niets veranderd. Wil je dat, voer dan "
            f"uit: make restore VAN={source} OVERSCHRIJVEN=ja"
        )
    erased = _erased(settings)
    database.put_back(source / database.file_name)
    engine = open_database(settings.database_url)
    try:
        _compare(found.counts, count_rows(engine))
        migrate(settings.database_url)
        with Session(engine) as session:
            log_fault = log.first_fault(session)
        again = erase_again(engine, erased, int(time.time()))
        brought = _put_secrets_back(settings.secrets_folder, source / SECRETS)
        figures = _finish(settings, engine)
    finally:
        engine.dispose()
    return Restored(found, again, brought, log_fault, figures)


def _check_fit(found: Manifest, database: Database, source: Path) -> None:
    if found.database != database.name:
        raise BackupFault(
            f"{source}: deze kopie is van {found.database}, en DATABASE_URL wijst naar {database.name}. Een kopie kan "
            "alleen terug in dezelfde soort database."
        )
    if found.revision not in known_revisions():
        raise BackupFault(
            f"{source}: deze kopie is van een nieuwere versie van het product ({found.version}). Gebruik die versie."
        )


def _holds_something(url: str) -> bool:
    try:
        return has_records(url)
    except SQLAlchemyError:
        return True  # what cannot be read may hold something


def _erased(settings: Settings) -> Mapping[str, Tombstone]:
    """What was erased, also just now, when the database that is to go can still tell."""
    engine = open_database(settings.database_url)
    tombstones = Tombstones(engine, settings.erased_folder)
    try:
        with suppress(SQLAlchemyError):
            tombstones.note()
    finally:
        engine.dispose()
    return tombstones.known()


def _compare(then: Mapping[str, int], now: Mapping[str, int]) -> None:
    other = sorted(name for name in {*then, *now} if then.get(name, 0) != now.get(name, 0))
    if other:
        raise BackupFault(f"Niet alles kwam terug: {', '.join(other)}. Zet een andere kopie terug.")


def _put_secrets_back(folder: Path, source: Path) -> tuple[str, ...]:
    """Put secrets where there are none; what is there stays, for something may have been made with it since."""
    missing = [path for path in sorted(source.glob("*")) if not (folder / path.name).exists()]
    for path in missing:
        make_once(folder / path.name, path.read_text())
    return tuple(path.name for path in missing)


def _finish(settings: Settings, engine: Engine) -> bool:
    """Write again what is made of the database, and prove the figures. Returns whether they are safe to show."""
    knowledge = load(changes=settings.catalogue_folder)
    Projection(engine, knowledge, settings.catalogue_folder).write()
    return all(verdict.outcome.narrow is None for verdict in verify(engine, knowledge))
