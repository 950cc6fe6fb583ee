"""What a copy says of itself, in `manifest.json`: enough to know whether it is whole and where it fits."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from api.backup.errors import BackupFault

FILE_NAME = "manifest.json"
FORM = 1  # goes up when older code cannot read it
_CHUNK = 1 << 20


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`files` holds the SHA-256 of each file, `counts` the rows of each table."""

    form: int
    made_at: str  # UTC
    version: str
    revision: str
    database: str  # sqlite or postgresql
    with_keys: bool
    with_secrets: bool
    counts: Mapping[str, int]
    files: Mapping[str, str]


def checksums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder, but of the manifest itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE_NAME)
    return {str(path.relative_to(folder)): _checksum(path) for path in paths}


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a copy."""
    (folder / FILE_NAME).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def read(folder: Path) -> Manifest:
    """The manifest of a copy whose files are all there and as they were. Raises BackupFault."""
    try:
        found = msgspec.json.decode((folder / FILE_NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        raise BackupFault(f"{folder}: hier staat geen kopie, of {FILE_NAME} is beschadigd.") from None
    if found.form != FORM:
        raise BackupFault(f"{folder}: deze kopie is van een nieuwere versie van het product. Gebruik die versie.")
    present = checksums(folder)
    changed = sorted(name for name in {*found.files, *present} if found.files.get(name) != present.get(name))
    if changed:
        raise BackupFault(
            f"{folder}: deze kopie is niet meer zoals ze is gemaakt ({', '.join(changed)}). Neem een andere kopie."
        )
    return found
