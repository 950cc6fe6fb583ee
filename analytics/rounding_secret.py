"""The secret behind the rounding of figures: from the environment, or made once and kept in a file."""

import secrets
from pathlib import Path

from analytics.secret_files import make_once

SECRET_BYTES = 32
DEFAULT_FOLDER = Path("var/secrets")
FILE_NAME = "rounding"
_REMEDY = f"Geef {2 * SECRET_BYTES} tekens 0-9 en a-f, bijvoorbeeld uit: openssl rand -hex {SECRET_BYTES}"


class BadSecret(Exception):
    """The secret cannot be used; says where it stands and what to do, in Dutch, and not what it is."""


def rounding_secret(given: str, folder: Path, *, make: bool = True) -> bytes:
    """The secret of 32 bytes: the one given, in hexadecimal, or else that of the file `rounding` in the folder.

    Where there is no file it is made, once, also when several processes want it at the same moment, readable by this
    user only; not with `make` False, when it has been used before and so should be there. Without it the figures that
    were published before cannot be made again. Raises BadSecret for one of another form or that should be there, and
    OSError when the file cannot be written.
    """
    if given:
        return _read(given, "ROUNDING_SECRET")
    path = folder / FILE_NAME
    if not path.exists():
        if not make:
            raise BadSecret(
                f"{path}: het geheim voor het afronden is weg, en er zijn al cijfers mee gemaakt. "
                "Zet het bestand terug uit de kopie."
            )
        make_once(path, secrets.token_hex(SECRET_BYTES) + "\n")
    return _read(path.read_text(), str(path))


def _read(text: str, where: str) -> bytes:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        raise BadSecret(f"{where}: het geheim voor het afronden is niet te lezen. {_REMEDY}") from None
    if len(secret) != SECRET_BYTES:
        raise BadSecret(f"{where}: het geheim voor het afronden heeft niet de goede lengte. {_REMEDY}")
    return secret
