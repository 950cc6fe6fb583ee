"""What the widget gets from the server: its script, the panel, the result as a card, the answers in words."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from api.widget.presentation import FORMS, card, given, presentation
from api.widget.releases import newest, releases
from api.widget.script_words import FILE, script_words
from api.widget.trees import tree
from knowledge.base import Knowledge
from knowledge.languages import shipped
from tests.product.running import Chat, Product

IDS = (
    "kop",
    "ai",
    "stand",
    "antwoorden",
    "lijst",
    "voortgang",
    "log",
    "typt",
    "status",
    "alarm",
    "veld",
    "teller",
    "verwijderen",
)


def nodes(node: list[Any]) -> Iterator[list[Any]]:
    """A node and everything in it."""
    yield node
    for child in node[2:]:
        if isinstance(child, list):
            yield from nodes(child)


def texts(node: list[Any]) -> str:
    """Everything that can be read in a node."""
    return " ".join(child for part in nodes(node) for child in part[2:] if isinstance(child, str))


def test_tree_of_html():
    assert tree('<p class="a">Hallo <b>jij</b> &amp; ik</p>') == [
        "p",
        {"class": "a"},
        "Hallo ",
        ["b", {}, "jij"],
        " & ik",
    ]


def test_layout_of_a_template_is_no_text():
    assert tree("<ul>\n  <li>een</li>\n  <li><br>twee</li>\n</ul>") == [
        "ul",
        {},
        ["li", {}, "een"],
        ["li", {}, ["br", {}], "twee"],
    ]


@pytest.mark.parametrize("html", ["<p>een</b>", "<p>een", "<p>een</p><p>twee</p>", "los"])
def test_html_that_does_not_close_is_a_fault(html: str):
    with pytest.raises(ValueError, match=r"element|close"):
        tree(html)


@pytest.mark.parametrize("language", shipped())
@pytest.mark.parametrize("form", FORMS)
def test_panel_has_every_part_that_the_script_looks_for(knowledge: Knowledge, language: Any, form: Any):
    shown = presentation(knowledge, knowledge.sites["utrecht"], language, form, "assistent.example")
    found = [part[1]["id"] for part in nodes(shown["paneel"]) if "id" in part[1]]

    assert len(found) == len(set(found))
    assert set(IDS) <= set(found)
    assert ("stil" in found) == (form == "kiosk")
    assert shown["paneel"][0] == ("dialog" if form == "knop" else "div")
    assert "Ondernemersloket van de gemeente Utrecht" in texts(shown["paneel"]) + texts(shown["pauze"])
    assert shown["teksten"]["ai"] in texts(shown["paneel"])


def test_words_of_the_site_itself(product: Product):
    shown = product.http.get("/v1/sites/demo/weergave?vorm=pagina&taal=en").json()

    assert shown["teksten"]["kop"] == "Digital help for entrepreneurs"
    assert shown["actief"]
    assert shown["teksten"]["taal"] == "en"
    assert "Your answers" in texts(shown["paneel"])
    (contact,) = (part for part in nodes(shown["paneel"]) if part[0] == "span" and part[1].get("lang"))
    assert contact[1]["lang"] == "nl"


@pytest.mark.parametrize(("query", "status"), [("taal=fr", 400), ("vorm=zweef", 400), ("", 200)])
def test_strange_questions_about_looks(product: Product, query: str, status: int):
    assert product.http.get(f"/v1/sites/demo/weergave?{query}").status_code == status


def test_unknown_site_and_unknown_website(product: Product):
    assert product.http.get("/v1/sites/niemand/weergave").status_code == 404
    refused = product.http.get("/v1/sites/demo/weergave", headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert "access-control-allow-origin" not in refused.headers


@pytest.fixture
def finished(product: Product) -> Chat:
    chat = Chat(product)
    chat.profile()
    chat.core("2", "1", "1", "1", "0")
    return chat


def read(chat: Chat, what: str) -> Any:
    response = chat.product.http.get(f"/v1/gesprekken/{chat.id}/weergave/{what}", headers=chat.headers)
    assert response.status_code == 200, response.text
    return response.json()


def test_card_says_everything_that_the_words_say(finished: Chat):
    shown = read(finished, "uitslag")
    said = [message["tekst"] for message in finished.turn["berichten"]]
    result = finished.turn["uitslag"]

    assert said[: shown["positie"]] + said[shown["positie"] + shown["vervangt"] :] == said[-1:]
    words = texts(shown["kaart"])
    for sentence in (*result["uitleg"], result["volgendeStap"], f"{result['score']} van 36 punten"):
        assert sentence in words
    for advice in (*result["initiatieven"], result["vangnet"]):
        assert advice["naam"] in words
        assert advice["reden"] in words
    assert "back-ups of wachtwoorden" in words  # the safety flag
    links = [part[1] for part in nodes(shown["kaart"]) if part[0] == "a"]
    assert {link["href"] for link in links if "/contact?" not in link["href"]} == {
        advice["url"] for advice in (*result["initiatieven"], result["vangnet"]) if advice["url"]
    }
    assert all(link["rel"] == "noopener noreferrer" for link in links)


def test_card_later_stands_for_nothing(finished: Chat):
    finished.say("wat kost het?")
    shown = read(finished, "uitslag")

    assert (shown["positie"], shown["vervangt"]) == (len(finished.turn["berichten"]) - 1, 0)


def test_card_while_an_answer_is_changed(finished: Chat):
    finished.say("wijzig gemeente")

    assert "van 36 punten" in texts(read(finished, "uitslag")["kaart"])


def test_no_card_before_there_is_a_result(product: Product):
    chat = Chat(product)
    response = product.http.get(f"/v1/gesprekken/{chat.id}/weergave/uitslag", headers=chat.headers)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("what", ["uitslag", "antwoorden"])
def test_looks_of_a_conversation_need_its_secret(finished: Chat, what: str):
    address = f"/v1/gesprekken/{finished.id}/weergave/{what}"
    http = finished.product.http
    assert http.get(address).status_code == 401
    assert http.get(address, headers={"Authorization": "Bearer iets"}).status_code == 404


def test_answers_in_words_with_a_way_to_change_each(product: Product, knowledge: Knowledge):
    size = knowledge.intake.question("personen")
    chat = Chat(product)
    chat.choose("1")
    chat.say("kapper", "sla over")
    shown = read(chat, "antwoorden")
    rows = [texts(part) for part in nodes(shown) if part[0] == "li"]

    assert [row.split("  ")[0].split(" Wijzig")[0] for row in rows] == [
        f"{size.opties[0].titel} {size.kort}",
        "De persoonlijke diensten of reparatie Soort bedrijf",
        "Niet ingevuld Gemeente",
    ]
    said = [part[1]["data-zeg"] for part in nodes(shown) if "data-zeg" in part[1]]
    assert said == ["wijzig personen", "wijzig bedrijf", "wijzig gemeente"]


def test_every_answer_has_words(knowledge: Knowledge):
    answers = dict.fromkeys(("grootteklasse", "sbi2025", "sbi2008", "gemeente"), "onbekend") | {
        "hulpvraag": "weet_niet"
    }
    scored = {
        question.levert[0]: "nvt" if question.id == "online_bestellen" else "weet_niet"
        for question in knowledge.intake.vragen[4:]
    }
    shown = given(knowledge, {"antwoorden": answers | scored})

    rows = [texts(part) for part in nodes(shown) if part[0] == "li"]
    assert len(rows) == 14
    assert not [row for row in rows if "weet_niet" in row or "nvt" in row or "onbekend" in row]


def test_place_is_said_by_its_name(knowledge: Knowledge):
    profile = {"grootteklasse": "2-9", "sbi2025": "F", "sbi2008": "F", "gemeente": "GM0355"}
    shown = given(knowledge, {"antwoorden": dict.fromkeys(q.id for q in knowledge.intake.vragen) | profile})
    assert "Zeist" in [texts(part) for part in nodes(shown) if part[0] == "li"][2]


def test_card_of_somebody_outside_the_region(product: Product, knowledge: Knowledge):
    chat = Chat(product)
    chat.profile(place="Rotterdam", size="250+")
    turn = chat.core("2", "1", "1", "1", "1")
    words = texts(read(chat, "uitslag")["kaart"])

    assert "buiten de regio Utrecht" in words
    assert "Hier kun je terecht" in words
    assert card(knowledge, {**turn, "uitslag": None}, None) is None


def test_script_holds_the_words_of_every_language():
    assert FILE.read_text(encoding="utf-8") == script_words(shipped()), "run: make widget"


def test_script_is_served_for_ever_and_to_everybody(product: Product):
    for release in releases().values():
        answer = product.http.get(release.address, headers={"Origin": "https://waar-dan-ook.example"})
        digest = base64.b64encode(hashlib.sha384(answer.content).digest()).decode()
        assert release.integrity == f"sha384-{digest}"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["content-type"].startswith("text/javascript")
    assert product.http.get("/widget/0.0.0/mkb-assistent.js").status_code == 404
    assert newest() in releases().values()


def test_answer_to_another_question_than_the_open_one_is_refused(product: Product):
    chat = Chat(product)
    chat.choose("2-9")
    before = chat.turn
    for body in ({"tekst": "vier", "vraag": "personen"}, {"keuze": "2-9", "vraag": "personen"}):
        refused = chat.send(body)
        assert refused.status_code == 400
        assert "niet meer open" in refused.json()["detail"]
    assert chat.send({"tekst": "kapper", "vraag": "bedrijf"}).status_code == 200
    assert before["voortgang"]["vraag"] == "bedrijf"


def test_verdict(product: Product):
    before = {row["id"] for row in product.rows("select id from referral")}
    chat = Chat(product)
    chat.profile()
    chat.core("2", "1", "1", "1", "0")
    address = f"/v1/gesprekken/{chat.id}/oordeel"

    def recorded() -> list[tuple[str, int]]:
        rows = product.rows("select id, verdict, provisional from referral")
        return [(row["verdict"], row["provisional"]) for row in rows if row["id"] not in before]

    for verdict in ("slecht", "goed"):
        assert product.http.post(address, json={"oordeel": verdict}, headers=chat.headers).status_code == 204
    assert recorded() == [("goed", 1)]
    chat.choose("verder", "2", "2", "2", "2", "2")
    assert recorded() == [("goed", 0)]
    assert product.http.post(address, json={"oordeel": "prima"}, headers=chat.headers).status_code == 400
    assert product.http.post(address, json={"oordeel": "goed"}).status_code == 401


def test_verdict_without_a_result(product: Product):
    chat = Chat(product)
    response = product.http.post(f"/v1/gesprekken/{chat.id}/oordeel", json={"oordeel": "goed"}, headers=chat.headers)
    assert response.status_code == 404
