"""An owner with software that listens, at a name that leads to this machine."""

import ssl
from typing import Any

from api.leads.desk import Desk
from api.leads.service import CONFIRM
from api.webhooks.addresses import Addresses
from api.webhooks.sender import WebhookSender
from api.webhooks.service import Connections, Who
from tests.api.post_office import ADDRESS, INITIATIVE, House
from tests.api.receivers import HOST, Receiver

KIM = "kim@bedrijf.example"


class Owner:
    """An owner with software behind a name that leads to this machine."""

    def __init__(self, house: House, receiver: Receiver, certificates: ssl.SSLContext) -> None:
        self.house, self.receiver, self.found = house, receiver, ["127.0.0.1"]
        self.looked_up: list[str] = []
        self.addresses = Addresses(loopback=True, resolver=self._resolve)
        self.sender = WebhookSender(
            house.engine, house.vault, self.addresses, ADDRESS, clock=house.clock, certificates=certificates
        )
        desk = Desk(house.engine, house.vault)
        self.connections = Connections(house.engine, house.vault, house.outbox, desk, self.addresses)
        account, _ = house.staff()
        self.who = Who(account, frozenset((INITIATIVE,)))
        self.secret = self.connections.add_webhook(
            self.who, INITIATIVE, f"https://{HOST}:{receiver.port}/haak?v=1", house.clock.now
        )

    async def _resolve(self, host: str, _port: int) -> list[str]:
        self.looked_up.append(host)
        return self.found

    @property
    def webhook(self) -> str:
        return self.connections.webhooks(self.who, self.house.clock.now)[0].webhook.id

    def lead(self) -> str:
        """A lead for the owner. Gives its id."""
        self.house.ask(KIM)
        (standing,) = self.house.leads.confirm(self.house.token(CONFIRM, "bevestigen"))
        return standing.lead

    def work(self) -> None:
        self.house.work(self.house.worker(webhook=self.sender))

    def item(self, template: str = "lead.created") -> Any:
        rows = self.house.rows("select * from outbox_item where template = :template", template)
        return max(rows, key=lambda row: row.made_at)
