"""`/.well-known/security.txt`: where who finds a weakness can tell it (RFC 9116), as an operator fills it in."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from api.settings import Settings

ADDRESS = "/.well-known/security.txt"
LANGUAGES = "nl, en"
LONGEST = timedelta(days=365)  # RFC 9116, 2.5.5: less than a year ahead
WARNED_BEFORE = timedelta(days=30)
POLICY = "/verantwoording/kwetsbaarheid"  # what is asked of who finds a weakness, and what they may expect
State = Literal["ok", "expiring", "missing"]
_SCHEMES = ("mailto:", "https://", "tel:")
_DAY = "bijvoorbeeld 2027-06-30"


class BadSecurityContact(Exception):
    """What was filled in makes no valid file; says what to do."""


def check(settings: Settings, now: datetime) -> None:
    """Raise BadSecurityContact unless a valid file can be made, or none was asked for.

    One that is past its date is no fault: the product starts, and readyz says what to do.
    """
    found = contacts(settings)
    for contact in found:
        if not contact.startswith(_SCHEMES) or any(sign.isspace() or not sign.isprintable() for sign in contact):
            raise BadSecurityContact("SECURITY_CONTACT: geef adressen die beginnen met mailto:, https:// of tel:.")
    if found and settings.security_expires is None:
        raise BadSecurityContact(f"SECURITY_EXPIRES ontbreekt: de dag tot wanneer SECURITY_CONTACT klopt, {_DAY}.")
    if found and _expires(settings) - now >= LONGEST:
        raise BadSecurityContact("SECURITY_EXPIRES ligt meer dan een jaar vooruit. Kies een dag binnen een jaar.")


def state(settings: Settings, now: datetime) -> State:
    """How the file is: over, or nearly so; or not there, which is well only where nobody else comes."""
    if not contacts(settings):
        return "missing" if settings.public_url else "ok"
    return "expiring" if _expires(settings) - now <= WARNED_BEFORE else "ok"


def warning(settings: Settings, now: datetime) -> str | None:
    """What is wrong with the file and what to do, in words for the coordinator; None when all is well."""
    found = state(settings, now)
    if found == "missing":
        return (
            "Niemand kan een zwakke plek melden: er is geen security.txt. Vraag de beheerder om SECURITY_CONTACT en "
            "SECURITY_EXPIRES in te vullen."
        )
    if found == "expiring":
        expires = _expires(settings)
        when = "is verlopen" if expires <= now else f"verloopt op {expires:%Y-%m-%d}"
        return (
            f"security.txt {when}. Kijk of SECURITY_CONTACT nog klopt, en vraag de beheerder om een latere dag bij "
            "SECURITY_EXPIRES."
        )
    return None


def document(settings: Settings, address: str) -> str:
    """The file. `address` is where people reach the product."""
    lines = [f"Contact: {contact}" for contact in contacts(settings)]
    lines += [f"Expires: {_expires(settings):%Y-%m-%dT%H:%M:%SZ}", f"Preferred-Languages: {LANGUAGES}"]
    if address.startswith("https://"):  # the only kind that may stand in the file (RFC 9116, 2.5)
        lines += [f"Policy: {address}{POLICY}", f"Canonical: {address}{ADDRESS}"]
    return "\n".join([*lines, ""])


def contacts(settings: Settings) -> tuple[str, ...]:
    """Where a weakness can be told; none when nobody filled it in."""
    return tuple(contact.strip() for contact in settings.security_contact.split(",") if contact.strip())


def _expires(settings: Settings) -> datetime:
    """The end of the file: the first moment of the day. Without a day it is over."""
    day = settings.security_expires
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime.min.replace(tzinfo=UTC)
