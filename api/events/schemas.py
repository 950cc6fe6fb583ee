"""The shapes of the interface to events."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, Field, StringConstraints

from api.conversations.schemas import Request

GivenCode = Annotated[str, Path(description="Code van het evenement", examples=["ZEIST-4K7"])]


class EventDescription(BaseModel, title="Evenement"):
    """Een evenement, zoals een apparaat daar het nodig heeft."""

    code: str = Field(description="Code van het evenement", examples=["ZEIST-4K7"])
    naam: str = Field(description="Naam van het evenement", examples=["Ondernemersontbijt"])
    datum: date = Field(description="Dag van het evenement", examples=["2026-12-03"])
    gemeente: str = Field(description="CBS-code van de gemeente", examples=["GM0355"])
    organisator: str = Field(description="Wie het organiseert", examples=["Gemeente Zeist"])
    site: str = Field(description="Id van de site waar het evenement bij hoort", examples=["demo"])
    laatsteDag: date = Field(description="Laatste dag waarop de code werkt", examples=["2026-12-10"])
    open: bool = Field(description="Of de code vandaag werkt", examples=[True])


class StaffLogin(Request, title="Aanmelding"):
    """Waarmee een medewerker van een evenement zich aanmeldt."""

    sleutel: Annotated[str, StringConstraints(min_length=1, max_length=64)] = Field(
        description="De medewerkerssleutel van het evenement", examples=["7KRT-93MD-QXB4"]
    )


class StaffToken(BaseModel, title="Apparaattoken"):
    """Het geheim van een apparaat dat is aangemeld."""

    token: str = Field(description="Stuur deze mee in de header Authorization", examples=["Zp3wQm8xT1vB5nKc7dRf9g"])
    geldigTot: datetime = Field(description="Tot wanneer de token werkt, in UTC", examples=["2026-12-03T23:00:00Z"])


class Tally(BaseModel, title="Stand"):
    """Hoe ver een evenement is."""

    intakes: int | None = Field(
        description="Aantal intakes tot nu toe; null onder de drempel voor de werkgroep, standaard 5", examples=[12]
    )
