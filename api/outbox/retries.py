"""When something that failed is tried again: soon at first, and for three days in all, as Standard Webhooks advises."""

import random

MINUTE, HOUR = 60, 60 * 60
# Seconds before each try. The first is at once; after the last it is given up.
WAITS = (0, 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
LONGEST_WAIT = WAITS[-1]
_JITTER = 0.1  # what failed together is not tried together again


def wait(tries: int, asked: int = 0) -> int | None:
    """Seconds until the next try after so many; None when that was the last one.

    `asked` is how long the other side wants to be left alone: it makes a wait longer, up to a day.
    """
    if tries >= len(WAITS):
        return None
    jitter = 1 + random.random() * _JITTER  # noqa: S311 - nothing is protected by it
    return max(round(WAITS[tries] * jitter), min(asked, LONGEST_WAIT))
