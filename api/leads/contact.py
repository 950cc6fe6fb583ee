"""What an entrepreneur gives to be contacted, checked."""

from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers

from api.mail import email_address

LONGEST_NAME, LONGEST_NOTE = 120, 500
PREFERENCES = {"mail": "Per mail", "telefoon": "Per telefoon"}
MOMENTS = {"altijd": "Maakt niet uit", "ochtend": "'s Ochtends", "middag": "'s Middags", "avond": "'s Avonds"}


@dataclass(frozen=True)
class Contact:
    """Who asks. At least one of `email` and `phone` (in international form) is there; the note may be empty."""

    name: str
    email: str | None
    phone: str | None
    preference: str
    moment: str
    note: str


class ContactFaults(Exception):
    """What is wrong, in Dutch, by the name of the field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        """Take the faults."""
        self.faults = dict(faults)
        super().__init__("; ".join(faults.values()))


def contact(typed: Mapping[str, str]) -> Contact:
    """Contact data from the fields naam, email, telefoon, voorkeur, moment and toelichting. Raises ContactFaults."""
    given = {name: typed.get(name, "") for name in ("naam", "email", "telefoon", "voorkeur", "moment", "toelichting")}
    name, note = " ".join(given["naam"].split()), "\n".join(line.strip() for line in given["toelichting"].splitlines())
    email = email_address(given["email"]) if given["email"].strip() else None
    phone = phone_number(given["telefoon"]) if given["telefoon"].strip() else None
    preference, moment = given["voorkeur"] or ("mail" if email else "telefoon"), given["moment"] or "altijd"
    faults = {}
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        faults["naam"] = f"Vul je naam in, in hoogstens {LONGEST_NAME} tekens."
    if given["email"].strip() and email is None:
        faults["email"] = "Dit mailadres klopt niet. Schrijf het zoals naam@voorbeeld.nl."
    if given["telefoon"].strip() and phone is None:
        faults["telefoon"] = "Dit telefoonnummer klopt niet. Schrijf het zoals 06 12345678."
    if not given["email"].strip() and not given["telefoon"].strip():
        faults["email"] = "Vul je mailadres of je telefoonnummer in."
    if preference not in PREFERENCES:
        faults["voorkeur"] = "Kies mail of telefoon."
    elif "email" not in faults and "telefoon" not in faults and not {"mail": email, "telefoon": phone}[preference]:
        missing = "email" if preference == "mail" else "telefoon"
        faults[missing] = "Je wilt hier bereikt worden. Vul dit dan ook in, of kies de andere manier."
    if moment not in MOMENTS:
        faults["moment"] = "Kies een moment."
    if len(note) > LONGEST_NOTE or not note.replace("\n", "").isprintable():
        faults["toelichting"] = f"Schrijf hoogstens {LONGEST_NOTE} tekens."
    if faults:
        raise ContactFaults(faults)
    return Contact(name, email, phone, preference, moment, note.strip())


def phone_number(typed: str) -> str | None:
    """A number in the form +31612345678; None for what is no number."""
    try:
        number = phonenumbers.parse(typed, "NL")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
