"""`/v1/contactverzoeken` and `/v1/contactteksten`: asking for contact, for devices that may be without a connection."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from api.contact_requests.schemas import ConsentTexts, NewContactRequest, TakenContactRequest
from api.dependencies import AppParts, NeededKey, public_address
from api.errors import BadInput, documented
from api.leads.errors import TooManyRequests

router = APIRouter(prefix="/v1", tags=["Contact"])
_Key = Annotated[str, Depends(NeededKey("Stuur een eigen Idempotency-Key mee, zodat dit verzoek maar een keer telt."))]


@router.get("/contactteksten", response_model=ConsentTexts)
def texts(parts: AppParts) -> dict[str, Any]:
    """Lees welke initiatieven om contact gevraagd kunnen worden, en de toestemming die daarbij hoort."""
    found = parts.contact_requests.texts(date.today())
    return {
        "teksten": [
            {"id": notice.initiative, "naam": name, "alineas": notice.paragraphs, "tekstHash": notice.hash}
            for name, notice in found
        ]
    }


@router.post(
    "/contactverzoeken",
    status_code=201,
    response_model=TakenContactRequest,
    responses=documented(BadInput, TooManyRequests),
)
def take(body: NewContactRequest, request: Request, parts: AppParts, key: _Key) -> dict[str, Any]:
    """Vraag namens een ondernemer op een evenement om contact. Dezelfde Idempotency-Key telt een keer."""
    asked = parts.contact_requests.take(key, body, request.client.host if request.client else None, date.today())
    withdraw = f"{public_address(request, parts.settings)}/contact/intrekken?sleutel={asked.withdraw}"
    return {"bevestigenPerMail": asked.confirm_by_mail, "intrekken": withdraw if asked.withdraw else None}
