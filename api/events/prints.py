"""What is printed for an event: poster, table cards, paper form and summary."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from string import ascii_lowercase
from typing import Any, Literal
from urllib.parse import quote

import segno

from api.events.service import Event
from api.imports.columns import intake_columns
from api.typesetting import Form, typeset
from knowledge.base import Knowledge
from knowledge.intake import DO_NOT_KNOW, MAY_BE_LEFT_OPEN, NOT_APPLICABLE, UNKNOWN, Question
from knowledge.sites import Site, SiteContact

Target = Literal["gesprek", "formulier", "intake"]

TEMPLATES = Path(__file__).parent / "print_templates"
PATHS: dict[Target, str] = {"gesprek": "e", "formulier": "f", "intake": "intake"}
HOW: dict[Target, str] = {
    "gesprek": "Je chat met een digitale assistent.",
    "formulier": "Je vult een kort formulier in.",
    "intake": "Je tikt je antwoorden aan.",
}
CORRECTION = "q"  # a quarter of the code may be creased or in the shade
QUIET_ZONE = 4  # modules of white around a code (ISO/IEC 18004)
# On paper, an answer that is no option has a sign of its own, which the import knows.
SIGNS = {UNKNOWN: "?", NOT_APPLICABLE: "-"}


@dataclass(frozen=True)
class Invitation:
    """An event to invite people to: where its code leads, at which public address (with its scheme), in whose name."""

    event: Event
    site: Site
    base: str
    target: Target

    @property
    def address(self) -> str:
        """The address that the printed code opens."""
        return f"{self.base.rstrip('/')}/{PATHS[self.target]}/{quote(self.event.code)}"

    @property
    def short_address(self) -> str:
        """The same as people type it."""
        return self.address.partition("://")[2]


@dataclass(frozen=True)
class Row:
    """A line of a table: what it counts, and the figure as it may be shown."""

    label: str
    shown: str


@dataclass(frozen=True)
class Table:
    """A table of a summary. One without rows says in its note why."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """The summary of an event as it is printed: plain sentences, tables, and how to read them."""

    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    footnotes: tuple[str, ...]


def poster(knowledge: Knowledge, invitation: Invitation, form: Form) -> bytes:
    """The A4 poster."""
    return _invite("poster.typ", f"Poster: {invitation.event.name}", knowledge, invitation, form)


def table_cards(knowledge: Knowledge, invitation: Invitation, form: Form) -> bytes:
    """A sheet of A4 with two table cards, to cut and to fold."""
    return _invite("cards.typ", f"Tafelkaart: {invitation.event.name}", knowledge, invitation, form)


def paper_form(knowledge: Knowledge, event: Event, site: Site) -> bytes:
    """The intake on two pages of A4, to fill in with a pen, as a PDF. Its answers have the letters of the import."""
    columns = intake_columns(knowledge.intake).titles
    values = _common(knowledge, event, site, "Formulier") | {
        part: [_on_paper(question, columns[question.id]) for question in knowledge.intake.part(part)]
        for part in ("kern", "verdieping")
    }
    return typeset(TEMPLATES / "form.typ", values, form="pdf")


def summary(knowledge: Knowledge, event: Event, site: Site, sheet: Sheet) -> bytes:
    """The summary of an event for its organiser on one page of A4, as a PDF."""
    values = _common(knowledge, event, site, "Samenvatting") | asdict(sheet)
    return typeset(TEMPLATES / "summary.typ", values, form="pdf")


def _common(knowledge: Knowledge, event: Event, site: Site, kind: str) -> dict[str, Any]:
    return {
        "title": f"{kind}: {event.name}",
        "event": event.name,
        "day": knowledge.texts.day(event.day),
        "organiser": event.organiser,
        "code": event.code,
        "provider": site.aanbieder,
        "contact": site.contact.naam,
        "reachedAt": _reached_at(site.contact),
    }


def _invite(template: str, kind: str, knowledge: Knowledge, invitation: Invitation, form: Form) -> bytes:
    values = _common(knowledge, invitation.event, invitation.site, kind) | {
        "address": invitation.short_address,
        "codeText": f"QR-code die het adres {invitation.short_address} opent.",
        "questions": len(knowledge.intake.core),
        "how": HOW[invitation.target],
    }
    return typeset(TEMPLATES / template, values, images={"code": _code(invitation.address)}, form=form)


def _code(text: str) -> bytes:
    """A QR code as an SVG of one unit per module, the quiet zone included."""
    drawn = BytesIO()
    code = segno.make_qr(text, error=CORRECTION)
    code.save(drawn, kind="svg", border=QUIET_ZONE, light="white", xmldecl=False, omitsize=True, nl=False)
    return drawn.getvalue()


def _reached_at(contact: SiteContact) -> list[str]:
    """The ways to reach somebody that are known."""
    page = contact.url.removeprefix("https://").rstrip("/") if contact.url else None
    return [way for way in (contact.telefoon, contact.email, page) if way]


def _on_paper(question: Question, column: str) -> dict[str, Any]:
    """A question with its column in the import, its answers to tick, and whether there is a line to write on."""
    written = question.id in MAY_BE_LEFT_OPEN
    return {
        "column": column,
        "text": question.vraag,
        "written": written,
        "answers": [(SIGNS[UNKNOWN], DO_NOT_KNOW)] if written else list(_lettered(question)),
    }


def _lettered(question: Question) -> Iterator[tuple[str, str]]:
    """The sign and the words of every answer: a letter for what says something of the firm, in order."""
    letters = iter(ascii_lowercase)
    for code, words in question.choices():
        yield SIGNS[code] if code in SIGNS else next(letters), words
