"""Plays a scenario against a running product and checks what it promises."""

from typing import Any

from tests.product.running import Chat, Product
from tests.scenarios.script import EMPTY, NONE, Scenario, Step, as_list

RECORDED = "select count(*) as n from referral"


def play(product: Product, scenario: Scenario) -> None:
    """Hold the conversation. Raises AssertionError where it goes another way than the scenario."""
    recorded = product.rows(RECORDED)[0]["n"]
    chat = Chat(product, site=scenario.site)
    for number, step in enumerate(scenario.stappen, start=1):
        before = chat.turn
        for action in step.actions:
            before = chat.turn
            chat.turn = _sent(chat, action)
        where = f"step {number}, {step.zeg or step.kies or 'fragment'}\nsaid: {chat.text}"
        _check(step, before, chat, where)
    assert product.rows(RECORDED)[0]["n"] - recorded == scenario.geregistreerd


def _sent(chat: Chat, action: dict[str, str]) -> dict[str, Any]:
    if "keuze" in action:
        assert action["keuze"] in chat.offered, f"{action['keuze']} is not offered: {chat.offered}\nsaid: {chat.text}"
        return chat.choose(action["keuze"])
    return chat.say(action["tekst"])


def _check(step: Step, before: dict[str, Any], chat: Chat, where: str) -> None:
    turn = chat.turn
    if step.vraag is not None:
        expected = None if step.vraag == NONE else step.vraag
        assert (turn["voortgang"]["vraag"], turn["voortgang"]["bevestigen"]) == (expected, step.bevestigen), where
    if step.onderbreking:
        assert turn["voortgang"]["vraag"] == before["voortgang"]["vraag"], where
        assert turn["antwoorden"] == before["antwoorden"], where
    for code in step.knoppen:
        assert code in chat.offered, where
    for name, code in step.antwoorden.items():
        assert turn["antwoorden"][name] == (None if code == EMPTY else code), where
    for text in as_list(step.hoort):
        assert text.lower() in chat.text.lower(), where
    for text in as_list(step.hoortNiet):
        assert text.lower() not in chat.text.lower(), where
    if step.uitslag is not None:
        _check_result(step.uitslag, turn["uitslag"], where)


def _check_result(expected: dict[str, Any] | str, result: dict[str, Any] | None, where: str) -> None:
    if expected == NONE:
        assert result is None, where
        return
    assert result is not None and isinstance(expected, dict), where
    shown = {**result, "initiatieven": [advice["id"] for advice in result["initiatieven"]]}
    shown["vangnet"] = result["vangnet"]["id"]
    assert {name: shown[name] for name in expected} == expected, where
