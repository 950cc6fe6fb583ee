"""The words of the interface in each language: one file per language in `languages/`."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.loading import Document, KnowledgeError, Problem, convert, read
from knowledge.placeholders import example

FOLDER = Path(__file__).parent / "languages"
DUTCH = "nl"  # what the assistant itself speaks; the file that the others are held against
TRANSLATED = ("script", "widget", "paginas")  # the other parts belong to the conversation
OF_SITES = ("knop", "kop", "pauze")  # words of the widget that a site may put its own to

_CODE = re.compile(r"[a-z]{2}")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Words = Mapping[str, str]
Parts = Mapping[str, Words]


class Languages(dict[str, Parts]):
    """The words by code of the language, part and key; Dutch comes first."""

    def widget(self, code: str, own: Mapping[str, Words]) -> dict[str, str]:
        """The words of the widget in a language; those of a site itself come first."""
        return {**self[code]["widget"], **own.get(code, {})}


def load_languages(folder: Path = FOLDER) -> Languages:
    """Read every language. Raises KnowledgeError when one differs from Dutch in more than words."""
    paths = sorted({folder / f"{DUTCH}.yaml", *folder.glob("*.yaml")}, key=lambda path: (path.stem != DUTCH, path.stem))
    documents = {path.stem: read(path) for path in paths}
    languages = Languages({code: _parts(document) for code, document in documents.items()})
    problems = [
        problem
        for code, document in documents.items()
        for problem in (*_code_problems(document), *_problems(document, languages[code], _expected(languages, code)))
    ]
    if problems:
        raise KnowledgeError(problems)
    return languages


@cache
def shipped() -> Languages:
    """The languages of this installation, for what has no other data."""
    return load_languages()


def _parts(document: Document) -> Parts:
    """The parts of a file. Raises KnowledgeError for what is no text."""
    return {part: convert(document, dict[str, str], part) for part in convert(document, dict[str, dict[str, Any]])}


def _expected(languages: Languages, code: str) -> Parts:
    """The words that a language has to have, in Dutch."""
    dutch = languages[DUTCH]
    if code == DUTCH:
        return {part: dutch.get(part, {}) for part in (*TRANSLATED, *dutch)}
    return {part: dutch.get(part, {}) for part in TRANSLATED}


def _code_problems(document: Document) -> list[Problem]:
    if _CODE.fullmatch(document.path.stem):
        return []
    remedy = "Noem het bestand naar de code van de taal, zoals de.yaml."
    return [document.problem((), f"'{document.path.stem}' is geen code van een taal.", remedy)]


def _problems(document: Document, parts: Parts, expected: Parts) -> list[Problem]:
    """What is missing, too many, empty, or asks for something else than the product fills in."""
    problems = []
    for part, words in expected.items():
        if not words or part not in parts:
            remedy = f"Zet er een deel bij dat begint met '{part}:'."
            problems.append(document.problem((), f"Het deel '{part}' ontbreekt.", remedy))
            continue
        for key in words:
            if key not in parts[part]:
                remedy = f"Zet er een regel bij die begint met '{key}:'."
                problems.append(document.problem((part,), f"Bij {part} ontbreekt '{key}'.", remedy))
            elif fault := text_fault(parts[part][key], example(part, key)):
                problems.append(document.problem((part, key), *fault))
    for part in parts:
        if part not in expected:
            remedy = f"Haal het weg. Alleen in {DUTCH}.yaml staat het."
            problems.append(document.problem((part,), f"Het deel '{part}' hoort hier niet.", remedy))
            continue
        for key in parts[part].keys() - expected[part].keys():
            what = f"De tekst '{key}' staat niet in {DUTCH}.yaml."
            problems.append(document.problem((part, key), what, "Haal hem weg, of kijk of de sleutel goed is gespeld."))
    return problems


def text_fault(text: str, example: str) -> tuple[str, str] | None:
    """What is wrong with a text that stands in for an example, and the remedy; None when nothing is."""
    if not text.strip():
        return "Deze tekst is leeg.", "Vul hem in."
    if set(_PLACEHOLDER.sub("", text)) & set("{}"):
        return "Een accolade staat alleen.", "Schrijf een woord tussen accolades, zoals {naam}, of haal ze weg."
    wanted = _PLACEHOLDER.findall(example)
    if _PLACEHOLDER.findall(text) != wanted:  # in this order, because the widget fills them in one after another
        listed = ", ".join(f"{{{name}}}" for name in wanted) or "niets"
        return "Tussen accolades staat iets anders dan hoort.", f"Tussen accolades hoort hier, op volgorde: {listed}."
    return None
