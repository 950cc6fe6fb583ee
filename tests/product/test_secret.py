"""The parts of the product know each other by a secret; others on the same machine get no further than 401."""

from pathlib import Path

import httpx2
import pytest

from tests.product.running import Chat, Product

CALLS = [
    ("rasa", "GET", "/webhooks/gateway/"),
    ("rasa", "POST", "/webhooks/gateway/webhook"),
    ("actions", "GET", "/health"),
    ("actions", "POST", "/webhook"),
]


@pytest.mark.parametrize(("part", "method", "path"), CALLS)
@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer wrong", "Basic abc", "x" * 5000])
def test_who_does_not_know_the_secret_gets_no_answer(
    product: Product, part: str, method: str, path: str, authorization: str | None
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    address = f"http://127.0.0.1:{product.ports[part]}{path}"
    body = {"text": "geheim", "slots": None, "next_action": "scan"} if method == "POST" else None
    response = httpx2.request(method, address, json=body, headers=headers)
    assert response.status_code == 401
    assert response.json() == {"error": "Unauthorized"}


def test_who_knows_the_secret_is_heard(product: Product) -> None:
    known = {"Authorization": f"Bearer {product.secret}"}
    for part, path in (("rasa", "/webhooks/gateway/"), ("actions", "/health")):
        assert httpx2.get(f"http://127.0.0.1:{product.ports[part]}{path}", headers=known).status_code == 200
    assert Chat(product).say("4")["antwoorden"]["grootteklasse"] == "2-9"


def test_secret_is_in_no_file_log_or_list_of_processes(product: Product) -> None:
    Chat(product).say("4")
    for path in product.folder.rglob("*"):
        if path.is_file():
            assert product.secret.encode() not in path.read_bytes(), path
    for arguments in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            assert product.secret.encode() not in arguments.read_bytes()
        except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            continue


def test_part_with_another_secret_is_named_and_nothing_is_taken(product: Product) -> None:
    chat = Chat(product)
    shared, product.secret = product.secret, "0" * 64
    try:
        product.kill("gateway")
        product.run("gateway")
        product.wait_until_answering()
        assert "PARTS_SECRET" in product.http.get("/readyz").json()["detail"]
        assert chat.send({"tekst": "4"}).status_code == 503
    finally:
        product.secret = shared
        product.restart("gateway")
    assert chat.say("4")["antwoorden"]["grootteklasse"] == "2-9"
