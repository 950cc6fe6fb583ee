"""Mail: over SMTP, or into a folder where nobody has set that up, as in the demo on one machine."""

import asyncio
import logging
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import aiosmtplib
from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings

logger = logging.getLogger("assistent")

SECONDS = 20  # that one step of the talk with the server may take
LONGEST_SECONDS = 60  # that all of it may take
WAITS = (0, 5, 30, 120)  # seconds before each try
KEEP_SECONDS = 24 * 60 * 60  # that a file in the folder is kept
_PORTS = {"smtp": 587, "smtps": 465}
LONGEST_ADDRESS, LONGEST_LOCAL_PART = 254, 64
ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)*")
_PERMANENT = 500  # and higher, RFC 5321
_HERE = ("localhost", "127.0.0.1", "::1")


class MailSettingsError(Exception):
    """A setting about mail is wrong; says which and what to do, in Dutch and without the password."""


@dataclass(frozen=True)
class Attachment:
    """A file that comes with a mail, as JSON."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One message, in plain text and as HTML that says the same.

    `link` is the address in it that matters: the demo prints it. `identifier` is the same for every try to send it, so
    that who gets it twice sees that it is the same mail; empty for a mail that is not repeated.
    """

    to: str
    subject: str
    text: str
    link: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    identifier: str = ""

    def __post_init__(self) -> None:
        """Refuse what would add a header of its own. Raises ValueError."""
        names = "".join(attachment.name for attachment in self.attachments)
        if not (self.to + self.subject + self.identifier + names).isprintable():
            raise ValueError("The address and the subject of a mail are one line each.")


@dataclass(frozen=True)
class _Server:
    host: str
    port: int
    tls: bool
    start_tls: bool | None  # None: when the server offers it
    username: str | None
    password: str | None


class Mailer:
    """Sends mail, as the settings say."""

    def __init__(self, settings: Settings) -> None:
        """Read the settings. Raises MailSettingsError."""
        self._server = _server(settings.smtp_url) if settings.smtp_url else None
        self._folder = settings.mail_folder
        self._from = _sender(settings.mail_from)
        self._tasks: set[asyncio.Task[None]] = set()

    def post(self, make: Callable[[], Mail | None]) -> None:
        """Make a mail, if there is one to make, and send it; whoever asked for it notices neither."""
        task = asyncio.create_task(self._post(make))
        self._tasks.add(task)  # the loop itself holds on to no task
        task.add_done_callback(self._tasks.discard)

    async def _post(self, make: Callable[[], Mail | None]) -> None:
        try:
            mail = await asyncio.to_thread(make)
        except SQLAlchemyError as error:
            logger.warning("A mail could not be made: %s", type(error).__name__)
            return
        if mail is None:
            return
        for wait in WAITS:
            await asyncio.sleep(wait)
            try:
                await self.send(mail)
            except (aiosmtplib.SMTPException, OSError) as error:
                # The message of the error may hold the address, so its kind has to do.
                logger.warning("A mail could not be sent: %s", type(error).__name__)
            else:
                return
        logger.error("A mail is given up after %d tries. Check SMTP_URL and MAIL_FROM.", len(WAITS))

    async def send(self, mail: Mail) -> None:
        """Send a mail now. Raises SMTPException or OSError when that fails."""
        message = self._message(mail)
        if self._server is None:
            await asyncio.to_thread(self._write, message, mail)
            return
        async with asyncio.timeout(LONGEST_SECONDS):  # a server that answers one byte at a time never times out
            await aiosmtplib.send(
                message,
                hostname=self._server.host,
                port=self._server.port,
                use_tls=self._server.tls,
                start_tls=self._server.start_tls,
                username=self._server.username,
                password=self._server.password,
                timeout=SECONDS,
            )

    def _message(self, mail: Mail) -> EmailMessage:
        domain = self._from.rpartition("@")[2].rstrip("> ")
        message = EmailMessage(policy=SMTP)
        message["From"] = self._from
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{mail.identifier}@{domain}>" if mail.identifier else make_msgid(domain=domain)
        message["Auto-Submitted"] = "auto-generated"  # so that nobody's holiday answers
        message.set_content(mail.text)
        if mail.html:
            message.add_alternative(mail.html, subtype="html")
        for attachment in mail.attachments:
            message.add_attachment(attachment.content, maintype="application", subtype="json", filename=attachment.name)
        return message

    def _write(self, message: EmailMessage, mail: Mail) -> None:
        # Named by its id and never by an address; sent again, it takes its own place.
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{mail.identifier or uuid4()}.eml"
        draft = path.with_suffix(f".{uuid4()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(message.as_bytes())
        draft.replace(path)
        # In one piece: others write here too, and print() writes the end of the line by itself.
        sys.stdout.write(f"Mail (SMTP_URL is niet ingesteld, dus niet verstuurd): {path} {mail.link}\n")
        sys.stdout.flush()

    @property
    def folder(self) -> Path | None:
        """Where mails are written; None when they are sent."""
        return None if self._server else self._folder

    def sweep(self, now: int) -> int:
        """Delete the mails in the folder that are a day old, and tell how many that were."""
        deleted = 0
        for path in self._folder.glob("*.eml"):
            with suppress(OSError):  # another process sweeps too
                if path.stat().st_mtime <= now - KEEP_SECONDS:
                    path.unlink()
                    deleted += 1
        return deleted


def refused_for_good(error: Exception) -> bool:
    """Whether a mail server says that it will never take this mail, to this address.

    That it wants another sender or password is for the operator to mend, so the mail waits for that.
    """
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(refused_for_good(one) for one in error.recipients)
    kinds = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
    return isinstance(error, kinds) and error.code >= _PERMANENT


def _sender(text: str) -> str:
    """MAIL_FROM, when it is one address. Raises MailSettingsError."""
    name, address = parseaddr(text)
    if not text.isprintable() or not address or not email_address(address) or text.count("@") != 1:
        raise MailSettingsError("MAIL_FROM: hier hoort één mailadres, zoals Portaal <portaal@voorbeeld.nl>.")
    return formataddr((name, address))


def email_address(text: str) -> str | None:
    """A mail address in lower case, without spaces around it; None when this is none that we can send to."""
    trimmed = text.strip().lower()
    local, _, _domain = trimmed.partition("@")
    short = len(local) <= LONGEST_LOCAL_PART and len(trimmed) <= LONGEST_ADDRESS
    return trimmed if short and ADDRESS.fullmatch(trimmed) else None


def _server(url: str) -> _Server:
    """The mail server that SMTP_URL names. Raises MailSettingsError."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if host is None or parts.scheme not in _PORTS or parts.path.strip("/"):
        raise MailSettingsError(
            "SMTP_URL: dit adres klopt niet. Schrijf het als smtp://naam:wachtwoord@mail.voorbeeld.nl:587 of als "
            "smtps://naam:wachtwoord@mail.voorbeeld.nl:465, met %40 voor een @ in naam of wachtwoord."
        )
    tls = parts.scheme == "smtps"
    return _Server(
        host=host,
        port=port or _PORTS[parts.scheme],
        tls=tls,
        # A password goes over the network only when nobody can read along.
        start_tls=False if tls else True if parts.username and host not in _HERE else None,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )
