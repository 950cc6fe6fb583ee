"""The pages about an initiative's data: for its owners, and for the coordinator."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from api.dependencies import Parts
from api.owners import fields
from api.owners.fields import FOR_THE_WORKING_GROUP, LISTS, LONGEST, TITLES
from api.owners.forms import LONGEST_NOTE
from api.owners.service import Proposal, Standing
from api.portal.dependencies import User, text_of
from api.portal.pages import portal_page
from knowledge.base import Knowledge
from knowledge.changes import CHANGEABLE

MEANWHILE = "De gegevens zijn intussen veranderd of bevestigd. Er is niets gedaan. Kijk en kies opnieuw."
_NAMES = {
    "voorgesteld": "Wacht op de coördinator",
    "overgenomen": "Overgenomen",
    "afgewezen": "Niet overgenomen",
}


def card(knowledge: Knowledge, standing: Standing, today: date, *, internal: bool) -> dict[str, Any]:
    """What is shown of an initiative: its fields in words, and how fresh that is."""
    entry = standing.entry
    values = fields.plain(entry)
    left_out = () if internal else FOR_THE_WORKING_GROUP
    empty = [name for name in ("opvolger", "einde", *FOR_THE_WORKING_GROUP) if not values[name]]
    return {
        "id": entry.id,
        "name": entry.naam,
        "lines": [
            (TITLES[name], fields.shown(knowledge, name, values[name], today))
            for name in CHANGEABLE
            if name not in (*left_out, *empty)
        ],
        "freshness": knowledge.texts.freshness(entry.gezien, outdated=entry.outdated(today)),
        "outdated": entry.outdated(today),
        "sign": entry.laatsteLevensteken,
        "status": fields.STATUSES[entry.status],
        "running": entry.running(today),
        "confirmed": knowledge.texts.day(standing.confirmed_on) if standing.confirmed_on else None,
        "asked": knowledge.texts.day(standing.asked_on) if standing.asked_on else None,
        "unconfirmed": standing.unconfirmed(today),
        "silent": standing.silent(today),
        "version": standing.version,
        "fault": standing.fault,
    }


def proposal(knowledge: Knowledge, one: Proposal, standing: Standing, today: date) -> dict[str, Any]:
    """A proposal in words: beside what holds now when it waits, by itself when it was decided."""
    return {
        "id": one.id,
        "waits": one.waits,
        "state": _NAMES[one.state],
        "made_by": one.made_by,
        "made_on": knowledge.texts.day(one.made_on),
        "note": one.note,
        "differences": fields.differences(knowledge, standing.entry, one.fields, today) if one.waits else (),
        "lines": [(TITLES[name], fields.shown(knowledge, name, value, today)) for name, value in one.fields.items()],
        "decided_by": one.decided_by,
        "decided_on": knowledge.texts.day(one.decided_on) if one.decided_on else None,
        "answer": one.answer,
    }


def change_form(
    parts: Parts,
    user: User,
    standing: Standing,
    *,
    direct: bool,
    form: FormData | None = None,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    """The form to change data with: at once (`direct`, for the coordinator) or as a proposal.

    A form that came back shows what was typed; `typed` is that as changes to what holds now.
    """
    today, entry = date.today(), standing.entry
    knowledge, values = parts.knowledge, _values(fields.plain(entry))
    if form is not None:
        values |= {name: text_of(form, name) for name in values if name not in LISTS}
        values |= {name: form.getlist(name) for name in LISTS}
        values["opmerking"] = text_of(form, "opmerking")
    shown = [name for name in LONGEST if direct or name not in FOR_THE_WORKING_GROUP]
    return portal_page(
        "initiatief-wijzigen.html",
        user,
        status=400 if errors else 200,
        name=entry.naam,
        direct=direct,
        back=f"/portaal/beheer/initiatieven/{entry.id}" if direct else f"/portaal/initiatieven/{entry.id}",
        version=standing.version,
        values=values,
        titles=TITLES,
        longest={name: LONGEST[name] for name in shown} | {"opmerking": LONGEST_NOTE},
        choices={
            name: fields.choices(knowledge, name, today, chosen=fields.plain(entry).get(name) or ())
            for name in (*LISTS, "status")
        },
        errors=errors or {},
        would_change=fields.differences(knowledge, entry, typed or {}, today),
    )


def _values(now: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an initiative as a form holds them."""
    values = {name: now[name] or "" for name in CHANGEABLE if name not in LISTS}
    values["contact"] = (now["contact"] or {}).get("waarde") or ""
    return {**values, **{name: now[name] for name in LISTS}, "opmerking": ""}
