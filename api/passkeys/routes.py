"""`/portaal/passkey`: making passkeys, confirming a login with one, and removing them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import AppParts, Parts
from api.passkeys.errors import PasskeyFault, PasskeyNameMissing
from api.passkeys.relying_party import relying_party
from api.passkeys.service import LONGEST_NAME, Login
from api.portal import cookies
from api.portal.addresses import START, own_address, own_path
from api.portal.dependencies import PortalForm, Staff, User, text_of
from api.portal.errors import SecondFactorNeeded
from api.portal.pages import portal_page

router = APIRouter(include_in_schema=False)

HERE = "/portaal/passkey"
_SCRIPT = Path(__file__).parent.parent / "portal/static/passkey.js"
_TIME_ZONE = ZoneInfo("Europe/Amsterdam")
_DONE = {
    "toegevoegd": "De passkey is toegevoegd. Je krijgt daarvan een mail.",
    "verwijderd": "De passkey is verwijderd. Op andere apparaten ben je uitgelogd.",
}


def login(request: Request, parts: AppParts, user: Staff) -> Login | None:
    """Who is logged in, as far as passkeys go; None at an address where browsers make none."""
    session = cookies.token(request, cookies.cookies(parts.settings).session)
    party = relying_party(parts.settings, request.headers.get("host"))
    if session is None or party is None:
        return None
    return Login(user.id, user.name, user.email, user.confirmed, session, party)


MaybeLogin = Annotated[Login | None, Depends(login)]


@router.get("/portaal/passkey.js")
def script() -> FileResponse:
    """The only script of the portal: it hands on what the page, the device and the form say to each other."""
    return FileResponse(_SCRIPT, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


@router.get(HERE)
def passkeys(parts: AppParts, user: Staff, who: MaybeLogin, naar: str = START, gedaan: str = "") -> Response:
    """The page that makes, asks for or lists passkeys, whichever is next."""
    path = own_path(naar)
    if user.confirmed and path != START:  # who was sent here, and has done it in another tab
        return RedirectResponse(path, 303)
    return _page(parts, user, who, path=path, done=_DONE.get(gedaan, ""))


@router.post(f"{HERE}/nieuw")
async def add(request: Request, parts: AppParts, user: Staff, who: MaybeLogin, form: PortalForm) -> Response:
    """Keep a new passkey."""
    name, path = text_of(form, "naam"), own_path(form.get("naar"))
    answer = text_of(form, "antwoord")
    response = await run_in_threadpool(
        _stepped_up, parts, user, who, path=path, name=name, step=lambda login: parts.passkeys.add(login, answer, name)
    )
    if who is not None and response.status_code == 303:
        parts.passkeys.tell_of_new(who, name, own_address(parts.settings, request.headers.get("host")))
    return response


@router.post(f"{HERE}/bevestigen")
def confirm(parts: AppParts, user: Staff, who: MaybeLogin, form: PortalForm) -> Response:
    """Confirm the login."""
    answer, path = text_of(form, "antwoord"), own_path(form.get("naar"))
    return _stepped_up(parts, user, who, path=path, step=lambda login: parts.passkeys.confirm(login, answer))


@router.post(f"{HERE}/verwijderen")
async def remove(request: Request, parts: AppParts, user: Staff, who: MaybeLogin, form: PortalForm) -> Response:
    """Delete a passkey."""
    if who is None or not user.confirmed:
        raise SecondFactorNeeded(HERE)
    try:
        name = await run_in_threadpool(parts.passkeys.remove, who, text_of(form, "passkey"))
    except PasskeyFault as fault:
        return await run_in_threadpool(_page, parts, user, who, errors={"passkeys": str(fault)})
    parts.passkeys.tell_of_removal(who, name, own_address(parts.settings, request.headers.get("host")))
    return RedirectResponse(f"{HERE}?gedaan=verwijderd", 303)


def _stepped_up(
    parts: Parts, user: User, who: Login | None, *, path: str, step: Callable[[Login], str], name: str | None = None
) -> Response:
    """Take a step that ends in a session with a new token, and go on to `path`; or say what was wrong."""
    if who is None:
        return _page(parts, user, None, path=path)
    try:
        session = step(who)
    except PasskeyFault as fault:
        field = "naam" if isinstance(fault, PasskeyNameMissing) else "bevestig" if name is None else "maak"
        return _page(parts, user, who, path=path, name=name, errors={field: str(fault)})
    response = RedirectResponse(f"{HERE}?gedaan=toegevoegd" if name and path in (START, HERE) else path, 303)
    kept = cookies.cookies(parts.settings)
    kept.give(response, kept.session, session)
    return response


def _page(
    parts: Parts,
    user: User,
    who: Login | None,
    *,
    path: str = START,
    name: str | None = None,
    done: str = "",
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    keys = parts.passkeys.keys_of(user.id)
    asks = bool(keys) and not user.confirmed
    options = "" if who is None else (parts.passkeys.request_options if asks else parts.passkeys.creation_options)(who)
    return portal_page(
        "passkey.html",
        user,
        status=400 if errors else 200,
        script=True,
        keys=keys,
        day=lambda seconds: parts.knowledge.texts.day(datetime.fromtimestamp(seconds, _TIME_ZONE).date()),
        asks=asks,
        options=options,
        demo=not parts.settings.public_url,
        port=parts.settings.gateway_port,
        path=path,
        name=f"Passkey {len(keys) + 1}" if name is None else name,
        longest=LONGEST_NAME,
        done=done,
        errors=errors or {},
    )
