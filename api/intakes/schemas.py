"""The shapes of an intake that is sent as a whole."""

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field, StrictInt, StringConstraints

from api.conversations.schemas import Code, Outcome, Request

IntakeId = Annotated[str, Path(description="Id van de intake", examples=["kL3v9QxT0bYwR2dJm7HsZg"])]
GivenCode = Annotated[str, StringConstraints(max_length=64)] | StrictInt | None


class NewIntake(Request, title="NieuweIntake"):
    """De antwoorden van een ondernemer op een evenement."""

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
    datum: date | None = Field(
        None, description="Dag waarop de antwoorden gegeven zijn; vandaag als die ontbreekt", examples=["2026-12-03"]
    )


class TakenIntake(BaseModel, title="Intake"):
    """Wat er uit een intake kwam."""

    intakeId: str = Field(
        description="Waarmee de intake 24 uur lang vervangen kan worden", examples=["kL3v9QxT0bYwR2dJm7HsZg"]
    )
    uitslag: Outcome = Field(description="De uitslag van de scan")
