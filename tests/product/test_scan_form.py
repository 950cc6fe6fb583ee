"""The scan as a form: the same result and the same record as the conversation, and what was typed is nowhere."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.api.scan_page import FURTHER, SCORED, ScanPage
from tests.product.running import ROOT, Chat, Product
from tests.product.test_forgetting import CANARIES, files_with

CONTACT_ADDRESS = re.compile(r"/contact\?[^\"]*")  # sealed anew each time
FILLED = {
    "personen": "2-9",
    "bedrijf-woorden": "loodgieter",
    "gemeente-woorden": "Zeist",
    "hulpvraag": "klanten",
    **dict.fromkeys(SCORED, "1"),
}


def new_rows(product: Product, before: set[str]) -> list[dict[str, Any]]:
    return [row for row in product.rows("select * from referral") if row["id"] not in before]


def ids(product: Product) -> set[str]:
    return {row["id"] for row in product.rows("select id from referral")}


def send(product: Product, status: int = 200, address: str = "/scan?site=utrecht", **changes: str) -> ScanPage:
    """Open the form and send it filled in."""
    token = ScanPage(product.http.get(address).text).sends["formulier"]
    response = product.http.post(address, data={"formulier": token, **FILLED, **changes})
    assert response.status_code == status, response.text
    return ScanPage(response.text)


def test_leaves_the_record_that_the_same_conversation_leaves(product: Product) -> None:
    before = ids(product)
    chat = Chat(product, site="utrecht")
    chat.profile()
    chat.core(*["1"] * 5)
    chat.choose("verder")
    chat.choose(*FURTHER.values())
    page = send(product, **FURTHER)
    by_chat, by_form = sorted(new_rows(product, before), key=lambda row: row["channel"] == "formulier")
    assert (by_chat.pop("channel"), by_form.pop("channel")) == ("widget", "formulier")
    assert by_chat.pop("rounding_key") != by_form.pop("rounding_key")  # random for each
    shown = [
        product.rows("select position, initiative from referred_initiative where referral_id = ?", row.pop("id"))
        for row in (by_chat, by_form)
    ]
    assert by_chat == by_form
    assert shown[0] == shown[1] != []
    result = chat.turn["uitslag"]
    for text in (*result["uitleg"], result["volgendeStap"], *(entry["reden"] for entry in result["initiatieven"])):
        assert text in page.text


def test_sent_many_times_at_once_is_counted_once(product: Product) -> None:
    before = ids(product)
    token = ScanPage(product.http.get("/scan").text).sends["formulier"]

    def press(_: int) -> tuple[int, str]:
        response = product.http.post("/scan", data={"formulier": token, **FILLED})
        return response.status_code, response.text

    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(press, range(16)))
    assert {status for status, _ in pages} == {200}
    assert len({CONTACT_ADDRESS.sub("", text) for _, text in pages}) == 1
    assert len(new_rows(product, before)) == 1


def test_form_that_is_not_whole_leaves_nothing(product: Product) -> None:
    before = ids(product)
    stopped = product.rows("select * from stopped")
    send(product, 400, administratie="")
    assert new_rows(product, before) == []
    assert product.rows("select * from stopped") == stopped


def test_at_an_event_the_code_is_on_record(product: Product) -> None:
    before = ids(product)
    code = product.event(site="kvk").event.code
    address = product.http.get(f"/f/{code.lower()}").headers["location"]
    send(product, address=address)
    (row,) = new_rows(product, before)
    assert (row["channel"], row["event"], row["site"]) == ("evenement", code, "kvk")


def test_works_without_the_assistant(product: Product) -> None:
    with product.without("rasa"):
        assert "36 punten" in send(product).text


def test_typed_text_is_in_no_file(product: Product) -> None:
    for canary in CANARIES:
        send(product, 400, **{"bedrijf-woorden": canary, "gemeente-woorden": canary})
        send(product, **{"bedrijf-woorden": f"loodgieter {canary}", "gemeente-woorden": f"in Zeist {canary}"})
        send(product, 400, administratie=canary, formulier=canary)
        product.http.post("/scan", data=FILLED, files={"x": (canary, canary.encode())})
        product.http.post("/scan", data={"bedrijf-woorden": canary * 5000})
        product.http.get("/scan", params={"site": canary, "evenement": canary})
    for canary in CANARIES:
        assert files_with(canary, product.folder, ROOT / "var") == []
