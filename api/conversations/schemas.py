"""The shapes of the conversation interface."""

from typing import Annotated, Literal

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


class NewConversation(Request):
    """Where a conversation is held."""

    site: Code = Field(description="Id van de site", examples=["demo"])
    kanaal: Channel = Field(description="Waarlangs het gesprek loopt", examples=["widget"])
    evenement: EventCode | None = Field(None, description="Code van het evenement, alleen bij kanaal evenement")

    @model_validator(mode="after")
    def event_goes_with_its_channel(self) -> "NewConversation":
        """An event code and the channel evenement need each other."""
        if (self.kanaal == "evenement") != (self.evenement is not None):
            raise ValueError("evenement")
        return self


class NewMessage(Request):
    """A typed text or a chosen button."""

    tekst: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = Field(
        None, description="Wat iemand typt", examples=["ik en drie monteurs"]
    )
    keuze: Code | None = Field(None, description="De waarde van een knop van de laatste beurt", examples=["2-9"])
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


class Verdict(Request):
    """What somebody says of the result."""

    oordeel: Literal["goed", "slecht"] = Field(description="Of iemand iets aan de uitslag had")


class Button(BaseModel):
    """An answer to choose."""

    titel: str
    waarde: str


class Message(BaseModel):
    """One message of the assistant."""

    tekst: str
    knoppen: list[Button]


class Progress(BaseModel):
    """The open question; vraag is null when none is open."""

    vraag: str | None
    bevestigen: bool
    nummer: int | None
    totaal: int | None


class Advice(BaseModel):
    """An initiative, and why it is shown."""

    id: str
    naam: str
    reden: str
    url: str | None
    laatstGezien: str
    verouderd: bool


class Outcome(BaseModel):
    """The result of the scan."""

    fase: Literal["adhoc", "engaged", "verder"]
    score: int
    voorlopig: bool
    veiligheidsvlag: bool
    uitleg: list[str]
    volgendeStap: str
    initiatieven: list[Advice]
    vangnet: Advice
    geenPassendAanbod: bool


class Turn(BaseModel):
    """A turn of the assistant."""

    gesprekId: str
    berichten: list[Message]
    voortgang: Progress
    antwoorden: dict[str, str | int | None]
    uitslag: Outcome | None


class FirstTurn(Turn):
    """The first turn, with the secret of the conversation."""

    sleutel: str
