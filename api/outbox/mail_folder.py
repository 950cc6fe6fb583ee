"""The local folder with mails, where nothing is sent: what the portal shows of it."""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from api.mail import Attachment
from api.outbox.plain_text import plain

_NAME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHOWN = 100


@dataclass(frozen=True)
class Kept:
    """A mail in the folder. `name` is that of its file, without the ending."""

    name: str
    to: str
    sender: str
    subject: str
    at: datetime
    text: str
    html: str
    links: tuple[str, ...]
    attachments: tuple[Attachment, ...]


def newest(folder: Path) -> list[Kept]:
    """The mails in the folder, the newest first."""
    dated = []
    for path in folder.glob("*.eml"):
        try:
            dated.append((path.stat().st_mtime_ns, path.stem))
        except FileNotFoundError:  # just deleted
            continue
    found = (read(folder, name) for _, name in sorted(dated, reverse=True)[:SHOWN])
    return [kept for kept in found if kept]


def read(folder: Path, name: str) -> Kept | None:
    """A mail in the folder; None when there is none of this name."""
    if not _NAME.fullmatch(name):
        return None
    try:
        content = (folder / f"{name}.eml").read_bytes()
    except OSError:
        return None
    message = email.message_from_bytes(content, policy=email.policy.default)
    html = _body(message, "html")
    attachments = tuple(
        Attachment(part.get_filename() or "", part.get_content()) for part in message.iter_attachments()
    )
    return Kept(
        name=name,
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(str(message["Date"])),
        text=_body(message, "plain"),
        html=html,
        links=plain(html)[2],
        attachments=attachments,
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
