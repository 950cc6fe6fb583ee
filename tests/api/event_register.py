"""Events for tests of the gateway: made as staff make them, or moved to a day on which staff could not make one."""

from datetime import date, timedelta
from typing import Any

from fastapi import FastAPI
from sqlalchemy import update
from sqlalchemy.orm import Session

from api.events import models
from api.events.service import Created, EventPlan

PLAN = {"name": "Ondernemersontbijt", "municipality": "GM0355", "organiser": "Gemeente Zeist", "site": "demo"}


def register(app: FastAPI, **plan: Any) -> Created:
    """An event today, unless the plan says otherwise."""
    today = date.today()
    created: Created = app.state.parts.events.create(EventPlan(**{"day": today, **PLAN, **plan}), today)
    return created


def move(app: FastAPI, code: str, days: int) -> None:
    """Let an event have been so many days ago, with the last day of its code on the same day."""
    day = date.today() - timedelta(days=days)
    with Session(app.state.parts.engine) as session, session.begin():
        session.execute(update(models.Event).where(models.Event.code == code).values(day=day, last_day=day))
