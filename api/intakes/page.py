"""The pages of the form, as HTML. Everything is escaped, and nothing needs JavaScript."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.contact.offer import Offer
from api.intakes import form
from api.intakes.form import WORDS, Filled
from api.intakes.lists import NOT_KNOWN, Choice, places, sectors
from api.intakes.service import Taken
from api.page.templates import with_words
from knowledge.base import Knowledge
from knowledge.intake import MAY_BE_LEFT_OPEN, Question
from knowledge.sites import Site

HOLD_SECONDS = 2  # before somebody sends the form again, after a fault of ours
PAUSED_SECONDS = 3600
_POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {"Content-Security-Policy": _POLICY}

_TEMPLATES = with_words(
    Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
)
_TEMPLATES.globals |= {
    "token_field": form.TOKEN,
    "longest": form.LONGEST,
    "words_field": form.words_field,
    "radio_field": form.radio_field,
    "list_field": form.list_field,
    "suggestion_field": form.suggestion_field,
}

UNKNOWN_SITE = (WORDS["geenSiteKop"], WORDS["geenSite"])
PAUSED = (WORDS["uitKop"], WORDS["uit"])
REFUSED = (WORDS["geweigerdKop"], WORDS["geweigerd"])
RESULT_GONE = (WORDS["wegKop"], WORDS["weg"])
NOT_RECORDED = WORDS["nietVerwerkt"]


@dataclass(frozen=True)
class Visit:
    """Where somebody fills in the form: on which site, and at which event.

    `lapsed` says that the address names an event whose code does not work: the form is there all the same.
    """

    site: Site
    event: str | None
    lapsed: bool = False

    @property
    def address(self) -> str:
        """Address of the form for this visit."""
        asked = {"site": self.site.id} | ({"evenement": self.event} if self.event else {})
        return f"/scan?{urlencode(asked)}"

    @property
    def action(self) -> str:
        """Address that the form is sent to.

        Not the address of the form: a browser throws away the page that it keeps of an address that it sends something
        to, and with it the token; then answers that are changed after the back button would count as another scan.
        """
        return f"{self.address}&stap=uitslag"


@dataclass(frozen=True)
class Field:
    """One question as the page shows it."""

    question: Question
    number: int
    total: int
    text: str
    choices: tuple[Choice, ...]
    looked_up: bool
    error: str | None
    personal: str | None

    @property
    def described_by(self) -> str | None:
        """Id of the message at the question, for whoever hears the page."""
        return f"{self.question.id}-fout" if self.error else None


def form_page(
    knowledge: Knowledge, visit: Visit, filled: Filled, today: date, *, status: int = 200, fault: str | None = None
) -> HTMLResponse:
    """The form: empty, with what was filled in, or with what is in the way."""
    alone = filled.values.get("personen") == "1"
    fields = {
        part: [
            _field(knowledge, filled, question, position, len(questions), alone=alone, today=today)
            for position, question in enumerate(questions, start=1)
        ]
        for part, questions in (("kern", knowledge.intake.core), ("verdieping", knowledge.intake.further))
    }
    headers = {"Cache-Control": "private, no-cache"} if status == 200 else {}
    if fault:
        headers |= {"Retry-After": str(HOLD_SECONDS)}
    return _page(
        "form.html",
        visit.site,
        status,
        headers,
        visit=visit,
        filled=filled,
        fields=fields,
        fault=fault,
        lapsed=knowledge.texts.evenement if visit.lapsed else None,
    )


def _field(
    knowledge: Knowledge, filled: Filled, question: Question, number: int, total: int, *, alone: bool, today: date
) -> Field:
    choices = question.choices(alone=alone)
    if question.id == "bedrijf":
        choices = sectors(knowledge)
    elif question.id == "gemeente":
        choices = places(knowledge, today)
    elif question.id in MAY_BE_LEFT_OPEN:
        choices = (*choices, NOT_KNOWN)
    trouble = filled.troubles.get(question.id)
    return Field(
        question=question,
        number=number,
        total=total,
        text=question.text(alone=alone),
        choices=choices,
        looked_up=question.id in form.LOOKED_UP,
        error=trouble.message if trouble else None,
        personal=_personal(knowledge, filled, question.id),
    )


def result_page(
    knowledge: Knowledge, visit: Visit, filled: Filled, taken: Taken, today: date, *, offer: Offer | None
) -> HTMLResponse:
    """The result, to read and to print. `offer` tells who can be asked to make contact.

    Without a token the answers cannot be changed from here: they would count as another scan.
    """
    intake, texts = knowledge.intake, knowledge.texts
    further = sum(question.id in filled.answers for question in intake.further)
    notes = {name: texts.opmerkingen[name] for name in taken.outcome.notes}
    return _page(
        "result.html",
        visit.site,
        200,
        {},
        visit=visit,
        filled=filled,
        result=taken.uitslag,
        stage=intake.stage(taken.uitslag["fase"]),
        maximum=intake.scoring.maximum,
        day=texts.day(today),
        seen=lambda month: texts.freshness(month, outdated=False),
        outdated=texts.verouderd,
        urgent=notes.pop("veiligheid", None),
        notes=list(notes.values()),
        further_answered=further if further < len(intake.further) else 0,
        understood=_understood(knowledge, filled.answers, today),
        offer=offer,
        contact=texts.contact,
        personal=[text for name in filled.personal if (text := _personal(knowledge, filled, name))],
    )


def _understood(knowledge: Knowledge, answers: Mapping[str, str], today: date) -> list[tuple[str, str]]:
    """The answers in words: what the result was made of."""
    titles: dict[str, dict[str, str]] = {
        "bedrijf": dict(sectors(knowledge)),
        "gemeente": dict(places(knowledge, today)),
    }
    alone = answers.get("personen") == "1"
    return [
        (
            question.kort,
            (titles.get(question.id) or dict((*question.choices(alone=alone), NOT_KNOWN)))[answers[question.id]],
        )
        for question in knowledge.intake.vragen
        if question.id in answers
    ]


def _personal(knowledge: Knowledge, filled: Filled, question: str) -> str | None:
    """That personal data was seen and let go."""
    names = [knowledge.texts.persoonsgegevens[kind] for kind in filled.personal.get(question, ())]
    if not names:
        return None
    what = f"{', '.join(names[:-1])} en {names[-1]}" if names[1:] else names[0]
    return WORDS["persoonlijk"].format(wat=what)


def notice_page(
    status: int, notice: tuple[str, str], site: Site | None = None, address: str | None = None
) -> HTMLResponse:
    """A page that says why there is no form here, and where to turn to; `address` leads on when there is a way."""
    headers = {"Retry-After": str(PAUSED_SECONDS)} if status == 503 else {}
    title, text = notice
    return _page("notice.html", site, status, headers, title=title, text=text, address=address)


def error_page(
    _request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A page that says what is wrong."""
    return _page("notice.html", None, status, headers or {}, title=title, text=detail, address=None)


def _page(template: str, site: Site | None, status: int, headers: Mapping[str, str], **context: Any) -> HTMLResponse:
    html = _TEMPLATES.get_template(template).render(site=site, **context)
    return HTMLResponse(html, status, headers={**HEADERS, **headers})
