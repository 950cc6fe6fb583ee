"""Everything that can be sent: each mail with whom it is for and what it needs, and each event for webhooks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

HOUR = 60 * 60
ALARM, WEBHOOK_OFF = "afleveren-mislukt", "koppeling-uit"
TEST = "webhook.test"
EVENTS = ("lead.created", "lead.withdrawn", TEST)

Audience = Literal["ondernemer", "afzender", "account"]
ENTREPRENEUR: Audience = "ondernemer"  # whoever made a request; the mail has a link to withdraw it
SEALED: Audience = "afzender"  # whoever made one that is gone: the item carries the sealed address
ACCOUNT: Audience = "account"  # somebody of the portal


@dataclass(frozen=True)
class Template:
    """A mail. `links` are the purposes of the links in it, beside the one to withdraw.

    `lead` tells that it is about one lead; `initiative` that it is about one initiative, which the lead or the details
    name; `details` are the keys that its text needs beside. `useful_seconds` is for how long it is worth sending.
    `queued` is False for what is sent at once, because it holds a secret or comes from a page that waits for nothing.
    """

    name: str
    to: Audience
    lead: bool = False
    initiative: bool = False
    links: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    useful_seconds: int | None = None
    queued: bool = True


_ALL = (
    # To entrepreneurs. The link that confirms works for 72 hours.
    Template("bevestigen", ENTREPRENEUR, links=("bevestigen",), useful_seconds=70 * HOUR),
    Template("ontvangstbewijs", ENTREPRENEUR),
    Template("ingetrokken", SEALED, details=("initiatieven",)),
    Template("alternatief", ENTREPRENEUR, lead=True, initiative=True, details=("reden",)),
    Template("ervaring", ENTREPRENEUR, lead=True, initiative=True, links=("ervaring",)),
    # To owners.
    Template("nieuwe-aanvraag", ACCOUNT, lead=True, initiative=True),
    Template("herinnering", ACCOUNT, lead=True, initiative=True),
    Template("aanvraag-ingetrokken", ACCOUNT, lead=True, initiative=True),
    Template("aanvraag-verlopen", ACCOUNT, lead=True, initiative=True),
    Template("gegevens-controle", ACCOUNT, initiative=True, details=("initiatief",)),
    Template("vragenlijst", ACCOUNT, initiative=True, details=("initiatief", "jaar")),
    Template(WEBHOOK_OFF, ACCOUNT, initiative=True),
    # To coordinators.
    Template("escalatie", ACCOUNT, lead=True, initiative=True),
    Template("geen-eigenaar", ACCOUNT, initiative=True),
    Template("initiatief-gestopt", ACCOUNT, initiative=True),
    Template(ALARM, ACCOUNT),
    # To who uses the portal, at once.
    Template("inloggen", ACCOUNT, queued=False),
    Template("uitnodiging", ACCOUNT, queued=False),
    Template("passkey-nieuw", ACCOUNT, queued=False),
    Template("passkey-weg", ACCOUNT, queued=False),
    Template("passkey-ingetrokken", ACCOUNT, queued=False),
)
TEMPLATES = {template.name: template for template in _ALL}


def check(kind: str, template: str, details: Mapping[str, Any]) -> None:
    """See that something can be sent when its time comes. Raises ValueError."""
    if kind == "webhook":
        if template not in EVENTS:
            raise ValueError(f"There is no event {template!r}: name it in api/outbox/registry.py.")
        return
    found = TEMPLATES.get(template)
    if found is None or not found.queued:
        raise ValueError(f"There is no mail {template!r} for the outbox: name it in api/outbox/registry.py.")
    missing = [key for key in found.details if key not in details]
    if missing:
        raise ValueError(f"The mail {template!r} needs in its details: {', '.join(missing)}.")
