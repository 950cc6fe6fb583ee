"""What stands in the address between a result and the page about contact: it opens here, for two hours, as it was."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from api.leads.contact import Contact
from api.leads.errors import StaleTicket
from api.leads.keys import KeyRing
from api.leads.tickets import SECONDS, Sent, Ticket, open_sent, open_ticket, seal_sent, seal_ticket
from api.leads.vault import Content, Profile, Vault
from api.settings import Settings

NOW = 1_800_000_000
TICKET = Ticket(Profile("F", "F", "2-9", "GM0355", "engaged", "klanten", "utrecht"), ("kvk", "spot035"))
SENT = Sent(("kvk",), "geheim")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(KeyRing(Settings(secrets_folder=tmp_path)))


def test_comes_out_as_it_went_in(vault: Vault) -> None:
    form = Ticket(TICKET.profile, ("kvk",), {"personen": "2-9"}, "ZEIST-4K7")
    for ticket in (TICKET, form):
        assert open_ticket(vault, seal_ticket(vault, ticket, NOW), NOW) == ticket
    assert open_sent(vault, seal_sent(vault, SENT, NOW), NOW) == SENT


def test_can_stand_in_an_address_and_tells_nothing(vault: Vault) -> None:
    text = seal_ticket(vault, TICKET, NOW)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
    assert len(text) < 1000
    assert b"GM0355" not in base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    assert text != seal_ticket(vault, TICKET, NOW)


def test_works_for_two_hours(vault: Vault) -> None:
    ticket, sent = seal_ticket(vault, TICKET, NOW), seal_sent(vault, SENT, NOW)
    assert open_ticket(vault, ticket, NOW + SECONDS - 1) == TICKET
    for opened, text in ((open_ticket, ticket), (open_sent, sent)):
        with pytest.raises(StaleTicket):
            opened(vault, text, NOW + SECONDS)


def test_changed_anywhere_it_does_not_open(vault: Vault) -> None:
    text = seal_ticket(vault, TICKET, NOW)
    for position in range(0, len(text) - 1, 7):
        other = "A" if text[position] != "A" else "B"
        with pytest.raises(StaleTicket):
            open_ticket(vault, text[:position] + other + text[position + 1 :], NOW)


@pytest.mark.parametrize("text", ["", "kort", "é", "\x00", "=" * 50, "gAAAAA", "A" * 4000, "\ud800"])
def test_what_is_no_ticket_does_not_open(vault: Vault, text: str) -> None:
    with pytest.raises(StaleTicket):
        open_ticket(vault, text, NOW)


def test_of_another_installation_it_does_not_open(vault: Vault, tmp_path: Path) -> None:
    elsewhere = Vault(KeyRing(Settings(secrets_folder=tmp_path / "elders")))
    with pytest.raises(StaleTicket):
        open_ticket(vault, seal_ticket(elsewhere, TICKET, NOW), NOW)


def test_other_things_under_the_same_key_are_no_tickets(vault: Vault) -> None:
    _, key = vault.seal(
        "lead", Content(Contact("Noor", None, "+31612345678", "telefoon", "altijd", ""), TICKET.profile)
    )
    address, listed = vault.wrap(b"noor@bakkerijnoor.nl"), vault.wrap(json.dumps([1, 2]).encode())
    for wrapped in (key, address, listed, vault.wrap(b"7")):
        with pytest.raises(StaleTicket):
            open_ticket(vault, wrapped.decode(), NOW)


def test_one_kind_is_not_taken_for_the_other(vault: Vault) -> None:
    with pytest.raises(StaleTicket):
        open_ticket(vault, seal_sent(vault, SENT, NOW), NOW)
    with pytest.raises(StaleTicket):
        open_sent(vault, seal_ticket(vault, TICKET, NOW), NOW)


def test_holds_codes_and_no_key_of_anything(vault: Vault) -> None:
    text = seal_ticket(vault, TICKET, NOW)
    _, _, document = vault.unwrap((text + "=" * (-len(text) % 4)).encode()).partition(b"\n")
    content: Any = json.loads(document)[1]
    assert set(content) == {"profile", "initiatives", "answers", "event"}
    assert set(content["profile"]) == {
        "sbi2025",
        "sbi2008",
        "size_class",
        "municipality",
        "stage",
        "question",
        "site",
    }
