"""`/portaal/initiatieven`: what owners see of their initiatives, confirm and propose to change."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import AppParts, Parts
from api.errors import NotFound
from api.owners import forms, pages
from api.owners.fields import Faults
from api.owners.forms import version_of
from api.owners.service import ChangedMeanwhile, Standing
from api.portal.dependencies import Owner, PortalForm, User
from api.portal.pages import portal_page
from api.questionnaires.periods import open_years

router = APIRouter(prefix="/portaal/initiatieven", include_in_schema=False)

_DONE = {
    "bevestigd": "Dank je wel. We hebben genoteerd dat alles klopt. Ondernemers zien dat binnen een paar seconden.",
    "voorgesteld": "Dank je wel. De coördinator kijkt naar je voorstel. Het antwoord lees je op deze pagina.",
}
_NOTHING = "Je hebt niets veranderd. Klopt alles? Ga terug en kies: Ja, alles klopt."


def own(initiatief: str, user: Owner, parts: AppParts) -> Standing:
    """An initiative of who is logged in. Raises NotFound for any other, whether it exists or not."""
    found = parts.owner_data.one(initiatief) if initiatief in user.initiatives else None
    if found is None:
        raise NotFound("Dit initiatief is er niet, of het staat niet op jouw naam. Vraag het aan de coördinator.")
    return found


Own = Annotated[Standing, Depends(own)]


@router.get("")
def mine(parts: AppParts, user: Owner) -> HTMLResponse:
    """The initiatives of who is logged in."""
    today = date.today()
    found = [one for one in parts.owner_data.all() if one.entry.id in user.initiatives]
    return portal_page(
        "initiatieven.html",
        user,
        cards=[pages.card(parts.knowledge, one, today, internal=False) for one in found],
        years=open_years(today),
    )


@router.get("/{initiatief}")
def one(parts: AppParts, user: Owner, standing: Own, gedaan: str = "") -> HTMLResponse:
    """What we show of an initiative, and whether that still holds."""
    return _page(parts, user, standing, done=_DONE.get(gedaan, ""))


@router.post("/{initiatief}/bevestigen")
def confirm(parts: AppParts, user: Owner, standing: Own, form: PortalForm) -> Response:
    """Say that everything holds."""
    try:
        parts.owner_data.confirm(standing.entry.id, version_of(form), date.today())
    except ChangedMeanwhile:
        return _page(parts, user, standing, problem=pages.MEANWHILE)
    return RedirectResponse(f"/portaal/initiatieven/{standing.entry.id}?gedaan=bevestigd", 303)


@router.get("/{initiatief}/wijzigen")
def change(parts: AppParts, user: Owner, standing: Own) -> HTMLResponse:
    """The form to propose changes with, filled in with what holds now."""
    return pages.change_form(parts, user, standing, direct=False)


@router.post("/{initiatief}/wijzigen")
def propose(parts: AppParts, user: Owner, standing: Own, form: PortalForm) -> Response:
    """Propose what differs from what holds now."""
    try:
        typed, note = forms.typed(form, standing.entry, internal=False), forms.note(form, "opmerking")
        if typed and version_of(form) == standing.version:
            parts.owner_data.propose(standing, user.id, typed, note, date.today())
            return RedirectResponse(f"/portaal/initiatieven/{standing.entry.id}?gedaan=voorgesteld", 303)
    except Faults as faults:
        return pages.change_form(parts, user, standing, direct=False, form=form, errors=faults.faults)
    errors = {"formulier": pages.MEANWHILE if typed else _NOTHING}
    return pages.change_form(parts, user, standing, direct=False, form=form, errors=errors, typed=typed)


def _page(parts: Parts, user: User, standing: Standing, *, done: str = "", problem: str = "") -> HTMLResponse:
    today = date.today()
    return portal_page(
        "initiatief.html",
        user,
        status=409 if problem else 200,
        card=pages.card(parts.knowledge, standing, today, internal=False),
        proposals=[
            pages.proposal(parts.knowledge, one, standing, today)
            for one in parts.owner_data.proposals(standing.entry.id)
        ],
        done=done,
        problem=problem,
        years=open_years(today),
    )
