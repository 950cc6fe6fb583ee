"""What routes get handed: the parts of the application, made once when it starts."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Header, Query, Request
from sqlalchemy import Engine

from analytics.figures import Figures
from analytics.releases import Releases
from api.bearer import ConversationKey
from api.contact_requests.service import ContactRequests
from api.conversations.assistant import Assistant
from api.conversations.repository import Conversations
from api.conversations.service import Caller, ConversationService
from api.errors import BadInput
from api.events.service import EventService
from api.events.summaries import Summaries
from api.hsds.service import Hsds
from api.identity.service import IdentityLogin
from api.imports.service import ImportService
from api.intakes.deliveries import Deliveries
from api.intakes.service import IntakeService
from api.leads.desk import Desk
from api.leads.service import Leads
from api.leads.vault import Vault
from api.limits.rules import Limits
from api.mail import Mailer
from api.outbox.repository import Outbox
from api.owners.service import OwnerData
from api.passkeys.service import Passkeys
from api.portal.attempts import Attempts
from api.portal.service import Portal
from api.questionnaires.service import Questionnaires
from api.reports.service import Reports
from api.settings import Settings
from api.sites.origins import foreign_origin
from api.sweeping import Sweeper, Sweeps
from api.webhooks.service import Connections
from knowledge.base import Knowledge
from knowledge.languages import DUTCH, shipped


@dataclass(frozen=True)
class Parts:
    """The parts of the application."""

    settings: Settings
    knowledge: Knowledge
    engine: Engine
    assistant: Assistant
    conversations: Conversations
    service: ConversationService
    limits: Limits
    events: EventService
    summaries: Summaries
    intakes: IntakeService
    deliveries: Deliveries
    imports: ImportService
    attempts: Attempts
    portal: Portal
    passkeys: Passkeys
    identity: IdentityLogin
    vault: Vault
    leads: Leads
    desk: Desk
    connections: Connections
    mailer: Mailer
    outbox: Outbox
    contact_requests: ContactRequests
    owner_data: OwnerData
    questionnaires: Questionnaires
    hsds: Hsds
    figures: Figures
    reports: Reports
    releases: Releases
    sweepers: tuple[Sweeper, ...]  # each forgets what has had its time at a second since 1970
    sweeps: Sweeps = field(default_factory=Sweeps)


# These wait for nothing. They are async all the same: FastAPI hands each that is not to a thread, at every request.
async def parts(request: Request) -> Parts:
    """The parts of the running application."""
    found: Parts = request.app.state.parts
    return found


KEY_HEADER = "Idempotency-Key"
_LONGEST_KEY = 255
_Key = Header(
    alias=KEY_HEADER,
    description="Een eigen sleutel van 1 tot 255 tekens voor dit verzoek. Een herhaling met dezelfde sleutel telt niet "
    "nog eens.",
    examples=["b7f3d1c2-5a0e-4e0c-9a52-6c1d2f7e8a90"],
    json_schema_extra={"minLength": 1, "maxLength": _LONGEST_KEY},
)


async def idempotency_key(key: Annotated[str | None, _Key] = None) -> str | None:
    """The key under which a repeat of this request is recognised. Raises BadInput for one that cannot be."""
    if key is not None and not 1 <= len(key) <= _LONGEST_KEY:
        raise BadInput("De Idempotency-Key heeft 1 tot 255 tekens.")
    return key


class NeededKey:
    """The same key where nothing is taken without one; the description says so of each operation that asks this."""

    def __init__(self, refusal: str) -> None:
        """Take what somebody hears who sends none."""
        self._refusal = refusal

    async def __call__(self, key: Annotated[str | None, Depends(idempotency_key)]) -> str:
        """The key. Raises BadInput when there is none."""
        if key is None:
            raise BadInput(self._refusal)
        return key


async def origin(request: Request) -> str | None:
    """The website whose page makes this request; None for our own pages, and for what is not a browser."""
    return foreign_origin(request.headers)


def public_address(request: Request, settings: Settings) -> str:
    """Where people reach the product: as the operator says, else where this request came in. Without a slash."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


AppParts = Annotated[Parts, Depends(parts)]
ForeignOrigin = Annotated[str | None, Depends(origin)]


async def caller(key: ConversationKey, website: ForeignOrigin) -> Caller:
    """Who asks something about a conversation. Raises Unauthorized when there is no secret."""
    return Caller(key, website)


async def interface_language(
    parts: AppParts,
    taal: Annotated[
        str, Query(description="Taal van knoppen en meldingen", json_schema_extra={"enum": list(shipped())})
    ] = DUTCH,
) -> str:
    """The language that is asked for. Raises BadInput when there is no such file."""
    if taal not in parts.knowledge.languages:
        raise BadInput(f"Deze taal is er niet. Kies uit: {', '.join(parts.knowledge.languages)}.")
    return taal


InterfaceLanguage = Annotated[str, Depends(interface_language)]
ConversationCaller = Annotated[Caller, Depends(caller)]
IdempotencyKey = Annotated[str | None, Depends(idempotency_key)]
