"""The words of mails: text and HTML from one template."""

import html as markup
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.mail import Attachment, Mail
from api.outbox.plain_text import plain

FOLDER = Path(__file__).parent / "templates/mail"
_ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True)
class Receipt:
    """The proof of a consent, for who gave it: in words, and as JSON."""

    initiative: str
    text: str
    day: date
    record: str
    document: Mapping[str, Any]


def written(template: str, to: str, values: Mapping[str, Any], receipts: Sequence[Receipt] = ()) -> Mail:
    """A mail in the words of a template."""
    found = _ENVIRONMENT.get_template(f"{template}.html")
    given = {**values, "receipts": receipts}
    subject = "".join(found.blocks["subject"](found.new_context(given)))
    html = found.render(given)
    text, button, links = plain(html)
    link = button or next(iter(links), "")
    attachments = tuple(
        Attachment(
            f"ontvangstbewijs-{receipt.document['recipient']}.json",
            json.dumps(receipt.document, ensure_ascii=False, indent=2).encode(),
        )
        for receipt in receipts
    )
    return Mail(to, " ".join(markup.unescape(subject).split()), text, link, html=html, attachments=attachments)
