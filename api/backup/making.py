"""Making a copy, whole or not at all."""

import os
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path

from analytics.database import open_database, revision
from api.backup import manifest
from api.backup.contents import left_out
from api.backup.databases import database_at
from api.backup.errors import BackupFault
from api.backup.manifest import Manifest
from api.operations.build import version
from api.settings import Settings

SECRETS = "secrets"  # folder in a copy


def make(settings: Settings, target: Path, *, with_keys: bool, with_secrets: bool) -> Manifest:
    """Copy the database of a product that may be running to a new folder that only this user can read.

    `with_keys` copies contact data along with the keys that open it (see api.backup.contents), `with_secrets` the
    secrets in SECRETS_FOLDER. Raises BackupFault, SQLAlchemyError and OSError; then there is no such folder.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise BackupFault(f"{target}: hier staat al iets. Kies een map die er nog niet is.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    draft.mkdir(mode=0o700)
    try:
        made = _fill(settings, draft, with_keys=with_keys, with_secrets=with_secrets)
        draft.rename(target)  # also over a folder that is empty
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return made


def _fill(settings: Settings, folder: Path, *, with_keys: bool, with_secrets: bool) -> Manifest:
    database = database_at(settings.database_url)
    engine = open_database(settings.database_url)
    try:
        at = revision(engine)
    finally:
        engine.dispose()
    if at is None:
        raise BackupFault("De database is leeg: er is niets te kopiëren. Controleer DATABASE_URL.")
    file = folder / database.file_name
    os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))  # so that it is nobody else's to read, also meanwhile
    counts = database.copy(file, left_out(with_keys=with_keys))
    if with_secrets:
        _copy_secrets(settings.secrets_folder, folder / SECRETS)
    made = Manifest(
        form=manifest.FORM,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        version=version(),
        revision=at,
        database=database.name,
        with_keys=with_keys,
        with_secrets=with_secrets,
        counts=counts,
        files=manifest.checksums(folder),
    )
    manifest.write(folder, made)
    return made


def _copy_secrets(source: Path, target: Path) -> None:
    if not source.is_dir():
        raise BackupFault(f"{source}: hier staan geen geheimen. Controleer SECRETS_FOLDER, of laat GEHEIMEN weg.")
    target.mkdir(mode=0o700)
    for path in sorted(source.iterdir()):
        if path.is_file():
            descriptor = os.open(target / path.name, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(path.read_bytes())
