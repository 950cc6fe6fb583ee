"""`/contact` and what mails about it lead to; and for other clients who can be asked after a conversation."""

import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from analytics.outcomes import EXPERIENCES
from api.contact import form, page
from api.contact.offer import PAGE, TICKET, after_conversation
from api.contact.schemas import ContactOffer
from api.conversations.schemas import ConversationId
from api.dependencies import AppParts, ConversationCaller, Parts, public_address
from api.errors import NotFound, Unauthorized, documented
from api.leads.errors import NobodyToAsk, OtherText, StaleTicket
from api.leads.service import WITHDRAW, Ask, Asked
from api.leads.tickets import Sent, Ticket, open_sent, open_ticket, seal_sent
from api.leads.wording import in_words
from api.portal.dependencies import from_own_page, text_of
from api.portal.errors import ForeignForm
from knowledge.matching import EVERYBODY

router = APIRouter(tags=["Gesprekken"])
pages = APIRouter(prefix=PAGE, include_in_schema=False)

MOST_FIELDS = 100
TOKEN = "sleutel"  # noqa: S105  # the name of a field
NOTHING_CHOSEN = form.WORDS["nietsAangekruist"]
NO_ANSWER = form.WORDS["geenAntwoord"]
_STYLE = Path(__file__).parent / "static/contact.css"


@router.get(
    "/v1/gesprekken/{gesprekId}/contact",
    response_model=ContactOffer,
    responses=documented(Unauthorized, NotFound),
)
async def offered(
    gesprekId: ConversationId, request: Request, parts: AppParts, caller: ConversationCaller
) -> dict[str, Any]:
    """Lees wie er na de uitslag gevraagd kan worden om contact op te nemen, en op welke pagina."""
    stored = await parts.service.find(gesprekId, caller)
    if stored.turn["uitslag"] is None:
        raise NotFound("Er is nog geen uitslag.")
    offer = await run_in_threadpool(after_conversation, parts, stored.site, stored.turn)
    return {
        "initiatieven": [{"id": identifier, "naam": name} for identifier, name in offer.initiatives] if offer else [],
        "url": public_address(request, parts.settings) + offer.path if offer else None,
    }


async def own_form(request: Request) -> FormData:
    """What a page of ours sent. Raises ForeignForm for what another website sends, before anything is done."""
    if not from_own_page(request.headers):
        raise ForeignForm
    return await request.form(max_files=0, max_fields=MOST_FIELDS)


OwnForm = Annotated[FormData, Depends(own_form)]


@pages.get("")
def ask(parts: AppParts, bewijs: str = "") -> HTMLResponse:
    """The form, for who comes from a result."""
    _, asking = _asking(parts, bewijs)
    return page.form_page(asking, form.blank())


@pages.post("")
def send(request: Request, parts: AppParts, given: OwnForm, bewijs: str = "") -> Response:
    """Ask, or the form once more with what is in the way."""
    ticket, asking = _asking(parts, bewijs)
    filled = form.read(given, ticket.initiatives, [initiative.id for initiative, _ in asking.initiatives])
    if filled.contact is None or filled.faults:
        return page.form_page(asking, filled, status=400)
    wanted = Ask(filled.contact, ticket.profile, filled.chosen, filled.request_key)
    try:
        asked = parts.leads.ask(wanted, request.client.host if request.client else None, date.today())
    except OtherText as problem:
        again = form.Filled(filled.key, filled.typed, faults={form.CHOICE: problem.detail})
        return page.form_page(asking, again, status=problem.status)
    except SQLAlchemyError:
        return page.form_page(asking, filled, status=503, fault=page.NOT_STORED)
    return RedirectResponse(_thanks(parts, asked), 303)


def _asking(parts: Parts, sealed: str) -> tuple[Ticket, page.Asking]:
    """A ticket, and the form that goes with it. Raises StaleTicket, and NobodyToAsk when nobody can be asked now."""
    now, today = int(time.time()), date.today()
    ticket = open_ticket(parts.vault, sealed, now)
    site = parts.knowledge.sites.get(ticket.profile.site)
    if site is None:
        raise StaleTicket
    knowledge = parts.knowledge.now()
    found = (knowledge.initiative(identifier) for identifier in parts.leads.offered(ticket.initiatives, today))
    initiatives = tuple((initiative, parts.leads.notice(initiative.id)) for initiative in found if initiative)
    if not initiatives:
        raise NobodyToAsk
    address = {TICKET: sealed}
    event = {"evenement": ticket.event} if ticket.event else {}
    back = None if ticket.answers is None else f"/scan?{urlencode({'site': site.id} | event | address)}"
    action = f"{PAGE}?{urlencode(address)}"
    words = in_words(knowledge, ticket.profile)
    return ticket, page.Asking(site, action, back, initiatives, words, parts.settings.controller)


def _thanks(parts: Parts, asked: Asked) -> str:
    sealed = seal_sent(parts.vault, Sent(asked.initiatives, asked.withdraw), int(time.time()))
    return f"{PAGE}/verstuurd?{urlencode({TICKET: sealed})}"


@pages.get("/verstuurd")
def sent(request: Request, parts: AppParts, bewijs: str = "") -> HTMLResponse:
    """What happens now."""
    found = open_sent(parts.vault, bewijs, int(time.time()))
    names = [page.name_of(parts.knowledge, identifier) for identifier in found.initiatives]
    link = None
    if found.withdraw:
        link = f"{public_address(request, parts.settings)}{PAGE}/intrekken?{urlencode({TOKEN: found.withdraw})}"
    return page.sent_page(names, link)


@pages.get("/bevestigen")  # programs that look at mails open every link, so opening one does nothing
def look_at_confirming(parts: AppParts, sleutel: str = "") -> HTMLResponse:
    """What the link of the mail opens: a button."""
    names = [page.name_of(parts.knowledge, lead.initiative) for lead in parts.leads.to_confirm(sleutel)]
    return page.confirm_page(names, sleutel) if names else page.stale_link_page("bevestigen-voorbij.html")


@pages.post("/bevestigen")
def confirm(parts: AppParts, given: OwnForm) -> HTMLResponse:
    """Confirm."""
    confirmed = parts.leads.confirm(text_of(given, TOKEN))
    if not confirmed:
        return page.stale_link_page("bevestigen-voorbij.html")
    return page.confirmed_page(parts.knowledge, confirmed)


@pages.get("/intrekken")
def look_at_withdrawing(parts: AppParts, sleutel: str = "") -> HTMLResponse:
    """Where the leads of a request stand."""
    standings = parts.leads.standings(sleutel, WITHDRAW)
    if not standings:
        return page.stale_link_page("intrekken-voorbij.html")
    return page.standings_page(parts.knowledge, standings, sleutel)


@pages.post("/intrekken")
def withdraw(parts: AppParts, given: OwnForm) -> HTMLResponse:
    """Take back what was chosen."""
    token = text_of(given, TOKEN)
    before = parts.leads.standings(token, WITHDRAW)
    if not before:
        return page.stale_link_page("intrekken-voorbij.html")
    chosen = [lead.lead for lead in before] if "alles" in given else [str(lead) for lead in given.getlist("aanvraag")]
    if not chosen:
        return page.standings_page(parts.knowledge, before, token, fault=NOTHING_CHOSEN)
    after = parts.leads.withdraw(token, chosen)
    return page.withdrawn_page(parts.knowledge, before, after, token)


@pages.get("/ervaring")
def look_at_experience(parts: AppParts, sleutel: str = "") -> HTMLResponse:
    """The one question."""
    initiative = parts.leads.about(sleutel)
    if initiative is None:
        return page.stale_link_page("ervaring-voorbij.html")
    return page.experience_page(page.name_of(parts.knowledge, initiative), sleutel)


@pages.post("/ervaring")
def experience(parts: AppParts, given: OwnForm) -> HTMLResponse:
    """Note the answer."""
    token, answer = text_of(given, TOKEN), text_of(given, "antwoord")
    initiative = parts.leads.about(token)
    name = page.name_of(parts.knowledge, initiative) if initiative else ""
    if initiative and answer not in EXPERIENCES:
        return page.experience_page(name, token, fault=NO_ANSWER)
    if not initiative or not parts.leads.experience(token, answer):
        return page.stale_link_page("ervaring-voorbij.html")
    return page.thanks_page(name, answer, parts.knowledge.initiative(EVERYBODY))


@pages.get("/contact.css")
def style() -> FileResponse:
    """What these pages have beside the looks of the scan."""
    return FileResponse(_STYLE, headers={**page.HEADERS, "Cache-Control": "no-cache"})
