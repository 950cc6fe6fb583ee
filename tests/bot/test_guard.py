from pathlib import Path

import pytest
import yaml

from bot.guard import knows

SECRET = "s" * 64


@pytest.mark.parametrize("authorization", [None, "", SECRET, "Bearer", f"Bearer {SECRET}x", f"bearer {SECRET}", "é"])
def test_who_does_not_know_the_secret(authorization: str | None) -> None:
    assert not knows(authorization, SECRET)


def test_who_knows_the_secret() -> None:
    assert knows(f"Bearer {SECRET}", SECRET)


def test_rasa_tells_the_actions_the_secret_of_the_environment() -> None:
    headers = yaml.safe_load(Path("bot/endpoints.yml").read_text())["action_endpoint"]["headers"]
    assert headers == {"Authorization": "Bearer ${PARTS_SECRET}"}
