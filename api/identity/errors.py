"""What can go wrong at a login by the own organisation. As everywhere below /portaal these are shown as a page."""

from api.errors import ApiError

_BY_MAIL = "Je kunt ook inloggen met een link in je mail."


class LoginOver(ApiError):
    """Nobody in this browser is on the way to the provider with this state."""

    status = 410
    title = "Deze poging werkt niet meer"
    detail = f"Een poging werkt 10 minuten, één keer, en alleen in dezelfde browser. Begin opnieuw. {_BY_MAIL}"


class LoginStopped(ApiError):
    """The provider sends somebody back without a login."""

    status = 403
    title = "Je bent niet ingelogd"
    detail = f"Het inloggen bij je organisatie is gestopt. Probeer het opnieuw. {_BY_MAIL}"


class ProviderDown(ApiError):
    """The provider does not answer, or not as a provider does."""

    status = 503
    title = "Inloggen met je organisatie lukt nu niet"
    detail = f"Je organisatie geeft geen goed antwoord. Probeer het later opnieuw. {_BY_MAIL}"


class ProviderRefused(ApiError):
    """What the provider says of somebody cannot be trusted: signature, issuer, audience, nonce or time is wrong."""

    status = 403
    title = "Je bent niet ingelogd"
    detail = f"Het antwoord van je organisatie klopt niet. Probeer het opnieuw. {_BY_MAIL}"


class AddressUnverified(ApiError):
    """The provider does not say that the mail address was checked."""

    status = 403
    title = "Je mailadres is niet gecontroleerd"
    detail = f"Je organisatie heeft je mailadres niet gecontroleerd. Vraag het aan je eigen beheerder. {_BY_MAIL}"


class NotInvited(ApiError):
    """Nobody was invited with this mail address."""

    status = 403
    title = "Je bent niet uitgenodigd"
    detail = "Met het mailadres van je organisatie is niemand uitgenodigd. Vraag het aan de coördinator."
