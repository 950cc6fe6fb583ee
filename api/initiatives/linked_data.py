"""An initiative as schema.org describes services, so that search engines and other programs can read its page."""

import re
from typing import Any

from api.initiatives.words import KINDS, area
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative

_GOVERNMENT = re.compile(r"(de |het )?(gemeente|provincie|ministerie|kamer van koophandel)\b", re.IGNORECASE)
_NOT_ANY_MORE = "https://schema.org/Discontinued"


def linked_data(knowledge: Knowledge, entry: Initiative, address: str, *, running: bool) -> dict[str, Any]:
    """The description. `address` is that of its page; what is not known is left out."""
    by_government = bool(entry.eigenaar and _GOVERNMENT.match(entry.eigenaar))
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
        "provider": _provider(entry.eigenaar, by_government=by_government) if entry.eigenaar else None,
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": entry.url} if entry.url else None,
        "sameAs": entry.url,
        "offers": _offer(entry, running=running),
    }
    return {name: value for name, value in described.items() if value}


def _area(knowledge: Knowledge, code: str) -> dict[str, str]:
    named = {"@type": "Country" if code == "landelijk" else "AdministrativeArea", "name": area(knowledge, code)}
    return named | ({"identifier": code} if code.startswith("GM") else {})


def _provider(owner: str, *, by_government: bool) -> dict[str, str]:
    return {"@type": "GovernmentOrganization" if by_government else "Organization", "name": owner}


def _offer(entry: Initiative, *, running: bool) -> dict[str, str] | None:
    """What it costs, and that it is over."""
    offer = {"description": entry.kosten} if entry.kosten else {}
    if not running:
        offer["availability"] = _NOT_ANY_MORE
    return {"@type": "Offer", **offer} if offer else None
