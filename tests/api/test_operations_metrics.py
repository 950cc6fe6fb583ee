"""`/metrics`: each figure is in the handbook, and follows what happens."""

import re
import time
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client import REGISTRY
from sqlalchemy.orm import Session

from analytics.database import migrate
from analytics.models import Publication
from api.app import create_app
from api.conversations.counting import count_turn
from api.conversations.repository import Progress, Stored
from api.operations import build
from api.outbox.queue import MAIL, put
from api.outbox.registry import ALARM
from api.settings import Settings
from knowledge.base import Knowledge
from tests.api.asking import Asking

DOCUMENT = Path("docs/operations/watching.md")


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'x.db'}", secrets_folder=tmp_path / "secrets")
    migrate(settings.database_url)
    return TestClient(create_app(settings), client=("127.0.0.1", 1), base_url="http://127.0.0.1")


def figures(client: TestClient) -> dict[str, float]:
    lines = client.get("/metrics").text.splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if line.startswith("assistant_")}


def test_document_and_registry_name_the_same_figures(client: TestClient) -> None:
    ours = {metric.name for metric in REGISTRY.collect() if metric.name.startswith("assistant_")}
    documented = {name.removesuffix("_total") for name in re.findall(r"`(assistant_\w+)", DOCUMENT.read_text())}
    assert documented == ours


def test_build_and_requests_are_told(client: TestClient) -> None:
    before = figures(client)
    client.get("/healthz")
    client.get("/bestaat-niet")
    after = figures(client)
    good, wrong = 'assistant_requests_total{status="2xx"}', 'assistant_requests_total{status="4xx"}'
    assert after[good] - before.get(good, 0) == 2  # with that of the figures themselves
    assert after[wrong] - before.get(wrong, 0) == 1
    assert [value for name, value in after.items() if name.startswith("assistant_build_info{")] == [1]


def test_version_is_not_known_where_the_project_file_was_not_copied_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = build.version.__wrapped__
    assert known()[0].isdigit()
    monkeypatch.setattr(build, "_PROJECT", tmp_path / "pyproject.toml")
    assert known() == "onbekend"


def test_outbox_and_releases_are_those_of_the_database(client: TestClient, knowledge: Knowledge) -> None:
    parts = client.app.state.parts  # type: ignore[attr-defined]
    with Session(parts.engine) as session, session.begin():
        for _ in range(2):
            put(session, kind=MAIL, template=ALARM, now=int(time.time()) - 100, account="a")
        session.add(
            Publication(id="werkgroep/2026-10", made_on=date(2026, 11, 2), threshold=5, base=5, decisions={}, cells=[])
        )
    found = figures(client)
    assert found['assistant_outbox_items{kind="mail",state="wacht"}'] == 2
    assert found['assistant_outbox_items{kind="webhook",state="wacht"}'] == 0
    assert 100 <= found['assistant_outbox_oldest_seconds{kind="mail"}'] < 200
    assert found["assistant_release_newest_timestamp_seconds"] == 1793577600  # 2 November 2026


def test_sweepers_tell_when_they_ran_and_whether_it_went_well(client: TestClient) -> None:
    parts = client.app.state.parts  # type: ignore[attr-defined]
    for sweeper in parts.sweepers[:1]:
        parts.sweeps.run(sweeper)
    found = figures(client)
    name = '{sweeper="_ConversationSweeper.sweep"}'
    assert time.time() - found[f"assistant_sweeper_run_timestamp_seconds{name}"] < 60
    assert found[f"assistant_sweeper_fault{name}"] == 0
    parts.engine.dispose()


def test_who_asks_for_contact_is_counted_once_however_often_it_is_sent(
    client: TestClient, tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = Asking(f"sqlite:///{tmp_path / 'leads.db'}", tmp_path / "secrets", knowledge)
    asking.begin(monkeypatch)
    step = 'assistant_funnel_total{step="asked_for_contact"}'
    before = figures(client).get(step, 0)
    for _ in range(2):
        asking.ask(key="same")
    assert figures(client)[step] - before == 1
    asking.engine.dispose()


@pytest.mark.parametrize(
    ("tries", "asks_back", "outcome"), [(1, True, "no_idea"), (0, True, "asked_back"), (0, False, "understood")]
)
def test_turn_is_understood_asked_back_or_not_understood(
    client: TestClient, tries: int, asks_back: bool, outcome: str
) -> None:
    turn = {"voortgang": {"bevestigen": asks_back}, "uitslag": None}
    name = f'assistant_turns_total{{outcome="{outcome}"}}'
    before = figures(client).get(name, 0)
    stored = Stored("id", "demo", None, "r", 1, {"pogingen": 0.0}, turn, None)
    count_turn(stored, Progress({"pogingen": float(tries)}, turn, "r", False))
    assert figures(client)[name] - before == 1
