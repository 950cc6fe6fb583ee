"""An installation whose documents are looked at, and what stands in them."""

import html
import re
from datetime import date

from api.accountability.documents import Library, library
from api.accountability.facts import Installation
from knowledge.base import Knowledge

BASE = "https://hulp.example.nl"


def installation(**more: object) -> Installation:
    """One that is filled in, but for what is given."""
    filled: dict[str, object] = {
        "controller": "Provincie Voorbeeld",
        "base": BASE,
        "overwrites": True,
        "mail_server": True,
        "identity_provider": "",
        "security_contacts": ("mailto:veilig@voorbeeld.example",),
        "security_expires": date(2027, 6, 30),
    }
    return Installation(**{**filled, **more})  # type: ignore[arg-type]


def written(knowledge: Knowledge, **more: object) -> Library:
    return library(knowledge.now(), installation(**more))


def text(found: Library, name: str) -> str:
    """What is on the page of a document, without elements."""
    return plain(found.documents[name].content)


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
