"""`/portaal/beheer/initiatieven`: the coordinator's side of what owners confirm and propose."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.dependencies import AppParts, Parts
from api.errors import NotFound
from api.owners import fields, forms, pages
from api.owners.fields import Faults
from api.owners.forms import version_of
from api.owners.service import AlreadyDecided, ChangedMeanwhile, Standing
from api.portal.dependencies import Coordinator, PortalForm, User, text_of
from api.portal.pages import portal_page

router = APIRouter(prefix="/portaal/beheer/initiatieven", include_in_schema=False)

_DONE = {
    "overgenomen": "Overgenomen. Ondernemers zien dit binnen een paar seconden.",
    "afgewezen": "Niet overgenomen. De eigenaar leest je antwoord op de pagina van het initiatief.",
    "gewijzigd": "Gewijzigd. Ondernemers zien dit binnen een paar seconden.",
}
_DECIDED = (
    "Iemand anders heeft al over dit voorstel beslist. Wat jij koos, is niet gedaan. Hieronder lees je de beslissing."
)


def any_one(initiatief: str, _user: Coordinator, parts: AppParts) -> Standing:
    """Any initiative. Raises NotFound."""
    found = parts.owner_data.one(initiatief)
    if found is None:
        raise NotFound("Dit initiatief bestaat niet. Kies het in de lijst.")
    return found


AnyOne = Annotated[Standing, Depends(any_one)]


@router.get("")
def every(parts: AppParts, user: Coordinator) -> HTMLResponse:
    """All initiatives: what waits and what nobody confirmed first."""
    today = date.today()
    owners = _owners(parts)
    waiting: dict[str, int] = defaultdict(int)
    for one in parts.owner_data.proposals():
        waiting[one.initiative] += one.waits
    rows = [
        {
            **pages.card(parts.knowledge, standing, today, internal=True),
            "owners": owners.get(standing.entry.id, []),
            "waiting": waiting[standing.entry.id],
        }
        for standing in parts.owner_data.all()
    ]
    return portal_page(
        "beheer-initiatieven.html",
        user,
        rows=rows,
        waiting=[row for row in rows if row["waiting"]],
        unconfirmed=[row for row in rows if row["unconfirmed"] and row["running"]],
    )


def _owners(parts: Parts) -> dict[str, list[str]]:
    """The names of the owners of each initiative."""
    found: dict[str, list[str]] = defaultdict(list)
    for person in parts.portal.people():
        for initiative in person.initiatives:
            found[initiative].append(person.name)
    return found


@router.get("/{initiatief}")
def one(parts: AppParts, user: Coordinator, standing: AnyOne, gedaan: str = "") -> HTMLResponse:
    """One initiative: its data, its owners, and what they propose."""
    return _page(parts, user, standing, done=_DONE.get(gedaan, ""))


@router.post("/{initiatief}/voorstellen/{voorstel}")
def decide(voorstel: str, parts: AppParts, user: Coordinator, standing: AnyOne, form: PortalForm) -> Response:
    """Take a proposal over or refuse it."""
    today, initiative = date.today(), standing.entry.id
    take = text_of(form, "besluit") == "overnemen"
    try:
        answer = forms.note(form, "antwoord")
        if take:
            parts.owner_data.take_over(as_seen(standing, form), voorstel, user.id, answer, today)
        else:
            parts.owner_data.refuse(initiative, voorstel, user.id, answer, today)
    except AlreadyDecided:
        return _page(parts, user, standing, problem=_DECIDED)
    except ChangedMeanwhile:
        return _page(parts, user, standing, problem=pages.MEANWHILE)
    except Faults as faults:
        errors = {f"antwoord-{voorstel}": " ".join(faults.faults.values())}
        return _page(parts, user, standing, errors=errors, typed={voorstel: text_of(form, "antwoord")})
    done = "overgenomen" if take else "afgewezen"
    return RedirectResponse(f"/portaal/beheer/initiatieven/{initiative}?gedaan={done}", 303)


@router.get("/{initiatief}/wijzigen")
def change(parts: AppParts, user: Coordinator, standing: AnyOne) -> HTMLResponse:
    """The form to change data with at once."""
    return pages.change_form(parts, user, standing, direct=True)


@router.post("/{initiatief}/wijzigen")
def change_now(parts: AppParts, user: Coordinator, standing: AnyOne, form: PortalForm) -> Response:
    """Change data at once, also whether the initiative runs."""
    try:
        typed = forms.typed(form, standing.entry, internal=True)
        parts.owner_data.change(as_seen(standing, form), typed)
    except ChangedMeanwhile:
        errors = {"formulier": pages.MEANWHILE}
        return pages.change_form(parts, user, standing, direct=True, form=form, errors=errors, typed=typed)
    except Faults as faults:
        return pages.change_form(parts, user, standing, direct=True, form=form, errors=faults.faults)
    return RedirectResponse(f"/portaal/beheer/initiatieven/{standing.entry.id}?gedaan=gewijzigd", 303)


def as_seen(standing: Standing, form: PortalForm) -> Standing:
    """The data as somebody saw it who sent this form: when it has changed since, nothing can be stored over it."""
    return replace(standing, version=version_of(form))


def _page(
    parts: Parts,
    user: User,
    standing: Standing,
    *,
    done: str = "",
    problem: str = "",
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
) -> HTMLResponse:
    today, knowledge = date.today(), parts.knowledge
    return portal_page(
        "beheer-initiatief.html",
        user,
        status=409 if problem else 400 if errors else 200,
        card=pages.card(knowledge, standing, today, internal=True),
        owners=_owners(parts).get(standing.entry.id, []),
        changes=fields.differences(knowledge, standing.files, standing.changes, today),
        proposals=[
            pages.proposal(knowledge, one, standing, today) for one in parts.owner_data.proposals(standing.entry.id)
        ],
        longest=forms.LONGEST_NOTE,
        done=done,
        problem=problem,
        errors=errors or {},
        typed=typed or {},
    )
