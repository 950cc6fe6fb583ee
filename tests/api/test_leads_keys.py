"""The keys of contact data: where they come from, that bad ones are refused, and that new ones count at once."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from analytics.database import migrate, open_database
from analytics.secret_files import replace
from api.app import create_app
from api.leads.__main__ import main
from api.leads.keys import INDEX_KEY_FILE, LEAD_KEYS_FILE, BadKeys, KeyRing, make_keys, read_keys
from api.leads.vault import Unreadable, Vault
from api.settings import Settings
from knowledge.base import Knowledge
from tests.api.lead_office import Office

OUTSIDE = "https://hulp.example.nl"
KEY, INDEX = Fernet.generate_key().decode(), os.urandom(32).hex()
TYPED = "MDEyMzQ1NjcwMTIzNDU2NzAxMjM0NTY3MDEyMzQ1Njc="  # 01234567 four times


def settings(folder: Path, **more: str) -> Settings:
    return Settings(secrets_folder=folder, **more)  # type: ignore[arg-type]


def test_demonstration_makes_its_own_once_and_for_nobody_else_to_read(tmp_path: Path) -> None:
    first = read_keys(settings(tmp_path / "geheim"))
    assert read_keys(settings(tmp_path / "geheim")) == first
    for name in (LEAD_KEYS_FILE, INDEX_KEY_FILE):
        assert stat.S_IMODE((tmp_path / "geheim" / name).stat().st_mode) == 0o600
    assert read_keys(settings(tmp_path / "ander")) != first


def test_elsewhere_the_product_does_not_start_without_keys(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    migrate(url)
    for given in ({}, {"lead_keys": KEY}, {"lead_index_key": INDEX}):
        with pytest.raises(BadKeys, match="make secrets"):
            create_app(settings(tmp_path / "leeg", public_url=OUTSIDE, database_url=url, **given))
    assert not (tmp_path / "leeg").exists()


def test_elsewhere_the_environment_or_the_files_of_make_secrets_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_keys(settings(tmp_path / "leeg", public_url=OUTSIDE, lead_keys=KEY, lead_index_key=INDEX))
    monkeypatch.setenv("SECRETS_FOLDER", str(tmp_path))
    assert main(["geheimen"]) == 0
    assert read_keys(settings(tmp_path, public_url=OUTSIDE))


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"lead_keys": "kort"}, "LEAD_KEYS"),
        ({"lead_keys": " , "}, "LEAD_KEYS"),
        ({"lead_keys": f"{KEY},kort"}, "LEAD_KEYS"),
        ({"lead_keys": TYPED}, "LEAD_KEYS"),
        ({"lead_keys": f"{KEY} {TYPED}"}, "LEAD_KEYS"),
        ({"lead_keys": "é" * 44}, "LEAD_KEYS"),
        ({"lead_index_key": "kort"}, "LEAD_INDEX_KEY"),
        ({"lead_index_key": "00" * 32}, "LEAD_INDEX_KEY"),
        ({"lead_index_key": "0123456789abcdef" * 4}, "LEAD_INDEX_KEY"),
        ({"lead_index_key": INDEX[:-2]}, "LEAD_INDEX_KEY"),
    ],
)
def test_key_that_is_none_is_refused_by_name_and_not_shown(tmp_path: Path, given: dict[str, str], named: str) -> None:
    good = {"lead_keys": KEY, "lead_index_key": INDEX}
    with pytest.raises(BadKeys) as refused:
        read_keys(settings(tmp_path, public_url=OUTSIDE, **(good | given)))
    assert str(refused.value).startswith(f"{named}: ")
    assert "make secrets" in str(refused.value)
    for key in given.values():
        assert not key.strip(" ,") or key not in str(refused.value)


def test_keys_for_different_purposes_tell_nothing_of_each_other(tmp_path: Path) -> None:
    keys = read_keys(settings(tmp_path, lead_keys=KEY, lead_index_key=INDEX))
    assert len({keys.index, keys.links, bytes.fromhex(INDEX)}) == 3


def test_changed_file_counts_at_once_and_a_broken_one_leaves_what_was(tmp_path: Path) -> None:
    ring = KeyRing(settings(tmp_path))
    before = ring.current()
    path = tmp_path / LEAD_KEYS_FILE
    replace(path, "kapot\n")
    assert ring.current() == before
    path.unlink()
    assert ring.current() == before
    replace(path, f"{KEY}\n")
    assert ring.current().wrapping == (KEY.encode(),)


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    make_keys(tmp_path)
    before = (tmp_path / LEAD_KEYS_FILE).read_text(), (tmp_path / INDEX_KEY_FILE).read_text()
    make_keys(tmp_path)
    assert before == ((tmp_path / LEAD_KEYS_FILE).read_text(), (tmp_path / INDEX_KEY_FILE).read_text())


class TestCommands:
    @pytest.fixture(autouse=True)
    def installation(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRETS_FOLDER", str(tmp_path))
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'x.db'}")
        monkeypatch.setattr("api.leads.__main__._LAST_WRITERS_SECONDS", 0)
        make_keys(tmp_path)

    def test_change_of_keys_lets_the_old_one_go(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        old = (tmp_path / LEAD_KEYS_FILE).read_text().strip()
        wrapped = Vault(KeyRing(settings(tmp_path))).wrap(b"iets")
        assert main(["wisselen"]) == 0
        assert "Klaar" in capsys.readouterr().out
        (new,) = (tmp_path / LEAD_KEYS_FILE).read_text().split()
        assert new != old
        with pytest.raises(Unreadable):
            Vault(KeyRing(settings(tmp_path))).unwrap(wrapped)

    def test_keys_of_the_environment_are_changed_there(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("LEAD_KEYS", KEY)
        assert main(["wisselen"]) == 1
        assert "python -m api.leads verpakken" in capsys.readouterr().err
        assert main(["verpakken"]) == 0

    def test_erasing_takes_an_address_or_a_number(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["wissen"]) == 1
        assert "--email" in capsys.readouterr().err
        assert main(["wissen", "--email", "geen adres"]) == 1
        assert main(["wissen", "--email", "Noor@bakkerij.example"]) == 0
        assert main(["wissen", "--telefoon", "06 12345678"]) == 0
        assert "0 aanvragen zijn gewist." in capsys.readouterr().out

    @pytest.mark.parametrize("command", ["wisselen", "verpakken", "wissen"])
    def test_fault_is_told_with_its_remedy(
        self, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "sqlite:////nergens/x.db")
        assert main([command]) == 1
        assert "DATABASE_URL" in capsys.readouterr().err

    def test_key_that_is_none_is_told_by_name(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("LEAD_INDEX_KEY", "kort")
        assert main(["verpakken"]) == 1
        assert capsys.readouterr().err.startswith("LEAD_INDEX_KEY: ")

    def test_lead_of_a_key_that_is_gone_is_told_and_nothing_is_thrown_away(
        self, tmp_path: Path, knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
    ) -> None:
        office = Office.new(tmp_path, knowledge)  # which has keys of its own
        office.lead()
        office.engine.dispose()
        key = (tmp_path / LEAD_KEYS_FILE).read_text()
        assert main(["wisselen"]) == 1
        assert "Zet de sleutel terug" in capsys.readouterr().err
        assert key in (tmp_path / LEAD_KEYS_FILE).read_text()

    def test_folder_that_cannot_be_written_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "bestand").touch()
        monkeypatch.setenv("SECRETS_FOLDER", str(tmp_path / "bestand"))
        assert main(["geheimen"]) == 1
        assert str(tmp_path / "bestand") in capsys.readouterr().err

    def test_database_is_made_when_it_is_not_there(self, tmp_path: Path) -> None:
        assert main(["verpakken"]) == 0
        engine = open_database(f"sqlite:///{tmp_path / 'x.db'}")
        with engine.connect() as connection:
            assert connection.exec_driver_sql("select count(*) from lead").scalar() == 0
        engine.dispose()
