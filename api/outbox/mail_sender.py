"""Sends the mails of the outbox."""

import asyncio
import re
from contextlib import suppress
from pathlib import Path

import aiosmtplib
from sqlalchemy.exc import SQLAlchemyError

from api.mail import Mailer, refused_for_good
from api.outbox.faults import Failed, Refused
from api.outbox.letters import Letters
from api.outbox.repository import Item, Outbox

TIDY_SECONDS = 1
_ITEM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class MailSender:
    """Writes a mail at the moment of sending, and sends it."""

    def __init__(self, letters: Letters, mailer: Mailer) -> None:
        """Take the parts."""
        self._letters, self._mailer = letters, mailer

    async def send(self, item: Item) -> None:
        """Send it now. Raises DeliveryFault when it was not sent."""
        mail = await asyncio.to_thread(self._letters.write, item)
        try:
            await self._mailer.send(mail)
        except (aiosmtplib.SMTPException, OSError) as error:
            code = _code(error)
            fault = f"{type(error).__name__}{f' {code}' if code else ''}"
            raise (Refused(fault) if refused_for_good(error) else Failed(fault)) from None


def _code(error: Exception) -> int | None:
    """What number the server answered with."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return error.recipients[0].code
    return error.code if isinstance(error, aiosmtplib.SMTPResponseException) else None


class FolderKeeper:
    """Keeps the local folder with mails as clean as the database: what is erased there, goes here too."""

    def __init__(self, outbox: Outbox, mailer: Mailer) -> None:
        """Take the parts."""
        self._outbox, self._mailer = outbox, mailer

    async def run(self) -> None:
        """Tidy until cancelled, where there is such a folder."""
        while (folder := self._mailer.folder) is not None:
            with suppress(SQLAlchemyError, OSError):  # then it is done the next time
                await asyncio.to_thread(self.tidy, folder)
            await asyncio.sleep(TIDY_SECONDS)

    def tidy(self, folder: Path) -> None:
        """Delete the mails to entrepreneurs whose request was taken back or is over."""
        items = [path.stem for path in folder.glob("*.eml") if _ITEM.fullmatch(path.stem)]
        for item in self._outbox.without_contents(items) if items else ():
            with suppress(FileNotFoundError):  # another process tidies too
                (folder / f"{item}.eml").unlink()
