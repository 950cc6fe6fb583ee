"""The pages with the yearly questions."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date
from typing import Any

from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from api.dependencies import Parts
from api.imports.rows import Fault
from api.imports.table import LARGEST_FILE
from api.owners import fields
from api.owners.service import Standing
from api.portal.dependencies import User
from api.portal.pages import portal_page
from api.questionnaires import questions
from api.questionnaires.codes import FIELDS, TITLES, Codes, Firm
from api.questionnaires.export import CONFIDENTIAL
from api.questionnaires.periods import last_day
from api.questionnaires.questions import QUESTIONS, Question
from api.questionnaires.service import BY_REQUEST, MOST_LISTED, Listed, Sheet
from knowledge.base import Knowledge

NEW_ROWS = 5
_MOST_FAULTS = 100  # on the page
_NOTHING = "–"


def in_words(knowledge: Knowledge, question: Question, value: Any, today: date) -> str:
    """An answer as text."""
    if value in (None, "", []):
        return _NOTHING
    if question.kind == "keuzes":
        return fields.shown(knowledge, question.key, value, today)
    if question.kind == "cijfer":
        return f"{value:g}".replace(".", ",")
    return f"{value:_}".replace("_", ".") if question.kind == "aantal" else str(value)


def choices(knowledge: Knowledge, today: date) -> dict[str, list[tuple[str, str]]]:
    """What can be ticked, by question."""
    ticked = [question.key for question in QUESTIONS if question.kind == "keuzes"]
    return {key: fields.choices(knowledge, key, today) for key in ticked}


def answers(
    parts: Parts,
    user: User,
    standing: Standing,
    sheet: Sheet,
    *,
    form: FormData | None = None,
    errors: Mapping[str, str] | None = None,
    meanwhile: bool = False,
    done: str = "",
) -> HTMLResponse:
    """The form with the questions. `meanwhile`: somebody else saved, and both versions are shown."""
    today, knowledge = date.today(), parts.knowledge
    saved = {
        question.key: in_words(knowledge, question, sheet.answers.get(question.key), today) for question in QUESTIONS
    }
    values = {question.key: _typed(question, sheet.answers.get(question.key), saved) for question in QUESTIONS}
    if form is not None:
        values = {
            question.key: form.getlist(question.key) if question.kind == "keuzes" else form.get(question.key, "")
            for question in QUESTIONS
        }
    return portal_page(
        "vragenlijst.html",
        user,
        status=409 if meanwhile else 400 if errors else 200,
        name=standing.entry.naam,
        address=_address(sheet),
        back=f"/portaal/initiatieven/{sheet.initiative}",
        sheet=sheet,
        questions=QUESTIONS,
        choices=choices(knowledge, today),
        values=values,
        saved=saved if meanwhile else {},
        errors=errors or {},
        done=done,
        handed_in=knowledge.texts.day(sheet.handed_in_on) if sheet.handed_in_on else None,
        last_day=knowledge.texts.day(last_day(sheet.year)),
    )


def _typed(question: Question, value: Any, saved: Mapping[str, str]) -> Any:
    """An answer as its field holds it."""
    if value in (None, []):
        return questions.empty(question) or ""
    return saved[question.key] if question.kind == "cijfer" else value


def firms(
    parts: Parts,
    user: User,
    standing: Standing,
    sheet: Sheet,
    *,
    done: str = "",
    errors: Mapping[str, str] | None = None,
    typed: Sequence[Sequence[str]] = (),
    faults: Sequence[Fault] = (),
) -> HTMLResponse:
    """The firms that took part, with forms to add and remove them."""
    codes = Codes(parts.knowledge, date.today())
    empty = [("",) * len(FIELDS)] * NEW_ROWS
    return portal_page(
        "deelnemers.html",
        user,
        status=400 if errors else 200,
        name=standing.entry.naam,
        address=_address(sheet),
        sheet=sheet,
        rows=rows(codes, parts.questionnaires.firms(sheet.year, sheet.initiative)),
        headings=[TITLES[field] for field in FIELDS],
        fields=[(field, TITLES[field], codes.choices[field]) for field in FIELDS],
        typed=typed or empty,
        done=done,
        errors=errors or {},
        faults=faults[:_MOST_FAULTS],
        megabytes=LARGEST_FILE // 1024**2,
        most=MOST_LISTED,
        last_day=parts.knowledge.texts.day(last_day(sheet.year)),
    )


def rows(codes: Codes, listed: Sequence[Listed]) -> list[dict[str, Any]]:
    """Firms as a table shows them."""
    return [
        {"id": one.id, "titles": codes.titles(one.firm), "by_request": one.origin == BY_REQUEST, "number": number}
        for number, one in enumerate(listed, start=1)
    ]


def one_firm(
    parts: Parts,
    user: User,
    standing: Standing,
    sheet: Sheet,
    listed: Listed,
    *,
    typed: Firm | None = None,
    errors: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The form to change what is known of a firm."""
    codes = Codes(parts.knowledge, date.today())
    shown = typed or listed.firm
    return portal_page(
        "deelnemer.html",
        user,
        status=409 if errors else 200,
        name=standing.entry.naam,
        address=_address(sheet),
        listed=listed,
        before=dict(zip(FIELDS, astuple(listed.firm), strict=True)),
        fields=[
            (field, TITLES[field], _with(codes, field, value), value)
            for field, value in zip(FIELDS, astuple(shown), strict=True)
        ],
        errors=errors or {},
    )


def _with(codes: Codes, field: str, value: str) -> list[tuple[str, str]]:
    """The choices, with the one that is there already when the list no longer has it."""
    listed = codes.choices[field]
    return listed if value in dict(listed) else [*listed, (value, codes.title(field, value))]


def reading(
    parts: Parts, user: User, standing: Standing, sheet: Sheet, listed: Sequence[Listed], *, part: str
) -> HTMLResponse:
    """Answers and firms to read only. `part` is that of the menu."""
    today, knowledge = date.today(), parts.knowledge
    return portal_page(
        "vragenlijst-lezen.html",
        user,
        name=standing.entry.naam,
        part=part,
        back="/portaal/vragenlijsten" if part == "vragenlijsten" else f"/portaal/initiatieven/{sheet.initiative}",
        sheet=sheet,
        lines=[
            (question.title, in_words(knowledge, question, sheet.answers.get(question.key), today))
            for question in QUESTIONS
        ],
        headings=[TITLES[field] for field in FIELDS],
        rows=rows(Codes(knowledge, today), listed),
        handed_in=knowledge.texts.day(sheet.handed_in_on) if sheet.handed_in_on else None,
        confidential=CONFIDENTIAL,
    )


def _address(sheet: Sheet) -> str:
    return f"/portaal/initiatieven/{sheet.initiative}/vragenlijst/{sheet.year}"
