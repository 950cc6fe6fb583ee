"""The shape of who can be asked to make contact."""

from pydantic import BaseModel, Field


class Askable(BaseModel, title="TeVragenInitiatief"):
    """Een initiatief dat om contact gevraagd kan worden."""

    id: str = Field(description="Id van het initiatief", examples=["digitale-mkb-werkplaats-utrecht"])
    naam: str = Field(description="Naam van het initiatief", examples=["Digitale MKB Werkplaats Utrecht"])


class ContactOffer(BaseModel, title="Contactmogelijkheid"):
    """Wie er na een uitslag om contact gevraagd kan worden. Kan dat bij niemand, dan is de lijst leeg en url null."""

    initiatieven: list[Askable] = Field(description="Wie er gevraagd kan worden; kan leeg zijn")
    url: str | None = Field(
        description="Pagina waar de ondernemer kiest wie hij vraagt en zijn gegevens invult; werkt twee uur",
        examples=["https://hulp.example.nl/contact?bewijs=3f9a"],
    )
