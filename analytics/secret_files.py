"""Files with a secret: made once, and readable by this user only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def make_once(path: Path, text: str) -> None:
    """Write a file that is not there yet; one that is there stays. Raises OSError when it cannot be written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = write_draft(path, text)
    try:
        # A link appears whole and never replaces: of several processes the first one wins and all read the same.
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()


def replace(path: Path, text: str) -> None:
    """Write a file anew: whoever reads it sees the old text or the new. Raises OSError when it cannot be written."""
    write_draft(path, text).replace(path)


def write_draft(path: Path, text: str) -> Path:
    """Write a text beside a path, and see to it that it is on the disk."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft
