"""After erasure nothing of an entrepreneur is found in any file: database, write-ahead log, mails, logs of the work."""

import base64
import logging
import quopri
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.leads.keeping import Keeper
from api.leads.service import CONFIRM
from api.outbox.mail_sender import FolderKeeper
from knowledge.base import Knowledge
from tests.api.mail_servers import MailServer
from tests.api.post_office import House

CANARIES = ("kanarie@zeldzaam.example", "Kanárie van Zeldzaam", "+31687654321", "687654321", "Fluit één keer")
CONFIRMATION = "Je aanvraag is ingetrokken"


def spellings(secret: str) -> set[bytes]:
    """The forms in which a text can lie in a file: as it is, in UTF-16, in mails, in base64 at every offset."""
    plain = secret.encode()
    found = {plain, secret.encode("utf-16-le"), secret.encode("utf-16-be"), quopri.encodestring(plain)}
    found.add(secret.encode("unicode_escape"))
    for offset in range(3):
        # What lies on the edges depends on what stands around it; the middle does not.
        coded = base64.b64encode(b"x" * offset + plain)
        middle = coded[4 if offset else 0 : -4]
        found |= {middle, middle.replace(b"+", b"-").replace(b"/", b"_")}
    return {form for form in found if len(form) >= 8}


def holding(folder: Path) -> list[tuple[str, str]]:
    """Which files hold which canary."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and CONFIRMATION.encode() not in (content := path.read_bytes()):
            unfolded = content.replace(b"=\r\n", b"").replace(b"\r\n", b"").replace(b"\n", b"")
            for canary in CANARIES:
                if any(form in content or form in unfolded for form in spellings(canary)):
                    found.append((path.name, canary))
    return found


@pytest.fixture
def house(tmp_path: Path, knowledge: Knowledge) -> Iterator[House]:
    made = House(f"sqlite:///{tmp_path / 'x.db'}", tmp_path, knowledge)
    made.staff()
    yield made
    made.engine.dispose()


def ask_and_confirm(house: House) -> None:
    email, name, phone, _, note = CANARIES
    house.ask(email, naam=name, telefoon=phone, toelichting=note)
    house.work()
    house.leads.confirm(house.token(CONFIRM, "bevestigen"))
    house.work()


def tidy(house: House) -> None:
    FolderKeeper(house.outbox, house.mailer).tidy(house.settings.mail_folder)


def test_search_finds_what_is_there(tmp_path: Path) -> None:
    for number, canary in enumerate(CANARIES):
        for kind, content in {
            "plain": canary.encode(),
            "utf16": b"\x00" + canary.encode("utf-16-le"),
            "base64": base64.encodebytes(b"voor " + canary.encode() + b" en na"),
            "quoted": quopri.encodestring(b"voor " + canary.encode() + b" en na"),
        }.items():
            (tmp_path / f"{number}-{kind}").write_bytes(content)
    names = {name for name, _ in holding(tmp_path)}
    assert names == {f"{number}-{kind}" for number in range(5) for kind in ("plain", "utf16", "base64", "quoted")}


def test_while_the_lead_is_open_only_the_mails_to_its_entrepreneur_hold_the_address(house: House) -> None:
    ask_and_confirm(house)
    tidy(house)
    assert {canary for _, canary in holding(house.folder)} == {CANARIES[0]}
    assert all(name.endswith(".eml") for name, _ in holding(house.folder))


@pytest.mark.parametrize("how", ["withdrawn", "erased", "expired"])
def test_after_it_ends_nothing_is_found_but_the_confirmation(
    house: House, how: str, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        ask_and_confirm(house)
        if how == "withdrawn":
            house.withdraw("ontvangstbewijs")
        elif how == "erased":
            house.leads.erase(CANARIES[0])
        else:
            house.execute("update lead set destroy_at = 1")
            keeper = Keeper(house.engine, house.vault)
            while keeper.sweep(house.clock.now):
                pass
        house.work()
        tidy(house)
    assert holding(house.folder) == [], "before the log is written back"
    house.engine.dispose()
    assert holding(house.folder) == []
    told = caplog.text + capsys.readouterr().out
    assert not [canary for canary in CANARIES if canary in told]
    confirmations = [
        path for path in (house.folder / "mail").glob("*.eml") if CONFIRMATION.encode() in path.read_bytes()
    ]
    assert len(confirmations) == (0 if how == "expired" else 1)
    assert not [path for path in house.folder.rglob("*") if "@" in path.name], "a file is named by an address"


def test_mails_to_owners_and_of_others_stay(house: House) -> None:
    ask_and_confirm(house)
    house.ask("ander@bedrijf.example")
    house.work()
    house.leads.erase(CANARIES[0])
    house.work()
    tidy(house)
    content = b"".join(path.read_bytes() for path in (house.folder / "mail").glob("*.eml"))
    assert b"Nieuwe aanvraag voor SPOT035" in content
    assert b"ander@bedrijf.example" in content


def test_address_of_the_confirmation_is_stored_sealed_and_only_until_it_is_sent(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    server = MailServer()
    with server.running() as url:
        house = House(f"sqlite:///{tmp_path / 'x.db'}", tmp_path, knowledge, url)
        house.staff()
        ask_and_confirm(house)
        house.withdraw("ontvangstbewijs")
        (waiting,) = house.rows("select address from outbox_item where template = 'ingetrokken'")
        assert waiting.address
        assert holding(tmp_path) == []
        house.work()
        (sent,) = house.rows("select address, state from outbox_item where template = 'ingetrokken'")
        assert (sent.address, sent.state) == (None, "verstuurd")
        house.engine.dispose()
    assert [mail["To"] for mail in server.mails if mail["Subject"] == CONFIRMATION] == [CANARIES[0]]
    assert not (tmp_path / "mail").exists()
    assert holding(tmp_path) == []
