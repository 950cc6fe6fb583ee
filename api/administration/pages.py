"""`/portaal/beheer`: what the coordinator sees of leads, sites, and how long everything is kept."""

import time
from contextlib import suppress
from datetime import UTC, datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.administration import repository
from api.administration.leads import Overview, overview
from api.administration.retention import KINDS, MAIL_FILE_SECONDS, MAIL_FILES, STAYS, Kind, duration
from api.dependencies import AppParts, Parts
from api.leads.deadlines import ALTERNATIVE_AFTER, ESCALATE_AFTER
from api.leads.keys import is_demo
from api.leads.statuses import LABELS
from api.leads.words import moment
from api.operations import security_txt
from api.outbox.queue import GIVEN_UP
from api.portal.dependencies import Coordinator
from api.portal.pages import portal_page

START = "/portaal/beheer"
LATE_SECONDS = 24 * 60 * 60  # by which the deleting may be behind before it is said
PAGES = (
    (f"{START}/aanvragen", "Aanvragen", "Hoeveel er wachten, per initiatief"),
    (f"{START}/initiatieven", "Initiatieven", "Gegevens, voorstellen van eigenaren"),
    (f"{START}/taken", "Taken", "Wat er verstuurd moet worden, en het werk dat vanzelf gaat"),
    (f"{START}/bewaren", "Bewaren", "Wat we bewaren, en tot wanneer"),
    (f"{START}/logboek", "Logboek", "Wie deed en las wat"),
    (f"{START}/uitgaven", "Uitgaven", "De cijfers per maand"),
    (f"{START}/sites", "Sites", "De websites met de assistent"),
    ("/portaal/evenementen", "Evenementen", "Codes, posters, samenvattingen"),
    ("/portaal/cijfers", "Cijfers", "Wie we bereiken, en wat het oplevert"),
    ("/portaal/vragenlijsten", "Vragenlijsten", "Wat eigenaren elk jaar vertellen"),
    ("/portaal/mensen", "Mensen", "Wie kan inloggen"),
)
DEMO_PAGES = (("/portaal/mail", "Mail", "Wat niet is verstuurd, en hoe elke mail eruitziet"),)

router = APIRouter(prefix=START, include_in_schema=False)


@router.get("")
def start(parts: AppParts, user: Coordinator) -> HTMLResponse:
    """What needs attention, and where everything is."""
    pages = (*PAGES, *(DEMO_PAGES if is_demo(parts.settings) else ()))
    return portal_page("beheer.html", user, attention=_attention(parts), pages=pages)


def _attention(parts: Parts) -> list[tuple[str, str]]:
    """What somebody should look at: in words, and where."""
    found = _of_leads(overview(parts.engine, parts.knowledge, _now()))
    with Session(parts.engine) as session:
        states = repository.outbox_by_state(session)
    given_up = sum(number for (_, state), number in states.items() if state == GIVEN_UP)
    if given_up:
        found.append((f"Niet gelukt om te versturen: {given_up}.", f"{START}/taken"))
    failed = sum(run is not None and run.fault is not None for run in map(parts.sweeps.last, parts.sweepers))
    if failed:
        found.append((f"Werk dat vanzelf gaat en de laatste keer misging: {failed}.", f"{START}/taken"))
    if warned := security_txt.warning(parts.settings, datetime.now(UTC)):
        found.append((warned, security_txt.POLICY))
    proposals = sum(proposal.waits for proposal in parts.owner_data.proposals())
    if proposals:
        found.append((f"Voorstellen van eigenaren die wachten: {proposals}.", f"{START}/initiatieven"))
    return found


def _of_leads(leads: Overview) -> list[tuple[str, str]]:
    there, found = f"{START}/aanvragen", []
    if leads.late:
        found.append((f"Aanvragen die {ESCALATE_AFTER} werkdagen of langer wachten: {len(leads.late)}.", there))
    for one in leads.initiatives:
        if one.open and not one.running:
            found.append((f"{one.name} is gestopt, en heeft nog open aanvragen: {one.open}.", there))
        elif one.open and not one.has_owner:
            found.append((f"{one.name} heeft geen eigenaar, en wel open aanvragen: {one.open}.", "/portaal/mensen"))
    if leads.to_call:
        found.append((f"Ondernemers die alleen gebeld kunnen worden, en wachten: {len(leads.to_call)}.", there))
    return found


@router.get("/aanvragen")
def leads(parts: AppParts, user: Coordinator) -> HTMLResponse:
    """How leads go, per initiative."""
    return portal_page(
        "beheer-aanvragen.html",
        user,
        leads=overview(parts.engine, parts.knowledge, _now()),
        labels=LABELS,
        day=parts.knowledge.texts.day,
        late_after=ESCALATE_AFTER,
        call_after=ALTERNATIVE_AFTER,
    )


@router.get("/bewaren")
def retention(parts: AppParts, user: Coordinator) -> HTMLResponse:
    """How much is kept of what, for how long, and what goes next."""
    with Session(parts.engine) as session:
        kept = repository.kept(session, KINDS)
        stays = list(zip(STAYS.values(), repository.amounts(session, list(STAYS)), strict=True))
    rows = [_row(parts, kind, one) for kind, one in zip(KINDS, kept, strict=True)]
    if not parts.settings.smtp_url:
        rows.append(_mail_files(parts))
    return portal_page("beheer-bewaren.html", user, rows=rows, stays=stays)


def _row(parts: Parts, kind: Kind, kept: repository.Kept) -> dict[str, object]:
    texts = parts.knowledge.texts
    return {
        "name": kind.name,
        "count": kept.number,
        "oldest": moment(texts, kept.oldest) if kept.oldest is not None else "",
        "most": f"{duration(kind.seconds)} na {kind.since}",
        "next": moment(texts, kept.next) if kept.next is not None else "",
        "late": kept.next is not None and kept.next < _now() - LATE_SECONDS,
    }


def _mail_files(parts: Parts) -> dict[str, object]:
    made = []
    for path in parts.settings.mail_folder.glob("*.eml"):
        with suppress(FileNotFoundError):  # deleted in between
            made.append(int(path.stat().st_mtime))
    made.sort()
    texts = parts.knowledge.texts
    return {
        "name": MAIL_FILES,
        "count": len(made),
        "oldest": moment(texts, made[0]) if made else "",
        "most": f"{duration(MAIL_FILE_SECONDS)} na het schrijven",
        "next": moment(texts, made[0] + MAIL_FILE_SECONDS) if made else "",
        "late": bool(made) and made[0] + MAIL_FILE_SECONDS < _now() - LATE_SECONDS,
    }


@router.get("/sites")
def sites(parts: AppParts, user: Coordinator) -> HTMLResponse:
    """The websites that carry the assistant, as their files say."""
    every = sorted(parts.knowledge.sites.values(), key=lambda site: site.naam)
    return portal_page("beheer-sites.html", user, sites=every)


def _now() -> int:
    return int(time.time())
