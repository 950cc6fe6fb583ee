"""`make secrets`, `make erase` and `make rotate-lead-keys`: keys of contact data, and what somebody wants gone."""

import argparse
import sys
import time
from collections.abc import Sequence

from cryptography.fernet import Fernet
from sqlalchemy.exc import SQLAlchemyError

from analytics.database import migrate, open_database, what_is_wrong
from analytics.secret_files import replace
from api.leads.keeping import Keeper
from api.leads.keys import LEAD_KEYS_FILE, BadKeys, KeyRing, make_keys
from api.leads.phone import phone_number
from api.leads.service import Leads
from api.leads.vault import Unreadable, Vault
from api.mail import email_address
from api.portal.attempts import Attempts
from api.settings import Settings
from knowledge.base import load

_LAST_WRITERS_SECONDS = 2  # in which whoever read the keys just before has written


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command. Returns the exit code: 0 when it was done, 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m api.leads", description="Contactgegevens van ondernemers.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("geheimen", help="maak de sleutels die er nog niet zijn")
    commands.add_parser("wisselen", help="maak een nieuwe sleutel, en laat de oude vervallen")
    commands.add_parser("verpakken", help="verpak alles met de eerste van LEAD_KEYS")
    erasing = commands.add_parser("wissen", help="wis alle aanvragen van iemand")
    erasing.add_argument("--email", default="", help="mailadres waarmee om contact is gevraagd")
    erasing.add_argument("--telefoon", default="", help="of het telefoonnummer, als er geen mailadres was")
    asked = parser.parse_args(arguments)
    settings = Settings()
    try:
        if asked.command == "geheimen":
            return _make(settings)
        migrate(settings.database_url)
        if asked.command == "wisselen":
            return _rotate(settings)
        if asked.command == "verpakken":
            print(f"{_rewrap(settings, KeyRing(settings))} sleutels zijn opnieuw verpakt.")
            return 0
        return _erase(settings, asked.email, asked.telefoon)
    except BadKeys as error:
        return _fault(str(error))
    except Unreadable:
        return _fault("Een aanvraag past op geen van de sleutels. Zet de sleutel terug waarmee hij is gemaakt.")
    except OSError as error:
        return _fault(f"{settings.secrets_folder}: hier kan niet worden geschreven ({type(error).__name__}).")
    except SQLAlchemyError as error:
        wrong = what_is_wrong(error)
        return _fault(f"De database is niet te gebruiken: {wrong}. Controleer DATABASE_URL en of je er mag schrijven.")


def _make(settings: Settings) -> int:
    make_keys(settings.secrets_folder)
    print(f"De sleutels staan in {settings.secrets_folder}. Bewaar een kopie op een andere plek dan de database.")
    return 0


def _rotate(settings: Settings) -> int:
    if settings.lead_keys:
        return _fault(
            "LEAD_KEYS: de sleutels staan in de omgeving, en die kan dit niet wijzigen. Zet er zelf een nieuwe voor, "
            "met een komma ertussen, start overal opnieuw, en voer dit uit: python -m api.leads verpakken. Haal "
            "daarna de oude weg."
        )
    path, ring = settings.secrets_folder / LEAD_KEYS_FILE, KeyRing(settings)
    newest = Fernet.generate_key().decode()
    # First both, so that what is wrapped with either can be read; what is running takes the new one up at once.
    replace(path, f"{newest}\n{path.read_text().strip()}\n")
    done = _rewrap(settings, ring)
    time.sleep(_LAST_WRITERS_SECONDS)
    done += _rewrap(settings, ring)
    replace(path, f"{newest}\n")
    print(f"Klaar: de sleutels van {done} aanvragen zijn opnieuw verpakt, en de oude sleutel is weg.")
    return 0


def _rewrap(settings: Settings, ring: KeyRing) -> int:
    engine = open_database(settings.database_url)
    try:
        return Keeper(engine, Vault(ring)).rotate()
    finally:
        engine.dispose()


def _erase(settings: Settings, email: str, phone: str) -> int:
    address = email_address(email) if email else phone_number(phone) if phone else None
    if address is None:
        return _fault("Geef een mailadres (--email) of een telefoonnummer (--telefoon).")
    engine = open_database(settings.database_url)
    try:
        vault = Vault(KeyRing(settings))
        leads = Leads(engine, load(), vault, Attempts(engine, vault.index))
        erased = leads.erase(address)
    finally:
        engine.dispose()
    print(f"{erased} aanvragen zijn gewist." if erased != 1 else "1 aanvraag is gewist.")
    return 0


def _fault(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
