"""The shapes of an intake that is sent as a whole."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StrictInt, StringConstraints

from api.conversations.schemas import Code, Outcome, Request

GivenCode = Annotated[str, StringConstraints(max_length=64)] | StrictInt | None


class NewIntake(Request):
    """The answers of one entrepreneur at an event."""

    evenement: Code = Field(description="Code van het evenement", examples=["ZEIST-4K7"])
    antwoorden: dict[Code, GivenCode] = Field(
        description="Per vraag de code van het antwoord. Het bedrijf mag als bedrijf (T/G) of als sbi2025 en "
        "sbi2008, het aantal mensen als personen of als grootteklasse.",
        examples=[
            {
                "personen": "2-9",
                "bedrijf": "I/I",
                "gemeente": "GM0355",
                "hulpvraag": "klanten",
                "administratie": 1,
                "vindbaar": 2,
                "gegevens": 0,
                "backup_updates": "weet_niet",
                "inloggen": 1,
            }
        ],
    )
    datum: date | None = Field(None, description="Dag waarop de antwoorden gegeven zijn; vandaag als die ontbreekt")


class TakenIntake(BaseModel):
    """What an intake came to."""

    intakeId: str = Field(description="Waarmee de intake 24 uur lang vervangen kan worden")
    uitslag: Outcome
