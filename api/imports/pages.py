"""The pages of the import, and what somebody decided on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from api.dependencies import Parts
from api.events.service import Event
from api.imports.report import Report, WordUse, in_rows
from api.imports.service import ImportService
from api.imports.table import LARGEST_FILE, MOST_ROWS
from api.intakes.lists import Choice, places, sectors
from api.portal.dependencies import User
from api.portal.pages import portal_page

MOST_FAULTS = 200  # on the page; all of them are in the file to download
FIELD = "keuze-"
OTHERWISE = "anders"


@dataclass(frozen=True)
class Decisions:
    """What was decided about a report: codes of words by number, and words that were clear and mean something else."""

    token: str
    chosen: Mapping[int, str] = field(default_factory=dict)
    otherwise: frozenset[int] = frozenset()


def decisions(service: ImportService, report: Report, token: str, form: FormData) -> Decisions:
    """What a form says; what cannot be is left out."""
    chosen = {}
    otherwise = set()
    for number, word in enumerate(report.words):
        code = form.get(f"{FIELD}{number}")
        if isinstance(code, str) and service.can_mean(report, number, code):
            chosen[number] = code
        if word.state == "zeker" and str(number) in form.getlist(OTHERWISE):
            otherwise.add(number)
    return Decisions(token, chosen, frozenset(otherwise))


@dataclass(frozen=True)
class Asked:
    """Words that somebody has to choose a meaning for: what they may stand for, and the whole list."""

    use: WordUse
    name: str  # of the field
    likely: tuple[Choice, ...]
    listed: tuple[Choice, ...]
    chosen: str


def upload(
    user: User, event: Event, *, refusal: str | None = None, fault: str | None = None, status: int = 400
) -> HTMLResponse:
    """The form to send a file with, or why it cannot be."""
    return portal_page(
        "inlezen.html",
        user,
        status=status if fault else (409 if refusal else 200),
        event=event,
        refusal=refusal,
        errors={"bestand": fault} if fault else {},
        megabytes=LARGEST_FILE // 1024**2,
        most_rows=f"{MOST_ROWS:_}".replace("_", "."),
    )


def report(
    parts: Parts, user: User, event: Event, found: Report, made: Decisions, *, undecided: Sequence[int] = ()
) -> HTMLResponse:
    """What was found in a file."""
    lists = {"bedrijf": sectors(parts.knowledge), "gemeente": places(parts.knowledge, date.today())}
    clear = found.used("zeker")
    unclear = [*found.used("twijfel", "onbekend"), *(use for use in clear if use.number in made.otherwise)]
    asked = [
        Asked(
            use,
            f"{FIELD}{use.number}",
            use.word.choices if use.word.state == "twijfel" else (),
            lists[use.word.question],
            made.chosen.get(use.number, ""),
        )
        for use in unclear
    ]
    return portal_page(
        "inlezen-gezien.html",
        user,
        status=400 if undecided else 200,
        event=event,
        report=found,
        token=made.token,
        titles=parts.imports.columns.titles,
        asked=asked,
        understood=[use for use in clear if use.number not in made.otherwise],
        otherwise=sorted(made.otherwise),
        faults=found.faults[:MOST_FAULTS],
        errors={one.name: f"Kies wat '{one.use.word.text}' betekent." for one in asked if one.use.number in undecided},
        in_rows=in_rows,
    )


def taken(user: User, event: Event, found: Report, token: str) -> HTMLResponse:
    """What was taken of a file."""
    return portal_page(
        "inlezen-klaar.html",
        user,
        event=event,
        report=found,
        token=token,
        faults=found.faults[:MOST_FAULTS],
        in_rows=in_rows,
    )
