"""`/portaal/mail`: every template and every mail that was not sent, for coordinators, in a demonstration only."""

import asyncio
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.leads.keys import is_demo
from api.mail import Attachment, Mail, Mailer
from api.outbox.registry import TEMPLATES
from api.settings import Settings
from tests.api.portal_door import Browser, Door

HERE = "/portaal/mail"
HTML = '<!doctype html><html lang="nl"><body><p>Dag <a class="knop" href="http://127.0.0.1:8000/x">Klik</a></p></body>'
MAIL = Mail(
    "noor@bakker.example",
    "Je aanvraag <b>",
    "Dag tekst",
    "",
    html=HTML,
    attachments=(Attachment("ontvangstbewijs.json", b'{"recordId": "1"}'),),
    identifier="0f8fad5b-d9cb-469f-a165-70867728950e",
)


@pytest.fixture
def folder(door: Door, tmp_path: Path) -> Iterator[Path]:
    """The portal with a folder of this test's own."""
    parts = door.app.state.parts
    door.app.state.parts = replace(parts, mailer=Mailer(Settings(smtp_url="", mail_folder=tmp_path / "mail")))
    yield tmp_path / "mail"
    door.app.state.parts = parts


@pytest.fixture
def cor(door: Door) -> Browser:
    return visit(door, "coordinator")


def visit(door: Door, role: str) -> Browser:
    initiatives = ("kvk",) if role == "eigenaar" else ()
    browser = door.browser()
    browser.log_in(door.invite(f"{role}@voorbeeld.example", role, initiatives=initiatives))
    return browser


def write(door: Door, mail: Mail = MAIL) -> None:
    asyncio.run(door.app.state.parts.mailer.send(mail))


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_template_is_shown_as_text_and_in_a_frame(cor: Browser, template: str) -> None:
    page = cor.get(f"{HERE}/sjablonen/{template}")
    assert page.status_code == 200
    assert "Hallo" in page.text
    assert f'<iframe class="mail-html" sandbox title="De mail als HTML" src="{HERE}/sjablonen/{template}/html">' in (
        page.text
    )
    assert cor.get(f"{HERE}/sjablonen/{template}/html").text.startswith("<!doctype html>")


def test_mails_that_were_not_sent_can_be_read_with_their_links_and_files(
    door: Door, cor: Browser, folder: Path
) -> None:
    assert "Er is nog geen mail." in cor.get(HERE).text
    write(door)
    page = cor.get(HERE).text
    assert "noor@bakker.example" in page
    assert "Je aanvraag &lt;b&gt;" in page
    page = cor.get(f"{HERE}/map/{MAIL.identifier}").text
    assert "Dag tekst" in page
    assert '<a href="http://127.0.0.1:8000/x">' in page
    assert "ontvangstbewijs.json" in page
    assert "&#34;recordId&#34;: &#34;1&#34;" in page
    assert cor.get(f"{HERE}/map/{MAIL.identifier}/html").text.strip() == HTML


def test_newest_mail_comes_first(door: Door, cor: Browser, folder: Path) -> None:
    for number in (1, 2):
        identifier = f"{MAIL.identifier[:-1]}{number}"
        write(door, replace(MAIL, subject=f"Nummer {number}", identifier=identifier))
        os.utime(folder / f"{identifier}.eml", (number, number))
    page = cor.get(HERE).text
    assert page.index("Nummer 2") < page.index("Nummer 1")


def test_mail_that_goes_while_the_folder_is_read_is_left_out(door: Door, cor: Browser, folder: Path) -> None:
    write(door)
    (folder / "weg.eml").symlink_to(folder / "nergens")  # listed, and not there when it is looked at
    assert cor.get(HERE).text.count("noor@bakker.example") == 1


def test_frame_may_run_load_and_send_nothing(door: Door, cor: Browser, folder: Path) -> None:
    write(door)
    for address in (f"{HERE}/map/{MAIL.identifier}/html", f"{HERE}/sjablonen/ervaring/html"):
        headers = cor.get(address).headers
        policy = headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "sandbox", "frame-ancestors 'self'"} <= set(policy)
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["cache-control"] == "no-store"


def test_pages_around_it_stay_as_strict_as_they_were(door: Door, cor: Browser, folder: Path) -> None:
    write(door)
    framing = cor.get(f"{HERE}/map/{MAIL.identifier}").headers["content-security-policy"]
    plain = cor.get(HERE).headers["content-security-policy"]
    assert framing == f"{plain}; frame-src 'self'"
    assert "unsafe" not in framing
    assert "frame-src" not in cor.get("/portaal/mensen").headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["bestaat-niet", "0f8fad5b-d9cb-469f-a165-708677289500", "..%2f..%2fetc%2fpasswd", "%00", "a.eml"]
)
def test_mail_that_is_not_there_is_not_found(cor: Browser, folder: Path, name: str) -> None:
    assert cor.get(f"{HERE}/map/{name}").status_code == 404
    assert cor.get(f"{HERE}/sjablonen/{name}").status_code == 404


def test_with_a_mail_server_there_is_nothing_to_read(door: Door, cor: Browser) -> None:
    parts = door.app.state.parts
    door.app.state.parts = replace(parts, mailer=Mailer(Settings(smtp_url="smtp://mail.example")))
    try:
        assert "Er is een mailserver ingesteld" in cor.get(HERE).text
        assert cor.get(f"{HERE}/map/{MAIL.identifier}").status_code == 404
    finally:
        door.app.state.parts = parts


ADDRESSES = [HERE, f"{HERE}/sjablonen/ervaring", f"{HERE}/sjablonen/ervaring/html", f"{HERE}/map/{MAIL.identifier}"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["evenement", "eigenaar", "werkgroep"])
def test_is_for_coordinators(door: Door, folder: Path, role: str, address: str) -> None:
    write(door)
    assert visit(door, role).get(address).status_code == 403
    assert door.browser().get(address).headers["location"].startswith("/portaal/inloggen")


@pytest.mark.parametrize("address", [*ADDRESSES, f"{HERE}/mail.css"])
def test_is_not_there_outside_a_demonstration(door: Door, cor: Browser, folder: Path, address: str) -> None:
    write(door)
    settings = door.app.state.parts.settings.model_copy(update={"public_url": "https://hulp.example"})
    with pytest.MonkeyPatch.context() as patch:
        # Logged in as before, with the address of the outside known only to the pages of mail.
        patch.setattr("api.outbox.pages.is_demo", lambda _settings: is_demo(settings))
        assert cor.get(address).status_code == 404
