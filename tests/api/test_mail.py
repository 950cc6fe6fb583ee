"""Mail: over SMTP to a real server, in a folder without one, and what happens when it fails."""

import asyncio
import email
import email.policy
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiosmtplib
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from sqlalchemy.exc import OperationalError

from api import mail as mail_module
from api.mail import KEEP_SECONDS, Mail, Mailer, MailSettingsError, email_address
from api.settings import Settings
from tests.product.running import free_port

TO = "anna@gemeente.example"
LINK = "http://127.0.0.1:8000/portaal/inloggen/link?sleutel=abc&naar=%2Fportaal"
MAIL = Mail(TO, "Inloggen – één keer", f"Hallo Anna,\n\n{LINK}\n\nTot zo, coördinator.\n", LINK)


class Inbox:
    """What a mail server took, and how often it says no first."""

    def __init__(self) -> None:
        self.mails: list[tuple[Envelope, EmailMessage]] = []
        self.refusals: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        if self.refusals:
            return self.refusals.pop()
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append((envelope, message))
        return "250 OK"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@contextmanager
def serving(inbox: Inbox, login: str = "", **options: Any) -> Iterator[str]:
    """A mail server of this test's own, and its address."""
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield f"smtp://{login}127.0.0.1:{controller.port}"
    finally:
        controller.stop()


@pytest.fixture
def url(inbox: Inbox) -> Iterator[str]:
    with serving(inbox) as address:
        yield address


def mailer(url: str = "", **settings: Any) -> Mailer:
    return Mailer(Settings(smtp_url=url, mail_from="Portaal <portaal@hulp.example>", **settings))


def posted(sender: Mailer, mail: Mail | None) -> None:
    """Post a mail and wait until the mailer is done with it."""

    async def post() -> None:
        sender.post(lambda: mail)
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0.01)

    asyncio.run(post())


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # a server that asks a password without TLS warns of itself
class TestServer:
    @pytest.fixture
    def logins(self) -> list[Any]:
        """Names and passwords that came as far as the server."""
        return []

    def with_login(self, logins: list[Any]) -> dict[str, Any]:
        """Settings of a server that wants a password and has no TLS."""

        def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
            logins.append((data.login, data.password))
            return AuthResult(success=True)

        return {"authenticator": check, "auth_required": True, "auth_require_tls": False}

    def test_gets_the_mail_whole(self, url: str, inbox: Inbox) -> None:
        asyncio.run(mailer(url).send(MAIL))
        ((envelope, message),) = inbox.mails
        assert (envelope.mail_from, envelope.rcpt_tos) == ("portaal@hulp.example", [TO])
        assert (message["From"], message["To"]) == ("Portaal <portaal@hulp.example>", TO)
        assert message["Subject"] == MAIL.subject
        assert message.get_content().replace("\r\n", "\n") == MAIL.text
        assert message["Message-ID"].endswith("@hulp.example>")
        assert message["Auto-Submitted"] == "auto-generated"

    def test_nothing_is_written_or_printed_then(
        self, url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        asyncio.run(mailer(url, mail_folder=tmp_path / "mail").send(MAIL))
        assert not (tmp_path / "mail").exists()
        assert capsys.readouterr().out == ""

    def test_that_says_no_is_asked_again(
        self, url: str, inbox: Inbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(mail_module, "WAITS", (0, 0, 0))
        inbox.refusals = [f"451 later, {TO}", f"554 no, {TO}"]
        posted(mailer(url), MAIL)
        assert len(inbox.mails) == 1
        assert caplog.messages == ["A mail could not be sent: SMTPDataError"] * 2

    def test_that_is_not_there_is_given_up_without_naming_anybody(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr(mail_module, "WAITS", (0, 0, 0))
        posted(mailer("smtp://naam:geheim@127.0.0.1:1"), MAIL)
        assert len(caplog.messages) == 4
        assert "given up after 3 tries. Check SMTP_URL" in caplog.messages[-1]
        assert TO not in caplog.text
        assert "geheim" not in caplog.text

    def test_elsewhere_gets_no_password_that_others_could_read(
        self, inbox: Inbox, logins: list[Any], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(mail_module, "_HERE", ())
        with serving(inbox, "naam:geheim@", **self.with_login(logins)) as url, pytest.raises(aiosmtplib.SMTPException):
            asyncio.run(mailer(url).send(MAIL))
        assert logins == inbox.mails == []

    def test_on_this_machine_gets_name_and_password_as_they_are(self, inbox: Inbox, logins: list[Any]) -> None:
        with serving(inbox, "naam%40hulp:p%2Fw@", **self.with_login(logins)) as url:
            asyncio.run(mailer(url).send(MAIL))
        assert logins == [(b"naam@hulp", b"p/w")]
        assert len(inbox.mails) == 1


class TestFolder:
    def test_gets_a_file_for_the_owner_only_and_the_link_is_printed(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder = tmp_path / "een" / "mail"
        asyncio.run(mailer(mail_folder=folder).send(MAIL))
        (path,) = folder.iterdir()
        assert path.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert message["To"] == TO
        (line,) = capsys.readouterr().out.splitlines()
        assert str(path) in line
        assert line.endswith(LINK)
        assert TO not in line

    def test_line_is_written_in_one_piece(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Several write to the same log at the same moment."""
        pieces: list[str] = []
        written = SimpleNamespace(write=pieces.append, flush=lambda: None)
        monkeypatch.setattr(sys, "stdout", written)
        posted(mailer(mail_folder=tmp_path), MAIL)
        assert [piece.count("\n") for piece in pieces] == [1]
        assert pieces[0].endswith(f"{LINK}\n")

    def test_loses_mails_of_yesterday(self, tmp_path: Path) -> None:
        sender = mailer(mail_folder=tmp_path)
        assert sender.sweep(int(time.time())) == 0
        for _ in range(2):
            asyncio.run(sender.send(MAIL))
        (tmp_path / "van een ander").write_text("")
        old = min(tmp_path.glob("*.eml"))
        os.utime(old, (1_000_000, 1_000_000))
        assert sender.sweep(1_000_000 + KEEP_SECONDS) == 1
        assert not old.exists()
        assert len(list(tmp_path.iterdir())) == 2


class TestPosting:
    def test_waits_for_nothing(self, tmp_path: Path) -> None:
        made = []

        async def post() -> list[str]:
            mailer(mail_folder=tmp_path).post(lambda: made.append("gemaakt"))  # type: ignore[func-returns-value]
            return list(made)

        assert asyncio.run(post()) == []

    def test_without_a_mail_to_make_sends_none(self, tmp_path: Path) -> None:
        posted(mailer(mail_folder=tmp_path), None)
        assert list(tmp_path.iterdir()) == []

    def test_survives_a_database_that_is_away(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        def make() -> Mail | None:
            raise OperationalError(f"select {TO}", {}, Exception(TO))

        async def post() -> None:
            mailer(mail_folder=tmp_path).post(make)
            while len(asyncio.all_tasks()) > 1:
                await asyncio.sleep(0.01)

        asyncio.run(post())
        assert caplog.messages == ["A mail could not be made: OperationalError"]


@pytest.mark.parametrize("change", [{"to": f"{TO}\r\nBcc: x@y.example"}, {"subject": "Hallo\nBcc: x@y.example"}])
def test_line_break_in_a_header_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="one line"):
        replace(MAIL, **change)


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("http://mail.example", "a@b.example"),
        ("smtp://", "a@b.example"),
        ("smtp://mail.example:x", "a@b.example"),
        ("smtp://mail.example:99999", "a@b.example"),
        ("smtp://naam:p/w@mail.example", "a@b.example"),
        ("smtp://mail.example/pad", "a@b.example"),
    ],
)
def test_wrong_address_of_a_server_is_named_with_the_remedy_and_without_the_password(url: str, sender: str) -> None:
    with pytest.raises(MailSettingsError, match=r"SMTP_URL: dit adres klopt niet\. Schrijf het als smtp://") as error:
        Mailer(Settings(smtp_url=url, mail_from=sender))
    assert "p/w" not in str(error.value)


@pytest.mark.parametrize("sender", ["", "portaal", "a@b.example, c@d.example", "a@b.example\nBcc: c@d.example"])
def test_wrong_sender_is_named(sender: str) -> None:
    with pytest.raises(MailSettingsError, match="MAIL_FROM: hier hoort één mailadres"):
        Mailer(Settings(mail_from=sender))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Anna.Bos+werk@Gemeente.example ", "anna.bos+werk@gemeente.example"),
        ("o'brien@x-y.example", "o'brien@x-y.example"),
        ("anna@localhost", "anna@localhost"),
        ("anna", None),
        ("anna@", None),
        ("@x.example", None),
        ("a..b@x.example", None),
        ("anna@x..example", None),
        ("anna@x.example,bas@x.example", None),
        ("Anna <anna@x.example>", None),
        (f"{'a' * 64}@x.example", f"{'a' * 64}@x.example"),
        (f"{'a' * 65}@x.example", None),
        (f"a@{'x' * 250}.example", None),
    ],
)
def test_what_counts_as_an_address(typed: str, address: str | None) -> None:
    assert email_address(typed) == address
