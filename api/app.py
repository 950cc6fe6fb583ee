"""The gateway: the only part that faces outside."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api import errors
from api.accountability.routes import router as accountability
from api.administration.pages import router as administration
from api.administration.work_pages import router as work_pages
from api.assembly import assemble, outbox_worker
from api.contact.page import error_page as contact_error_page
from api.contact.routes import pages as contact_pages
from api.contact.routes import router as contact
from api.contact_requests.routes import router as contact_requests
from api.conversations.routes import router as conversations
from api.dashboard.pages import router as dashboard
from api.dependencies import Parts
from api.description.deprecations import DeprecationMiddleware
from api.description.document import operation_id
from api.description.routes import router as interface_description
from api.events.pages import router as event_pages
from api.events.routes import addresses as event_addresses
from api.events.routes import router as events
from api.events.summary import router as event_summary
from api.figures.pages import router as figures_page
from api.figures.routes import router as figures
from api.handbook.routes import router as handbook
from api.headers import API_VERSION
from api.hsds.routes import router as hsds
from api.identity.routes import router as identity
from api.imports.routes import router as imports
from api.initiatives.pages import error_page as initiatives_error_page
from api.initiatives.pages import router as initiative_pages
from api.initiatives.routes import router as initiatives
from api.initiatives.sitemap import router as sitemap
from api.intakes.page import error_page as scan_error_page
from api.intakes.routes import form_router as intake_form
from api.intakes.routes import router as intakes
from api.leads.desk_pages import router as desk_pages
from api.leads.tombstones import Tombstones
from api.limits.middleware import RateLimitMiddleware
from api.lookups.routes import router as lookups
from api.middleware import (
    BodyLimitMiddleware,
    CompressionMiddleware,
    HeadersMiddleware,
    HeadMiddleware,
    UnexpectedErrorMiddleware,
)
from api.operations.access_log import AccessLogMiddleware
from api.operations.readiness import readiness
from api.operations.routes import router as operations
from api.outbox.mail_sender import FolderKeeper
from api.outbox.pages import router as mail_pages
from api.owners.management import router as owner_management
from api.owners.routes import router as owners
from api.page.routes import router as page
from api.passkeys.routes import router as passkeys
from api.portal.pages import error_page
from api.portal.routes import router as portal
from api.questionnaires.management import router as questionnaire_management
from api.questionnaires.routes import router as questionnaires
from api.reports.pages import router as report_pages
from api.rest_channel.routes import router as rest_channel
from api.settings import Settings
from api.settings import settings as from_environment
from api.sites.cors import SiteCORSMiddleware
from api.sites.routes import router as sites
from api.tablet.routes import router as tablet
from api.webhooks.pages import router as connection_pages
from api.webhooks.routes import router as webhook_leads
from api.widget.pages import router as widget_pages
from api.widget.routes import router as widget
from knowledge.base import load

READY_CHECK_SECONDS = 0.5
_ROUTERS = (
    conversations,
    initiatives,
    initiative_pages,
    sitemap,
    hsds,
    lookups,
    sites,
    widget,
    rest_channel,
    operations,
    page,
    handbook,
    widget_pages,
    events,
    event_addresses,
    event_pages,
    event_summary,
    imports,
    intakes,
    intake_form,
    contact,
    contact_pages,
    contact_requests,
    tablet,
    portal,
    passkeys,
    identity,
    owners,
    owner_management,
    questionnaires,
    questionnaire_management,
    dashboard,
    figures,
    figures_page,
    report_pages,
    desk_pages,
    administration,
    work_pages,
    webhook_leads,
    connection_pages,
    mail_pages,
    accountability,
    interface_description,
)


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application. Raises KnowledgeError when the data has a fault, and BadKeys when a key of contact data has."""
    settings = settings or from_environment()
    knowledge = load(changes=settings.catalogue_folder)
    parts = assemble(settings, knowledge)
    worker = outbox_worker(parts)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        work = (
            _announce(app.state.parts),
            parts.sweeps.keep_running(parts.sweepers),
            worker.run(),
            FolderKeeper(parts.outbox, parts.mailer).run(),
            Tombstones(parts.engine, settings.erased_folder).run(),
        )
        tasks = [asyncio.create_task(task) for task in work]
        yield
        for task in tasks:
            task.cancel()
        await worker.close()
        parts.assistant.close()
        await parts.limits.close()

    app = FastAPI(
        title="Digitale hulp voor ondernemers",
        version=API_VERSION,
        generate_unique_id_function=operation_id,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    app.state.parts = parts
    for router in _ROUTERS:
        app.include_router(router)
    for_people = {"/portaal": error_page, "/contact": contact_error_page, "/scan": scan_error_page}
    answer = errors.shaped(for_people | {"/initiatieven": initiatives_error_page})
    errors.install(app, answer)
    # The last one added is the outermost: every answer gets the headers, also a refusal, and every one but that of an
    # unknown website the headers that let the page read it.
    app.add_middleware(CompressionMiddleware)
    app.add_middleware(HeadMiddleware)
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(UnexpectedErrorMiddleware)
    app.add_middleware(RateLimitMiddleware, limits=parts.limits, answer=answer)
    app.add_middleware(SiteCORSMiddleware, sites=knowledge.sites)
    app.add_middleware(DeprecationMiddleware)
    app.add_middleware(HeadersMiddleware)
    app.add_middleware(AccessLogMiddleware)
    return app


async def _announce(parts: Parts) -> None:
    """Say where the product is, once everything answers."""
    while (await readiness(parts)).stops:
        await asyncio.sleep(READY_CHECK_SECONDS)
    print(f"Ready: http://{parts.settings.gateway_host}:{parts.settings.gateway_port}", flush=True)
