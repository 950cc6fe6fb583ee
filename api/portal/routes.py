"""`/portaal`: logging in by mail, logging out, and who may."""

from collections.abc import Collection
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import AppParts, Parts
from api.mail import email_address
from api.portal import cookies
from api.portal.addresses import START, first_path, own_address, own_path
from api.portal.dependencies import Coordinator, PortalForm, Staff, User, checked_form, text_of
from api.portal.errors import ForeignForm
from api.portal.pages import portal_page, visitor_page
from api.portal.people import EMAIL_FAULT, OWNER, ROLES, InvitationFaults, invitation
from api.portal.tokens import form_token, new_token

router = APIRouter(include_in_schema=False)

_STYLE = Path(__file__).parent / "static/portaal.css"
_LINK_STATUS = {"works": 200, "other browser": 403, "over": 410}
_DONE = {
    "uitgenodigd": "De uitnodiging is verstuurd.",
    "gewijzigd": "De gegevens zijn aangepast.",
    "ingetrokken": "Deze persoon kan niet meer inloggen.",
    "passkeys": "De passkeys zijn ingetrokken. De persoon krijgt een mail en maakt bij het inloggen een nieuwe.",
}
_UNCONFIRMED = "Bevestig eerst met je passkey dat jij het bent. Dat kan onder Passkeys in het menu."
_YOURSELF = "Dit ben je zelf. Vraag een andere coördinator om je gegevens aan te passen."


@router.get("/portaal")
def start(user: Staff) -> RedirectResponse:
    """The first page, which differs from role to role."""
    return RedirectResponse(first_path(user.role), 303)


@router.get("/portaal/portaal.css")
def style() -> FileResponse:
    """The looks of all pages of the portal."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})


@router.get("/portaal/inloggen")
def login(request: Request, parts: AppParts, naar: str = START) -> Response:
    """The form that asks for a mail address."""
    if _is_logged_in(request, parts):
        return RedirectResponse(own_path(naar), 303)
    kept = cookies.cookies(parts.settings)
    browser = cookies.token(request, kept.browser) or new_token()
    response = _login_page(parts, browser, path=own_path(naar))
    kept.give(response, kept.browser, browser, cookies.BROWSER_SECONDS)
    return response


@router.post("/portaal/inloggen")
async def ask(request: Request, parts: AppParts) -> Response:
    """Mail a link. The answer is the same for whoever asks."""
    kept = cookies.cookies(parts.settings)
    browser = cookies.token(request, kept.browser)
    if browser is None:
        raise ForeignForm
    async with checked_form(request, form_token(browser)) as form:
        typed, path = text_of(form, "email"), own_path(form.get("naar"))
    email = email_address(typed)
    if email is None:
        return _login_page(parts, browser, path=path, email=typed, errors={"email": EMAIL_FAULT})
    await run_in_threadpool(parts.portal.count_asking, email, _host(request))
    parts.portal.send_link(email, browser, own_address(parts.settings, request.headers.get("host")), path)
    response = RedirectResponse("/portaal/inloggen/verstuurd", 303)
    kept.give(response, kept.browser, browser, cookies.BROWSER_SECONDS)
    return response


@router.get("/portaal/inloggen/verstuurd")
def asked() -> HTMLResponse:
    """What to do now."""
    return visitor_page("verstuurd.html", "")


@router.get("/portaal/inloggen/link")
def open_link(request: Request, parts: AppParts, sleutel: str = "", naar: str = START) -> Response:
    """What a mailed link opens: a button. Programs that look at mails open links too, but press no buttons."""
    if _is_logged_in(request, parts):  # by an earlier link, when several were asked for
        return RedirectResponse(own_path(naar), 303)
    parts.portal.count_opening(_host(request))
    return _link_page(request, parts, sleutel, own_path(naar))


@router.post("/portaal/inloggen/link")
async def use_link(request: Request, parts: AppParts) -> Response:
    """Log in."""
    kept = cookies.cookies(parts.settings)
    browser = cookies.token(request, kept.browser)
    if browser is None:
        raise ForeignForm
    async with checked_form(request, form_token(browser)) as form:
        link, path = text_of(form, "sleutel"), own_path(form.get("naar"))
    await run_in_threadpool(parts.portal.count_opening, _host(request))
    session = await run_in_threadpool(parts.portal.log_in, link, browser)
    if session is None:
        return await run_in_threadpool(_link_page, request, parts, link, path)
    response = RedirectResponse(path, 303)
    kept.give(response, kept.session, session)
    kept.take_back(response, kept.browser)
    return response


def _login_page(
    parts: Parts, browser: str, *, path: str, email: str = "", errors: dict[str, str] | None = None
) -> HTMLResponse:
    return visitor_page(
        "inloggen.html",
        form_token(browser),
        status=400 if errors else 200,
        email=email,
        errors=errors or {},
        path=path,
        provider=parts.identity.name,
    )


def _is_logged_in(request: Request, parts: Parts) -> bool:
    session = cookies.token(request, cookies.cookies(parts.settings).session)
    return session is not None and parts.portal.who(session) is not None


def _link_page(request: Request, parts: Parts, link: str, path: str) -> HTMLResponse:
    browser = cookies.token(request, cookies.cookies(parts.settings).browser)
    state = parts.portal.link_state(link, browser)
    token = form_token(browser) if browser else ""
    return visitor_page("link.html", token, status=_LINK_STATUS[state], state=state, link=link, path=path)


def _host(request: Request) -> str | None:
    """The address that a request comes from; behind a proxy on this machine the server has read it from the header."""
    return request.client.host if request.client else None


@router.post("/portaal/uitloggen")
def log_out(request: Request, parts: AppParts, _form: PortalForm) -> RedirectResponse:
    """End the session."""
    kept = cookies.cookies(parts.settings)
    session = cookies.token(request, kept.session)
    if session:
        parts.portal.log_out(session)
    response = RedirectResponse("/portaal/inloggen", 303)
    kept.take_back(response, kept.session)
    return response


@router.get("/portaal/mensen")
def people(parts: AppParts, user: Coordinator, gedaan: str = "") -> HTMLResponse:
    """Who may log in, and the form to invite somebody."""
    return _people_page(parts, user, done=_DONE.get(gedaan, ""))


@router.post("/portaal/mensen")
async def invite(request: Request, parts: AppParts, user: Coordinator, form: PortalForm) -> Response:
    """Invite somebody, or change a name, role or initiatives."""
    typed = {name: text_of(form, name) for name in ("email", "naam", "rol")}
    chosen = [value for value in form.getlist("initiatief") if isinstance(value, str)]
    known = {initiative.id for initiative in parts.knowledge.catalogue}
    try:
        invited = invitation(typed["email"], typed["naam"], typed["rol"], chosen, known=known)
    except InvitationFaults as faults:
        return await run_in_threadpool(_people_page, parts, user, typed=typed, chosen=chosen, errors=faults.faults)
    if invited.role == OWNER and not user.confirmed:  # else a mailbox alone would open the way to contact data
        errors = {"rol": _UNCONFIRMED}
        return await run_in_threadpool(_people_page, parts, user, typed=typed, chosen=chosen, errors=errors)
    if invited.email == user.email:  # who lowers the own role could leave the portal without a coordinator
        return await run_in_threadpool(
            _people_page, parts, user, typed=typed, chosen=chosen, errors={"email": _YOURSELF}
        )
    new = await run_in_threadpool(parts.portal.invite, invited)
    if new:
        parts.portal.send_invitation(invited, own_address(parts.settings, request.headers.get("host")))
    return RedirectResponse(f"/portaal/mensen?gedaan={'uitgenodigd' if new else 'gewijzigd'}", 303)


@router.post("/portaal/mensen/intrekken")
def withdraw(parts: AppParts, user: Coordinator, form: PortalForm) -> Response:
    """Close somebody's account."""
    email = text_of(form, "email")
    if email == user.email:
        return _people_page(parts, user, errors={"mensen": _YOURSELF})
    parts.portal.withdraw(email)
    return RedirectResponse("/portaal/mensen?gedaan=ingetrokken", 303)


@router.post("/portaal/mensen/passkeys")
async def take_passkeys_back(request: Request, parts: AppParts, user: Coordinator, form: PortalForm) -> Response:
    """Take somebody's passkeys back, as when a phone is lost: at the next login a new one is made."""
    if not user.confirmed:
        return await run_in_threadpool(_people_page, parts, user, errors={"mensen": _UNCONFIRMED})
    email = text_of(form, "email")
    person = next((person for person in await run_in_threadpool(parts.portal.people) if person.email == email), None)
    if person is not None and person.id != user.id and await run_in_threadpool(parts.passkeys.take_back, person):
        parts.passkeys.tell_of_taking_back(person, own_address(parts.settings, request.headers.get("host")))
    return RedirectResponse("/portaal/mensen?gedaan=passkeys", 303)


def _people_page(
    parts: Parts,
    user: User,
    *,
    done: str = "",
    typed: dict[str, str] | None = None,
    chosen: Collection[str] = (),
    errors: dict[str, str] | None = None,
) -> HTMLResponse:
    return portal_page(
        "mensen.html",
        user,
        status=400 if errors else 200,
        people=parts.portal.people(),
        holders=parts.passkeys.holders(),
        roles=ROLES,
        initiatives={initiative.id: initiative.naam for initiative in parts.knowledge.catalogue},
        chosen=chosen,
        done=done,
        typed=typed or {"email": "", "naam": "", "rol": ""},
        errors=errors or {},
    )
