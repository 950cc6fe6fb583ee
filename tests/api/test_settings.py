"""A setting that cannot be used is told with its name and the remedy, and without what was given."""

import os

import pytest

from analytics.disclosure import Rules
from analytics.thresholds import Thresholds, thresholds_of
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
        ("STAFF_THRESHOLD", "welkom01", "geef een heel getal"),
        ("STAFF_THRESHOLD", "4", "geef minstens 5"),
        ("STAFF_THRESHOLD", "-5", "geef minstens 5"),
        ("STAFF_THRESHOLD", "8", "geef een veelvoud van 5"),
        ("STAFF_THRESHOLD", "55", "geef hoogstens 50"),
        ("PUBLIC_THRESHOLD", "9", "geef minstens 10"),
        ("PUBLIC_THRESHOLD", "12", "geef een veelvoud van 5"),
        ("PUBLIC_THRESHOLD", "55", "geef hoogstens 50"),
    ],
)
def test_wrong_value_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str, remedy: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as told:
        Settings()
    assert str(told.value).startswith(f"{name}: ")
    assert remedy in str(told.value)
    assert value not in str(told.value).removeprefix(remedy).replace(remedy, "")


@pytest.mark.parametrize("public", [{}, {"PUBLIC_THRESHOLD": "10"}])
def test_public_threshold_is_no_lower_than_that_of_staff(
    monkeypatch: pytest.MonkeyPatch, public: dict[str, str]
) -> None:
    for name, value in {"STAFF_THRESHOLD": "15", **public}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=r"^PUBLIC_THRESHOLD: geef minstens evenveel als STAFF_THRESHOLD$"):
        Settings()


@pytest.mark.parametrize(("staff", "public"), [("5", "10"), ("10", "10"), ("15", "20"), ("50", "50")])
def test_thresholds_are_those_of_commands_too(monkeypatch: pytest.MonkeyPatch, staff: str, public: str) -> None:
    monkeypatch.setenv("STAFF_THRESHOLD", staff)
    monkeypatch.setenv("PUBLIC_THRESHOLD", public)
    expected = Thresholds(Rules(int(staff)), Rules(int(public)))
    assert Settings().thresholds == thresholds_of(os.environ) == expected


def test_thresholds_are_5_and_10_unless_more_is_chosen() -> None:
    assert Settings().thresholds == thresholds_of({}) == Thresholds(Rules(5), Rules(10))


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
