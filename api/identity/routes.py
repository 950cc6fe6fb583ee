"""`/portaal/inloggen/organisatie`: to the provider and back, logged in."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from api.dependencies import AppParts, Parts
from api.errors import NotFound
from api.portal import cookies
from api.portal.addresses import START, own_address, own_path
from api.portal.tokens import new_token

router = APIRouter(include_in_schema=False)

HERE = "/portaal/inloggen/organisatie"
_BACK = f"{HERE}/terug"


@router.get(HERE)
def leave(request: Request, parts: AppParts, naar: str = START) -> RedirectResponse:
    """Send a browser to the provider."""
    _count(request, parts)
    kept = cookies.cookies(parts.settings)
    browser = cookies.token(request, kept.browser) or new_token()
    response = RedirectResponse(parts.identity.leave(browser, own_path(naar), _redirect(request, parts)), 303)
    kept.give(response, kept.browser, browser, cookies.BROWSER_SECONDS)
    return response


@router.get(_BACK)
def come_back(request: Request, parts: AppParts) -> RedirectResponse:
    """Log in whom the provider sends back, if that person was invited."""
    _count(request, parts)
    kept = cookies.cookies(parts.settings)
    browser = cookies.token(request, kept.browser)
    session, path = parts.identity.come_back(browser, dict(request.query_params), _redirect(request, parts))
    response = RedirectResponse(path, 303)
    kept.give(response, kept.session, session)
    kept.take_back(response, kept.browser)
    return response


def _count(request: Request, parts: Parts) -> None:
    """Count this as opening a link. Raises NotFound when there is no provider, and TooManyAtTheDoor."""
    if not parts.identity.name:
        raise NotFound
    parts.portal.count_opening(request.client.host if request.client else None)


def _redirect(request: Request, parts: Parts) -> str:
    return own_address(parts.settings, request.headers.get("host")) + _BACK
