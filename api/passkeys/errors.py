"""What can be wrong with a passkey, as it is told to people."""


class PasskeyFault(Exception):
    """A passkey was not taken; says why and what to do, in Dutch."""


class PasskeyTooLate(PasskeyFault):
    """What the device signed is not what was asked, is used already, or is more than five minutes old."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Dit duurde te lang, of je hebt de pagina twee keer geopend. Probeer het opnieuw.")


class PasskeyRefused(PasskeyFault):
    """The passkey does not hold here."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Deze passkey klopt niet. Probeer een andere passkey. Heb je die niet? Vraag de coördinator je passkeys in "
            "te trekken. Daarna maak je een nieuwe."
        )


class PasskeyExists(PasskeyFault):
    """A first passkey for who has one."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Je hebt al een passkey. Bevestig daarmee dat jij het bent. Daarna kun je er een bij maken.")


class LastPasskey(PasskeyFault):
    """The only passkey cannot be removed, or it is gone already."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("Dit is je enige passkey. Maak eerst een andere. Daarna kun je deze verwijderen.")


class TooManyPasskeys(PasskeyFault):
    """More passkeys than anybody needs."""

    def __init__(self, most: int) -> None:
        """Say so."""
        super().__init__(f"Je hebt al {most} passkeys. Verwijder er eerst een die je niet meer gebruikt.")


class PasskeyNameMissing(PasskeyFault):
    """A passkey has no name, or one that is too long."""

    def __init__(self, longest: int) -> None:
        """Say so."""
        super().__init__(f"Geef de passkey een naam van hoogstens {longest} tekens.")
