"""The shapes of a request for contact that is sent by a device."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from api.conversations.schemas import Code, Request

# Enough for whoever does not know the limits, which api.leads.contact says something of: this only keeps books out.
_Typed = Annotated[str, StringConstraints(max_length=5_000)]
_Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
MOST_INITIATIVES = 20
_EXAMPLE_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Consented(Request, title="GegevenToestemming"):
    """Een initiatief dat contact mag opnemen."""

    id: Code = Field(description="Id van het initiatief", examples=["digitale-mkb-werkplaats-utrecht"])
    tekstHash: _Hash = Field(
        description="tekstHash van de toestemming die is getoond, uit /contactteksten", examples=[_EXAMPLE_HASH]
    )


class GivenProfile(Request, title="GedeeldBedrijfsprofiel"):
    """Wat het initiatief van het bedrijf te weten komt, in codes van de scan."""

    sbi2025: Code = Field(description="Letter van SBI 2025, of onbekend", examples=["I"])
    sbi2008: Code = Field(description="Letter van SBI 2008, of onbekend", examples=["I"])
    grootteklasse: Code = Field(description="Grootteklasse, of onbekend", examples=["2-9"])
    gemeente: Code = Field(description="CBS-code, buiten_regio of onbekend", examples=["GM0355"])
    fase: Code = Field(description="Fase van de uitslag", examples=["engaged"])
    hulpvraag: Code = Field(description="Waar de ondernemer als eerste hulp bij zoekt", examples=["klanten"])


class NewContactRequest(Request, title="NieuwContactverzoek"):
    """Wat een ondernemer vraagt. Er staat geen intake bij: niets verbindt die twee."""

    evenement: Code = Field(description="Code van het evenement", examples=["ZEIST-4K7"])
    initiatieven: list[Consented] = Field(
        description="Wie er contact mag opnemen, hoogstens 20", min_length=1, max_length=MOST_INITIATIVES
    )
    naam: _Typed = Field(description="Naam van de ondernemer", examples=["Noor Bakker"])
    email: _Typed = Field(
        "", description="Mailadres. Dit of het telefoonnummer is nodig", examples=["noor@bakker.example"]
    )
    telefoon: _Typed = Field(
        "", description="Telefoonnummer, Nederlands of met een landnummer", examples=["06 12345678"]
    )
    voorkeur: _Typed = Field("", description="mail of telefoon; leeg als het niet uitmaakt", examples=["telefoon"])
    moment: _Typed = Field("", description="altijd, ochtend, middag of avond; leeg is altijd", examples=["ochtend"])
    toelichting: _Typed = Field("", description="Wat de ondernemer erbij schrijft", examples=["Graag na 15 december."])
    profiel: GivenProfile = Field(description="Wat de scan van het bedrijf weet")


class TakenContactRequest(BaseModel, title="Contactverzoek"):
    """Wat er met een verzoek gebeurt."""

    bevestigenPerMail: bool = Field(description="Of er eerst een mail komt om te bevestigen", examples=[True])
    intrekken: str | None = Field(
        description="Adres om het verzoek in te trekken, voor wie geen mailadres gaf; anders staat het in elke mail",
        examples=["https://hulp.example.nl/contact/intrekken?sleutel=9f2c"],
    )


class ConsentText(BaseModel, title="Toestemming"):
    """Waar iemand voor een initiatief mee instemt."""

    id: str = Field(description="Id van het initiatief", examples=["digitale-mkb-werkplaats-utrecht"])
    naam: str = Field(description="Naam van het initiatief", examples=["Digitale MKB Werkplaats Utrecht"])
    alineas: list[str] = Field(
        description="De toestemming, precies zoals hij getoond moet worden",
        examples=[["Je gegevens gaan naar de Digitale MKB Werkplaats Utrecht."]],
    )
    tekstHash: str = Field(
        description="Stuur deze mee met het verzoek: zo staat vast welke tekst is getoond", examples=[_EXAMPLE_HASH]
    )


class ConsentTexts(BaseModel, title="Toestemmingen"):
    """De initiatieven die nu om contact gevraagd kunnen worden, elk met de toestemming."""

    teksten: list[ConsentText] = Field(description="Per initiatief de toestemming; kan leeg zijn")
