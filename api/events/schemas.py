"""The shapes of the interface to events."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from api.conversations.schemas import Request


class EventDescription(BaseModel):
    """An event as its devices need it."""

    code: str
    naam: str
    datum: date
    gemeente: str = Field(description="CBS-code")
    organisator: str
    site: str
    laatsteDag: date = Field(description="Laatste dag waarop de code werkt")
    open: bool = Field(description="Of de code vandaag werkt")


class StaffLogin(Request):
    """What staff of an event log in with."""

    sleutel: Annotated[str, StringConstraints(min_length=1, max_length=64)] = Field(
        description="De medewerkerssleutel van het evenement", examples=["7KRT-93MD-QXB4"]
    )


class StaffToken(BaseModel):
    """The secret of a device that is logged in."""

    token: str
    geldigTot: datetime


class Tally(BaseModel):
    """How far an event is."""

    intakes: int | None = Field(description="Aantal intakes tot nu toe; null zolang het er minder dan vijf zijn")
