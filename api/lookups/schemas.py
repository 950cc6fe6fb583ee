"""The shapes of the look-ups."""

from pydantic import BaseModel, Field


class Choice(BaseModel, title="Antwoord"):
    """Een antwoord dat te kiezen is."""

    waarde: str = Field(description="De code van het antwoord", examples=["2-9"])
    titel: str = Field(description="Het antwoord in woorden", examples=["2 tot 9"])


class Question(BaseModel, title="Vraag"):
    """Een vraag van de scan."""

    id: str = Field(description="Id van de vraag", examples=["personen"])
    deel: str = Field(description="kern, of verdieping voor de vragen daarna", examples=["kern"])
    levert: list[str] = Field(description="Wat het antwoord invult", examples=[["grootteklasse"]])
    kort: str = Field(description="De vraag in een paar woorden", examples=["Aantal mensen"])
    vraag: str = Field(description="De vraag", examples=["Hoeveel mensen werken er in je bedrijf? Tel jezelf mee."])
    opties: list[Choice] = Field(description="De antwoorden om uit te kiezen")


class Municipality(BaseModel, title="Gemeente"):
    """Een gemeente van de regio, die vandaag bestaat."""

    code: str = Field(description="Code van het CBS", examples=["GM0344"])
    naam: str = Field(description="Naam van de gemeente", examples=["Utrecht"])


class Section(BaseModel, title="Sector"):
    """Een sectie van SBI 2025."""

    code: str = Field(description="Letter van de sectie", examples=["I"])
    naam: str = Field(description="Naam van de sectie", examples=["Horeca"])
