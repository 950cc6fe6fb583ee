"""`make hsds-export` and `make hsds-import`."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from api.hsds.files import InTheWay, write
from api.hsds.package import homepage, pack, unpack
from api.hsds.reading import BadPackage, catalogue
from api.hsds.tables import tables
from api.settings import Settings
from knowledge.base import load
from knowledge.loading import KnowledgeError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.hsds", description="De initiatieven als pakket van HSDS.")
    commands = parser.add_subparsers(dest="command", required=True)
    exporting = commands.add_parser("uitvoeren", help="schrijf een pakket, ook met wat de werkgroep alleen leest")
    exporting.add_argument("--naar", type=Path, required=True, help="bestand dat er nog niet is, zoals gids.zip")
    importing = commands.add_parser("inlezen", help="maak van een pakket bestanden van initiatieven")
    importing.add_argument("--van", type=Path, required=True, help="het pakket")
    importing.add_argument("--naar", type=Path, required=True, help="map voor de bestanden")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command. Returns the exit code: 0 when it was done, 1 when something is wrong."""
    asked = _parser().parse_args(arguments)
    try:
        return _export(asked.naar) if asked.command == "uitvoeren" else _import(asked.van, asked.naar)
    except (BadPackage, InTheWay, KnowledgeError) as error:
        return _fault(str(error))
    except OSError as error:
        return _fault(f"Het lukt niet ({error.strerror}): {error.filename}. Klopt dit, en mag je er schrijven?")


def _export(target: Path) -> int:
    settings = Settings()
    knowledge = load(changes=settings.catalogue_folder)
    entries = knowledge.catalogue
    made = tables(knowledge, entries, date.today(), internal=True)
    packed = pack(made, homepage(settings.public_url))
    with target.open("xb") as file:
        file.write(packed)
    print(f"{len(entries)} initiatieven staan in {target}, met de toelichting voor de werkgroep.")
    return 0


def _import(source: Path, folder: Path) -> int:
    entries = catalogue(unpack(source.read_bytes()))
    write(entries, folder)
    print(f"{len(entries)} initiatieven staan in {folder}. Controleer ze met make check-knowledge als je ze overneemt.")
    return 0


def _fault(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
