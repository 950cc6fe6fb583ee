"""What cannot be done with a webhook or a token."""

from api.errors import NotFound, Unauthorized


class NoSuchConnection(NotFound):
    """There is no such webhook or token, or it is of somebody else's initiative."""

    detail = "Deze koppeling bestaat niet of niet meer."


class NoSuchToken(Unauthorized):
    """A token does not hold (any more)."""

    title = "Sleutel werkt niet"
    detail = "Deze sleutel werkt niet (meer). Maak in het portaal een nieuwe, bij Koppelingen."


class Refusal(Exception):
    """What an owner asks for is not possible; says why and what to do, in Dutch."""
