"""The shapes of a request for contact that is sent by a device."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from api.conversations.schemas import Code, Request

# Enough for whoever does not know the limits, which api.leads.contact says something of: this only keeps books out.
_Typed = Annotated[str, StringConstraints(max_length=5_000)]
_Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
MOST_INITIATIVES = 20


class Consented(Request):
    """An initiative that may make contact."""

    id: Code = Field(description="Id van het initiatief", examples=["digitale-mkb-werkplaats-utrecht"])
    tekstHash: _Hash = Field(description="tekstHash van de toestemming die is getoond, uit /v1/contactteksten")


class GivenProfile(Request):
    """What the initiative gets to know of the firm, in codes of the scan."""

    sbi2025: Code = Field(description="Letter van SBI 2025, of onbekend", examples=["I"])
    sbi2008: Code = Field(description="Letter van SBI 2008, of onbekend", examples=["I"])
    grootteklasse: Code = Field(description="Grootteklasse, of onbekend", examples=["2-9"])
    gemeente: Code = Field(description="CBS-code, buiten_regio of onbekend", examples=["GM0355"])
    fase: Code = Field(description="Fase van de uitslag", examples=["engaged"])
    hulpvraag: Code = Field(description="Waar de ondernemer als eerste hulp bij zoekt", examples=["klanten"])


class NewContactRequest(Request):
    """What one entrepreneur asks. It names no intake: nothing connects the two."""

    evenement: Code = Field(description="Code van het evenement", examples=["ZEIST-4K7"])
    initiatieven: list[Consented] = Field(
        description="Wie er contact mag opnemen, hoogstens 20", min_length=1, max_length=MOST_INITIATIVES
    )
    naam: _Typed = Field(description="Naam van de ondernemer", examples=["Noor Bakker"])
    email: _Typed = Field("", description="Mailadres. Dit of het telefoonnummer is nodig")
    telefoon: _Typed = Field("", description="Telefoonnummer, Nederlands of met een landnummer")
    voorkeur: _Typed = Field("", description="mail of telefoon; leeg als het niet uitmaakt")
    moment: _Typed = Field("", description="altijd, ochtend, middag of avond; leeg is altijd")
    toelichting: _Typed = Field("", description="Wat de ondernemer erbij schrijft")
    profiel: GivenProfile


class TakenContactRequest(BaseModel):
    """What becomes of a request."""

    bevestigenPerMail: bool = Field(description="Of er eerst een mail komt om te bevestigen")
    intrekken: str | None = Field(
        description="Adres om het verzoek in te trekken, voor wie geen mailadres gaf; anders staat het in elke mail"
    )


class ConsentText(BaseModel):
    """What is agreed to for one initiative."""

    id: str = Field(description="Id van het initiatief")
    naam: str
    alineas: list[str] = Field(description="De toestemming, precies zoals hij getoond moet worden")
    tekstHash: str = Field(description="Stuur deze mee met het verzoek: zo staat vast welke tekst is getoond")


class ConsentTexts(BaseModel):
    """The initiatives that can be asked now."""

    teksten: list[ConsentText]
