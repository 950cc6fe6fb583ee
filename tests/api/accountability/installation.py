"""An installation whose documents are looked at, and what stands in them."""

import html
import re
from collections.abc import Mapping
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
        "mail_server": True,
        "identity_provider": "",
        "security_contacts": ("mailto:veilig@voorbeeld.example",),
        "security_expires": date(2027, 6, 30),
    }
    return Installation(**{**filled, **more})  # type: ignore[arg-type]


def written(knowledge: Knowledge, **more: object) -> Library:
    return library(knowledge.now(), installation(**more))


def texts(found: Library) -> Mapping[str, str]:
    """What is on each page, by the id of its document, without elements."""
    return {name: plain(one.content) for name, one in found.documents.items()}


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))
