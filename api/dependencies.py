"""What routes get handed: the parts of the application, made once when it starts."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy import Engine

from analytics.figures import Figures
from analytics.releases import Releases
from api.contact_requests.service import ContactRequests
from api.conversations.assistant import Assistant
from api.conversations.repository import Conversations
from api.conversations.service import Caller, ConversationService
from api.errors import BadInput, Unauthorized
from api.events.service import EventService
from api.events.summaries import Summaries
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
    figures: Figures
    reports: Reports
    releases: Releases
    sweepers: tuple[Sweeper, ...]  # each forgets what has had its time at a second since 1970
    sweeps: Sweeps = field(default_factory=Sweeps)


def parts(request: Request) -> Parts:
    """The parts of the running application."""
    found: Parts = request.app.state.parts
    return found


def bearer(authorization: Annotated[str | None, Header()] = None) -> str:
    """The secret that a client sends along. Raises Unauthorized when there is none."""
    scheme, _, key = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Unauthorized
    return key.strip()


def idempotency_key(key: Annotated[str | None, Header(alias="Idempotency-Key")] = None) -> str | None:
    """The key under which a repeat of this request is recognised. Raises BadInput for one that cannot be."""
    if key is not None and not 1 <= len(key) <= 255:
        raise BadInput("De Idempotency-Key heeft 1 tot 255 tekens.")
    return key


def origin(request: Request) -> str | None:
    """The website whose page makes this request; None for our own pages, and for what is not a browser."""
    return foreign_origin(request.headers)


def public_address(request: Request, settings: Settings) -> str:
    """Where people reach the product: as the operator says, else where this request came in. Without a slash."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


AppParts = Annotated[Parts, Depends(parts)]
Secret = Annotated[str, Depends(bearer)]
ForeignOrigin = Annotated[str | None, Depends(origin)]


def caller(key: Secret, website: ForeignOrigin) -> Caller:
    """Who asks something about a conversation. Raises Unauthorized when there is no secret."""
    return Caller(key, website)


ConversationCaller = Annotated[Caller, Depends(caller)]
IdempotencyKey = Annotated[str | None, Depends(idempotency_key)]
