"""Counting how turns end, for who watches the product."""

from api.conversations.repository import Progress, Stored
from api.operations import metrics

_TRIES = "pogingen"  # slot: how often the open question was answered without being understood


def count_turn(before: Stored, after: Progress) -> None:
    """Count how a turn ended: not understood, asked back or understood; and a first result."""
    if (after.slots.get(_TRIES) or 0) > (before.slots.get(_TRIES) or 0):
        outcome = metrics.NO_IDEA
    else:
        outcome = metrics.ASKED_BACK if after.turn["voortgang"]["bevestigen"] else metrics.UNDERSTOOD
    metrics.TURNS.labels(outcome).inc()
    given = after.turn["uitslag"]
    if given and not before.turn["uitslag"]:
        metrics.RESULTS.labels(given["fase"]).inc()
        metrics.FUNNEL.labels(metrics.FINISHED).inc()
        if given["initiatieven"]:
            metrics.FUNNEL.labels(metrics.REFERRED).inc()
