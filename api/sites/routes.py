"""`/v1/sites`."""

from typing import Any

from fastapi import APIRouter

from api.dependencies import AppParts, ForeignOrigin, InterfaceLanguage
from api.errors import BadInput, Forbidden, NotFound, documented
from api.sites.schemas import SiteConfiguration, SiteId
from api.sites.service import configuration

router = APIRouter(prefix="/v1/sites", tags=["Sites"])


@router.get("/{siteId}", response_model=SiteConfiguration, responses=documented(BadInput, Forbidden, NotFound))
def read(
    siteId: SiteId,
    parts: AppParts,
    origin: ForeignOrigin,
    taal: InterfaceLanguage,
) -> dict[str, Any]:
    """Lees wat de widget van een site nodig heeft."""
    return configuration(parts.knowledge, siteId, taal, origin)
