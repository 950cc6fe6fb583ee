"""How sending can end, other than well. The name of a fault is kept and logged, so it holds nothing of anybody."""

LONGEST_FAULT = 64


class DeliveryFault(Exception):
    """Something was not sent."""

    def __init__(self, fault: str) -> None:
        """Name the kind of fault."""
        self.fault = fault[:LONGEST_FAULT]
        super().__init__(self.fault)


class Gone(DeliveryFault):
    """There is nobody to tell, or nothing to tell of, any more."""


class Refused(DeliveryFault):
    """The other side says that this will never be taken."""


class Failed(DeliveryFault):
    """It did not work this time. `after` is in how many seconds the other side wants to be asked again."""

    def __init__(self, fault: str, after: int = 0) -> None:
        """Name the kind of fault."""
        super().__init__(fault)
        self.after = after
