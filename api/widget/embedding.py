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
from knowledge.sites import Site

_FOLDER = Path(__file__).parent

_ATTRIBUTES = (
    ("site", "Welke website dit is. Verplicht."),
    ("taal", "De taal van knoppen en meldingen: {talen}. De assistent zelf spreekt Nederlands."),
    ("weergave", "knop (zwevend, standaard), pagina (in de tekst) of kiosk (hele scherm, wist zichzelf)."),
    ("plaats", "links zet de zwevende knop links onderin."),
    ("knop", "De tekst op de knop."),
    ("paginas", "Paden waarop de widget staat, gescheiden door spaties; * staat voor elke tekst. Standaard /*."),
    ("niet-op", "Paden waarop hij juist niet staat."),
    ("evenement", "Code van een evenement waar het gesprek bij hoort."),
    ("stil", "Alleen bij kiosk: na hoeveel seconden stilte hij waarschuwt. Standaard 75."),
    ("adres", "Waar de assistent draait. Alleen nodig als je het script zelf host."),
)


def attributes(languages: Iterable[str]) -> list[tuple[str, str]]:
    """The attributes of the tag, and what each does."""
    return [(name, what.format(talen=" of ".join(languages))) for name, what in _ATTRIBUTES]


@dataclass(frozen=True)
class Setting:
    """The looks of one host: the class on its body, and what there is to see."""

    id: str
    naam: str
    klasse: str
    wat: str


@cache
def settings() -> dict[str, Setting]:
    """The looks of hosts, by id."""
    entries = yaml.safe_load((_FOLDER / "settings.yaml").read_text(encoding="utf-8"))
    return {entry["id"]: Setting(**entry) for entry in entries}


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
    return (
        f'<mkb-assistent site="{site.id}" taal="{language}"{extra}>\n'
        f'  <a href="{base}/scan?site={site.id}">Doe de digitale scan</a> of\n'
        f'  <a href="{escape(site.contact.url or "/contact")}">stel je vraag aan {escape(site.contact.naam)}</a>\n'
        "</mkb-assistent>\n"
        f'<script src="{base}{release.address}"\n'
        f'  integrity="{release.integrity}"\n'
        '  crossorigin="anonymous" defer></script>'
    )
