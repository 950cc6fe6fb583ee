"""A box opens with its own key, for its own lead, as it was; and without that key it is noise."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from analytics.secret_files import replace
from api.leads.contact import Contact
from api.leads.keys import LEAD_KEYS_FILE, KeyRing
from api.leads.vault import Content, Profile, Unreadable, Vault
from api.settings import Settings

CONTENT = Content(
    Contact("Noor Bákker", "noor@bakkerij.example", None, "mail", "ochtend", "Bel\nniet"),
    Profile("T", "S", "2-9", "GM0355", "engaged", "klanten", "utrecht"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("geheim")


@pytest.fixture(scope="module")
def vault(folder: Path) -> Vault:
    return Vault(KeyRing(Settings(secrets_folder=folder)))


def test_opens_what_it_sealed(vault: Vault) -> None:
    assert vault.open("een", *vault.seal("een", CONTENT)) == CONTENT


def test_same_contents_look_different_every_time(vault: Vault) -> None:
    boxes = [vault.seal("een", CONTENT) for _ in range(20)]
    assert len({box for box, _ in boxes}) == len({key for _, key in boxes}) == 20
    assert not [box for box, _ in boxes if b"Noor" in box or b"GM0355" in box]


def test_does_not_open_under_another_lead_with_another_key_or_changed(vault: Vault, tmp_path: Path) -> None:
    box, key = vault.seal("een", CONTENT)
    other_box, other_key = vault.seal("een", CONTENT)
    stranger = Vault(KeyRing(Settings(secrets_folder=tmp_path)))
    for opening, lead, given_box, given_key in (
        (vault, "twee", box, key),
        (vault, "een", box, other_key),
        (vault, "een", other_box, key),
        (stranger, "een", box, key),
        (vault, "een", b"", key),
        (vault, "een", box[:-1], key),
        (vault, "een", box, b""),
        (vault, "een", box, vault.wrap(b"te kort")),
    ):
        with pytest.raises(Unreadable):
            opening.open(lead, given_box, given_key)


@given(position=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_does_not_open_with_one_bit_changed(vault: Vault, position: int, bit: int) -> None:
    box, key = vault.seal("een", CONTENT)
    changed = bytearray(box)
    changed[position % len(box)] ^= 1 << bit
    with pytest.raises(Unreadable):
        vault.open("een", bytes(changed), key)


def test_small_secrets_come_back(vault: Vault) -> None:
    assert vault.unwrap(vault.wrap(b"iets")) == b"iets"
    for wrong in (b"", b"iets", b"\xff\xfe", vault.wrap(b"iets")[:-4]):
        with pytest.raises(Unreadable):
            vault.unwrap(wrong)
        with pytest.raises(Unreadable):
            vault.rewrap(wrong)


def test_rewrapped_it_opens_with_the_newest_key_alone(tmp_path: Path) -> None:
    vault = Vault(KeyRing(Settings(secrets_folder=tmp_path)))
    box, key = vault.seal("een", CONTENT)
    path, new = tmp_path / LEAD_KEYS_FILE, Fernet.generate_key().decode()
    replace(path, f"{new}\n{path.read_text()}")
    rewrapped = vault.rewrap(key)
    replace(path, f"{new}\n")
    assert vault.open("een", box, rewrapped) == CONTENT
    with pytest.raises(Unreadable):
        vault.open("een", box, key)


def test_address_is_found_again_and_cannot_be_read(vault: Vault, folder: Path, tmp_path: Path) -> None:
    again, stranger = (Vault(KeyRing(Settings(secrets_folder=place))) for place in (folder, tmp_path))
    address = "noor@bakkerij.example"
    assert vault.index(address) == again.index(address) != vault.index("noor2@bakkerij.example")
    assert vault.index(address) != stranger.index(address)
    assert len(vault.index(address)) == 64


def test_token_of_a_mail_is_always_the_same_and_of_nothing_else(vault: Vault, tmp_path: Path) -> None:
    token = vault.token("bevestigen", "een")
    assert token == vault.token("bevestigen", "een")
    stranger = Vault(KeyRing(Settings(secrets_folder=tmp_path)))
    others = (vault.token("intrekken", "een"), vault.token("bevestigen", "twee"), stranger.token("bevestigen", "een"))
    assert len({token, *others, vault.token("bevestigen\neen", "")}) == 5
    assert len(token) == 32  # 192 bits
    assert vault.index("bevestigen\neen") != token
