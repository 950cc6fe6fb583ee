"""`/v1/initiatieven`."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import AppParts
from api.errors import BadInput, NotFound, documented
from api.initiatives import service
from api.initiatives.schemas import Initiative, InitiativeId, initiative
from knowledge.catalogue import SizeClass, StageId, Status, Theme

router = APIRouter(prefix="/v1/initiatieven", tags=["Initiatieven"])


@router.get("", response_model=list[Initiative], responses=documented(BadInput))
def search(
    parts: AppParts,
    *,
    fase: Annotated[StageId | None, Query(description="Fase van het bedrijf", examples=["engaged"])] = None,
    hulpvraag: Annotated[Theme | None, Query(description="Waar hulp bij nodig is", examples=["klanten"])] = None,
    gemeente: Annotated[
        str | None, Query(description="CBS-code; het initiatief werkt in die gemeente", examples=["GM0344"])
    ] = None,
    grootteklasse: Annotated[SizeClass | None, Query(description="Aantal werkzame personen", examples=["2-9"])] = None,
    status: Annotated[Status | None, Query(description="Status van het initiatief", examples=["actief"])] = None,
) -> list[dict[str, Any]]:
    """Zoek initiatieven. Filters tellen allemaal mee."""
    today = date.today()
    municipalities = parts.knowledge.municipalities
    if gemeente is not None and gemeente not in {m.code for m in municipalities.gemeenten}:
        raise BadInput("Deze gemeente hoort niet bij de regio. Geef een CBS-code, bijvoorbeeld GM0344.")
    found = service.select(
        parts.knowledge, today, stage=fase, question=hulpvraag, municipality=gemeente, size=grootteklasse, status=status
    )
    return [initiative(entry, today) for entry in found]


@router.get("/{initiatiefId}", response_model=Initiative, responses=documented(BadInput, NotFound))
def read(initiatiefId: InitiativeId, parts: AppParts) -> dict[str, Any]:
    """Lees een initiatief."""
    entry = parts.knowledge.initiative(initiatiefId)
    if entry is None:
        raise NotFound("Dit initiatief bestaat niet.")
    return initiative(entry, date.today())
