"""The shape of who can be asked to make contact."""

from pydantic import BaseModel, Field


class Askable(BaseModel):
    """An initiative that can be asked."""

    id: str
    naam: str


class ContactOffer(BaseModel):
    """Who can be asked after a result; the list is empty and the address null when nobody can."""

    initiatieven: list[Askable]
    url: str | None = Field(
        description="Pagina waar de ondernemer kiest wie hij vraagt en zijn gegevens invult; werkt twee uur"
    )
