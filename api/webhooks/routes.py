"""`/v1/aanvragen/{id}`: a lead, for the software of its owner."""

import time
from typing import Any

from fastapi import APIRouter

from api.bearer import OwnerToken
from api.dependencies import AppParts
from api.errors import NotFound, Unauthorized, documented
from api.webhooks import schemas

router = APIRouter(prefix="/v1/aanvragen", tags=["Aanvragen"])


@router.get("/{aanvraagId}", response_model=schemas.Lead, responses=documented(Unauthorized, NotFound))
def read(aanvraagId: schemas.LeadId, parts: AppParts, token: OwnerToken) -> dict[str, Any]:
    """Lees een aanvraag, met de sleutel die de eigenaar in het portaal heeft gemaakt.

    Elke keer dat de gegevens gelezen worden, staat in het logboek van de aanvraag.
    """
    return schemas.lead(parts.connections.open(token, aanvraagId, int(time.time())), parts.knowledge)
