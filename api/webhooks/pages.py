"""`/portaal/koppelingen`: owners connect their own software."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from api.dependencies import AppParts, Parts
from api.leads.working_days import TIME_ZONE
from api.outbox.queue import CANCELLED, GIVEN_UP, SENT, WAITING
from api.outbox.registry import TEST
from api.portal.addresses import own_address
from api.portal.dependencies import PortalForm, SecondFactor, User, text_of
from api.portal.pages import portal_page
from api.webhooks.errors import NoSuchConnection, Refusal
from api.webhooks.service import Connections, Who

router = APIRouter(prefix="/portaal/koppelingen", include_in_schema=False)

_DONE = {
    "aan": "De koppeling staat aan.",
    "uit": "De koppeling staat uit.",
    "weg": "De koppeling is verwijderd.",
    "klaar": "Het oude geheim tekent niet meer.",
    "proef": "Er is een proefbericht onderweg. Ververs deze pagina om te zien of het aankomt.",
    "sleutel-weg": "De sleutel werkt niet meer.",
}
_CHOOSE = "Kies een initiatief."
_EVENTS = {"lead.created": "Nieuwe aanvraag", "lead.withdrawn": "Aanvraag weg", TEST: "Proefbericht"}
_STATES = {WAITING: "Onderweg", SENT: "Aangekomen", GIVEN_UP: "Opgegeven", CANCELLED: "Vervallen"}
_ACTIONS: Mapping[str, Callable[[Connections, Who, str], None]] = {
    "aan": lambda connections, who, webhook: connections.switch(who, webhook, on=True),
    "uit": lambda connections, who, webhook: connections.switch(who, webhook, on=False),
    "weg": Connections.remove,
    "klaar": Connections.end_rotation,
    "proef": lambda connections, who, webhook: connections.test(who, webhook, int(time.time())),
}


@router.get("")
def overview(parts: AppParts, user: SecondFactor, gedaan: str = "") -> HTMLResponse:
    """The webhooks with their last messages, and the tokens."""
    return _page(parts, user, done=_DONE.get(gedaan, ""))


@router.post("/adressen")
async def add_webhook(parts: AppParts, user: SecondFactor, form: PortalForm) -> HTMLResponse:
    """Add a webhook, and show its secret once."""
    typed = {"initiatief": text_of(form, "initiatief"), "adres": text_of(form, "adres")}
    try:
        if typed["initiatief"] not in user.initiatives:
            return await run_in_threadpool(
                _page, parts, user, typed=typed, errors={"initiatief": "Kies een initiatief."}
            )
        await parts.connections.check(typed["adres"])
        secret = await run_in_threadpool(
            parts.connections.add_webhook, _who(user), typed["initiatief"], typed["adres"], int(time.time())
        )
    except Refusal as refusal:
        return await run_in_threadpool(_page, parts, user, typed=typed, errors={"adres": str(refusal)})
    return await run_in_threadpool(_page, parts, user, secret=secret)


@router.post("/adressen/{webhook}/geheim")
def rotate(webhook: str, parts: AppParts, user: SecondFactor, _form: PortalForm) -> HTMLResponse:
    """Give a webhook a new secret, and show it once."""
    return _page(parts, user, secret=parts.connections.rotate(_who(user), webhook, int(time.time())))


@router.post("/adressen/{webhook}/{wat}")
def change_webhook(webhook: str, wat: str, parts: AppParts, user: SecondFactor, _form: PortalForm) -> Response:
    """Switch a webhook on or off, try it, end its earlier secret, or delete it."""
    if wat not in _ACTIONS:
        raise NoSuchConnection
    try:
        _ACTIONS[wat](parts.connections, _who(user), webhook)
    except Refusal as refusal:
        return _page(parts, user, errors={"koppelingen": str(refusal)})
    return RedirectResponse(f"/portaal/koppelingen?gedaan={wat}", 303)


@router.post("/sleutels")
def add_token(parts: AppParts, user: SecondFactor, form: PortalForm) -> HTMLResponse:
    """Make a token, and show it once."""
    typed = {"sleutel-initiatief": text_of(form, "sleutel-initiatief"), "naam": text_of(form, "naam")}
    if typed["sleutel-initiatief"] not in user.initiatives:
        return _page(parts, user, typed=typed, errors={"sleutel-initiatief": _CHOOSE})
    try:
        token = parts.connections.add_token(_who(user), typed["sleutel-initiatief"], typed["naam"], int(time.time()))
    except Refusal as refusal:
        return _page(parts, user, typed=typed, errors={"naam": str(refusal)})
    return _page(parts, user, token=token)


@router.post("/sleutels/{sleutel}/intrekken")
def revoke(sleutel: str, parts: AppParts, user: SecondFactor, _form: PortalForm) -> RedirectResponse:
    """Let a token open nothing any more."""
    parts.connections.revoke(_who(user), sleutel)
    return RedirectResponse("/portaal/koppelingen?gedaan=sleutel-weg", 303)


def _who(user: User) -> Who:
    return Who(user.id, user.initiatives)


def _page(
    parts: Parts,
    user: User,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    **values: Any,
) -> HTMLResponse:
    names = {initiative.id: initiative.naam for initiative in parts.knowledge.catalogue}
    own = {initiative: names.get(initiative, initiative) for initiative in user.initiatives}
    return portal_page(
        "koppelingen.html",
        user,
        status=400 if errors else 200,
        webhooks=parts.connections.webhooks(_who(user), int(time.time())),
        tokens=parts.connections.tokens(_who(user)),
        initiatives=dict(sorted(own.items(), key=lambda pair: pair[1])),
        api=f"{own_address(parts.settings)}/v1/aanvragen",
        events=_EVENTS,
        states=_STATES,
        moment=_moment,
        typed={"initiatief": "", "adres": "", "sleutel-initiatief": "", "naam": "", **(typed or {})},
        errors=errors or {},
        **{"done": "", "secret": "", "token": "", **values},
    )


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at, TIME_ZONE).strftime("%d-%m-%Y %H:%M")
