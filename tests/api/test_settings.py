"""A setting that cannot be used is told with its name and the remedy, and without what was given."""

import pytest

from api.settings import BadSettings, Settings


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("GATEWAY_PORT", "welkom01", "geef een heel getal"),
        ("TURN_SECONDS", "welkom01", "geef een getal"),
        ("METRICS_PUBLIC", "welkom01", "geef true of false"),
        ("LOG_LEVEL", "welkom01", "kies uit 'debug', 'info', 'warning' or 'error'"),
        ("RASA_WORKERS", "0", "geef minstens 1"),
        ("RASA_WORKERS", "999", "geef hoogstens 32"),
        ("SECURITY_EXPIRES", "welkom01", "deze waarde is niet te lezen"),
        ("DATABASE_URL", "mysql://welkom01@server/database", "postgresql://naam:wachtwoord@server/database"),
        ("DATABASE_URL", "welkom01", "sqlite:///bestand.db"),
        ("PUBLIC_URL", "welkom01.example.nl", "schrijf het met https:// ervoor"),
    ],
)
def test_wrong_value_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str, remedy: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as told:
        Settings()
    assert str(told.value).startswith(f"{name}: ")
    assert remedy in str(told.value)
    assert value not in str(told.value).removeprefix(remedy).replace(remedy, "")


def test_every_wrong_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEWAY_PORT", "a")
    monkeypatch.setenv("RASA_PORT", "b")
    with pytest.raises(BadSettings, match=r"GATEWAY_PORT: .*\nRASA_PORT: "):
        Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://naam:een%40b@server/database"),
        ("DATABASE_URL", "postgresql+psycopg://naam@server/database"),
        ("DATABASE_URL", "sqlite:////srv/x.db"),
        ("PUBLIC_URL", "http://localhost:8000"),
        ("PUBLIC_URL", ""),
    ],
)
def test_good_value_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(Settings(), name.lower()) == value
