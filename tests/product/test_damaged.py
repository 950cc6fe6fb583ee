"""Conversations on record that are damaged, or were begun with another version of the questions."""

import json
import sqlite3
import time
from datetime import date
from typing import Any

import pytest

from analytics.database import open_database
from analytics.recording import Recorder
from api.conversations.repository import Conversations
from knowledge.base import Knowledge
from tests.product.running import Chat, Product
from tests.product.test_bad_input import assert_problem


def damage(product: Product, chat: Chat, column: str, content: str) -> None:
    """Put something else in the record of a conversation."""
    with sqlite3.connect(product.database) as connection:
        connection.execute(f"update conversation set {column} = ? where id = ?", (content, chat.id))
    connection.close()


def stored(product: Product, chat: Chat, column: str) -> Any:
    (row,) = product.rows(f"select {column} from conversation where id = ?", chat.id)
    return json.loads(row[column])


@pytest.fixture
def chat(product: Product) -> Chat:
    begun = Chat(product)
    begun.profile()
    return begun


@pytest.mark.parametrize("column", ["slots", "turn"])
@pytest.mark.parametrize("content", ['{"half', "", "null", "[]", "12", '"tekst"'])
def test_damaged_record_is_said_to_be_gone_and_a_new_conversation_can_begin(
    product: Product, chat: Chat, column: str, content: str
) -> None:
    damage(product, chat, column, content)
    assert_problem(chat.send({"keuze": "1"}), 404)
    assert_problem(product.http.get(f"/v1/gesprekken/{chat.id}", headers=chat.headers), 404)
    Chat(product).profile()


@pytest.mark.parametrize("slot", ["antwoorden", "beurt"])
@pytest.mark.parametrize("content", [None, 12, "tekst", ["x"], {"bestaat_niet": "niet"}])
def test_slots_of_another_shape_do_no_harm(product: Product, chat: Chat, slot: str, content: Any) -> None:
    slots = stored(product, chat, "slots")
    damage(product, chat, "slots", json.dumps(slots | {slot: content}))
    answer = chat.send({"keuze": "1"})
    assert answer.status_code in (200, 404, 503)
    assert answer.elapsed.total_seconds() < 5


@pytest.mark.parametrize("content", ['{"half', "12"])
def test_damaged_record_is_forgotten_in_its_time_and_keeps_no_other_from_it(
    product: Product, chat: Chat, knowledge: Knowledge, content: str
) -> None:
    other = Chat(product)
    damage(product, chat, "slots", content)
    damage(product, chat, "turn", content)
    for one in (chat, other):
        damage(product, one, "expires_at", "1")
    engine = open_database(product.database_url)
    conversations = Conversations(engine, Recorder(engine, knowledge))
    while conversations.sweep(int(time.time()), date.today()):
        pass
    engine.dispose()
    left = {row["id"] for row in product.rows("select id from conversation")}
    assert not left & {chat.id, other.id}
