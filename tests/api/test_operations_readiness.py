"""`/readyz`: what is wrong by part, what of it stops conversations, and who gets to hear it."""

import time
from collections import namedtuple
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from analytics.database import migrate
from api.app import create_app
from api.conversations.assistant import Assistant
from api.operations.readiness import STUCK_SECONDS
from api.outbox.queue import MAIL, put
from api.outbox.registry import ALARM
from api.settings import Settings

HERE = ("127.0.0.1", 1)
ALL = {"model", "actions", "database", "migrations", "keys", "outbox", "disk", "security_txt", "limits"}
Usage = namedtuple("Usage", "total used free")


class Gateway:
    """A gateway without the processes behind it; they are as the test says."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(database_url=f"sqlite:///{folder / 'x.db'}", secrets_folder=folder / "secrets")
        migrate(self.settings.database_url)
        self.app = create_app(self.settings)
        self.parts = self.app.state.parts
        self.behind = {"model": "ok", "actions": "ok"}

    def ask(self, client: tuple[str, int] = HERE) -> Any:
        return TestClient(self.app, client=client, base_url="http://127.0.0.1").get("/readyz")


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gateway:
    opened = Gateway(tmp_path)

    async def states(_self: Assistant) -> dict[str, str]:
        return opened.behind

    monkeypatch.setattr(Assistant, "states", states)
    return opened


def test_all_is_well(gateway: Gateway) -> None:
    answer = gateway.ask()
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "parts": dict.fromkeys(ALL, "ok"), "warnings": []}


@pytest.mark.parametrize(
    ("part", "code", "said"),
    [
        ("model", "unreachable", "rasa (model) antwoordt niet"),
        ("model", "not_loaded", "nog niet geladen"),
        ("model", "other_secret", "PARTS_SECRET"),
        ("actions", "unreachable", "actions antwoordt niet"),
    ],
)
def test_part_behind_that_stops_conversations(gateway: Gateway, part: str, code: str, said: str) -> None:
    gateway.behind[part] = code
    answer = gateway.ask()
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"]
    assert said in answer.json()["detail"]
    assert answer.json()["parts"][part] == code


def test_database_that_is_not_there_stops(gateway: Gateway) -> None:
    gateway.parts.engine.dispose()
    Path(gateway.parts.engine.url.database).unlink()
    Path(gateway.parts.engine.url.database).mkdir()
    answer = gateway.ask()
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == "unreachable"


def test_database_that_was_not_brought_up_to_date_stops(gateway: Gateway) -> None:
    with gateway.parts.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '0006'"))
    answer = gateway.ask()
    assert answer.status_code == 503
    assert "make start" in answer.json()["detail"]
    assert answer.json()["parts"]["migrations"] == "behind"


def test_newer_database_is_a_warning_for_gateways_are_renewed_one_by_one(gateway: Gateway) -> None:
    with gateway.parts.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    answer = gateway.ask()
    assert answer.status_code == 200
    assert answer.json()["warnings"] == ["migrations"]


def test_keys_that_are_gone_are_a_warning(gateway: Gateway) -> None:
    (gateway.settings.secrets_folder / "lead-keys").unlink()
    answer = gateway.ask()
    assert (answer.status_code, answer.json()["parts"]["keys"]) == (200, "missing")


@pytest.mark.parametrize(("seconds", "code"), [(STUCK_SECONDS - 60, "ok"), (STUCK_SECONDS + 60, "stuck")])
def test_mail_that_waits_for_an_hour_is_a_warning(gateway: Gateway, seconds: int, code: str) -> None:
    with Session(gateway.parts.engine) as session, session.begin():
        put(session, kind=MAIL, template=ALARM, now=int(time.time()) - seconds, account="a")
    assert gateway.ask().json()["parts"]["outbox"] == code


def test_disk_that_is_nearly_full_is_a_warning(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**11, 10**11 - 10**8, 10**8))
    answer = gateway.ask()
    assert (answer.status_code, answer.json()["warnings"]) == (200, ["disk"])


def test_the_outside_hears_only_whether_it_can_talk(gateway: Gateway) -> None:
    outside = ("192.0.2.7", 1)
    assert gateway.ask(outside).json() == {"status": "ok"}
    gateway.behind["actions"] = "unreachable"
    answer = gateway.ask(outside)
    assert answer.status_code == 503
    assert set(answer.json()) == {"status", "title", "detail"}


def test_health_looks_at_nothing_else(gateway: Gateway) -> None:
    gateway.behind["model"] = "unreachable"
    assert TestClient(gateway.app).get("/healthz").json() == {"status": "ok"}
