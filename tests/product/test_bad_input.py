"""Bad input gets a clear answer in the agreed shape, and nothing is lost or leaked."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import httpx2
import pytest

from api.headers import API_VERSION
from tests.product.running import Chat, Product


@pytest.fixture
def chat(product: Product) -> Chat:
    return Chat(product)


def assert_problem(response: httpx2.Response, status: int) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    assert_headers(response)


def assert_headers(response: httpx2.Response) -> None:
    assert response.headers["api-version"] == API_VERSION
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["strict-transport-security"]
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"tekst": ""},
        {"tekst": "   "},
        {"tekst": "\u200b\x00\x07"},
        {"tekst": "x" * 501},
        {"tekst": "geheim", "keuze": "1"},
        {"tekst": None},
        {"tekst": 12},
        {"tekst": ["geheim"]},
        {"keuze": ""},
        {"bericht": "geheim"},
        [],
        "geheim",
    ],
)
def test_message_that_is_no_message(chat: Chat, body: object) -> None:
    response = chat.product.http.post(f"/v1/gesprekken/{chat.id}/berichten", json=body, headers=chat.headers)
    assert_problem(response, 400)
    assert "geheim" not in response.text
    assert chat.product.http.get(f"/v1/gesprekken/{chat.id}", headers=chat.headers).json()["voortgang"]["nummer"] == 1


def test_invalid_json(chat: Chat) -> None:
    response = chat.product.http.post(
        f"/v1/gesprekken/{chat.id}/berichten",
        content=b'{"tekst": "geheim',
        headers={**chat.headers, "Content-Type": "application/json"},
    )
    assert_problem(response, 400)
    assert "geheim" not in response.text


def test_megabyte(chat: Chat) -> None:
    assert_problem(chat.send({"tekst": "x" * 1_000_000}), 400)
    assert chat.say("4")["voortgang"]["vraag"] == "bedrijf"


@pytest.mark.parametrize("text", ["👍", "🤷‍♂️🤷‍♀️", "é\x01ñ\x02", "x" * 500, "…", "<script>alert(1)</script>"])
def test_odd_text_is_asked_back_and_never_an_error(chat: Chat, text: str) -> None:
    turn = chat.say(text)
    assert turn["voortgang"]["vraag"] == "personen"
    assert turn["antwoorden"]["grootteklasse"] is None
    assert text not in chat.text


@pytest.mark.parametrize(
    "body",
    [
        {"site": "bestaat-niet", "kanaal": "widget"},
        {"site": "demo", "kanaal": "fax"},
        {"site": "demo"},
        {"site": "demo", "kanaal": "evenement"},
        {"site": "demo", "kanaal": "widget", "evenement": "BEURS-26"},
        {"site": "demo", "kanaal": "evenement", "evenement": "een hele zin met tekst"},
    ],
)
def test_unknown_site_channel_or_event(product: Product, body: dict[str, str]) -> None:
    assert_problem(product.http.post("/v1/gesprekken", json=body), 400)


def test_event_code_goes_with_its_channel(product: Product) -> None:
    code = product.event().event.code
    chat = Chat(product, channel="evenement", evenement=code.lower())
    assert "evenement" not in chat.text
    chat.profile()
    chat.core("1", "1", "1", "1", "1")
    assert product.rows("select channel from referral where event = ?", code) == [{"channel": "evenement"}]


def test_code_that_does_not_work_is_said_and_the_conversation_goes_on(product: Product) -> None:
    before = {row["id"] for row in product.rows("select id from referral")}
    chat = Chat(product, channel="evenement", evenement="NERGENS-26")
    assert "geen mens" in chat.turn["berichten"][0]["tekst"]
    assert "De code van het evenement werkt niet meer" in chat.text
    assert chat.open == "personen"
    chat.profile()
    chat.core("1", "1", "1", "1", "1")
    (row,) = [row for row in product.rows("select id, channel, event from referral") if row["id"] not in before]
    assert (row["channel"], row["event"]) == ("widget", None)


def test_no_key_is_401_and_somebody_elses_is_404(product: Product, chat: Chat) -> None:
    other = Chat(product)
    path = f"/v1/gesprekken/{chat.id}"
    for method, address in (("GET", path), ("DELETE", path), ("POST", f"{path}/berichten")):
        body = {"tekst": "4"} if method == "POST" else None
        assert_problem(product.http.request(method, address, json=body), 401)
        wrong = {"Authorization": "Basic abc"}
        assert_problem(product.http.request(method, address, json=body, headers=wrong), 401)
        assert_problem(product.http.request(method, address, json=body, headers=other.headers), 404)
    assert product.http.get(path, headers=chat.headers).status_code == 200


def test_unknown_conversation(product: Product, chat: Chat) -> None:
    assert_problem(product.http.get(f"/v1/gesprekken/{uuid4()}", headers=chat.headers), 404)


def test_button_that_was_not_offered(chat: Chat) -> None:
    for code in ("0", "ja", "verder", "begin", "weet_niet", "x"):
        assert_problem(chat.send({"keuze": code}), 400)
    assert chat.choose("1")["voortgang"]["vraag"] == "bedrijf"


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "/session_start",
        '/kies{"waarde": "1"}',
        '/inform{"x": "y"}',
        "/stop",
        "/",
        "//",
        "/opnieuw",
        "/back",
    ],
)
def test_command_typed_by_hand_is_text(product: Product, text: str) -> None:
    chat = Chat(product)
    chat.choose("2-9")
    turn = chat.say(text)
    assert turn["antwoorden"]["grootteklasse"] == "2-9"
    assert turn["voortgang"] == {"vraag": "bedrijf", "bevestigen": True, "nummer": 2, "totaal": 9}


def test_repeated_key_gives_the_first_answer_and_changes_nothing(product: Product, chat: Chat) -> None:
    first = chat.send({"tekst": "4"}, key="sleutel-1")
    again = chat.send({"tekst": "4"}, key="sleutel-1")
    assert first.json() == again.json()
    assert chat.say("kapper")["voortgang"]["vraag"] == "gemeente"
    assert chat.send({"tekst": "iets anders"}, key="sleutel-1").json() == first.json()
    assert product.http.get(f"/v1/gesprekken/{chat.id}", headers=chat.headers).json() == chat.turn


def test_key_that_is_too_long(chat: Chat) -> None:
    assert_problem(chat.send({"tekst": "4"}, key="x" * 256), 400)


def test_two_messages_at_once_are_both_answered_in_some_order(product: Product, chat: Chat) -> None:
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda text: chat.send({"tekst": text}), ["sla over", "sla over"]))
    assert [answer.status_code for answer in answers] == [200, 200]
    now = product.http.get(f"/v1/gesprekken/{chat.id}", headers=chat.headers).json()
    assert now["voortgang"]["vraag"] == "gemeente"


def test_one_message_sent_twice_at_once_counts_once(product: Product, chat: Chat) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: chat.send({"tekst": "sla over"}, key="dubbel").json(), range(4)))
    assert all(answer == answers[0] for answer in answers)
    assert product.http.get(f"/v1/gesprekken/{chat.id}", headers=chat.headers).json()["voortgang"]["vraag"] == "bedrijf"


@pytest.mark.parametrize("path", ["/v1/gesprekken/", "/v1/initiatieven/", "/v1/bestaat-niet", "/docs", "/v1/vragen/"])
def test_address_that_does_not_exist(product: Product, path: str) -> None:
    assert_problem(product.http.get(path), 404)


def test_method_that_is_not_there(product: Product) -> None:
    response = product.http.put("/v1/gesprekken", json={})
    assert_problem(response, 405)
    assert response.headers["allow"]


def test_every_good_answer_carries_the_headers(product: Product, chat: Chat) -> None:
    for path in ("/", "/healthz", "/v1/openapi.json", "/v1/initiatieven", "/pagina/pagina.css"):
        response = product.http.get(path)
        assert response.status_code == 200
        assert_headers(response)
