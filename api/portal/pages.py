"""The pages of the portal, as HTML in which everything is escaped.

They need no JavaScript and may run none; only the page about passkeys, which are made by a script, may run ours.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.portal.dependencies import FORM_FIELD, User
from api.portal.people import COORDINATOR, EVENT_ORGANISERS, FIGURE_READERS, OWNER

_API = Path(__file__).parent.parent
SUBJECTS = (
    *("portal", "events", "imports", "dashboard", "reports", "passkeys"),
    *("administration", "leads", "owners", "questionnaires", "webhooks", "outbox"),
)
_ENVIRONMENT = Environment(
    loader=FileSystemLoader([_API / subject / "templates" for subject in SUBJECTS]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals["coordinator_role"] = COORDINATOR
_ENVIRONMENT.globals["event_organisers"] = EVENT_ORGANISERS
_ENVIRONMENT.globals["figure_readers"] = FIGURE_READERS
_ENVIRONMENT.globals["owner_role"] = OWNER
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    # With `no-referrer` a browser hides the origin of our own forms too, and it is the origin that they are judged by.
    "Referrer-Policy": "same-origin",
}


def portal_page(
    template: str, user: User, *, status: int = 200, script: bool = False, frame: bool = False, **values: Any
) -> HTMLResponse:
    """A page for who is logged in. The template extends portaal.html and puts form_token_field() in every form.

    Only with `script` may it run ours, and only with `frame` may it show another page of ours in a frame.
    """
    policy = _POLICY + "; script-src 'self'" * script + "; frame-src 'self'" * frame
    headers = {"Content-Security-Policy": policy}
    return _page(template, user, user.form_token, status=status, headers=headers, values=values)


def portal_part(template: str, **values: Any) -> Markup:
    """A part of such a page that is the same for everybody who sees it, so that it can be drawn once and kept."""
    return Markup(_ENVIRONMENT.get_template(template).render(**values))  # noqa: S704 - a template escapes all in it


def visitor_page(template: str, form_token: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page for who is not logged in yet."""
    return _page(template, None, form_token, status=status, headers={}, values=values)


def error_page(
    request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A page that says what is wrong, and that nothing was done."""
    user: User | None = getattr(request.state, "user", None)
    values = {"title": title, "detail": detail}
    return _page(
        "melding.html", user, user.form_token if user else "", status=status, headers=headers or {}, values=values
    )


def _page(
    template: str,
    user: User | None,
    form_token: str,
    *,
    status: int,
    headers: Mapping[str, str],
    values: Mapping[str, Any],
) -> HTMLResponse:
    field = Markup('<input type="hidden" name="{}" value="{}">').format(FORM_FIELD, form_token)
    html = _ENVIRONMENT.get_template(template).render(user=user, form_token_field=lambda: field, **values)
    return HTMLResponse(html, status, {**_HEADERS, **headers})
