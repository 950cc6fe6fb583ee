"""`make backup` and `make restore`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from analytics.database import what_is_wrong
from api.backup.errors import BackupFault
from api.backup.making import make
from api.backup.restoring import Restored, restore
from api.settings import Settings
from api.start import taken_port
from knowledge.loading import KnowledgeError

YES = "ja"
_KEEP = "Er staan geen contactgegevens in. Bewaar haar hooguit een jaar: de namen van medewerkers staan er wel in."
_KEEP_SHORT = (
    "LET OP: er staan contactgegevens in, met de sleutels erbij. Gooi haar binnen 30 dagen weg, want wie zijn aanvraag "
    "intrekt, staat er nog in."
)
_SECRETS = (
    "LET OP: de geheimen staan er ook in. Wie deze map heeft, kan alles lezen. Zet haar versleuteld weg, op een andere "
    "plek dan kopieën van de database."
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.backup", description="Kopieën van de database.")
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("maken", help="maak een kopie, ook terwijl het product draait")
    making.add_argument("--naar", type=Path, required=True, help="map die er nog niet is")
    making.add_argument("--sleutels", default="", help="ja: met contactgegevens en hun sleutels, voor kort")
    making.add_argument("--geheimen", default="", help="ja: met de geheimen uit SECRETS_FOLDER")
    restoring = commands.add_parser("terugzetten", help="zet een kopie terug; het product draait dan niet")
    restoring.add_argument("--van", type=Path, required=True, help="map met de kopie")
    restoring.add_argument("--overschrijven", default="", help="ja: ook als er gegevens in de database staan")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command. Returns the exit code: 0 when it was done and all is well, 1 when something is wrong."""
    asked = _parser().parse_args(arguments)
    settings = Settings()
    try:
        if asked.command == "maken":
            return _make(settings, asked)
        return _restore(settings, asked)
    except (BackupFault, KnowledgeError) as error:
        return _fault(str(error))
    except SQLAlchemyError as error:
        return _fault(f"De database is niet te gebruiken: {what_is_wrong(error)}. Controleer DATABASE_URL.")
    except OSError as error:
        return _fault(
            f"Het lukt niet ({error.strerror}): {error.filename}. Kijk of je er mag schrijven en of er ruimte is."
        )


def _make(settings: Settings, asked: argparse.Namespace) -> int:
    with_keys, with_secrets = asked.sleutels == YES, asked.geheimen == YES
    made = make(settings, asked.naar, with_keys=with_keys, with_secrets=with_secrets)
    print(f"Gekopieerd: {_where(settings)}.")
    print(f"De kopie staat in {asked.naar}: {sum(made.counts.values())} rijen, van {made.made_at}.")
    print(_KEEP_SHORT if with_keys else _KEEP)
    if with_secrets:
        print(_SECRETS)
    return 0


def _restore(settings: Settings, asked: argparse.Namespace) -> int:
    busy = taken_port(settings)
    if busy:
        raise BackupFault("Het product draait nog. Stop het op alle machines, en probeer het dan opnieuw.")
    done = restore(settings, asked.van, overwrite=asked.overschrijven == YES)
    print(f"Teruggezet in: {_where(settings)}.")
    for line in _told(done):
        print(line)
    if done.log_fault is not None:
        return _fault(f"Het logboek klopt niet vanaf regel {done.log_fault}. Waarschuw wie de privacy bewaakt.")
    if not done.figures:
        return _fault("Cijfers in deze kopie geven te veel prijs. Start niet; kijk met: python -m analytics controle")
    return 0


def _where(settings: Settings) -> str:
    """Which database it is, without its password: who forgot DATABASE_URL sees it here."""
    return make_url(settings.database_url).render_as_string()


def _told(done: Restored) -> list[str]:
    found = done.manifest
    rows = ", ".join(f"{name} {count}" for name, count in found.counts.items() if count)
    lines = [
        f"De kopie is van {found.made_at} (versie {found.version}, {found.database}).",
        f"Rijen: {rows or 'geen'}.",
        "Het logboek en de cijfers zijn nagerekend." if done.log_fault is None and done.figures else "",
        f"Na de kopie gewist, en nu weer: {done.erased}.",
        "" if found.with_keys else "Aanvragen om contact staan niet in deze kopie; eigenaren hebben ze niet meer.",
        f"Geheimen teruggezet: {', '.join(done.secrets)}." if done.secrets else "",
        "Iedereen logt opnieuw in. Kijk in het portaal bij Mensen of er iemand staat die na de kopie is ingetrokken.",
    ]
    return [line for line in lines if line]


def _fault(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
