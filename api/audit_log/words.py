"""What the log says, in words for people."""

from collections.abc import Mapping

from api.audit_log.log import ENTREPRENEUR, SOFTWARE, SYSTEM

_ACTIONS = {
    "aangevraagd": "Aangevraagd",
    "bevestigd": "Bevestigd",
    "afgeleverd": "Bij de eigenaar gekomen",
    "gelezen": "Contactgegevens gelezen",
    "opgehaald": "Contactgegevens opgehaald",
    "opgepakt": "Opgepakt",
    "contact": "Contact gehad",
    "gestart": "Gestart",
    "afgerond": "Afgerond",
    "niet_passend": "Past niet",
    "geen_gehoor": "Geen gehoor",
    "geen_plek": "Geen plek",
    "heropend": "Opnieuw geopend",
    "herinnerd": "Eigenaar herinnerd",
    "gemeld": "Gemeld aan de coördinator",
    "alternatief": "Ondernemer kreeg een andere weg",
    "ingetrokken": "Ingetrokken, gegevens gewist",
    "verlopen": "Verlopen, gegevens gewist",
    "gewist": "Gewist",
    "opnieuw": "Opnieuw in de wachtrij gezet",
}
_NOT_PEOPLE = {ENTREPRENEUR: "De ondernemer", SYSTEM: "Vanzelf", SOFTWARE: "Een koppeling"}
_GONE = "Iemand zonder account"


def action(name: str) -> str:
    """What was done; the name itself where there are no other words for it."""
    return _ACTIONS.get(name, name.replace("_", " ").replace("-", " ").capitalize())


def who(identifier: str, names: Mapping[str, str]) -> str:
    """Who did it, given the names of accounts."""
    return _NOT_PEOPLE.get(identifier) or names.get(identifier, _GONE)
