"""Every scenario, played on the whole product: real processes, the trained model, a real database.

`make scenarios` runs these alone.
"""

from collections import Counter

import pytest

from knowledge.base import Knowledge
from tests.product.running import Product
from tests.scenarios.playing import play
from tests.scenarios.script import EMPTY, Scenario, scenarios

ALL = scenarios()


@pytest.mark.parametrize("scenario", ALL, ids=[scenario.naam for scenario in ALL])
def test_scenario(product: Product, scenario: Scenario) -> None:
    play(product, scenario)


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
