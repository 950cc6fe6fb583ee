"""What Rasa's REST channel is sent that is no message of its clients; tests/product has the others."""

import pytest
from fastapi.testclient import TestClient

from api.rest_channel.service import LONGEST

HERE = "/webhooks/rest/webhook"


@pytest.mark.parametrize("body", ["[]", '"hallo"', "null", "5"])
def test_what_is_no_object_is_refused_and_goes_no_further(
    client: TestClient, assistant: list[str | None], body: str
) -> None:
    response = client.post(HERE, content=body)
    assert (response.status_code, response.json()["detail"]) == (400, "Stuur een object met sender en message.")
    assert assistant == []


def test_text_that_is_too_long_is_told_in_a_message_and_goes_no_further(
    client: TestClient, assistant: list[str | None]
) -> None:
    response = client.post(HERE, json={"sender": "a", "message": "x" * (LONGEST + 1)})
    assert response.status_code == 200
    (message,) = response.json()
    assert (message["recipient_id"], "hooguit 500" in message["text"]) == ("a", True)
    assert assistant == []
