"""The rules of contact data for browsers: the limits, patterns and words of api/leads/contact.py."""

from typing import Any

from api.leads.contact import FAULTS, LONGEST_NAME, LONGEST_NOTE, MOMENTS, PREFERENCES
from api.leads.errors import NothingToAsk
from api.leads.phone import number_patterns
from api.mail import ADDRESS, LONGEST_ADDRESS, LONGEST_LOCAL_PART


def contact_rules() -> dict[str, Any]:
    """Everything that a client needs to check contact data as the server does, in types that JSON has."""
    return {
        "langsteNaam": LONGEST_NAME,
        "langsteToelichting": LONGEST_NOTE,
        "langsteAdres": LONGEST_ADDRESS,
        "langsteVoorApenstaart": LONGEST_LOCAL_PART,
        "adres": ADDRESS.pattern,
        "nummers": number_patterns(),
        "voorkeuren": list(PREFERENCES.items()),
        "momenten": list(MOMENTS.items()),
        "fouten": {**FAULTS, "initiatieven": NothingToAsk.detail},
    }
