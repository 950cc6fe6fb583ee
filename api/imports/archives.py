"""Whether a packed file may be opened: small enough unpacked, without macros, and of the right kind.

Sizes that a packed file states about itself can be lies, so everything is unpacked piece by piece and counted.
"""

import io
import zipfile
import zlib

from api.imports.table import Unreadable

MOST_UNPACKED = 50 * 1024 * 1024  # bytes; 20,000 intakes are about 20 MB
MOST_MEMBERS = 1000
_PIECE = 64 * 1024

SAVE_AS = "Open het in je rekenprogramma en kies Opslaan als: Excel-werkmap (.xlsx) of CSV."
BROKEN = f"Dit bestand is beschadigd of niet af. {SAVE_AS} Probeer het dan opnieuw."
PROTECTED = "Dit bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf en sla het opnieuw op als .xlsx."
TOO_LARGE_UNPACKED = (
    "Dit bestand is uitgepakt veel te groot. Kopieer alleen de rijen die je wilt inlezen naar een nieuw bestand."
)
_MACROS = f"Dit is een werkmap met macro's (.xlsm). Die openen we niet. {SAVE_AS}"
_OPEN_DOCUMENT = f"Dit is een OpenDocument-bestand (.ods). {SAVE_AS}"
_BINARY = f"Dit is een binaire werkmap (.xlsb). {SAVE_AS}"
NO_SPREADSHEET = f"Dit is geen werkmap van Excel (.xlsx) en geen CSV-bestand. {SAVE_AS}"


def check_archive(data: bytes) -> None:
    """Let a workbook of Excel without macros pass that stays small when it is unpacked. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(archive)
            _check_kind(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Unreadable(BROKEN) from error


def _check_members(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Unreadable(TOO_LARGE_UNPACKED)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(PROTECTED)
    unpacked = 0
    for member in members:
        with archive.open(member) as packed:
            while piece := packed.read(_PIECE):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED:
                    raise Unreadable(TOO_LARGE_UNPACKED)


def _check_kind(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
        raise Unreadable(_MACROS)
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise Unreadable(_OPEN_DOCUMENT)
    if "xl/workbook.bin" in names:
        raise Unreadable(_BINARY)
    if b"spreadsheetml.sheet.main+xml" not in types:
        raise Unreadable(NO_SPREADSHEET)
