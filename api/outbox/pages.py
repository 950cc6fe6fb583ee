"""`/portaal/mail`: how mails look, and those that were not sent because there is no mail server. For demonstrations."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, HTMLResponse

from api.dependencies import AppParts
from api.errors import NotFound
from api.leads.keys import is_demo
from api.leads.working_days import TIME_ZONE
from api.outbox import mail_folder
from api.outbox.examples import example
from api.outbox.mail_folder import Kept
from api.outbox.plain_text import plain
from api.outbox.registry import TEMPLATES
from api.portal.addresses import own_address
from api.portal.dependencies import Coordinator
from api.portal.pages import portal_page

_STYLE = Path(__file__).parent / "static/mail.css"


def _only_in_demonstrations(parts: AppParts, _user: Coordinator) -> None:
    """Raises NotFound elsewhere: a coordinator has no business with what is in other people's mail."""
    if not is_demo(parts.settings):
        raise NotFound


router = APIRouter(prefix="/portaal/mail", include_in_schema=False, dependencies=[Depends(_only_in_demonstrations)])


def _folder(parts: AppParts) -> Path:
    if parts.mailer.folder is None:
        raise NotFound
    return parts.mailer.folder


def _kept(naam: str, folder: Annotated[Path, Depends(_folder)]) -> Kept:
    kept = mail_folder.read(folder, naam)
    if kept is None:
        raise NotFound("Deze mail is er niet of niet meer.")
    return kept


KeptMail = Annotated[Kept, Depends(_kept)]


@router.get("/mail.css")
def style() -> FileResponse:
    """The looks of a mail beside its text."""
    return FileResponse(_STYLE, headers={"Cache-Control": "no-cache"})


@router.get("")
def overview(parts: AppParts, user: Coordinator) -> HTMLResponse:
    """The mails in the folder, and every template."""
    folder = parts.mailer.folder
    kept = mail_folder.newest(folder) if folder else []
    return portal_page("post.html", user, kept=kept, sends=folder is None, templates=list(TEMPLATES), moment=_moment)


@router.get("/sjablonen/{sjabloon}")
def template(sjabloon: str, parts: AppParts, user: Coordinator) -> HTMLResponse:
    """A template with example data, as text and as HTML."""
    if sjabloon not in TEMPLATES:
        raise NotFound
    mail = example(sjabloon, parts.knowledge, own_address(parts.settings))
    return portal_page(
        "bericht.html",
        user,
        frame=True,
        mail=mail,
        links=plain(mail.html)[2],
        meta={"Aan": mail.to},
        source=f"/portaal/mail/sjablonen/{sjabloon}/html",
    )


@router.get("/sjablonen/{sjabloon}/html")
def template_html(sjabloon: str, parts: AppParts) -> HTMLResponse:
    """The HTML of a template, for the frame."""
    if sjabloon not in TEMPLATES:
        raise NotFound
    return _framed(example(sjabloon, parts.knowledge, own_address(parts.settings)).html)


@router.get("/map/{naam}")
def kept_mail(kept: KeptMail, user: Coordinator) -> HTMLResponse:
    """A mail in the folder."""
    meta = {"Van": kept.sender, "Aan": kept.to, "Op": _moment(kept.at)}
    source = f"/portaal/mail/map/{kept.name}/html"
    return portal_page("bericht.html", user, frame=True, mail=kept, links=kept.links, meta=meta, source=source)


@router.get("/map/{naam}/html")
def kept_html(kept: KeptMail) -> HTMLResponse:
    """The HTML of a mail in the folder, for the frame."""
    return _framed(kept.html)


def _framed(html: str) -> HTMLResponse:
    """A mail that may run, load and send nothing, for a frame on our own page. Only here are styles in a page."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; frame-ancestors 'self'"
    return HTMLResponse(
        html,
        headers={
            "Cache-Control": "no-store",
            "Content-Security-Policy": policy,
            "X-Frame-Options": "SAMEORIGIN",
        },
    )


def _moment(at: datetime) -> str:
    return at.astimezone(TIME_ZONE).strftime("%d-%m-%Y %H:%M")
