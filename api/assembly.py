"""The parts of the gateway, put together once when it starts."""

from datetime import date
from functools import partial

from analytics.database import open_database
from analytics.figures import Figures
from analytics.recording import Recorder
from analytics.releases import Releases
from analytics.rounding_secret import rounding_secret
from api.contact_requests.service import ContactRequests
from api.conversations.assistant import Assistant
from api.conversations.repository import Conversations
from api.conversations.service import ConversationService
from api.dependencies import Parts
from api.events.repository import Events
from api.events.service import EventService
from api.events.summaries import Summaries
from api.hsds.package import homepage
from api.hsds.service import Hsds
from api.identity.provider import IdentityProvider
from api.identity.repository import IdentityRepository
from api.identity.service import IdentityLogin
from api.imports.repository import StagedImports
from api.imports.service import ImportService
from api.intakes.deliveries import Deliveries
from api.intakes.repository import GivenIntakes
from api.intakes.service import IntakeService
from api.leads.deadlines import Deadlines
from api.leads.desk import Desk
from api.leads.keeping import Keeper
from api.leads.keys import KeyRing, is_demo
from api.leads.service import Leads
from api.leads.vault import Vault
from api.limits.rules import Limits
from api.limits.turns import TurnGate
from api.mail import Mailer
from api.operations import metrics
from api.outbox.letters import Letters
from api.outbox.mail_sender import MailSender
from api.outbox.queue import MAIL, WEBHOOK
from api.outbox.repository import Outbox
from api.outbox.worker import Worker
from api.owners.projection import Projection
from api.owners.service import OwnerData
from api.passkeys.repository import PasskeyRepository
from api.passkeys.service import Passkeys
from api.portal.addresses import own_address
from api.portal.attempts import Attempts
from api.portal.repository import PortalRepository
from api.portal.service import Portal
from api.questionnaires.service import Questionnaires
from api.reports.schedule import ReportSchedule
from api.reports.service import Reports
from api.settings import Settings
from api.webhooks.addresses import Addresses
from api.webhooks.sender import WebhookSender
from api.webhooks.service import Connections
from knowledge.base import Knowledge


def assemble(settings: Settings, knowledge: Knowledge) -> Parts:
    """Everything that the routes use, put together."""
    engine = open_database(settings.database_url)
    recorder = Recorder(engine, knowledge)
    repository = Conversations(engine, recorder)
    assistant = Assistant(
        settings.rasa_ports, settings.actions_port, settings.parts_secret, seconds=settings.turn_seconds
    )
    register, given = Events(engine), GivenIntakes(engine)
    event_service, intake_service = EventService(register, knowledge), IntakeService(knowledge, recorder)
    secret = partial(rounding_secret, settings.rounding_secret, settings.secrets_folder)
    summaries = Summaries(engine, knowledge, event_service, secret, settings.thresholds.staff)
    staged = StagedImports(engine)
    mailer, portal_repository = Mailer(settings), PortalRepository(engine)
    passkey_repository, journeys = PasskeyRepository(engine), IdentityRepository(engine)
    figures_reader = Figures(engine, knowledge)
    vault, outbox = Vault(KeyRing(settings)), Outbox(engine)
    attempts, desk = Attempts(engine, vault.index), Desk(engine, vault)
    leads = Leads(engine, knowledge, vault, attempts, controller=settings.controller)
    owner_data = OwnerData(engine, knowledge, Projection(engine, knowledge, settings.catalogue_folder))
    asked_yearly = Questionnaires(engine, owner_data)
    reports = Reports(engine, knowledge, figures_reader, settings.reports_folder, settings.thresholds.staff)
    releases = Releases(engine, knowledge, secret, settings.thresholds)
    return Parts(
        settings=settings,
        knowledge=knowledge,
        engine=engine,
        assistant=assistant,
        conversations=repository,
        service=ConversationService(
            assistant,
            repository,
            knowledge.sites,
            event_service,
            TurnGate(settings.turns_at_once, settings.turns_waiting),
        ),
        limits=Limits.of(settings, vault.token("limieten", "gateways")),
        events=event_service,
        summaries=summaries,
        intakes=intake_service,
        deliveries=Deliveries(knowledge, event_service, intake_service, given),
        imports=ImportService(knowledge, event_service, intake_service, recorder, staged),
        attempts=attempts,
        portal=Portal(portal_repository, attempts, mailer),
        passkeys=Passkeys(passkey_repository, mailer),
        identity=IdentityLogin(IdentityProvider(settings), journeys, portal_repository),
        vault=vault,
        leads=leads,
        desk=desk,
        connections=Connections(engine, vault, outbox, desk, _addresses(settings)),
        mailer=mailer,
        outbox=outbox,
        contact_requests=ContactRequests(knowledge, event_service, intake_service, leads),
        owner_data=owner_data,
        questionnaires=asked_yearly,
        hsds=Hsds(knowledge, homepage(settings.public_url)),
        figures=figures_reader,
        reports=reports,
        releases=releases,
        sweepers=(
            _ConversationSweeper(repository).sweep,
            register.sweep,
            summaries.sweep,
            given.sweep,
            staged.sweep,
            attempts.sweep,
            portal_repository.sweep,
            passkey_repository.sweep,
            journeys.sweep,
            mailer.sweep,
            Keeper(engine, vault).sweep,
            Deadlines(engine, knowledge, vault).sweep,
            outbox.sweep,
            owner_data.sweep,
            asked_yearly.sweep,
            releases.sweep,
            ReportSchedule(reports, releases.swept, settings.reports_folder).sweep,
        ),
    )


def outbox_worker(parts: Parts) -> Worker:
    """What sends the mails and webhooks that wait."""
    letters = Letters(parts.engine, parts.knowledge, parts.vault, own_address(parts.settings))
    webhooks = WebhookSender(parts.engine, parts.vault, _addresses(parts.settings), own_address(parts.settings))
    return Worker(parts.outbox, {MAIL: MailSender(letters, parts.mailer), WEBHOOK: webhooks})


def _addresses(settings: Settings) -> Addresses:
    return Addresses(loopback=settings.webhooks_to_loopback and is_demo(settings))


class _ConversationSweeper:
    """Forgets conversations whose time is over, and counts them."""

    def __init__(self, repository: Conversations) -> None:
        self._repository = repository

    def sweep(self, now: int) -> int:
        forgotten = self._repository.sweep(now, date.today())
        metrics.FORGOTTEN.inc(forgotten)
        return forgotten
