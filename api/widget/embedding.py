"""What a webmaster needs: the snippet, the attributes of the tag, the looks of the demo and the measured figures."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from markupsafe import escape

from api.widget.releases import Release
from knowledge.languages import DUTCH, shipped
from knowledge.sites import Site

_FOLDER = Path(__file__).parent

_ATTRIBUTES = ("site", "taal", "weergave", "plaats", "knop", "paginas", "niet-op", "evenement", "stil", "adres")
_WORDS, _DEMO_WORDS = shipped()[DUTCH]["inbouwen"], shipped()[DUTCH]["demo"]


def attributes(languages: Iterable[str]) -> list[tuple[str, str]]:
    """The attributes of the tag, and what each does."""
    known = " of ".join(languages)
    return [(name, _WORDS[f"attribuut_{name}"].format(talen=known)) for name in _ATTRIBUTES]


@dataclass(frozen=True)
class Setting:
    """The looks of one host: the class on its body, and what there is to see."""

    id: str
    klasse: str
    naam: str
    wat: str


@cache
def settings() -> dict[str, Setting]:
    """The looks of hosts, by id."""
    entries = yaml.safe_load((_FOLDER / "settings.yaml").read_text(encoding="utf-8"))
    return {
        entry["id"]: Setting(**entry, naam=_DEMO_WORDS[f"naam_{entry['id']}"], wat=_DEMO_WORDS[f"wat_{entry['id']}"])
        for entry in entries
    }


@cache
def figures() -> dict[str, Any]:
    """What the proof in the browser last measured (`make widget-proof`)."""
    found: dict[str, Any] = json.loads((_FOLDER / "figures.json").read_text(encoding="utf-8"))
    return found


def snippet(site: Site, release: Release, base: str, language: str) -> str:
    """The HTML for a page of a site. `base` is our own address, without a slash at the end."""
    pages = {"paginas": site.paginas.aan, "niet-op": site.paginas.uit}
    chosen = {"paginas": ("/*",), "niet-op": ()}
    # The launcher is shown before the server is asked anything, so its own words stand in the tag.
    label = site.teksten.get(language, {}).get("knop")
    extra = f' knop="{escape(label)}"' if label else ""
    extra += "".join(f' {name}="{escape(" ".join(value))}"' for name, value in pages.items() if value != chosen[name])
    question = _WORDS["stelVraag"].format(naam=site.contact.naam)
    return (
        f'<mkb-assistent site="{site.id}" taal="{language}"{extra}>\n'
        f'  <a href="{base}/scan?site={site.id}">{_WORDS["scan"]}</a> {_WORDS["of"]}\n'
        f'  <a href="{escape(site.contact.url or "/contact")}">{escape(question)}</a>\n'
        "</mkb-assistent>\n"
        f'<script src="{base}{release.address}"\n'
        f'  integrity="{release.integrity}"\n'
        '  crossorigin="anonymous" defer></script>'
    )
