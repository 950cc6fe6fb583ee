"""What a tablet needs to take intakes without a connection: its files, its pages, and the worker that keeps them."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.events.service import Event
from api.tablet.rules import rules_document
from knowledge.base import Knowledge
from knowledge.languages import DUTCH, shipped

STATIC = Path(__file__).parent / "static"
SCAN_STYLE = "/scan/scan.css"
RULES = "/intake/regels.json"
PAGE = "/intake/app/schil.html"
FILES = {
    "intake.js": "text/javascript",
    "regels.js": "text/javascript",
    "uitslag.js": "text/javascript",
    "intake.css": "text/css",
    "icoon.svg": "image/svg+xml",
    "icoon-192.png": "image/png",
    "icoon-512.png": "image/png",
    "licenties.txt": "text/plain",
}
_NOT_ON_TABLET = ("uitslag.js", "licenties.txt", "icoon-512.png")

_COLOURS = {"theme_color": "#0b5672", "background_color": "#f3f5f5"}
_WORDS = shipped()[DUTCH]
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


_TEMPLATES.globals |= {"t": _WORDS["tablet"], "w": _WORDS["paginas"]}


@dataclass(frozen=True)
class Packed:
    """A document as it goes out: plain, for clients that do not unpack, and packed."""

    plain: bytes
    packed: bytes
    etag: str


def rules(knowledge: Knowledge) -> Packed:
    """The rules of the intake."""
    return _packed(*rules_document(knowledge))


@lru_cache(maxsize=1)
def _packed(body: bytes, etag: str) -> Packed:
    return Packed(body, gzip.compress(body, mtime=0), etag)


def intake_page(event: Event | None, address: str) -> str:
    """The page of an event. Without one it is the page that the worker keeps, which is the same for every event.

    `address` is where the outside reaches the product, empty when that is where the page came from.
    """
    query = f"?site={event.site}&evenement={event.code}" if event else ""
    title = event.name if event else "Intake"
    return _page("intake.html", title=title, script="intake.js", query=query, address=address)


def result_page() -> str:
    """The page of a result on somebody's own phone."""
    return _page("uitslag.html", title=_WORDS["tablet"]["jouwUitslag"], script="uitslag.js", query="", address="")


def _page(template: str, **values: str) -> str:
    return _TEMPLATES.get_template(template).render(**values)


def worker(knowledge: Knowledge, address: str) -> str:
    """The worker's script, with what it has to keep before it. Any change in that makes it another worker."""
    files = [f"/intake/app/{name}" for name in FILES if name not in _NOT_ON_TABLET]
    content = hashlib.sha256((intake_page(None, address) + rules(knowledge).etag).encode())
    for path in [STATIC / "worker.js", *(STATIC / name for name in FILES), _scan_style()]:
        content.update(path.read_bytes())
    kept = {"version": content.hexdigest()[:16], "page": PAGE, "files": [*files, SCAN_STYLE, RULES]}
    return f"const SHELL = {json.dumps(kept)};\n{(STATIC / 'worker.js').read_text()}"


def _scan_style() -> Path:
    return Path(__file__).parent.parent / "intakes/static/scan.css"


def manifest(event: Event) -> dict[str, Any]:
    """What a device shows of the page once it is installed: one app per event."""
    icons = [
        {"src": f"/intake/app/icoon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    vector = {"src": "/intake/app/icoon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    return {
        "id": f"/intake/{event.code}",
        "name": f"Intake {event.name}",
        "short_name": event.code,
        "description": _WORDS["tablet"]["manifest"],
        "lang": "nl",
        "start_url": f"/intake/{event.code}",
        "scope": "/intake/",
        "display": "standalone",
        "icons": [*icons, vector],
        **_COLOURS,
    }
