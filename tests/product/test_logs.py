"""What the three processes write: JSON lines, and nothing that was typed or that finds anybody."""

import json
import uuid
from typing import Any

from tests.api.served import until
from tests.product.running import Chat, Product

CANARIES = ("logkanarie-Zwartsluis", "logkanarie@voorbeeld.example", "06 12 34 98 76", "logkanariesleutel" * 3)
PARTS = ("gateway", "rasa", "actions")
# Of the start, and of mails where there is no server to send them by.
FOR_A_TERMINAL = ("Ready: ", "Dutch spaCy pipeline: ", "Mail (SMTP_URL is niet ingesteld, dus niet verstuurd): ")


def lines(product: Product, part: str) -> list[dict[str, Any]]:
    found = product.log(part).splitlines()
    return [json.loads(line) for line in found if line.startswith("{")]


def about(product: Product, part: str, identifier: str) -> list[dict[str, Any]]:
    """What a process wrote about a request; the gateway does so after its answer has gone."""

    def found() -> list[dict[str, Any]]:
        return [line for line in lines(product, part) if line.get("request") == identifier]

    until(found)
    return found()


def test_request_can_be_followed_through_the_three_processes(product: Product) -> None:
    chat, identifier = Chat(product), str(uuid.uuid4())
    answer = product.http.post(
        f"/v1/gesprekken/{chat.id}/berichten",
        json={"tekst": "4"},
        headers=chat.headers | {"X-Request-Id": identifier},
    )
    assert answer.headers["x-request-id"] == identifier
    found = [about(product, part, identifier) for part in PARTS]
    assert [[line["event"] for line in those] for those in found] == [["request"], ["turn"], ["action"]]
    request = found[0][0]
    assert (request["method"], request["route"], request["status"]) == (
        "POST",
        "/v1/gesprekken/{gesprekId}/berichten",
        200,
    )
    assert request["ms"] > 0


def test_nothing_typed_and_no_address_or_secret_is_logged(product: Product) -> None:
    text, mail, phone, token = CANARIES
    chat = Chat(product)
    for typed in CANARIES:
        chat.say(typed)
        chat.send({"tekst": typed * 40})
        chat.send({"keuze": typed}, key=typed)
        product.http.get(f"/{typed}?{typed}={typed}", headers={"X-Request-Id": typed, "User-Agent": typed})
        product.http.get(f"/v1/gesprekken/{typed}", headers={"Authorization": f"Bearer {token}"})
        product.http.get("/v1/initiatieven", params={"gemeente": typed}, headers={"Referer": f"https://{mail}/{token}"})
        product.http.post("/v1/gesprekken", content=typed, headers={"Content-Type": "application/json"})
        product.http.post("/v1/gesprekken", json={"site": typed, "kanaal": typed, "evenement": typed})
        product.http.post("/webhooks/rest/webhook", json={"sender": mail, "message": typed})
        product.http.post("/portaal/inloggen", data={"email": mail, "naam": typed}, headers={"Cookie": f"a={token}"})
        product.http.get("/portaal/link", params={"token": token})
        product.http.post("/scan", data={"personen": typed, "bedrijf": typed, "email": mail})
        product.http.post("/contact", data={"naam": typed, "email": mail, "telefoon": phone})
        product.http.get("/contact/bevestigen", params={"token": token})
        product.http.request("DELETE", f"/v1/gesprekken/{typed}", headers={"X-Forwarded-For": "192.0.2.77"})
    for part in ("actions", "rasa"):  # errors are where text slips into logs
        with product.without(part):
            assert chat.send({"tekst": text}).status_code == 503
    for part in PARTS:
        log = "\n".join(line for line in product.log(part).splitlines() if not line.startswith(FOR_A_TERMINAL))
        for canary in (*CANARIES, chat.id, chat.headers["Authorization"][7:], product.secret, "192.0.2.77", "?"):
            assert canary not in log, (part, canary)
    routes = {line["route"] for line in lines(product, "gateway") if line["event"] == "request"}
    assert {"/v1/gesprekken/{gesprekId}", "-"} <= routes


def test_every_line_is_an_event_but_those_for_who_looks_at_a_terminal(product: Product) -> None:
    for part in PARTS:
        others = [line for line in product.log(part).splitlines() if not line.startswith("{")]
        assert [line for line in others if not line.startswith(FOR_A_TERMINAL)] == []
        for line in lines(product, part):
            assert line["part"] == part
            assert {"time", "level", "event"} <= line.keys()
