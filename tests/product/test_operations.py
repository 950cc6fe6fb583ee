"""What an operator sees."""

from pathlib import Path

import httpx2

from tests.product.running import Chat, Product


def test_health_and_readiness(product: Product) -> None:
    assert product.http.get("/healthz").json() == {"status": "ok"}
    ready = product.http.get("/readyz").json()
    assert ready["status"] == "ok"
    # What lies in the outbox is left by other tests, some of them with dates of long ago.
    assert ready["parts"].pop("outbox") in {"ok", "stuck"}
    assert set(ready["parts"].values()) == {"ok"}


def test_metrics_count_turns_for_this_machine_only(product: Product) -> None:
    chat = Chat(product)
    chat.say("4")
    figures = product.http.get("/metrics")
    assert figures.status_code == 200
    assert "assistant_turns_total" in figures.text
    assert chat.id not in figures.text
    assert product.http.get("/metrics", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404


def test_openapi_is_open_and_never_promises_422(product: Product) -> None:
    description = product.http.get("/v1/openapi.json")
    assert description.headers["access-control-allow-origin"] == "*"
    paths = description.json()["paths"]
    assert "/gesprekken/{gesprekId}/berichten" in paths
    for path in paths.values():
        for operation in path.values():
            assert "422" not in operation["responses"]


def test_rasa_and_the_actions_listen_on_loopback_only(product: Product) -> None:
    for name in ("rasa", "actions"):
        listening = [
            line.split()[1]
            for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
            if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) == product.ports[name]
        ]
        assert [address.split(":")[0] for address in listening] == ["0100007F"]


def test_lists_for_clients(product: Product) -> None:
    questions = product.http.get("/v1/vragen").json()
    assert len(questions) == 14
    assert questions[0]["levert"] == ["grootteklasse"]
    assert {"code": "GM0344", "naam": "Utrecht"} in product.http.get("/v1/gemeenten").json()
    assert len(product.http.get("/v1/sectoren").json()) == 22


def test_rasas_own_interface_is_closed(product: Product) -> None:
    rasa = f"http://127.0.0.1:{product.ports['rasa']}"
    for path in ("/model", "/conversations/x/tracker", "/webhooks/rest/webhook", "/domain"):
        known = {"Authorization": f"Bearer {product.secret}"}
        assert httpx2.get(rasa + path, headers=known).status_code == 404
