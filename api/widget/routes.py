"""The script of the widget, and what it shows."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool

from api.contact.offer import after_conversation
from api.conversations.schemas import ConversationId
from api.dependencies import AppParts, ConversationCaller, ForeignOrigin, InterfaceLanguage, public_address
from api.errors import BadInput, Forbidden, NotFound, Unauthorized, documented
from api.operations import metrics
from api.sites.schemas import SiteId
from api.sites.service import admitted
from api.widget import presentation
from api.widget.releases import releases
from api.widget.schemas import AnswersPresentation, ResultPresentation, SitePresentation

router = APIRouter(tags=["Widget"])

_SCRIPT = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Access-Control-Allow-Origin": "*",  # a page that pins the script by its hash has to be able to read it
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@router.get("/widget/{version}/mkb-assistent.js", include_in_schema=False)
def script(version: str) -> FileResponse:
    """The script of one version, for ever the same."""
    release = releases().get(version)
    if release is None:
        raise NotFound("Deze versie van de widget bestaat niet.")
    return FileResponse(release.path, media_type="text/javascript; charset=utf-8", headers=_SCRIPT)


@router.get(
    "/v1/sites/{siteId}/weergave",
    response_model=SitePresentation,
    responses=documented(BadInput, Forbidden, NotFound),
)
def show_site(
    siteId: SiteId,
    request: Request,
    parts: AppParts,
    origin: ForeignOrigin,
    *,
    taal: InterfaceLanguage,
    vorm: Annotated[
        presentation.Form, Query(description="Hoe de widget op de pagina staat", examples=["knop"])
    ] = "knop",
) -> dict[str, Any]:
    """Lees wat de widget van een site toont."""
    site = admitted(parts.knowledge, siteId, origin)
    metrics.FUNNEL.labels(metrics.OPENED).inc()
    return presentation.presentation(parts.knowledge, site, taal, vorm, request.url.netloc)


@router.get(
    "/v1/gesprekken/{gesprekId}/weergave/uitslag",
    response_model=ResultPresentation,
    responses=documented(BadInput, Unauthorized, NotFound),
)
async def show_result(
    gesprekId: ConversationId, request: Request, parts: AppParts, caller: ConversationCaller
) -> dict[str, Any]:
    """Lees de uitslag als kaart."""
    stored = await parts.service.find(gesprekId, caller)
    offer = await run_in_threadpool(after_conversation, parts, stored.site, stored.turn)
    ask = public_address(request, parts.settings) + offer.path if offer else None
    card = presentation.card(parts.knowledge, stored.turn, date.today(), ask=ask)
    if card is None:
        raise NotFound("Er is nog geen uitslag.")
    return card


@router.get(
    "/v1/gesprekken/{gesprekId}/weergave/antwoorden",
    response_model=AnswersPresentation,
    responses=documented(BadInput, Unauthorized, NotFound),
)
async def show_answers(gesprekId: ConversationId, parts: AppParts, caller: ConversationCaller) -> list[Any]:
    """Lees de antwoorden in woorden, met bij elk een knop om het te wijzigen."""
    return presentation.given(parts.knowledge, await parts.service.look(gesprekId, caller))
