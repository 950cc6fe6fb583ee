"""`/portaal/aanvragen`: what owners see of their leads, and what they say of them."""

import time
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData

from api.dependencies import AppParts, Parts
from api.errors import NotFound
from api.leads import takeaway
from api.leads.contact import MOMENTS, PREFERENCES
from api.leads.desk import Entry, Opened, Viewer
from api.leads.errors import Changed, NoSuchLead, NotPossible
from api.leads.progress import SATISFACTION, Step
from api.leads.statuses import FINISHED, LABELS, REFUSALS, STEPS, TAKEN_UP
from api.leads.takeaway import FORMS, Taken
from api.leads.words import ACTIONS, DONE, EXPLAINED, PURPOSES, REOPEN, SATISFIED, moment
from api.portal.dependencies import Owner, PortalForm, SecondFactor, User, text_of
from api.portal.pages import portal_page

START = "/portaal/aanvragen"
router = APIRouter(prefix=START, include_in_schema=False)

Which = Literal["open", "gesloten"]
CrmForm = Literal["gewoon", "hubspot", "dynamics"]
_NO_ANSWER = "Kies ja of nee."


@router.get("")
def inbox(parts: AppParts, user: Owner, stand: Which = "open", gedaan: str = "") -> HTMLResponse:
    """The leads of an owner, without anything of who asks."""
    viewer, closed = _viewer(user), stand == "gesloten"
    still_open, done = parts.desk.counts(viewer)
    return portal_page(
        "aanvragen.html",
        user,
        entries=[
            (entry, _initiative(parts, entry.initiative), parts.knowledge.texts.day(entry.came))
            for entry in parts.desk.inbox(viewer, _now(), closed=closed)
        ],
        which=stand,
        counts={"open": still_open, "gesloten": done},
        labels=LABELS,
        forms=FORMS,
        done=DONE.get(gedaan, ""),
    )


# The dot keeps the file apart from the leads, which have addresses below the list.
@router.get(".csv")
def every_as_table(
    parts: AppParts,
    user: SecondFactor,
    stand: Which = "open",
    voor: Annotated[CrmForm, Query()] = "gewoon",
) -> Response:
    """The leads of the list with their contents, for a spreadsheet or a CRM."""
    opened = parts.desk.take_away(_viewer(user), None, _now(), form="csv", closed=stand == "gesloten")
    return _table(parts, opened, voor)


@router.get("/{lead}")
def one(lead: str, parts: AppParts, user: SecondFactor, gedaan: str = "") -> HTMLResponse:
    """A lead with who asks, which is written down."""
    opened = parts.desk.open(_viewer(user), lead, _now())
    taken, texts = _taken(parts, opened), parts.knowledge.texts
    contact = taken.contact if taken else None
    return portal_page(
        "aanvraag.html",
        user,
        entry=opened.entry,
        initiative=_initiative(parts, opened.entry.initiative),
        label=LABELS[opened.entry.status],
        explained=EXPLAINED.get(opened.entry.status, ""),
        came=texts.day(opened.entry.came),
        destroyed_on=texts.day(opened.entry.destroyed_on),
        contact=contact,
        phone=takeaway.phone_in_words(contact.phone) if contact and contact.phone else "",
        preference=PREFERENCES[contact.preference] if contact else "",
        moment=MOMENTS[contact.moment] if contact else "",
        profile=takeaway.profile_in_words(parts.knowledge, taken.profile) if taken else {},
        agreed=opened.agreed.split("\n\n"),
        agreed_on=texts.day(opened.agreed_on),
        purpose=PURPOSES.get(opened.purpose, opened.purpose),
        consent=opened.consent,
        history=[(moment(texts, one.at), one) for one in opened.history],
        steps=_buttons(opened.entry, STEPS),
        refusals=_buttons(opened.entry, REFUSALS),
        forms=FORMS,
        done=DONE.get(gedaan, ""),
    )


@router.get("/{lead}/aanvraag.csv")
def one_as_table(
    lead: str, parts: AppParts, user: SecondFactor, voor: Annotated[CrmForm, Query()] = "gewoon"
) -> Response:
    """One lead as a table."""
    return _table(parts, parts.desk.take_away(_viewer(user), [lead], _now(), form="csv"), voor)


@router.get("/{lead}/kaart.vcf")
def one_as_card(lead: str, parts: AppParts, user: SecondFactor) -> Response:
    """One lead as a card for an address book."""
    for opened in parts.desk.take_away(_viewer(user), [lead], _now(), form="vcard"):
        if taken := _taken(parts, opened):
            return _file(takeaway.card(taken, _now()), "text/vcard", "aanvraag.vcf")
    raise NoSuchLead


@router.get("/{lead}/stap/{status}")
def ask_step(lead: str, status: str, parts: AppParts, user: Owner) -> HTMLResponse:
    """What a link in a mail opens: a button. Programs that look at mails open links too, but press no buttons."""
    return _step_page(parts, user, lead, _known(status))


@router.post("/{lead}/stap/{status}")
def take_step(lead: str, status: str, parts: AppParts, user: Owner, form: PortalForm) -> Response:
    """Take a step, when the lead is still as it was on the page that was sent."""
    step, errors = _step(_known(status), form)
    if errors:
        return _step_page(parts, user, lead, status, form=form, errors=errors)
    version = text_of(form, "versie")
    try:
        parts.desk.move(_viewer(user), lead, step, int(version) if version.isdecimal() else 0, _now())
    except (Changed, NotPossible) as refused:
        return _step_page(parts, user, lead, status, form=form, refused=refused)
    there = f"{START}/{lead}" if user.confirmed else START
    return RedirectResponse(f"{there}?gedaan={status}", 303)


def _step(status: str, form: FormData) -> tuple[Step, dict[str, str]]:
    """The step that a form tells of, and what is wrong with it."""
    if status != FINISHED:
        return Step(status), {}
    answer, satisfaction = text_of(form, "verder"), text_of(form, "tevreden")
    known = [str(number) for number in SATISFACTION]
    step = Step(status, answer == "ja", int(satisfaction) if satisfaction in known else None)
    return step, {} if answer in ("ja", "nee") else {"verder": _NO_ANSWER}


def _step_page(
    parts: Parts,
    user: User,
    lead: str,
    status: str,
    *,
    form: FormData | None = None,
    errors: dict[str, str] | None = None,
    refused: Changed | NotPossible | None = None,
) -> HTMLResponse:
    entry = parts.desk.look(_viewer(user), lead, _now())
    return portal_page(
        "aanvraag-stap.html",
        user,
        status=refused.status if refused else 400 if errors else 200,
        entry=entry,
        step=status,
        action=_action(entry, status),
        initiative=_initiative(parts, entry.initiative),
        label=LABELS[entry.status],
        explained=EXPLAINED.get(entry.status, ""),
        came=parts.knowledge.texts.day(entry.came),
        finishing=status == FINISHED,
        satisfied=SATISFIED,
        given={name: text_of(form, name) if form else "" for name in ("verder", "tevreden")},
        errors=errors or {},
        refused=refused,
    )


def _known(status: str) -> str:
    if status not in (*STEPS, *REFUSALS):
        raise NotFound
    return status


def _action(entry: Entry, status: str) -> str:
    return REOPEN if status == TAKEN_UP and not entry.is_open else ACTIONS[status]


def _buttons(entry: Entry, statuses: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(status, _action(entry, status)) for status in statuses if status in entry.choices]


def _table(parts: Parts, opened: tuple[Opened, ...], form: str) -> Response:
    taken = [found for one in opened if (found := _taken(parts, one))]
    return _file(takeaway.table(parts.knowledge, taken, form), "text/csv", "aanvragen.csv")


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


def _taken(parts: Parts, opened: Opened) -> Taken | None:
    if opened.content is None:
        return None
    name = _initiative(parts, opened.entry.initiative)
    return Taken(opened, opened.content.contact, opened.content.profile, name)


def _initiative(parts: Parts, identifier: str) -> str:
    initiative = parts.knowledge.initiative(identifier)
    return initiative.naam if initiative else identifier


def _viewer(user: User) -> Viewer:
    return Viewer(user.id, user.initiatives)


def _now() -> int:
    return int(time.time())
