"""What the portal refuses. As everywhere below /portaal these are shown as a page: see pages.py."""

from urllib.parse import urlencode

from api.errors import ApiError, TooManyTries


class LoginNeeded(ApiError):
    """Nobody is logged in: the browser is sent to the login, and from there back."""

    status = 303
    title = "Log eerst in"
    detail = "Log eerst in. Daarna zie je deze pagina."

    def __init__(self, path: str) -> None:
        """Tell where to go back to."""
        super().__init__(headers={"Location": f"/portaal/inloggen?{urlencode({'naar': path})}"})


class SecondFactorNeeded(ApiError):
    """Somebody is logged in, and has to confirm it with a passkey: the browser is sent there, and from there back."""

    status = 303
    title = "Bevestig eerst dat jij het bent"
    detail = "Bevestig eerst met een passkey dat jij het bent. Daarna zie je deze pagina."

    def __init__(self, path: str) -> None:
        """Tell where to go back to."""
        super().__init__(headers={"Location": f"/portaal/passkey?{urlencode({'naar': path})}"})


class NotForYou(ApiError):
    """Somebody is logged in, and the role does not cover this."""

    status = 403
    title = "Deze pagina is niet voor jou"
    detail = "Jouw rol mag dit niet zien of doen. Vraag het aan de coördinator."


class ForeignForm(ApiError):
    """A form that was not sent by a page of ours, or by a page from before the login."""

    status = 403
    title = "Dit formulier is niet meer geldig"
    detail = "Er is niets gedaan. Ga terug, laad de pagina opnieuw en verstuur het formulier nog een keer."


class TooManyAtTheDoor(TooManyTries):
    """A link was asked for or opened too often."""

    def __init__(self, seconds: int) -> None:
        """Tell after how many seconds it may be tried again."""
        super().__init__(seconds)
        minutes = -(-seconds // 60)
        when = "over één minuut" if minutes == 1 else f"over {minutes} minuten"
        self.detail = f"Dit is te vaak geprobeerd. Er is niets gedaan. Probeer het {when} opnieuw."
