"""Sends what is in the outbox. Any number of workers may run, in any number of processes."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Protocol
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from api.operations import metrics
from api.outbox.faults import DeliveryFault, Failed, Gone
from api.outbox.queue import CANCELLED, GIVEN_UP, MAIL, SENT, WEBHOOK
from api.outbox.registry import TEMPLATES
from api.outbox.repository import Item, Outbox
from api.outbox.retries import wait

IDLE_SECONDS = 1
CLOSING_SECONDS = 3
AT_ONCE = {MAIL: 4, WEBHOOK: 8}  # of webhooks one each, so that one that is slow is in nobody's way
NOTE_TRIES = 5  # what was sent is not forgotten because the database is busy for a moment

logger = logging.getLogger("assistent")


class Sender(Protocol):
    """Sends one kind of item."""

    async def send(self, item: Item) -> None:
        """Send it now. Raises DeliveryFault when it was not sent."""


class Worker:
    """Takes what is due, sends it, and notes what came of it."""

    def __init__(
        self, outbox: Outbox, senders: Mapping[str, Sender], *, clock: Callable[[], float] = time.time
    ) -> None:
        """Take the parts; `senders` by the kind of item, `clock` gives seconds since 1970."""
        self._outbox, self._senders, self._clock = outbox, senders, clock
        self._name = str(uuid4())
        self._running: dict[asyncio.Task[None], Item] = {}

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                worked = await self.step()
            except SQLAlchemyError as error:
                logger.warning("The outbox cannot be read, it is tried again: %s", type(error).__name__)
                worked = False
            if not worked:
                await asyncio.sleep(IDLE_SECONDS)

    async def close(self) -> None:
        """Let what is being sent come to an end, for a moment; what does not is sent again after its lease."""
        if self._running:
            await asyncio.wait(self._running, timeout=CLOSING_SECONDS)

    async def step(self) -> bool:
        """Start on what is due, and wait a moment for some of it to be done. False when there is nothing to do."""
        was_idle = not self._running
        for item in await self._due():
            task = asyncio.create_task(self._deliver(item))
            self._running[task] = item
            task.add_done_callback(self._running.pop)
        if self._running:
            await asyncio.wait(self._running, timeout=IDLE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            return True
        return not was_idle  # what was sent while we looked may have kept something back

    async def _due(self) -> list[Item]:
        now = int(self._clock())
        free = {kind: most - self._busy(kind) for kind, most in AT_ONCE.items() if kind in self._senders}
        busy = {item.webhook or "" for item in self._running.values() if item.kind == WEBHOOK}
        taken: list[Item] = []
        if free.get(MAIL):
            taken += await asyncio.to_thread(self._outbox.take_mails, self._name, now, free[MAIL])
        if free.get(WEBHOOK):
            taken += await asyncio.to_thread(self._outbox.take_webhooks, self._name, now, free[WEBHOOK], busy)
        return taken

    def _busy(self, kind: str) -> int:
        return sum(item.kind == kind for item in self._running.values())

    async def _deliver(self, item: Item) -> None:
        try:
            await self._senders[item.kind].send(item)
        except DeliveryFault as fault:
            await self._note(item, fault)
        except Exception as error:  # whatever goes wrong, the item is tried again and at last reported
            # The text of an error that nobody foresaw may hold an address, so its kind has to do.
            await self._note(item, Failed(type(error).__name__))
        else:
            await self._note(item, None)

    async def _note(self, item: Item, fault: DeliveryFault | None) -> None:
        now = int(self._clock())
        state, due_at = _what_next(item, fault, now)
        metrics.OUTBOX.labels(item.kind, state or "uitgesteld").inc()
        name = fault.fault if fault else "-"
        level = logging.INFO if state in (SENT, CANCELLED) else logging.ERROR if state else logging.WARNING
        logger.log(
            level,
            "outbox item=%s kind=%s template=%s try=%d state=%s fault=%s",
            *(item.id, item.kind, item.template, item.tries, state or "uitgesteld", name),
        )
        for number in range(NOTE_TRIES):
            try:
                if state is None:
                    await asyncio.to_thread(self._outbox.postpone, item, due_at, name)
                else:
                    await asyncio.to_thread(self._outbox.finish, item, state, now, fault.fault if fault else None)
            except SQLAlchemyError as error:
                logger.warning("outbox item=%s is not noted, it is tried again: %s", item.id, type(error).__name__)
                await asyncio.sleep(number)
            else:
                return


def _what_next(item: Item, fault: DeliveryFault | None, now: int) -> tuple[str | None, int]:
    """In which state an item ends; None when it waits for another try, and until when."""
    if fault is None:
        return SENT, now
    if isinstance(fault, Gone):
        return CANCELLED, now
    pause = wait(item.tries, fault.after) if isinstance(fault, Failed) else None
    template = TEMPLATES.get(item.template)
    useful = template.useful_seconds if template and item.kind == MAIL else None
    if pause is None:
        return GIVEN_UP, now
    if useful is None:
        return None, now + pause
    last = item.made_at + useful
    return (GIVEN_UP, now) if now >= last else (None, min(now + pause, last))
