"""`/v1/gesprekken`."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api.conversations.schemas import ConversationId, FirstTurn, NewConversation, NewMessage, Turn, Verdict
from api.dependencies import AppParts, ConversationCaller, ForeignOrigin, IdempotencyKey
from api.errors import BadInput, Forbidden, NotFound, Unauthorized, Unavailable, documented

router = APIRouter(prefix="/v1/gesprekken", tags=["Gesprekken"])


@router.post("", status_code=201, response_model=FirstTurn, responses=documented(BadInput, Forbidden, Unavailable))
async def start(
    body: NewConversation, request: Request, parts: AppParts, origin: ForeignOrigin, response: Response
) -> dict[str, Any]:
    """Begin een gesprek. Het antwoord bevat de sleutel, die bij elk volgend verzoek mee moet."""
    await parts.limits.check_site(request, body.site)
    turn = await parts.service.start(body.site, body.kanaal, body.evenement, origin)
    response.headers["Location"] = f"/v1/gesprekken/{turn['gesprekId']}"
    return turn


@router.post(
    "/{gesprekId}/berichten",
    response_model=Turn,
    responses=documented(BadInput, Unauthorized, Forbidden, NotFound, Unavailable),
)
async def say(
    gesprekId: ConversationId,
    body: NewMessage,
    parts: AppParts,
    caller: ConversationCaller,
    idempotency_key: IdempotencyKey,
) -> dict[str, Any]:
    """Zeg iets of kies een knop, en krijg de volgende beurt."""
    return await parts.service.say(
        gesprekId, caller, text=body.tekst, choice=body.keuze, question=body.vraag, idempotency_key=idempotency_key
    )


@router.post(
    "/{gesprekId}/oordeel",
    status_code=204,
    responses=documented(BadInput, Unauthorized, Forbidden, NotFound, Unavailable),
)
async def judge(gesprekId: ConversationId, body: Verdict, parts: AppParts, caller: ConversationCaller) -> Response:
    """Zeg of je iets aan de uitslag had. Anoniem; het laatste oordeel telt."""
    await parts.service.judge(gesprekId, caller, body.oordeel)
    return Response(status_code=204)


@router.get("/{gesprekId}", response_model=Turn, responses=documented(BadInput, Unauthorized, Forbidden, NotFound))
async def look(gesprekId: ConversationId, parts: AppParts, caller: ConversationCaller) -> dict[str, Any]:
    """Lees de laatste beurt nog eens."""
    return await parts.service.look(gesprekId, caller)


@router.delete("/{gesprekId}", status_code=204, responses=documented(BadInput, Unauthorized, Forbidden, NotFound))
async def forget(gesprekId: ConversationId, parts: AppParts, caller: ConversationCaller) -> Response:
    """Vergeet het gesprek meteen."""
    await parts.service.forget(gesprekId, caller)
    return Response(status_code=204)
