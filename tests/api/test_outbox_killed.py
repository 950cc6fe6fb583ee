"""The process is killed at every step between consent and delivery: nothing is lost, and nothing arrives as two."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.leads.service import CONFIRM
from api.outbox.queue import SENT
from api.outbox.repository import LEASE_SECONDS
from tests.api.dying_process import DIED, KEY, KIM, MOMENTS
from tests.api.mail_servers import MailServer
from tests.api.post_office import House

ROOT = Path(__file__).parents[2]
TWICE = {"accepted", "accepted-again"}  # taken by the mail server, and the process died before it could note that


# Every moment, and on the database server those at which it is itself in the middle of something.
CASES = [("sqlite", moment) for moment in MOMENTS]
CASES += [("postgresql", moment) for moment in ("confirm-before-commit", "leased", "accepted-again")]


@pytest.fixture
def server() -> Iterator[tuple[MailServer, str]]:
    made = MailServer()
    with made.running() as smtp_url:
        yield made, smtp_url


def die(house: House, moment: str) -> None:
    command = [sys.executable, "-m", "tests.api.dying_process", house.url, house.folder, house.smtp_url, moment]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == DIED


@pytest.mark.parametrize(("database", "moment"), CASES)
def test_whoever_starts_again_finishes_what_was_begun(
    request: pytest.FixtureRequest, database: str, moment: str, tmp_path: Path, server: tuple[MailServer, str]
) -> None:
    mail_server, smtp_url = server
    url = request.getfixturevalue("postgresql") if database == "postgresql" else f"sqlite:///{tmp_path / 'x.db'}"
    house = House(url, tmp_path, request.getfixturevalue("knowledge"), smtp_url)
    house.empty()
    house.staff()
    die(house, moment)
    house.clock.pass_by(LEASE_SECONDS + 5)
    if moment == "ask-before-commit":
        assert house.rows("select id from lead") == []
    house.ask(KIM, KEY)  # who saw no answer sends the form again
    house.work()
    if moment == "confirm-before-commit":
        assert [row.status for row in house.rows("select status from lead")] == ["aangevraagd"]
    house.leads.confirm(house.token(CONFIRM, "bevestigen"))  # who saw no answer presses again
    house.work()

    assert [row.status for row in house.rows("select status from lead")] == ["afgeleverd"], "once in the inbox"
    assert {row.state for row in house.rows("select state from outbox_item")} == {SENT}
    copies = Counter(message["Message-ID"] for message in mail_server.mails)
    subjects = Counter({message["Message-ID"]: message["Subject"] for message in mail_server.mails}.values())
    assert subjects == {
        "Klopt het dat je contact wilt?": 1,
        "Je aanvraag is verstuurd": 1,
        "Nieuwe aanvraag voor SPOT035": 1,
    }
    assert max(copies.values()) == (2 if moment in TWICE else 1)
    house.engine.dispose()
