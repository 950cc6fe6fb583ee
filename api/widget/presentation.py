"""What the widget's script shows, as trees of nodes: the panel, the result and the answers.

The markup stands here and not in the script, which is small for it and is loaded on every page of a host.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.widget.trees import Tree, tree
from knowledge.base import Knowledge
from knowledge.intake import OPEN, Question
from knowledge.languages import DUTCH, shipped
from knowledge.result import result
from knowledge.sites import Site

Form = Literal["knop", "pagina", "kiosk"]
FORMS: tuple[Form, ...] = get_args(Form)

_DIALOG: Form = "knop"
_URGENT = "veiligheid"


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _domain(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
)
_TEMPLATES.globals["u"] = RESULT_WORDS = shipped()[DUTCH]["uitslag"]
_TEMPLATES.filters |= {"lower_first": _lower_first, "domain": _domain}


def _tree(template: str, **values: Any) -> Tree:
    return tree(_TEMPLATES.get_template(template).render(**values))


def presentation(knowledge: Knowledge, site: Site, language: str, form: Form, host: str) -> dict[str, Any]:
    """Everything that is shown of a site but its conversation. `host` is where we are reached."""
    texts = {"taal": language, **knowledge.languages.widget(language, site.teksten)}
    values = {
        "t": texts,
        "site": site,
        "form": form,
        "tag": "dialog" if form == _DIALOG else "div",
        "privacy": site.privacy or f"//{host}/privacy",
    }
    theme = {name: getattr(site.thema, name) for name in site.thema.__struct_fields__}
    return {
        "actief": site.status == "actief",
        "paginas": {"aan": site.paginas.aan, "uit": site.paginas.uit},
        "thema": {name: value for name, value in theme.items() if value is not None},
        "paneel": _tree("panel.html", **values),
        "pauze": _tree("pause.html", **values),
        "teksten": texts,
    }


def card(
    knowledge: Knowledge, turn: Mapping[str, Any], today: date, *, ask: str | None = None
) -> dict[str, Any] | None:
    """The result of a turn as a card, and which messages it stands for. None when there is no result.

    A turn that brings a result tells it in words too, for clients without cards: from the message with the next step up
    to the one with the fallback. `ask` is the address where contact can be asked for, when there is anybody to ask.
    """
    outcome = turn["uitslag"]
    if outcome is None:
        return None
    said = [message["tekst"] for message in turn["berichten"]]
    first = next((index for index, text in enumerate(said) if outcome["volgendeStap"] in text), None)
    last = max((index for index, text in enumerate(said) if outcome["vangnet"]["reden"] in text), default=None)
    position, replaced = (len(said) - 1, 0) if first is None or last is None else (first, last - first + 1)
    notes = _notes(knowledge, turn["antwoorden"], today)
    remarks = knowledge.texts.opmerkingen
    return {
        "positie": position,
        "vervangt": replaced,
        "kaart": _tree(
            "card.html",
            result=outcome,
            stage=knowledge.intake.stage(outcome["fase"]),
            maximum=knowledge.intake.scoring.maximum,
            urgent=remarks[_URGENT] if outcome["veiligheidsvlag"] else None,
            notes=[remarks[name] for name in notes if name != _URGENT],
            day=knowledge.texts.day(today),
            seen=lambda advice: knowledge.texts.freshness(advice["laatstGezien"], outdated=False),
            ask=ask,
            contact=knowledge.texts.contact,
        ),
    }


def _notes(knowledge: Knowledge, answers: Mapping[str, Any], today: date) -> tuple[str, ...]:
    """What has to be said with a result; nothing while an answer that it rests on is being changed."""
    codes = {
        question.id: code for question in knowledge.intake.vragen if (code := _code(question, answers)) is not None
    }
    if any(question.id not in codes for question in knowledge.intake.core):
        return ()
    return result(knowledge, codes, today).notes


def _code(question: Question, answers: Mapping[str, Any]) -> str | None:
    """The code of an answer as the questions have it; the interface splits a sector in its two versions."""
    if question.id == "bedrijf":
        newer, older = answers["sbi2025"], answers["sbi2008"]
        return None if newer is None else newer if newer == older == OPEN else f"{newer}/{older}"
    code = answers[question.levert[0]]
    return None if code is None else str(code)


def given(knowledge: Knowledge, turn: Mapping[str, Any]) -> Tree:
    """The answers of a turn in words, with a way to change each."""
    answers = []
    for question in knowledge.intake.vragen:
        code = _code(question, turn["antwoorden"])
        if code is not None:
            title = _title(knowledge, question, code)
            answers.append({"question": question.id, "subject": question.kort, "title": title})
    return _tree("answers.html", answers=answers)


def _title(knowledge: Knowledge, question: Question, code: str) -> str:
    """An answer as it is shown."""
    if code == OPEN:
        return RESULT_WORDS["nietIngevuld"]
    if question.id == "bedrijf":
        name = knowledge.sectors.sector(code).titel
        return name[0].upper() + name[1:]
    if question.id == "gemeente":
        name = knowledge.municipalities.name(code)
        return name[0].upper() + name[1:]
    return dict(question.choices()).get(code, RESULT_WORDS["weetNiet"])
