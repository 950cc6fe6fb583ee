"""`/webhooks/rest/webhook`."""

from functools import partial
from typing import Any

import msgspec
from fastapi import APIRouter, Request

from api.dependencies import AppParts, ForeignOrigin
from api.errors import BadInput
from api.rest_channel.service import RestChannel

router = APIRouter(include_in_schema=False)


@router.post("/webhooks/rest/webhook")
async def receive(request: Request, parts: AppParts, origin: ForeignOrigin) -> list[dict[str, Any]]:
    """A message of a client of Rasa's REST channel: a list of messages back."""
    try:
        body = msgspec.json.decode(await request.body())  # which takes no half characters, unlike the standard library
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and msgspec's are ValueErrors
        raise BadInput("Dit is geen geldige JSON.") from error
    if not isinstance(body, dict):
        raise BadInput("Stuur een object met sender en message.")
    channel = RestChannel(parts.service, parts.settings.rest_site, origin, partial(parts.limits.check_site, request))
    return await channel.answer(body.get("sender"), body.get("message"))
