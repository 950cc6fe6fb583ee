"""The words of the chat widget in each language, as `widget.yaml` holds them."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

import msgspec

from knowledge.loading import Document, KnowledgeError, Problem, convert, read

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Widget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The texts by language and key, and the keys that a site may put words of its own to."""

    perSite: tuple[str, ...]
    teksten: dict[Language, dict[str, str]]

    def texts(self, language: Language, own: Mapping[Language, Mapping[str, str]]) -> dict[str, str]:
        """Every text in a language; those of a site itself come first."""
        return {**self.teksten[language], **own.get(language, {})}


def load_widget(path: Path) -> Widget:
    """Read the texts. Raises KnowledgeError when languages differ in more than words."""
    document = read(path)
    widget = convert(document, Widget)
    problems = _language_problems(document, widget)
    if not problems:
        problems = _text_problems(document, widget)
    for index, key in enumerate(widget.perSite):
        if not any(key in texts for texts in widget.teksten.values()):
            what = f"De tekst '{key}' bestaat niet."
            problems.append(document.problem(("perSite", index), what, "Noem een sleutel die onder teksten staat."))
    if problems:
        raise KnowledgeError(problems)
    return widget


def _language_problems(document: Document, widget: Widget) -> list[Problem]:
    """Languages and texts that are missing."""
    problems = []
    keys = dict.fromkeys(key for texts in widget.teksten.values() for key in texts)
    for language in LANGUAGES:
        if language not in widget.teksten:
            what = f"De taal '{language}' ontbreekt."
            problems.append(document.problem(("teksten",), what, f"Zet er een deel bij dat begint met '{language}:'."))
            continue
        for key in keys:
            if key not in widget.teksten[language]:
                what = f"Bij {language} ontbreekt '{key}'."
                remedy = f"Zet er een regel bij die begint met '{key}:'."
                problems.append(document.problem(("teksten", language), what, remedy))
    return problems


def _text_problems(document: Document, widget: Widget) -> list[Problem]:
    """Texts that are empty, or that fill in something else than the same text in the first language."""
    problems = []
    for language, texts in widget.teksten.items():
        for key, text in texts.items():
            fault = text_fault(text, widget.teksten[LANGUAGES[0]][key])
            if fault:
                problems.append(document.problem(("teksten", language, key), *fault))
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
