"""`/.well-known/security.txt`: a valid file or none, and a warning in time."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from analytics.database import migrate
from api.app import create_app
from api.conversations.assistant import Assistant
from api.operations.security_txt import ADDRESS, POLICY, BadSecurityContact, check, state, warning
from api.settings import Settings

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
MAIL = "mailto:veilig@gemeente.example"


def filled(expires: date | None = date(2027, 6, 30), contact: str = MAIL) -> Settings:
    return Settings(security_contact=contact, security_expires=expires)


def client(folder: Path, **chosen: Any) -> TestClient:
    url = f"sqlite:///{folder / 'x.db'}"
    migrate(url)
    return TestClient(create_app(Settings(database_url=url, **chosen)))


def test_file_as_the_standard_asks(tmp_path: Path) -> None:
    contacts = f"{MAIL}, https://gemeente.example/veilig"
    found = client(
        tmp_path,
        security_contact=contacts,
        security_expires=date(2027, 6, 30),
        public_url="https://hulp.example.nl",
    ).get(ADDRESS)
    assert found.status_code == 200
    assert found.headers["content-type"] == "text/plain; charset=utf-8"
    assert found.text == (
        f"Contact: {MAIL}\n"
        "Contact: https://gemeente.example/veilig\n"
        "Expires: 2027-06-30T00:00:00Z\n"
        "Preferred-Languages: nl, en\n"
        "Policy: https://hulp.example.nl/verantwoording/kwetsbaarheid\n"
        "Canonical: https://hulp.example.nl/.well-known/security.txt\n"
    )


def test_without_https_it_names_no_address_of_its_own(tmp_path: Path) -> None:
    found = client(tmp_path, security_contact=MAIL, security_expires=date(2027, 6, 30)).get(ADDRESS)
    assert "Canonical" not in found.text


def test_there_is_none_when_nobody_filled_it_in(tmp_path: Path) -> None:
    assert client(tmp_path).get(ADDRESS).status_code == 404
    check(Settings(), NOW)
    assert warning(Settings(), NOW) is None


def test_good_one_is_taken() -> None:
    check(filled(), NOW)
    check(filled(contact=f"{MAIL},tel:+31-30-1234567"), NOW)
    assert warning(filled(), NOW) is None


@pytest.mark.parametrize(
    "settings",
    [
        filled(contact="veilig@gemeente.example"),
        filled(contact="http://gemeente.example"),
        filled(contact=f"{MAIL}\nContact: mailto:iemand@anders.example"),
        filled(expires=None),
        filled(expires=date(2027, 11, 27)),
    ],
)
def test_faulty_one_is_refused_at_the_start_with_the_remedy(settings: Settings) -> None:
    with pytest.raises(BadSecurityContact, match=r"SECURITY_(CONTACT|EXPIRES)"):
        check(settings, NOW)


@pytest.mark.parametrize(("days", "said"), [(31, None), (29, "verloopt op"), (-1, "is verlopen")])
def test_warns_from_thirty_days_before(days: int, said: str | None) -> None:
    found = warning(filled((NOW + timedelta(days=days)).date()), NOW)
    if said is None:
        assert found is None
    else:
        assert found is not None
        assert said in found
        assert "SECURITY_EXPIRES" in found


def test_none_at_a_public_address_is_said_too() -> None:
    public = Settings(public_url="https://hulp.example.nl")
    assert state(public, NOW) == "missing"
    assert "SECURITY_CONTACT" in (warning(public, NOW) or "")
    check(public, NOW)


def test_policy_that_the_file_names_is_a_page_with_the_contact_and_the_day(tmp_path: Path) -> None:
    found = client(tmp_path, security_contact=MAIL, security_expires=date(2027, 6, 30)).get(POLICY)
    assert found.status_code == 200
    assert f'href="{MAIL}"' in found.text
    assert "30 juni 2027" in found.text


def test_one_that_is_over_keeps_nothing_from_starting() -> None:
    check(filled(date(2026, 1, 1)), NOW)


def test_readiness_carries_the_warning_and_stays_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def well(_self: Assistant) -> dict[str, str]:
        return {"model": "ok", "actions": "ok"}

    monkeypatch.setattr(Assistant, "states", well)
    filled_in = {"security_contact": MAIL, "security_expires": date(2026, 1, 1)}
    ready = client(tmp_path, **filled_in, metrics_public=True).get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["warnings"] == ["security_txt"]
