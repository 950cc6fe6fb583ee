"""What cannot be done with a lead."""

from api.errors import BadInput, TooManyTries


class NothingToAsk(BadInput):
    """None of the initiatives can be asked to make contact."""

    detail = "Kies minstens één initiatief dat contact met je kan opnemen."


class OtherText(BadInput):
    """The text that was agreed to is not the one that holds now."""

    detail = (
        "De tekst van de toestemming is intussen veranderd. Lees hem opnieuw en verstuur het formulier dan nog eens."
    )


class TooManyRequests(TooManyTries):
    """An address, or a network, asked more often than anybody needs."""

    detail = "Er is te vaak om contact gevraagd. Er is nu niets gedaan. Probeer het morgen opnieuw."
