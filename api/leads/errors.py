"""What cannot be done with a lead."""

from api.errors import ApiError, BadInput, NotFound, TooManyTries


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


class NoSuchLead(NotFound):
    """There is no such lead, or not any more, or it is of another initiative: who asks cannot tell which."""

    detail = (
        "Deze aanvraag is er niet of niet meer. Misschien is hij gewist, of hoort hij bij een ander initiatief. "
        "Kijk in je lijst met aanvragen."
    )


class Changed(ApiError):
    """Somebody else, or the same person in another window, changed the lead in between."""

    status = 409
    title = "Intussen gewijzigd"
    detail = "Deze aanvraag is intussen gewijzigd. Er is niets overschreven. Kijk hoe hij er nu voor staat."


class NotPossible(ApiError):
    """The step cannot follow on where the lead stands."""

    status = 409
    title = "Dit kan nu niet"
    detail = "Deze stap kan nu niet. Er is niets gewijzigd. Kijk hoe de aanvraag er nu voor staat."


class UnreadableLead(ApiError):
    """The contents of a lead do not open with the keys that there are."""

    status = 503
    title = "Deze aanvraag is nu niet te lezen"
    detail = (
        "De contactgegevens van deze aanvraag zijn nu niet te lezen. Er is niets veranderd. "
        "Meld het aan de coördinator: de sleutel van de gegevens ontbreekt."
    )


class StaleTicket(ApiError):
    """The address of a page does not work (any more): its time is over, or it is not as we made it."""

    status = 410
    title = "Deze pagina werkt niet meer"
    detail = (
        "Het adres van deze pagina is langer dan twee uur oud, of het klopt niet. Er is nu niets doorgegeven. Doe de "
        "scan opnieuw: dan kun je bij je uitslag om contact vragen."
    )


class NobodyToAsk(ApiError):
    """Nobody of a result can be asked to make contact now."""

    status = 410
    title = "Je kunt hier nu niemand vragen"
    detail = (
        "Er is nu niemand die je langs deze weg kunt vragen om contact met je op te nemen. Er is niets doorgegeven. "
        "Je kunt zelf wel contact zoeken. In je uitslag staan de websites."
    )
