"""`/v1/sites`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.dependencies import AppParts, ForeignOrigin
from api.errors import BadInput, Forbidden, NotFound, documented
from api.sites.schemas import SiteConfiguration
from api.sites.service import configuration
from knowledge.widget import Language

router = APIRouter(prefix="/v1/sites", tags=["Sites"])


@router.get("/{siteId}", response_model=SiteConfiguration, responses=documented(BadInput, Forbidden, NotFound))
def read(
    siteId: str,
    parts: AppParts,
    origin: ForeignOrigin,
    taal: Annotated[Language, Query(description="Taal van de woorden van de widget")] = "nl",
) -> dict[str, Any]:
    """Lees wat de widget van een site nodig heeft."""
    return configuration(parts.knowledge, siteId, taal, origin)
