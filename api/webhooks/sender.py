"""Sends the webhooks of the outbox."""

import asyncio
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx2
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.leads.handover import CREATED
from api.leads.models import Lead
from api.leads.repository import owners
from api.leads.statuses import EXPIRED, WITHDRAWN
from api.leads.vault import Unreadable, Vault
from api.outbox import queue
from api.outbox.faults import Failed, Gone
from api.outbox.registry import WEBHOOK_OFF
from api.outbox.repository import Item
from api.webhooks import messages, repository
from api.webhooks.addresses import Addresses, BadAddress, Target

SECONDS = 10  # that one try may take, from looking up to the answer
_CONNECT_SECONDS = 4
_AGENT = "digitale-hulp-webhooks"
_GONE = 410


@dataclass(frozen=True)
class _Message:
    target: str
    content: bytes
    headers: Mapping[str, str]


class WebhookSender:
    """Signs a message and sends it."""

    def __init__(
        self,
        engine: Engine,
        vault: Vault,
        addresses: Addresses,
        address: str,
        *,
        clock: Callable[[], float] = time.time,
        certificates: ssl.SSLContext | None = None,
    ) -> None:
        """Take the parts; `address` is where people reach the product, `certificates` whom to believe."""
        self._engine, self._vault, self._addresses = engine, vault, addresses
        self._address, self._clock = address, clock
        self._certificates = certificates or httpx2.create_ssl_context(trust_env=False)

    async def send(self, item: Item) -> None:
        """Send it now. Raises DeliveryFault when it was not taken."""
        message = await asyncio.to_thread(self._message, item)
        try:
            async with asyncio.timeout(SECONDS):
                target = self._addresses.read(message.target)
                status, after = await self._post(target, await self._addresses.look_up(target), message)
        except BadAddress:
            raise Failed("adres niet toegestaan") from None
        except TimeoutError:
            raise Failed("te langzaam") from None
        except httpx2.HTTPError as error:
            raise Failed(type(error).__name__) from None
        if status == _GONE:
            await asyncio.to_thread(self._switch_off, item)
            raise Gone(f"antwoord {status}")
        if not httpx2.codes.is_success(status):  # an address elsewhere is not gone to: nobody looked at that one
            raise Failed(f"antwoord {status}", _seconds(after, int(self._clock())))

    def _message(self, item: Item) -> _Message:
        now = int(self._clock())
        with Session(self._engine) as session:
            webhook = repository.find(session, item.webhook or "")
            if webhook is None or not webhook.active:
                raise Gone("koppeling staat uit")
            lead = session.get(Lead, item.lead) if item.lead else None
            if item.template == CREATED and (lead is None or lead.status in (WITHDRAWN, EXPIRED)):
                raise Gone("aanvraag is weg")
            sealed = [webhook.secret]
            if webhook.earlier_secret is not None and now < (webhook.earlier_until or 0):
                sealed.append(webhook.earlier_secret)
            try:
                secrets = [self._vault.unwrap(secret).decode() for secret in sealed]
            except Unreadable:
                raise Failed("sleutel past niet") from None
            content = messages.body(item, webhook.initiative, self._address)
            return _Message(webhook.url, content, messages.headers(item.id, content, secrets, now))

    async def _post(self, target: Target, machines: list[str], message: _Message) -> tuple[int, str]:
        """The status of the answer, and its Retry-After, of the first of the machines that can be reached."""
        *others, last = machines
        for machine in others:
            with suppress(httpx2.ConnectError, httpx2.ConnectTimeout):
                return await self._post_to(machine, target, message)
        return await self._post_to(last, target, message)

    async def _post_to(self, machine: str, target: Target, message: _Message) -> tuple[int, str]:
        """The status of the answer, and its Retry-After. The rest of the answer is not read."""
        headers = {**message.headers, "Host": target.netloc, "User-Agent": _AGENT, "Accept-Encoding": "identity"}
        timeout = httpx2.Timeout(SECONDS, connect=_CONNECT_SECONDS)
        async with httpx2.AsyncClient(verify=self._certificates, trust_env=False, timeout=timeout) as client:
            # The connection goes to the machine that was looked at; the certificate has to be of the name.
            post = client.stream(
                "POST",
                httpx2.URL(target.url).copy_with(host=machine),
                content=message.content,
                headers=headers,
                extensions={"sni_hostname": target.host},
                follow_redirects=False,
            )
            async with post as response:
                return response.status_code, response.headers.get("retry-after", "")

    def _switch_off(self, item: Item) -> None:
        """Stop a webhook because its software says that it is gone, and tell the owners."""
        now = int(self._clock())
        with Session(self._engine) as session, session.begin():
            webhook = repository.find(session, item.webhook or "")
            if webhook is None or not webhook.active:
                return
            webhook.active = False
            details = {"initiatief": webhook.initiative}
            queue.tell(session, owners(session, webhook.initiative), WEBHOOK_OFF, now=now, details=details)


def _seconds(retry_after: str, now: int) -> int:
    """After how many seconds a server wants to be asked again; 0 when it does not say so, or not in a way we know."""
    if retry_after.isascii() and retry_after.isdigit():
        return int(retry_after[:9])
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0, round((moment - datetime.fromtimestamp(now, UTC)).total_seconds()))
