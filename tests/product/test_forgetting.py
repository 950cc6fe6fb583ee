"""What was typed is nowhere, and a conversation is forgotten when its time is over or when somebody asks."""

import time
from datetime import date
from pathlib import Path

from analytics.database import open_database
from analytics.recording import Recorder
from api.conversations.repository import KEEP_SECONDS, Conversations
from knowledge.base import Knowledge
from tests.product.running import ROOT, Chat, Product

CANARIES = ("kanariepietje-Zwartsluis", "jansenkanarie@voorbeeld.example", "0612345kanarie", "kanarie & zonen 1987")


def files_with(text: str, *folders: Path) -> list[Path]:
    """The files in which a text stands, also as UTF-16 and with JSON escapes."""
    forms = {text.encode(), text.encode("utf-16-le"), text.encode("unicode_escape")}
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink() and any(form in path.read_bytes() for form in forms):
                found.append(path)
    return found


def test_search_finds_a_canary_when_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "log").write_text(f"regel met {CANARIES[0]}")
    assert files_with(CANARIES[0], tmp_path) == [tmp_path / "log"]


def test_typed_text_is_in_no_file(product: Product) -> None:
    chat = Chat(product)
    for canary in CANARIES:
        chat.say(canary)
    chat.say(f"{CANARIES[0]} 4 man", f"kapper {CANARIES[1]}", f"in Zeist {CANARIES[2]}")
    chat.send({"tekst": CANARIES[3] * 40})
    chat.send({"tekst": CANARIES[3], "keuze": CANARIES[3]})
    product.http.post("/webhooks/rest/webhook", json={"sender": CANARIES[1], "message": CANARIES[0]})
    product.http.get(f"/v1/initiatieven?gemeente={CANARIES[0]}")
    for name in ("actions", "rasa"):  # errors are where text slips into logs
        with product.without(name):
            assert chat.send({"tekst": CANARIES[0]}).status_code == 503
    for canary in CANARIES:
        assert files_with(canary, product.folder, ROOT / "var") == []


def test_deleted_conversation_is_gone_everywhere(product: Product) -> None:
    chat = Chat(product)
    chat.profile()
    path = f"/v1/gesprekken/{chat.id}"
    assert product.http.delete(path, headers=chat.headers).status_code == 204
    assert product.http.get(path, headers=chat.headers).status_code == 404
    assert product.http.delete(path, headers=chat.headers).status_code == 404
    assert chat.send({"tekst": "4"}).status_code == 404
    assert product.rows("select * from conversation where id = ?", chat.id) == []
    assert product.rows("select * from given_answer where conversation_id = ?", chat.id) == []


def test_conversation_is_forgotten_a_day_after_its_last_message(product: Product, knowledge: Knowledge) -> None:
    chat = Chat(product, site="hilversum")
    chat.profile()
    engine = open_database(f"sqlite:///{product.database}")
    repository = Conversations(engine, Recorder(engine, knowledge))
    now = int(time.time())
    expires = product.rows("select expires_at from conversation where id = ?", chat.id)[0]["expires_at"]
    assert now + KEEP_SECONDS - 60 < expires <= now + KEEP_SECONDS
    assert repository.find(chat.id, None, expires) is None
    with engine.begin() as connection:
        connection.exec_driver_sql("update conversation set expires_at = ? where id = ?", (now - 1, chat.id))
    assert product.http.get(f"/v1/gesprekken/{chat.id}", headers=chat.headers).status_code == 404
    repository.sweep(now, date.today())
    assert product.rows("select * from conversation where id = ?", chat.id) == []
    assert product.rows("select question from stopped where site = 'hilversum'") == [{"question": "administratie"}]
    engine.dispose()


def test_conversation_with_a_result_leaves_no_stop_behind(product: Product) -> None:
    before = len(product.rows("select id from stopped"))
    chat = Chat(product)
    chat.profile()
    chat.core("1", "1", "1", "1", "1")
    product.http.delete(f"/v1/gesprekken/{chat.id}", headers=chat.headers)
    assert len(product.rows("select id from stopped")) == before
