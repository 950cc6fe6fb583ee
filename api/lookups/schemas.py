"""The shapes of the look-ups."""

from pydantic import BaseModel


class Choice(BaseModel):
    """Een antwoord dat te kiezen is."""

    waarde: str
    titel: str


class Question(BaseModel):
    """Een vraag van de scan."""

    id: str
    deel: str
    levert: list[str]
    kort: str
    vraag: str
    opties: list[Choice]


class Municipality(BaseModel):
    """Een gemeente van de regio, die vandaag bestaat."""

    code: str
    naam: str


class Section(BaseModel):
    """Een sectie van SBI 2025."""

    code: str
    naam: str
