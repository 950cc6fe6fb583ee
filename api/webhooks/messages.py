"""What a webhook tells, and how it is signed: Standard Webhooks. It is thin: contact data is fetched with a token."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook as Signer

from api.outbox.registry import TEST
from api.outbox.repository import Item


def body(item: Item, initiative: str, address: str) -> bytes:
    """The message of an item, the same at every try; `address` is where people reach the product."""
    data = {"initiatief": initiative}
    if item.template != TEST:
        data = {"id": item.lead or "", **data, "url": f"{address}/v1/aanvragen/{item.lead}"}
    moment = datetime.fromtimestamp(item.made_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return json.dumps({"type": item.template, "timestamp": moment, "data": data}, ensure_ascii=False).encode()


def headers(identifier: str, content: bytes, secrets: Sequence[str], now: int) -> dict[str, str]:
    """The headers of a message: its id, the moment of sending, and a signature with each of the secrets."""
    moment = datetime.fromtimestamp(now, UTC)
    signatures = [Signer(secret).sign(identifier, moment, content.decode()) for secret in secrets]
    return {
        "content-type": "application/json",
        "webhook-id": identifier,
        "webhook-timestamp": str(now),
        "webhook-signature": " ".join(signatures),
    }
