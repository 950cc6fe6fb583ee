"""The pages about contact, as HTML in which everything is escaped. They need no JavaScript and allow none."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analytics.outcomes import EXPERIENCES
from api.contact import form
from api.leads.consent import Notice
from api.leads.contact import LONGEST_NAME, LONGEST_NOTE, MOMENTS, PREFERENCES
from api.leads.service import Standing
from api.leads.statuses import ASKED, EXPIRED, WITH_OWNER, WITHDRAWN
from api.page.templates import with_words
from knowledge.base import Knowledge
from knowledge.catalogue import Initiative
from knowledge.sites import Site

HOLD_SECONDS = 2  # before somebody sends the form again, after a fault of ours
NOT_STORED = form.WORDS["nietVerwerkt"]
_API = Path(__file__).parent.parent
_ENVIRONMENT = with_words(
    Environment(
        loader=FileSystemLoader([_API / "contact/templates", _API / "intakes/templates"]),  # base.html is the scan's
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
)
_ENVIRONMENT.globals |= {
    "c": form.WORDS,
    "key_field": form.KEY,
    "choice_field": form.CHOICE,
    "hash_field": form.hash_field,
    "preferences": PREFERENCES,
    "moments": MOMENTS,
    "experiences": EXPERIENCES,
    "longest": {"naam": LONGEST_NAME, "toelichting": LONGEST_NOTE},
}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    # Tokens stand in the address, so no other website gets it. With `no-referrer` a browser would hide the origin of
    # our own forms too, and it is the origin that they are judged by.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
_CONTROLS = {form.CHOICE: f"{form.CHOICE}-1", "voorkeur": "voorkeur-1"}  # of groups: where the focus goes


@dataclass(frozen=True)
class Asking:
    """What the form is about: who can be asked, what is passed on, and where it leads.

    `back` is the address of the result when the form of the scan brought somebody here; `controller` answers for
    what is passed on.
    """

    site: Site
    action: str
    back: str | None
    initiatives: tuple[tuple[Initiative, Notice], ...]
    profile: Mapping[str, str]
    controller: str


def form_page(asking: Asking, filled: form.Filled, *, status: int = 200, fault: str | None = None) -> HTMLResponse:
    """The form: empty, with what was filled in, or with what is in the way."""
    headers = {"Retry-After": str(HOLD_SECONDS)} if fault else {}
    controls = {name: _CONTROLS.get(name, name) for name in filled.faults}
    return _page(
        "vragen.html", asking.site, status, headers, asking=asking, filled=filled, fault=fault, controls=controls
    )


def sent_page(names: list[str], withdraw: str | None) -> HTMLResponse:
    """What happens now. `withdraw` is the address to take it back, for who gave no mail address to send it to."""
    return _page("verstuurd.html", names=names, withdraw=withdraw)


def confirm_page(names: list[str], token: str) -> HTMLResponse:
    """A button that confirms a request."""
    return _page("bevestigen.html", names=names, token=token)


def confirmed_page(knowledge: Knowledge, standings: tuple[Standing, ...]) -> HTMLResponse:
    """What was passed on by confirming."""
    passed_on = _names(knowledge, standings, WITH_OWNER)
    return _page("bevestigd.html", passed_on=passed_on, open_already=_names(knowledge, standings, (EXPIRED,)))


def standings_page(
    knowledge: Knowledge, standings: tuple[Standing, ...], token: str, *, fault: str | None = None
) -> HTMLResponse:
    """Where every lead of a request stands, with a way to take each back."""
    rows = [(standing, _name(knowledge, standing)) for standing in standings]
    gone = (WITHDRAWN, EXPIRED)
    there = [standing.lead for standing in standings if standing.status not in gone]
    return _page("intrekken.html", status=400 if fault else 200, rows=rows, there=there, token=token, fault=fault)


def withdrawn_page(
    knowledge: Knowledge, before: tuple[Standing, ...], after: tuple[Standing, ...], token: str
) -> HTMLResponse:
    """What was taken back, and what still stands."""
    was = {standing.lead: standing.status for standing in before}
    taken = [s for s in after if s.status == WITHDRAWN and was.get(s.lead) != WITHDRAWN]
    told = [_name(knowledge, s) for s in taken if was[s.lead] != ASKED]
    unaware = [_name(knowledge, s) for s in taken if was[s.lead] == ASKED]
    left = [_name(knowledge, s) for s in after if s.status not in (WITHDRAWN, EXPIRED)]
    return _page("ingetrokken.html", told=told, unaware=unaware, left=left, token=token)


def experience_page(name: str, token: str, *, fault: str | None = None) -> HTMLResponse:
    """The one question: whether it helped."""
    return _page("ervaring.html", status=400 if fault else 200, name=name, token=token, fault=fault)


def thanks_page(name: str, answer: str, fallback: Initiative | None) -> HTMLResponse:
    """Thanks for the answer, and for who was not helped what else there is."""
    return _page("bedankt.html", name=name, answer=answer, fallback=fallback)


def stale_link_page(template: str) -> HTMLResponse:
    """What a link of a mail opens that does not work (any more): was it used, is its time over, and what to do."""
    return _page(template, status=410)


def error_page(
    _request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A page that says what is wrong."""
    return _page("melding.html", None, status, headers or {}, title=title, detail=detail)


def _names(knowledge: Knowledge, standings: tuple[Standing, ...], statuses: tuple[str, ...]) -> list[str]:
    return [_name(knowledge, standing) for standing in standings if standing.status in statuses]


def _name(knowledge: Knowledge, standing: Standing) -> str:
    return name_of(knowledge, standing.initiative)


def name_of(knowledge: Knowledge, identifier: str) -> str:
    """What an initiative is called; its id once it is gone from the catalogue."""
    initiative = knowledge.initiative(identifier)
    return initiative.naam if initiative else identifier


def _page(
    template: str, site: Site | None = None, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> HTMLResponse:
    html = _ENVIRONMENT.get_template(template).render(site=site, **context)
    return HTMLResponse(html, status, {**HEADERS, **(headers or {})})
