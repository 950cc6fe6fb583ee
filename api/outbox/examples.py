"""Examples of everything that a mail can hold, for looking at templates."""

from datetime import date
from typing import Any

from api.leads import consent
from api.mail import Mail
from api.outbox.writing import Receipt, written
from knowledge.base import Knowledge

TO = "noor@bakker.example"


def example(template: str, knowledge: Knowledge, address: str) -> Mail:
    """A mail as it would be sent, to nobody."""
    initiatives = knowledge.catalogue[:2]
    withdraw = f"{address}/contact/intrekken?sleutel=voorbeeld"
    values: dict[str, Any] = {
        "address": address,
        "alternatives": [(one.naam, one.url) for one in knowledge.catalogue if one.url][:2],
        "details": {"reden": "geen-reactie", "initiatief": initiatives[0].id, "jaar": 2026},
        "initiative": initiatives[0].naam,
        "key": "Telefoon van Anna",
        "lead": "voorbeeld",
        "link": f"{address}/portaal/inloggen",
        "links": {purpose: f"{address}/contact/{purpose}?sleutel=voorbeeld" for purpose in ("bevestigen", "ervaring")},
        "minutes": 10,
        "name": "Anna Bos",
        "names": [one.naam for one in initiatives],
        "website": initiatives[0].url,
        "withdraw": withdraw,
    }
    receipts = [_receipt(initiative.id, knowledge, withdraw) for initiative in initiatives]
    return written(template, TO, values, receipts if template == "ontvangstbewijs" else ())


def _receipt(identifier: str, knowledge: Knowledge, withdraw: str) -> Receipt:
    initiative = knowledge.initiative(identifier)
    assert initiative is not None
    notice = consent.notice(initiative)
    record = {
        "id": "voorbeeld",
        "schema_version": consent.SCHEMA_VERSION,
        "controller": "Voorbeeldgemeente",
        "recipient": identifier,
        "purpose": consent.PURPOSE,
        "categories": consent.CATEGORIES,
        "notice": consent.NOTICE,
        "text": notice.hash,
        "language": consent.LANGUAGE,
        "method": "formulier",
        "jurisdiction": consent.JURISDICTION,
    }
    document = consent.receipt(record, [(consent.ASKED, 1_800_000_000)], notice.text, withdraw)
    return Receipt(initiative.naam, notice.text, date(2026, 11, 26), "voorbeeld", document)
