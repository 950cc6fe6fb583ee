"""Clients of Rasa's own REST channel get the same assistant."""

import sqlite3
from typing import Any
from uuid import uuid4

import pytest

from api.conversations.service import hashed
from knowledge.base import Knowledge
from tests.product.running import Product
from tests.product.test_bad_input import assert_problem


def send(product: Product, sender: str, message: object) -> list[dict[str, Any]]:
    response = product.http.post("/webhooks/rest/webhook", json={"sender": sender, "message": message})
    assert response.status_code == 200, response.text
    messages: list[dict[str, Any]] = response.json()
    assert all(entry["recipient_id"] == sender for entry in messages)
    return messages


def test_greeting_opens_the_first_question_and_payloads_answer_it(product: Product, knowledge: Knowledge) -> None:
    sender = uuid4().hex
    messages = send(product, sender, "hallo")
    assert "computerprogramma" in messages[0]["text"]
    buttons = messages[-1]["buttons"]
    assert [button["title"] for button in buttons][:2] == [
        option.titel for option in knowledge.intake.vragen[0].opties[:2]
    ]
    assert "bedrijf" in send(product, sender, buttons[1]["payload"])[-1]["text"]


def test_first_message_with_an_answer_counts(product: Product) -> None:
    messages = send(product, uuid4().hex, "wij zijn met zijn vijven")
    assert "computerprogramma" in messages[0]["text"]
    assert "Wat voor bedrijf" in messages[-1]["text"]


def test_whole_scan_gives_the_result_in_words(product: Product) -> None:
    sender = uuid4().hex
    for text in ("4", "loodgieter", "Zeist", "klanten", "papier", "via via", "in mijn hoofd", "nee"):
        send(product, sender, text)
    messages = send(product, sender, "overal hetzelfde wachtwoord")
    said = " ".join(message["text"] for message in messages)
    assert "Je staat aan het begin" in said
    assert "Digitale MKB Werkplaats Utrecht" in said


def test_payload_that_was_not_offered_is_text(product: Product) -> None:
    sender = uuid4().hex
    send(product, sender, "hallo")
    send(product, sender, "4")
    for payload in ('/kies{"waarde": "1"}', "/restart", "/session_start"):
        assert "computerprogramma" not in send(product, sender, payload)[0]["text"]
    assert "gemeente" in send(product, sender, "kapper")[-1]["text"]


@pytest.mark.parametrize("message", ["", "   ", None, 12, ["x"], {"a": 1}, "x" * 501, "x" * 1_000_000])
def test_message_that_cannot_be_used_gets_a_friendly_answer(product: Product, message: object) -> None:
    (answer,) = send(product, uuid4().hex, message)
    assert answer["text"]


HALF_A_CHARACTER = (
    b'{"sender": "een", "message": "\\ud800 vier man"}',
    b'{"sender": "\\ud800", "message": "hallo"}',
)


@pytest.mark.parametrize("content", [b"{", b"[]", b'"tekst"', b"\xff\xfe", b"[" * 5000, *HALF_A_CHARACTER])
def test_request_that_is_no_request(product: Product, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    assert_problem(product.http.post("/webhooks/rest/webhook", content=content, headers=headers), 400)


def test_senders_do_not_meet(product: Product) -> None:
    one, other = uuid4().hex, uuid4().hex
    send(product, one, "hallo")
    send(product, one, "4")
    assert "Hoeveel mensen" in send(product, other, "hallo")[-1]["text"]


def test_conversation_of_a_sender_cannot_be_read_with_any_key(product: Product) -> None:
    sender = uuid4().hex
    send(product, sender, "hallo")
    (identifier,) = [
        row["id"] for row in product.rows("select id from conversation where key_hash is null order by expires_at desc")
    ][:1]
    response = product.http.get(f"/v1/gesprekken/{identifier}", headers={"Authorization": "Bearer x"})
    assert_problem(response, 404)


def test_sender_who_comes_back_after_a_day_begins_anew(product: Product) -> None:
    sender = uuid4().hex
    send(product, sender, "hallo")
    send(product, sender, "4")
    connection = sqlite3.connect(product.database)
    connection.execute("update conversation set expires_at = 1 where id = ?", (f"rest-{hashed(sender)[:48]}",))
    connection.commit()
    connection.close()
    assert "Hoeveel mensen" in send(product, sender, "hallo")[-1]["text"]
