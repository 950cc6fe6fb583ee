"""The keys of contact data: from the environment or from files. Demonstrations make their own."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from analytics.secret_files import make_once
from api.settings import Settings

LEAD_KEYS_FILE, INDEX_KEY_FILE = "lead-keys", "lead-index-key"
INDEX_KEY_BYTES = 32
_FEWEST_DIFFERENT_BYTES = 16  # what is typed as an example repeats itself, what is drawn at random does not
_HOW = "Maak ze met: make secrets"


class BadKeys(Exception):
    """The keys cannot be used; says which, where and what to do, in Dutch, and not what they are."""


@dataclass(frozen=True)
class Keys:
    """`wrapping` wraps the keys of boxes, newest first; `index` finds addresses; `links` makes links in mails."""

    wrapping: tuple[bytes, ...]
    index: bytes
    links: bytes


def is_demo(settings: Settings) -> bool:
    """Whether this installation is a demonstration: nobody said where the outside reaches it."""
    return not settings.public_url


def read_keys(settings: Settings) -> Keys:
    """The keys as the environment gives them, else those of the files in SECRETS_FOLDER.

    A demonstration makes files that are missing. Raises BadKeys when keys are missing elsewhere or are no good, and
    OSError when a file cannot be read or written.
    """
    if is_demo(settings):
        make_keys(settings.secrets_folder)
    return _read(settings)


def check_keys(settings: Settings) -> None:
    """See whether the keys are there and can be used. Raises BadKeys and OSError."""
    _read(settings)


def _read(settings: Settings) -> Keys:
    """The keys that are there. Raises as read_keys does."""
    lead_keys, where_keys = _given(settings.lead_keys, "LEAD_KEYS", settings.secrets_folder / LEAD_KEYS_FILE)
    index_key, where_index = _given(settings.lead_index_key, "LEAD_INDEX_KEY", settings.secrets_folder / INDEX_KEY_FILE)
    index = _index_key(index_key, where_index)
    return Keys(
        _wrapping_keys(lead_keys.replace(",", "\n").split(), where_keys),
        _derived(index, "index"),
        _derived(index, "links"),
    )


class KeyRing:
    """The keys as they are now: a file that was changed counts at once, so that keys change without a restart."""

    def __init__(self, settings: Settings) -> None:
        """Read the keys. Raises BadKeys and OSError as read_keys does."""
        self._settings = settings
        self._path = settings.secrets_folder / LEAD_KEYS_FILE
        self._keys, self._changed = read_keys(settings), self._signature()

    def current(self) -> Keys:
        """The keys. A file that cannot be read now, or is gone, leaves those that were there."""
        changed = self._signature()
        if changed != self._changed:
            with suppress(BadKeys, OSError):
                self._keys, self._changed = _read(self._settings), changed
        return self._keys

    def _signature(self) -> tuple[int, int] | None:
        if self._settings.lead_keys:
            return None
        with suppress(OSError):
            status = self._path.stat()
            return status.st_mtime_ns, status.st_ino
        return None


def make_keys(folder: Path) -> None:
    """Make the files with keys that are not there. Raises OSError when they cannot be written."""
    make_once(folder / LEAD_KEYS_FILE, Fernet.generate_key().decode() + "\n")
    make_once(folder / INDEX_KEY_FILE, secrets.token_hex(INDEX_KEY_BYTES) + "\n")


def _given(setting: str, name: str, path: Path) -> tuple[str, str]:
    """A secret and where it came from."""
    if setting:
        return setting, name
    if not path.exists():
        raise BadKeys(
            f"{name}: de sleutels voor contactgegevens ontbreken, ook in {path}. Zonder kan dit buiten een "
            "demonstratie niet starten. Had je ze al, zet dan je kopie ervan terug: met nieuwe is wat er was niet te "
            f"lezen. Nog niet? {_HOW}"
        )
    return path.read_text(), str(path)


def _wrapping_keys(texts: Sequence[str], where: str) -> tuple[bytes, ...]:
    try:
        keys = tuple(text.encode() for text in texts)
        for key in keys:
            Fernet(key)
    except ValueError:
        raise BadKeys(f"{where}: een sleutel is niet te lezen. {_HOW}") from None
    if not keys or any(_looks_typed(base64.urlsafe_b64decode(key)) for key in keys):
        raise BadKeys(f"{where}: dit is geen sleutel maar een voorbeeld. {_HOW}")
    return keys


def _index_key(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        raise BadKeys(f"{where}: de sleutel is niet te lezen. {_HOW}") from None
    if len(key) != INDEX_KEY_BYTES or _looks_typed(key):
        raise BadKeys(f"{where}: dit is geen sleutel van {INDEX_KEY_BYTES} willekeurige bytes. {_HOW}")
    return key


def _looks_typed(key: bytes) -> bool:
    return len(set(key)) < _FEWEST_DIFFERENT_BYTES


def _derived(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, which tells nothing of the others."""
    return hmac.digest(key, purpose.encode(), hashlib.sha256)
