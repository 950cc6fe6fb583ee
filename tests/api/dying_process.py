"""A process that asks for contact, sends, confirms and sends again, and dies at one moment of that, as by a power cut.

Run as: python -m tests.api.dying_process <database> <folder> <mail server> <moment>
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from api.leads.service import CONFIRM
from knowledge.base import load
from tests.api.post_office import House

DIED = 42
KIM, KEY = "kim@bedrijf.example", "een-keer"
MOMENTS = (
    "ask-before-commit",
    "asked",
    "leased",
    "accepted",
    "confirm-before-commit",
    "confirmed",
    "leased-again",
    "accepted-again",
)


def die(*_given: Any, **_more: Any) -> None:
    os._exit(DIED)


def then_die(function: Callable[..., Any]) -> Callable[..., Any]:
    def both(*given: Any) -> Any:
        if function(*given):
            die()

    return both


def live(house: House, moment: str) -> None:
    """Do everything, up to the moment."""
    if moment == "ask-before-commit":
        event.listen(Session, "before_commit", die)
    house.ask(KIM, KEY)
    if moment == "asked":
        die()
    work(house, moment, "")
    if moment == "confirm-before-commit":
        event.listen(Session, "before_commit", die)
    house.leads.confirm(house.token(CONFIRM, "bevestigen"))
    if moment == "confirmed":
        die()
    work(house, moment, "-again")


def work(house: House, moment: str, again: str) -> None:
    take, finish = house.outbox.take_mails, house.outbox.finish
    if moment == f"leased{again}":
        house.outbox.take_mails = then_die(take)  # type: ignore[method-assign]
    if moment == f"accepted{again}":
        house.outbox.finish = die  # type: ignore[method-assign,assignment]
    house.work()
    house.outbox.take_mails, house.outbox.finish = take, finish  # type: ignore[method-assign]


if __name__ == "__main__":
    database, folder, smtp_url, at = sys.argv[1:]
    live(House(database, Path(folder), load(), smtp_url), at)
