"""Every scenario, played on the whole product: real processes, the trained model, a real database.

`make scenarios` runs these alone.
"""

from collections import Counter
from typing import Any

import pytest

from knowledge.base import Knowledge
from tests.product.running import Chat, Product
from tests.scenarios.script import EMPTY, NONE, Scenario, Step, as_list, scenarios

ALL = scenarios()
RECORDED = "select count(*) as n from referral"


@pytest.mark.parametrize("scenario", ALL, ids=[scenario.naam for scenario in ALL])
def test_scenario(product: Product, scenario: Scenario) -> None:
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


def test_scenarios_cover_what_can_happen(knowledge: Knowledge) -> None:
    assert len(ALL) >= 40
    assert len({scenario.naam for scenario in ALL}) == len(ALL)
    assert {scenario.site for scenario in ALL} == set(knowledge.sites)
    results = [step.uitslag for scenario in ALL for step in scenario.stappen if isinstance(step.uitslag, dict)]
    assert {result.get("fase") for result in results} >= {"adhoc", "engaged", "verder"}
    answered = Counter(
        (name, code)
        for scenario in ALL
        for step in scenario.stappen
        for name, code in step.antwoorden.items()
        if code != EMPTY
    )
    sizes = {option.waarde for option in knowledge.intake.question("personen").opties}
    assert {code for name, code in answered if name == "grootteklasse"} >= sizes
    assert {code for name, code in answered if name == "sbi2025"} >= {"F", "G", "I", "R", "N", "T"}
    assert any(step.onderbreking for scenario in ALL for step in scenario.stappen)
