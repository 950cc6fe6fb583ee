"""Time that goes on when told."""


class Clock:
    """Seconds since any moment, as time.monotonic gives them."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now
