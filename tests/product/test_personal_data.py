"""Personal data typed unasked is not used, not kept and not sent on, and the assistant says so."""

import pytest

from tests.product.running import ROOT, Chat, Product
from tests.product.test_forgetting import files_with

TYPED = {
    "telefoonnummer": "06-87654321",
    "e-mailadres": "kanarie.jansen@voorbeeld.example",
    "burgerservicenummer": "111222333",
    "rekeningnummer": "NL91ABNA0417164300",
    "KvK-nummer": "87654321",
    "kenteken": "XK-123-Z",
}


@pytest.fixture
def chat(product: Product) -> Chat:
    return Chat(product)


@pytest.mark.parametrize("kind", TYPED)
def test_it_is_named_and_the_question_stays_open(chat: Chat, kind: str) -> None:
    chat.choose("2-9")
    before = chat.turn["antwoorden"]
    chat.say(TYPED[kind])
    assert f"Ik zie een {kind}" in chat.text
    assert "bewaar ik niet" in chat.text
    assert chat.turn["antwoorden"] == before
    assert chat.turn["voortgang"] == {"vraag": "bedrijf", "bevestigen": False, "nummer": 2, "totaal": 9}


def test_what_else_was_said_counts(chat: Chat) -> None:
    chat.say("we zijn met zijn zessen, bel me op 06-87654321")
    assert "telefoonnummer" in chat.text
    assert chat.turn["antwoorden"]["grootteklasse"] == "2-9"


def test_three_times_is_no_failure(chat: Chat) -> None:
    chat.choose("2-9")
    chat.say(*TYPED.values())
    assert not chat.turn["voortgang"]["bevestigen"]


def test_it_is_in_no_file(product: Product, chat: Chat) -> None:
    chat.say(*TYPED.values())
    with product.without("actions"):
        assert chat.send({"tekst": TYPED["telefoonnummer"]}).status_code == 503
    for text in TYPED.values():
        assert files_with(text, product.folder, ROOT / "var") == []
