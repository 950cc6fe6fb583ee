"""`make invite`, and more: give people an account of the portal and take it back, for who works on the server."""

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence

import aiosmtplib
from sqlalchemy.exc import SQLAlchemyError

from analytics.database import migrate, open_database, what_is_wrong
from api.mail import Mailer, MailSettingsError, email_address
from api.portal.addresses import own_address
from api.portal.mails import invitation_mail
from api.portal.people import EMAIL_FAULT, ROLES, Invitation, InvitationFaults, invitation
from api.portal.repository import Person, PortalRepository
from api.settings import Settings
from knowledge.base import FOLDER
from knowledge.catalogue import load_catalogue


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.portal", description="Wie mag inloggen op het portaal.")
    commands = parser.add_subparsers(dest="command", required=True)
    inviting = commands.add_parser("uitnodigen", help="geef iemand een account, of pas naam en rol aan")
    inviting.add_argument("--email", default="", help="mailadres waarmee iemand inlogt")
    inviting.add_argument("--naam", default="", help="naam van de persoon")
    inviting.add_argument("--rol", default="", help=", ".join(ROLES))
    inviting.add_argument("--initiatief", default="", help="van een eigenaar: ids, met een komma ertussen")
    commands.add_parser("lijst", help="toon wie een account heeft")
    withdrawing = commands.add_parser("intrekken", help="neem een account terug; de persoon is meteen uitgelogd")
    withdrawing.add_argument("--email", default="")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command. Returns the exit code: 0 when it was done, 1 when something is wrong."""
    asked = _parser().parse_args(arguments)
    settings = Settings()
    try:
        mailer = Mailer(settings)
        migrate(settings.database_url)
    except MailSettingsError as error:
        return _fault(str(error))
    except SQLAlchemyError as error:
        wrong = what_is_wrong(error)
        return _fault(f"De database is niet te gebruiken: {wrong}. Controleer DATABASE_URL en of je er mag schrijven.")
    engine = open_database(settings.database_url)
    repository = PortalRepository(engine)
    try:
        if asked.command == "uitnodigen":
            return _invite(repository, mailer, own_address(settings), asked)
        if asked.command == "intrekken":
            return _withdraw(repository, asked.email)
        return _list(repository)
    finally:
        engine.dispose()


def _invite(repository: PortalRepository, mailer: Mailer, address: str, asked: argparse.Namespace) -> int:
    known = [initiative.id for initiative in load_catalogue(FOLDER / "initiatives")]
    chosen = [word.strip() for word in asked.initiatief.split(",") if word.strip()]
    try:
        invited = invitation(asked.email, asked.naam, asked.rol, chosen, known=known)
    except InvitationFaults as error:
        choices = {"rol": f" Dat is {', '.join(ROLES)}.", "initiatief": f" De initiatieven zijn {', '.join(known)}."}
        return _fault(*(f"{name}: {fault}{choices.get(name, '')}" for name, fault in error.faults.items()))
    new = repository.invite(invited.email, invited.name, invited.role, invited.initiatives)
    if not new:
        print(f"{invited.email} had al een account. Dat is aangepast: {invited.name}, {_role(invited)}.")
        return 0
    print(f"{invited.name} kan inloggen met {invited.email}, als {_role(invited)}: {address}/portaal/inloggen")
    try:
        asyncio.run(mailer.send(invitation_mail(invited, address)))
    except (aiosmtplib.SMTPException, OSError) as error:
        kind = type(error).__name__
        return _fault(
            f"Het account is er, maar de mail is niet verstuurd ({kind}). Controleer SMTP_URL en MAIL_FROM, "
            "en geef de persoon zelf het adres door."
        )
    return 0


def _role(person: Invitation | Person) -> str:
    return " ".join([person.role, *sorted(person.initiatives)])


def _withdraw(repository: PortalRepository, typed: str) -> int:
    email = email_address(typed)
    if email is None:
        return _fault(f"email: {EMAIL_FAULT}")
    if not repository.withdraw(email, int(time.time())):
        return _fault("Met dit mailadres kan niemand inloggen. Kijk wie dat wel kan: python -m api.portal lijst")
    print(f"{email} kan niet meer inloggen en is overal uitgelogd.")
    return 0


def _list(repository: PortalRepository) -> int:
    people = repository.people()
    for person in people:
        state = "" if person.active else "  (ingetrokken)"
        print(f"{_role(person):<12}  {person.email}  {person.name}{state}")
    if not people:
        print('Er is nog niemand. Nodig iemand uit: make invite EMAIL=naam@voorbeeld.nl NAAM="..." ROL=coordinator')
    return 0


def _fault(*messages: str) -> int:
    for message in messages:
        print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
