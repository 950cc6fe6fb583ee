"""Conversations without Rasa: what a turn must fit, turns at the same moment, and clients of Rasa's own channel."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from api.conversations.assistant import Assistant, Taken
from api.conversations.repository import Conversations
from api.conversations.service import TRIES, hashed
from tests.api.websites import assert_problem, start

SENDER = "klant"
IDENTIFIER = f"rest-{hashed(SENDER)[:48]}"


class Script:
    """Stands in for Rasa: a text that is a number is an answer, and what `meanwhile` does happens during each turn."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.heard: list[str | None] = []
        self.metadata: dict[str, Any] = {}
        self.meanwhile: Callable[[], object] = lambda: None

    async def take_turn(
        self,
        _slots: object,
        *,
        text: str | None = None,
        choice: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> Taken:
        self.metadata = metadata or self.metadata
        self.heard.append(text or choice)
        self.meanwhile()
        answers = {"personen": text} if text and text.isdigit() else {}
        state = {
            "voortgang": {"vraag": "personen", "bevestigen": False, "nummer": 1, "totaal": 9},
            "antwoorden": answers,
            "uitslag": None,
        }
        said = {"tekst": f"Op: {text or choice}", "knoppen": [{"titel": "Een", "waarde": "1"}]}
        return Taken([said], state, {}, "record", False)

    def execute(self, statement: str, **values: object) -> Any:
        with self.client.app.state.parts.engine.begin() as connection:  # type: ignore[attr-defined]
            return connection.execute(text(statement), values)

    def begin(self) -> Callable[..., Response]:
        """Begin a conversation. Gives what sends a message in it."""
        begun = start(self.client, "een", None).json()
        path, key = f"/v1/gesprekken/{begun['gesprekId']}", {"Authorization": f"Bearer {begun['sleutel']}"}
        return lambda **message: self.client.post(f"{path}/berichten", json=message, headers=key)

    def say(self, message: str) -> list[str]:
        """Over Rasa's channel. Gives the texts that answer it."""
        response = self.client.post("/webhooks/rest/webhook", json={"sender": SENDER, "message": message})
        assert response.status_code == 200, response.text
        return [one["text"] for one in response.json()]


@pytest.fixture
def script(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Script:
    made = Script(client)
    made.execute("delete from conversation")
    monkeypatch.setattr(client.app.state.parts.settings, "rest_site", "een")  # type: ignore[attr-defined]
    monkeypatch.setattr(Assistant, "take_turn", lambda _self, *slots, **said: made.take_turn(*slots, **said))
    return made


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"tekst": "vier", "keuze": "1"},
        {"tekst": " \u200b"},
        {"keuze": "12"},
        {"keuze": "1", "vraag": "bedrijf"},
    ],
    ids=["nothing", "both", "blank", "not offered", "of another question"],
)
def test_message_that_does_not_fit_is_no_turn(script: Script, message: dict[str, str]) -> None:
    send = script.begin()
    assert_problem(send(**message), 400)
    assert script.heard == ["begin"]
    assert send(keuze="1", vraag="personen").status_code == 200


@pytest.mark.parametrize(
    "body", [{"kanaal": "widget", "evenement": "ZEIST-AAA"}, {"kanaal": "evenement"}], ids=["too much", "missing"]
)
def test_channel_and_code_of_an_event_go_together(script: Script, body: dict[str, str]) -> None:
    assert_problem(script.client.post("/v1/gesprekken", json={"site": "een", **body}), 400)
    assert script.execute("select count(*) from conversation").scalar_one() == 0


def test_code_of_an_event_that_never_was_is_told_and_does_not_count_there(script: Script) -> None:
    body = {"site": "een", "kanaal": "evenement", "evenement": "ZEIST-AAA"}
    assert script.client.post("/v1/gesprekken", json=body).status_code == 201
    assert script.metadata == {"site": "een", "kanaal": "widget", "evenement": None, "evenementVervallen": True}
    assert script.execute("select channel from conversation").scalar_one() == "widget"


def test_database_that_cannot_be_reached_is_told_and_nothing_of_what_was_asked(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("select geheim", {}, Exception("geheim"))

    send = script.begin()
    monkeypatch.setattr(Conversations, "find", away)
    response = send(tekst="4")
    assert_problem(response, 503)
    assert "Er is niets verwerkt." in response.json()["detail"]
    assert "geheim" not in response.text
    assert response.headers["retry-after"]


@pytest.mark.parametrize(("others", "status", "turns"), [(1, 200, 2), (TRIES, 503, TRIES)])
def test_turn_is_taken_anew_when_another_machine_was_first(
    script: Script, others: int, status: int, turns: int
) -> None:
    send, left = script.begin(), iter(range(others))

    def other_turn() -> None:
        if next(left, None) is not None:
            script.execute("update conversation set version = version + 1")

    script.meanwhile = other_turn
    assert send(tekst="4").status_code == status
    assert script.heard == ["begin", *["4"] * turns]


class TestRasaChannel:
    def test_greeting_is_no_answer_and_an_answer_counts(self, script: Script) -> None:
        assert script.say("hallo") == ["Op: begin"]
        script.execute("delete from conversation")
        assert script.say("4") == ["Op: begin", "Op: 4"]

    def test_first_message_that_came_twice_is_one_conversation(self, script: Script) -> None:
        script.say("hallo")
        script.execute("update conversation set id = 'not yet'")
        script.meanwhile = lambda: script.execute("update conversation set id = :here", here=IDENTIFIER)
        assert script.say("4") == ["Op: 4"]
        assert script.execute("select id, version from conversation").all() == [(IDENTIFIER, 2)]

    def test_conversation_whose_time_is_over_begins_anew(self, script: Script) -> None:
        script.say("hallo")
        script.execute("update conversation set expires_at = 1")
        assert script.say("4") == ["Op: begin", "Op: 4"]
        assert script.execute("select id from conversation").scalars().all() == [IDENTIFIER]


def test_conversation_that_is_damaged_on_record_is_gone_and_the_operator_is_told(
    script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    send = script.begin()
    script.execute("update conversation set turn = '[]'")
    assert_problem(send(tekst="4"), 404)
    assert "damaged" in caplog.text
    assert script.heard == ["begin"]


def test_message_that_is_sent_again_is_answered_again_and_is_no_second_turn(script: Script) -> None:
    begun = start(script.client, "een", None).json()
    path = f"/v1/gesprekken/{begun['gesprekId']}/berichten"
    headers = {"Authorization": f"Bearer {begun['sleutel']}", "Idempotency-Key": "een-keer"}
    first, again = (script.client.post(path, json={"tekst": "4"}, headers=headers) for _ in range(2))
    assert (first.status_code, again.json()) == (200, first.json())
    assert script.heard == ["begin", "4"]


def test_conversation_at_a_site_that_no_longer_has_the_assistant_ends(script: Script) -> None:
    send = script.begin()
    script.execute("update conversation set site = 'weg'")
    assert_problem(send(tekst="4"), 404)
    assert script.heard == ["begin"]
