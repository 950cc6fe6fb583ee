"""An initiative as schema.org describes services, so that search engines and other programs can read its page."""

import re
from datetime import date
from typing import Any

from api.initiatives.portrait import is_over
from api.initiatives.words import KINDS, STATUSES, area
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative

# One body of government; a municipality also has to be one that we know.
_GOVERNMENT = re.compile(
    r"(?:(?:de|het) )?(?:gemeente (?P<municipality>.+)|provincie [\w-]+|ministerie van [^,]+|kamer van koophandel.*)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r",| en | met |/|;|&", re.IGNORECASE)  # more than one body, or a sentence
_DESCRIBED = re.compile(r"(een|elke|iedere|je|jouw|(de|het) gemeente|gemeente)\b", re.IGNORECASE)  # no name of anybody
_NOT_ANY_MORE = "https://schema.org/Discontinued"
_COUNTRY = {"@type": "Country", "name": "Nederland"}


def linked_data(knowledge: Knowledge, entry: Initiative, address: str, today: date) -> dict[str, Any]:
    """The description on a day. `address` is that of its page; what is not known is left out."""
    provider = _provider(knowledge, entry.eigenaar) if entry.eigenaar else None
    by_government = provider is not None and provider["@type"] == "GovernmentOrganization"
    described = {
        "@context": "https://schema.org",
        "@type": "GovernmentService" if by_government else "Service",
        "@id": address,
        "url": address,
        "identifier": entry.id,
        "name": entry.naam,
        "alternateName": list(entry.ookBekendAls),
        "description": entry.biedt,
        "serviceType": KINDS[entry.soort],
        "areaServed": [_area(knowledge, code) for code in entry.regio],
        "audience": {"@type": "BusinessAudience", "audienceType": entry.voorWie} if entry.voorWie else None,
        "provider": provider,
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": entry.url} if entry.url else None,
        "sameAs": entry.url,
        "offers": _offer(entry, today),
    }
    return {name: value for name, value in described.items() if value}


def _area(knowledge: Knowledge, code: str) -> dict[str, str]:
    if code == "landelijk":
        return _COUNTRY
    named = {"@type": "AdministrativeArea", "name": area(knowledge, code)}
    return named | ({"identifier": code} if code.startswith("GM") else {})


def _provider(knowledge: Knowledge, owner: str) -> dict[str, str] | None:
    """Who runs it, when that is one body with a name; several together are not an organization of that name."""
    found = _GOVERNMENT.fullmatch(owner)
    if found and _known(knowledge, found["municipality"]):
        return {"@type": "GovernmentOrganization", "name": owner}
    if _SEVERAL.search(owner) or _DESCRIBED.match(owner):
        return None
    return {"@type": "Organization", "name": owner}


def _known(knowledge: Knowledge, municipality: str | None) -> bool:
    names = (one.naam.casefold() for one in knowledge.municipalities.gemeenten)
    return municipality is None or municipality.casefold() in names


def _status(entry: Initiative, today: date) -> str:
    """The status on a day, which the first and the last day have a say in."""
    if entry.status != "actief" or entry.running(today):
        return STATUSES[entry.status]
    return STATUSES["gestopt"] if is_over(entry, today) else "Begint nog"


def _offer(entry: Initiative, today: date) -> dict[str, Any]:
    """What it costs, from when until when, whether it is over, and how fresh what we know is.

    schema.org has no property for the last two of a service. Those of an offer may be named freely.
    """
    facts = {
        "Status": _status(entry, today),
        "Laatste teken van leven": entry.gezien,
        "Wie zit erachter": entry.eigenaar,
    }
    offer = {
        "@type": "Offer",
        "description": entry.kosten,
        "availability": _NOT_ANY_MORE if is_over(entry, today) else None,
        "validFrom": entry.begin and entry.begin.isoformat(),
        "validThrough": entry.einde and entry.einde.isoformat(),
        "additionalProperty": [
            {"@type": "PropertyValue", "name": name, "value": value} for name, value in facts.items() if value
        ],
    }
    return {name: value for name, value in offer.items() if value}
