"""The shapes of the conversation interface."""

from typing import Annotated, Literal

from fastapi import Path
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from knowledge.words import visible

Code = Annotated[str, StringConstraints(min_length=1, max_length=64)]
EventCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{2,15}$")]
_EVENT: TypeAdapter[str] = TypeAdapter(EventCode)
ConversationId = Annotated[
    str, Path(description="Id van het gesprek", examples=["6f1c2b8e-0d6a-4a53-9a5e-6f6d1f0c7a21"])
]
Channel = Literal["widget", "formulier", "evenement"]


def event_code(text: str | None) -> str | None:
    """The code of an event in an address, or None when there is none of the agreed form."""
    try:
        return _EVENT.validate_python(text).upper()
    except ValidationError:
        return None


class Request(BaseModel):
    """Base of what a client sends: a field that does not exist is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class NewConversation(Request, title="NieuwGesprek"):
    """Waar een gesprek wordt gevoerd. Een evenement hoort bij kanaal evenement, en daar alleen."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"properties": {"kanaal": {"enum": ["widget", "formulier"]}, "evenement": {"type": "null"}}},
                {
                    "properties": {"kanaal": {"const": "evenement"}, "evenement": {"type": "string"}},
                    "required": ["evenement"],
                },
            ],
            "examples": [{"site": "demo", "kanaal": "widget"}],
        }
    )

    site: Code = Field(description="Id van de site", examples=["demo"])
    kanaal: Channel = Field(description="Waarlangs het gesprek loopt", examples=["widget"])
    evenement: EventCode | None = Field(None, description="Code van het evenement, alleen bij kanaal evenement")

    @model_validator(mode="after")
    def event_goes_with_its_channel(self) -> "NewConversation":
        """An event code and the channel evenement need each other."""
        if (self.kanaal == "evenement") != (self.evenement is not None):
            raise ValueError("evenement")
        return self


class NewMessage(Request, title="NieuwBericht"):
    """Een getypte tekst of een gekozen knop: een van de twee."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"properties": {one: {"type": "string"}, other: {"type": "null"}}, "required": [one]}
                for one, other in (("tekst", "keuze"), ("keuze", "tekst"))
            ],
            "examples": [{"tekst": "ik en drie monteurs", "vraag": "personen"}],
        }
    )

    tekst: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = Field(
        None, description="Wat iemand typt. Laat dit weg bij een keuze", examples=["ik en drie monteurs"]
    )
    keuze: Code | None = Field(None, description="De waarde van een knop van de laatste beurt, in plaats van tekst")
    vraag: Code | None = Field(
        None,
        description="De vraag waar dit een antwoord op is (voortgang.vraag), om niet te antwoorden op een vraag die in "
        "een ander tabblad al verder is",
        examples=["personen"],
    )

    @model_validator(mode="after")
    def one_of_both(self) -> "NewMessage":
        """A message has a text with something in it, or a choice."""
        if (self.tekst is None) == (self.keuze is None):
            raise ValueError("tekst of keuze")
        if self.tekst is not None and not visible(self.tekst):
            raise ValueError("leeg")
        return self


class Verdict(Request, title="Oordeel"):
    """Wat iemand van de uitslag vindt."""

    oordeel: Literal["goed", "slecht"] = Field(description="Of iemand iets aan de uitslag had", examples=["goed"])


class Button(BaseModel, title="Knop"):
    """Een antwoord dat te kiezen is."""

    titel: str = Field(description="Wat er op de knop staat", examples=["2 tot 9"])
    waarde: str = Field(description="Wat je als keuze terugstuurt", examples=["2-9"])


class Message(BaseModel, title="Bericht"):
    """Een bericht van de assistent."""

    tekst: str = Field(description="De tekst, zonder opmaak", examples=["Hoeveel mensen werken er in je bedrijf?"])
    knoppen: list[Button] = Field(description="De knoppen onder het bericht; kan leeg zijn")


class Progress(BaseModel, title="Voortgang"):
    """Welke vraag open staat."""

    vraag: str | None = Field(description="Id van de open vraag; null als er geen open staat", examples=["personen"])
    bevestigen: bool = Field(description="Of de assistent vraagt of hij het goed begrijpt", examples=[False])
    nummer: int | None = Field(description="De hoeveelste vraag dit is; null als er geen open staat", examples=[1])
    totaal: int | None = Field(description="Hoeveel vragen er zijn; null als er geen open staat", examples=[9])


class Advice(BaseModel, title="Advies"):
    """Een initiatief, en waarom het past."""

    id: str = Field(description="Id van het initiatief", examples=["digitale-mkb-werkplaats-utrecht"])
    naam: str = Field(description="Naam van het initiatief", examples=["Digitale MKB Werkplaats Utrecht"])
    reden: str = Field(description="Waarom dit initiatief past", examples=["Helpt je om klanten te vinden."])
    url: str | None = Field(
        description="De website; null als die niet bekend is", examples=["https://mkbwerkplaatsutrecht.nl"]
    )
    laatstGezien: str = Field(description="Maand van het laatste teken van leven", examples=["2024-05"])
    verouderd: bool = Field(description="Of dat langer dan twaalf maanden geleden is", examples=[True])


class Outcome(BaseModel, title="Uitslag"):
    """De uitslag van de scan."""

    fase: Literal["adhoc", "engaged", "verder"] = Field(
        description="Waar het bedrijf staat: aan het begin, op weg of al ver", examples=["engaged"]
    )
    score: int = Field(description="Punten: hoe meer, hoe digitaler het bedrijf werkt", examples=[14])
    voorlopig: bool = Field(
        description="Of de fase nog kan veranderen: altijd na de kern van de scan, en daarna als er te veel vragen "
        "open bleven om zeker te zijn",
        examples=[True],
    )
    veiligheidsvlag: bool = Field(description="Of back-ups of wachtwoorden eerst aandacht vragen", examples=[True])
    uitleg: list[str] = Field(description="Hoe de fase tot stand kwam", examples=[["Je boekhouding is digitaal."]])
    volgendeStap: str = Field(
        description="Wat het bedrijf als eerste kan doen", examples=["Maak elke dag een back-up."]
    )
    initiatieven: list[Advice] = Field(description="Initiatieven die passen, de beste eerst; kan leeg zijn")
    vangnet: Advice = Field(description="Waar elk bedrijf terechtkan")
    geenPassendAanbod: bool = Field(description="Of er in de regio niets is voor dit bedrijf", examples=[False])


class Turn(BaseModel, title="Beurt"):
    """Wat de assistent zegt als antwoord op een bericht."""

    gesprekId: str = Field(description="Id van het gesprek", examples=["6f1c2b8e-0d6a-4a53-9a5e-6f6d1f0c7a21"])
    berichten: list[Message] = Field(description="De berichten, in volgorde")
    voortgang: Progress = Field(description="Welke vraag open staat")
    antwoorden: dict[str, str | int | None] = Field(
        description="Wat er tot nu toe begrepen is, in codes; null is nog niet gevraagd of overgeslagen",
        examples=[{"grootteklasse": "2-9", "hulpvraag": None}],
    )
    uitslag: Outcome | None = Field(description="De uitslag; null zolang de scan loopt", examples=[None])


class FirstTurn(Turn, title="EersteBeurt"):
    """De eerste beurt, met de sleutel van het gesprek."""

    sleutel: str = Field(
        description="Geheim van dit gesprek. Stuur hem mee in de header Authorization, en bewaar hem nergens anders",
        examples=["kL3v9QxT0bYwR2dJm7HsZg4NfPc6UaEo"],
    )
