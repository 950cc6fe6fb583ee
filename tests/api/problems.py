"""Errors as clients get them."""

from typing import Any

from httpx2 import Response


def problem(response: Response, status: int, *words: str) -> dict[str, Any]:
    """What an error says, when it has this status, the one shape, and these words in its detail."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    answer: dict[str, Any] = response.json()
    for word in words:
        assert word in answer["detail"]
    return answer
