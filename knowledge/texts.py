"""The words of results, as `texts.yaml` holds them."""

from datetime import date
from pathlib import Path
from typing import Literal, get_args

import msgspec

from knowledge.catalogue import StageId, Theme
from knowledge.loading import Document, KnowledgeError, Problem, blank_texts, convert, read
from knowledge.matching import FALLBACKS, NEAR_FIRST
from knowledge.personal_data import Kind

Note = Literal["veiligheid", "buiten_regio", "geen_aanbod", "groot_bedrijf", "al_ver"]


class Reasons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why an initiative is shown: one template for those that fit, one per fallback."""

    initiatief: str
    vangnet: dict[str, str]


class ContactTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a result offers to ask somebody to make contact."""

    vraag: str
    uitleg: str
    knop: str


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Templates and words that reasons are made of."""

    thema: dict[str, str]
    nabij: dict[str, str]
    streek: dict[str, str]
    fase: dict[str, str]
    redenen: Reasons
    opmerkingen: dict[str, str]
    persoonsgegevens: dict[str, str]
    tussendoor: dict[str, str]
    gezien: str
    verouderd: str
    bevestigd: str
    evenement: str
    contact: ContactTexts
    maanden: tuple[str, ...]

    def day(self, day: date) -> str:
        """A day in words, "25 november 2026"."""
        return f"{day.day} {self.maanden[day.month - 1]} {day.year}"

    def freshness(self, month: str, *, outdated: bool) -> str:
        """How fresh what we know is, in words. `month` as in "2024-05"."""
        year, number = month.split("-")
        seen = self.gezien.format(maand=f"{self.maanden[int(number) - 1]} {year}")
        return f"{seen} {self.verouderd}" if outdated else seen


_FIELDS = {"nabij", "thema", "fase", "gemeente", "streek", "maand", "dag"}


def load_texts(path: Path) -> Texts:
    """Read the words. Raises KnowledgeError when a template asks for something that is never filled in."""
    document = read(path)
    texts = convert(document, Texts)
    problems = blank_texts(document)
    templates: list[tuple[tuple[str | int, ...], str]] = [
        (("redenen", "initiatief"), texts.redenen.initiatief),
        *((("redenen", "vangnet", name), text) for name, text in texts.redenen.vangnet.items()),
        *((("nabij", name), text) for name, text in texts.nabij.items()),
        (("gezien",), texts.gezien),
        (("bevestigd",), texts.bevestigd),
    ]
    for where, template in templates:
        try:
            template.format(**dict.fromkeys(_FIELDS, ""))
        except (KeyError, ValueError, IndexError) as error:
            what = "De tekst vraagt om iets dat niet bestaat, of een accolade staat alleen."
            if isinstance(error, KeyError):
                what = f"De tekst vraagt om iets dat niet bestaat: {{{error.args[0]}}}."
            remedy = f"Gebruik alleen {', '.join(sorted(_FIELDS))} tussen accolades."
            problems.append(document.problem(where, what, remedy))
    problems += _missing_words(document, texts)
    if len(texts.maanden) != 12:
        problems.append(document.problem(("maanden",), "Er horen twaalf maanden te staan.", "Vul ze aan."))
    if problems:
        raise KnowledgeError(problems)
    return texts


def _missing_words(document: Document, texts: Texts) -> list[Problem]:
    """Words that a result asks for and that are not there."""
    problems = []
    needed: tuple[tuple[tuple[str, ...], dict[str, str], tuple[str, ...]], ...] = (
        (("thema",), texts.thema, get_args(Theme)),
        (("nabij",), texts.nabij, NEAR_FIRST),
        (("streek",), texts.streek, ("provincie", "gooi")),
        (("fase",), texts.fase, get_args(StageId)),
        (("redenen", "vangnet"), texts.redenen.vangnet, FALLBACKS),
        (("opmerkingen",), texts.opmerkingen, get_args(Note)),
        (("persoonsgegevens",), texts.persoonsgegevens, get_args(Kind)),
    )
    for where, words, names in needed:
        for name in names:
            if name not in words:
                what = f"Bij {where[-1]} ontbreekt '{name}'."
                problems.append(document.problem(where, what, f"Zet er een regel bij die begint met '{name}:'."))
    return problems
