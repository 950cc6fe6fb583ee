"""What an entrepreneur gives to be contacted, checked."""

from collections.abc import Mapping
from dataclasses import dataclass

from api.leads.phone import phone_number
from api.mail import email_address
from knowledge.languages import DUTCH, shipped
from knowledge.words import visible

LONGEST_NAME, LONGEST_NOTE = 120, 500
WORDS = shipped()[DUTCH]["contact"]
PREFERENCES = {code: WORDS[f"voorkeur_{code}"] for code in ("mail", "telefoon")}
MOMENTS = {code: WORDS[f"moment_{code}"] for code in ("altijd", "ochtend", "middag", "avond")}
FAULTS = {
    "naam": WORDS["fout_naam"].format(aantal=LONGEST_NAME),
    "email": WORDS["fout_email"],
    "telefoon": WORDS["fout_telefoon"],
    "geen": WORDS["fout_geen"],
    "voorkeur": WORDS["fout_voorkeur"],
    "anders": WORDS["fout_anders"],
    "moment": WORDS["fout_moment"],
    "toelichting": WORDS["fout_toelichting"].format(aantal=LONGEST_NOTE),
}


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
    """Contact data from the fields naam, email, telefoon, voorkeur, moment and toelichting. Raises ContactFaults.

    What nobody can see, such as the characters that some programs paste along, is taken out.
    """
    name = visible(typed.get("naam", ""))
    written_email, written_phone = visible(typed.get("email", "")), visible(typed.get("telefoon", ""))
    note = "\n".join(map(visible, typed.get("toelichting", "").splitlines())).strip()
    email, phone = email_address(written_email), phone_number(written_phone)
    preference = typed.get("voorkeur") or ("mail" if email else "telefoon")
    moment = typed.get("moment") or "altijd"
    faults = {}
    if not 0 < len(name) <= LONGEST_NAME:
        faults["naam"] = FAULTS["naam"]
    if written_email and email is None:
        faults["email"] = FAULTS["email"]
    if written_phone and phone is None:
        faults["telefoon"] = FAULTS["telefoon"]
    if not written_email and not written_phone:
        faults["email"] = FAULTS["geen"]
    if preference not in PREFERENCES:
        faults["voorkeur"] = FAULTS["voorkeur"]
    elif "email" not in faults and "telefoon" not in faults and not {"mail": email, "telefoon": phone}[preference]:
        faults["email" if preference == "mail" else "telefoon"] = FAULTS["anders"]
    if moment not in MOMENTS:
        faults["moment"] = FAULTS["moment"]
    if len(note) > LONGEST_NOTE:
        faults["toelichting"] = FAULTS["toelichting"]
    if faults:
        raise ContactFaults(faults)
    return Contact(name, email, phone, preference, moment, note)
