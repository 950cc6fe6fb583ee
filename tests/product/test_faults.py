"""Parts that fall away: a clear answer, nothing lost, and on again when they are back."""

import sqlite3

from tests.product.running import Chat, Product
from tests.product.test_bad_input import assert_problem


def test_rasa_down_is_said_and_the_conversation_goes_on_afterwards(product: Product) -> None:
    chat = Chat(product)
    chat.choose("2-9")
    with product.without("rasa"):
        response = chat.send({"tekst": "kapper"}, key="tijdens-storing")
        assert_problem(response, 503)
        assert response.headers["retry-after"]
        ready = product.http.get("/readyz")
        assert_problem(ready, 503)
        assert "rasa" in ready.json()["detail"]
        assert product.http.get("/healthz").status_code == 200
    again = chat.send({"tekst": "kapper"}, key="tijdens-storing")
    assert again.json()["antwoorden"]["grootteklasse"] == "2-9"
    assert again.json()["voortgang"]["vraag"] == "gemeente"


def test_actions_down_is_said_and_the_conversation_goes_on_afterwards(product: Product) -> None:
    chat = Chat(product)
    chat.choose("2-9")
    with product.without("actions"):
        assert_problem(chat.send({"tekst": "kapper"}), 503)
        assert "actions" in product.http.get("/readyz").json()["detail"]
    assert chat.say("kapper")["voortgang"]["vraag"] == "gemeente"


def test_conversation_survives_a_restart_of_every_process(product: Product) -> None:
    chat = Chat(product)
    chat.choose("2-9")
    for name in ("gateway", "actions", "rasa"):
        product.restart(name)
    chat.say("kapper")
    assert chat.turn["antwoorden"]["grootteklasse"] == "2-9"
    assert chat.open == "gemeente"


def test_locked_database_is_said_and_the_result_comes_once_afterwards(product: Product) -> None:
    chat = Chat(product)
    chat.profile()
    chat.core("1", "1", "1", "1")
    before = product.rows("select count(*) as n from referral")[0]["n"]
    lock = sqlite3.connect(product.database, isolation_level=None)
    lock.execute("begin immediate")
    try:
        assert_problem(chat.send({"keuze": "1"}, key="op-slot"), 503)
    finally:
        lock.execute("rollback")
        lock.close()
    assert product.rows("select count(*) as n from referral")[0]["n"] == before
    assert chat.send({"keuze": "1"}, key="op-slot").json()["uitslag"]["fase"] == "engaged"
    assert chat.send({"keuze": "1"}, key="op-slot").status_code == 200
    assert product.rows("select count(*) as n from referral")[0]["n"] == before + 1


def test_read_only_database_is_said_and_nothing_is_lost(product: Product) -> None:
    chat = Chat(product)
    chat.choose("2-9")
    writable = product.database_url
    product.database_url = f"sqlite:///file:{product.database}?mode=ro&uri=true"
    product.restart("gateway")
    try:
        assert_problem(chat.send({"tekst": "kapper"}, key="alleen-lezen"), 503)
    finally:
        product.database_url = writable
        product.restart("gateway")
    assert chat.send({"tekst": "kapper"}, key="alleen-lezen").json()["voortgang"]["vraag"] == "gemeente"
