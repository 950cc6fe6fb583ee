"""Lets in only who knows the secret that the parts of the product share, whatever the address."""

import hmac
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

SECRET = "PARTS_SECRET"  # noqa: S105  # the name in the environment
SHORTEST = 32  # characters, as api/start.py makes it


def knows(authorization: str | None, secret: str) -> bool:
    """Whether a header Authorization holds the secret; compared in a time that tells nothing of it."""
    return hmac.compare_digest((authorization or "").encode(), f"Bearer {secret}".encode())


def guard(app: Any, secret: str) -> None:
    """Answer 401 to every request without the secret, before anything looks at it."""

    async def refuse_strangers(request: Request) -> HTTPResponse | None:
        if knows(request.headers.get("authorization"), secret):
            return None
        return response.json({"error": "Unauthorized"}, status=401, headers={"WWW-Authenticate": "Bearer"})

    app.on_request(refuse_strangers)
