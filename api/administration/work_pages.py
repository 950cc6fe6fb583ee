"""`/portaal/beheer/taken`, `/uitgaven` and `/logboek`: the work that goes by itself, and what was done."""

import time
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from analytics.menu import AUDIENCES, PUBLIC, STAFF
from analytics.releases import Refused
from api.administration import releases, repository
from api.administration.words import KINDS, STATES, SWEEPERS, TEMPLATES
from api.audit_log import log, words
from api.dashboard.words import month_name
from api.dependencies import AppParts, Parts
from api.errors import NotFound
from api.leads.words import moment
from api.outbox.registry import SEALED
from api.outbox.registry import TEMPLATES as KNOWN
from api.portal.dependencies import Coordinator, PortalForm, User
from api.portal.pages import portal_page
from api.sweeping import name_of
from knowledge.words import listed

START = "/portaal/beheer"
ENTRIES = 100
_DONE = {"opnieuw": "Dit wordt opnieuw geprobeerd."}
_AUDIENCE_NAMES = {STAFF: "Werkgroep", PUBLIC: "Iedereen"}

router = APIRouter(prefix=START, include_in_schema=False)


@router.get("/taken")
def tasks(parts: AppParts, user: Coordinator, gedaan: str = "") -> HTMLResponse:
    """What waits to be sent and what was given up, and how the work went that goes by itself."""
    texts = parts.knowledge.texts
    with Session(parts.engine) as session:
        states = repository.outbox_by_state(session)
    return portal_page(
        "beheer-taken.html",
        user,
        done=_DONE.get(gedaan, ""),
        kinds=KINDS,
        states=STATES,
        numbers=states,
        waiting=[
            (KINDS.get(one.kind, one.kind), one.count, moment(texts, one.oldest)) for one in parts.outbox.waiting()
        ],
        given_up=[
            {
                "id": item.id,
                "what": TEMPLATES.get(item.template, item.template),
                "made": moment(texts, item.made_at),
                "ended": moment(texts, item.done_at or item.made_at),
                "tries": item.tries,
                "fault": item.fault or "",
                # Its address was sealed in it and is gone, so that there is nowhere to send it to.
                "again": item.template not in KNOWN or KNOWN[item.template].to != SEALED,
            }
            for item in parts.outbox.given_up()
        ],
        sweepers=_sweepers(parts),
    )


def _sweepers(parts: Parts) -> list[dict[str, Any]]:
    found = []
    for sweeper in parts.sweepers:
        run = parts.sweeps.last(sweeper)
        found.append(
            {
                "name": SWEEPERS.get(name_of(sweeper), name_of(sweeper)),
                "at": moment(parts.knowledge.texts, run.at) if run else "",
                "done": run.done if run else None,
                "fault": run.fault if run else None,
            }
        )
    return found


@router.post("/taken/{item}/opnieuw")
def again(item: str, parts: AppParts, user: Coordinator, _form: PortalForm) -> Response:
    """Send something once more that was given up."""
    if not parts.outbox.retry(item, user.id, int(time.time())):
        raise NotFound("Dit bericht is er niet meer, of het wordt al opnieuw geprobeerd. Kijk in de lijst.")
    return RedirectResponse(f"{START}/taken?gedaan=opnieuw", 303)


@router.get("/uitgaven")
def every_release(parts: AppParts, user: Coordinator) -> HTMLResponse:
    """The months of which there are figures, and what was decided about them."""
    return _releases(parts, user)


@router.post("/uitgaven")
def make_releases(parts: AppParts, user: Coordinator, _form: PortalForm) -> HTMLResponse:
    """Make the figures of the months that are over, now."""
    try:
        made = parts.releases.make(None, date.today())
    except Refused as refused:
        return _releases(parts, user, problem=str(refused))
    names = listed(month_name(parts.knowledge.texts, one) for one in made)
    return _releases(parts, user, done=f"Gemaakt: {names}." if made else "Alles is er al. Er is niets gemaakt.")


def _releases(parts: Parts, user: User, *, done: str = "", problem: str = "") -> HTMLResponse:
    found: dict[str, dict[str, Any]] = {}
    for audience in AUDIENCES:
        for release in parts.figures.all(audience):
            month = found.setdefault(release.id.partition("/")[2], {"name": "", "audiences": []})
            month["name"] = month_name(parts.knowledge.texts, release.month)
            month["audiences"].append((_AUDIENCE_NAMES[audience], releases.decisions(parts.knowledge, release)))
    months = [found[identifier] for identifier in sorted(found, reverse=True)]
    return portal_page(
        "beheer-uitgaven.html", user, status=409 if problem else 200, months=months, done=done, problem=problem
    )


@router.get("/logboek")
def read_log(parts: AppParts, user: Coordinator, voor: int | None = None) -> HTMLResponse:
    """The log, the newest first, some at a time."""
    return _log(parts, user, voor)


@router.post("/logboek")
def check_log(parts: AppParts, user: Coordinator, _form: PortalForm) -> HTMLResponse:
    """See that nothing was taken out of the log or changed."""
    with Session(parts.engine) as session:
        fault = log.first_fault(session)
        number, newest = log.head(session)
    if fault is None:
        return _log(parts, user, None, done=f"Het logboek klopt. De laatste regel is {number}, met kenmerk {newest}.")
    problem = (
        f"Het logboek klopt niet: regel {fault} is veranderd, of de regel ervoor is weg. Vergelijk met een "
        "reservekopie, en meld het aan wie de privacy bewaakt."
    )
    return _log(parts, user, None, problem=problem)


def _log(parts: Parts, user: User, before: int | None, *, done: str = "", problem: str = "") -> HTMLResponse:
    with Session(parts.engine) as session:
        entries, names = log.newest(session, before, ENTRIES), repository.names(session)
    return portal_page(
        "beheer-logboek.html",
        user,
        entries=[
            (
                entry.number,
                moment(parts.knowledge.texts, entry.at),
                words.who(entry.who, names),
                words.action(entry.action),
                entry.subject,
                entry.reason,
            )
            for entry in entries
        ],
        first=before is None,
        older=entries[-1].number if len(entries) == ENTRIES and entries[-1].number > 1 else None,
        done=done,
        problem=problem,
    )
