"""Leads as files for the software of their owner: a card for an address book, and a table for a CRM."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import phonenumbers

from api.figures.csv_files import csv_file
from api.leads.contact import MOMENTS, PREFERENCES, Contact
from api.leads.desk import Opened
from api.leads.statuses import LABELS
from api.leads.vault import Profile
from api.leads.wording import in_words
from knowledge.base import Knowledge

_FOLD_AT = 75  # octets of a line, RFC 6350 section 3.2
_PROFILE = ("Soort bedrijf", "Plaats", "Mensen in het bedrijf", "Uitslag van de scan", "Zoekt hulp bij")
_ESCAPED = {"\\": "\\\\", ",": "\\,", ";": "\\;", "\n": "\\n"}


@dataclass(frozen=True)
class Taken:
    """A lead with its contents, and how its initiative is called."""

    lead: Opened
    contact: Contact
    profile: Profile
    initiative: str


def profile_in_words(knowledge: Knowledge, profile: Profile) -> dict[str, str]:
    """What is known of a firm, as its owner reads it."""
    return dict(zip(_PROFILE, in_words(knowledge, profile).values(), strict=True))


def phone_in_words(phone: str) -> str:
    """A number as people here write it: 06 12345678, and with the code of its country when it is from elsewhere."""
    number = phonenumbers.parse(phone)
    here = number.country_code == phonenumbers.country_code_for_region("NL")
    form = phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form)


def _name(contact: Contact) -> tuple[str, str]:
    """First and last name, as far as a name can be divided; what has one word is a last name."""
    first, _, last = contact.name.partition(" ")
    return (first, last) if last else ("", first)


Column = Callable[[Taken], str]
_OF_PERSON: Mapping[str, Column] = {
    "voornaam": lambda taken: _name(taken.contact)[0],
    "achternaam": lambda taken: _name(taken.contact)[1],
    "email": lambda taken: taken.contact.email or "",
    "telefoon": lambda taken: phone_in_words(taken.contact.phone) if taken.contact.phone else "",
    "onderwerp": lambda taken: f"Aanvraag via de digitale hulp: {taken.initiative}",
    "toelichting": lambda taken: taken.contact.note,
}
# How software calls these columns, so that it recognises them by itself.
FORMS: Mapping[str, Mapping[str, str]] = {
    "gewoon": {
        "voornaam": "Voornaam",
        "achternaam": "Achternaam",
        "email": "E-mail",
        "telefoon": "Telefoon",
        "onderwerp": "Onderwerp",
        "toelichting": "Toelichting",
    },
    "hubspot": {
        "voornaam": "First Name",
        "achternaam": "Last Name",
        "email": "Email",
        "telefoon": "Phone Number",
        "onderwerp": "Lead source detail",
        "toelichting": "Message",
    },
    "dynamics": {
        "voornaam": "First Name",
        "achternaam": "Last Name",
        "email": "Email",
        "telefoon": "Mobile Phone",
        "onderwerp": "Topic",
        "toelichting": "Description",
    },
}


def table(knowledge: Knowledge, leads: Iterable[Taken], form: str) -> bytes:
    """Leads as CSV, in one of FORMS. What must go with them goes with them: consent, purpose, and until when."""
    names = FORMS[form]
    heading = (
        *names.values(),
        *_PROFILE,
        "Initiatief",
        "Liefst",
        "Moment",
        "Stand",
        "Aanvraag",
        "Ontvangen op",
        "Toestemming",
        "Doel",
        "Toestemming gegeven op",
        "Verwijderen voor",
    )
    return csv_file(heading, (_row(knowledge, taken, names) for taken in leads))


def _row(knowledge: Knowledge, taken: Taken, names: Mapping[str, str]) -> Sequence[str]:
    entry = taken.lead.entry
    return (
        *(_OF_PERSON[name](taken) for name in names),
        *profile_in_words(knowledge, taken.profile).values(),
        taken.initiative,
        PREFERENCES[taken.contact.preference],
        MOMENTS[taken.contact.moment],
        LABELS[entry.status],
        entry.id,
        entry.came.isoformat(),
        taken.lead.consent,
        taken.lead.purpose,
        taken.lead.agreed_on.isoformat(),
        entry.destroyed_on.isoformat(),
    )


def card(taken: Taken, now: int) -> bytes:
    """A lead as vCard 4.0 (RFC 6350)."""
    contact, entry = taken.contact, taken.lead.entry
    first, last = _name(contact)
    note = "\n".join(
        filter(
            None,
            (
                contact.note,
                f"Aanvraag via de digitale hulp aan {taken.initiative}. Toestemming {taken.lead.consent}, "
                f"doel {taken.lead.purpose}. Verwijderen voor {entry.destroyed_on.isoformat()}.",
            ),
        )
    )
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        f"UID:{UUID(entry.id).urn}",
        f"REV:{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%SZ}",
        f"FN:{_escaped(contact.name)}",
        f"N:{_escaped(last)};{_escaped(first)};;;",
    ]
    if contact.email:
        lines.append(f"EMAIL;PREF={1 if contact.preference == 'mail' else 2}:{_escaped(contact.email)}")
    if contact.phone:
        preferred = 1 if contact.preference == "telefoon" else 2
        uri = phonenumbers.format_number(phonenumbers.parse(contact.phone), phonenumbers.PhoneNumberFormat.RFC3966)
        lines.append(f"TEL;VALUE=uri;PREF={preferred}:{uri}")
    lines += [f"NOTE:{_escaped(note)}", "END:VCARD"]
    return b"".join(map(_folded, lines))


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(character, character) for character in text)


def _folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, of which those after the first begin with a space."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > _FOLD_AT:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join((*pieces, piece)) + b"\r\n"
