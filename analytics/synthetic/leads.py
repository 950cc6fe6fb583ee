"""Made-up leads of made-up firms, as the steps that the anonymous store keeps of them.

A quarter to a third of the firms asks for contact, and 36 percent of the leads are helped: what a study of referral
lines found of callers who contacted the service that they were referred to. All other shares are guesses that only have
to be plausible.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from analytics.outcomes import CLOSED, CONTACT, EXPERIENCE, HELPED, REQUESTED
from analytics.periods import month_of, week_of

_ASKS = 0.28  # of the firms that were referred to anything
_HOW_MANY = {1: 0.75, 2: 0.2, 3: 0.05}  # initiatives that a firm asks at once
_GETS_CONTACT = 0.78
_LEAD_TIMES = {("0-2", 2): 0.45, ("3-5", 6): 0.3, ("6-10", 11): 0.16, ("11+", 20): 0.09}  # with days until then
_ENDS_AFTER_CONTACT = {HELPED: 0.46, "niet_verder": 0.24, "niet_passend": 0.18, "geen_plek": 0.06, "ingetrokken": 0.06}
_ENDS_WITHOUT = {"geen_gehoor": 0.55, "geen_plek": 0.15, "ingetrokken": 0.15, "verlopen": 0.15}
_DAYS_TO_CLOSE = (7, 42)
_DAYS_TO_EXPERIENCE = 30
_ANSWERS = 0.4
_IF_HELPED = {HELPED: 0.85, "nog_bezig": 0.1, "niet_geholpen": 0.05}
_IF_NOT = {HELPED: 0.1, "nog_bezig": 0.25, "niet_geholpen": 0.65}


def steps(random: Random, week: str, initiatives: Sequence[str], last: date) -> Iterator[dict[str, Any]]:
    """The steps until a day of all leads of a firm that was referred in a week, as columns of the table outcome.

    Without their ids. None when it asks for no contact.
    """
    if not initiatives or random.random() >= _ASKS:
        return
    asked = date.fromisoformat(f"{week}-1") + timedelta(random.randrange(5))
    for initiative in initiatives[: _draw(random, _HOW_MANY)]:
        for day, step, outcome, lead_time in _of_one(random, asked):
            if week_of(day) <= week_of(last):
                yield {
                    "month": month_of(week_of(day)).id,
                    "initiative": initiative,
                    "step": step,
                    "outcome": outcome,
                    "lead_time": lead_time,
                    "rounding_key": random.getrandbits(32),
                }


def _of_one(random: Random, asked: date) -> Iterator[tuple[date, str, str, str]]:
    """The steps of one lead: day, step, outcome and class of the lead time."""
    yield asked, REQUESTED, "", ""
    reached = asked
    contact = random.random() < _GETS_CONTACT
    if contact:
        lead_time, days = _draw(random, _LEAD_TIMES)
        reached = asked + timedelta(days)
        yield reached, CONTACT, "", lead_time
    end = _draw(random, _ENDS_AFTER_CONTACT if contact else _ENDS_WITHOUT)
    yield reached + timedelta(random.randint(*_DAYS_TO_CLOSE)), CLOSED, end, ""
    if random.random() < _ANSWERS:
        answer = _draw(random, _IF_HELPED if end == HELPED else _IF_NOT)
        yield asked + timedelta(_DAYS_TO_EXPERIENCE), EXPERIENCE, answer, ""


def _draw(random: Random, weights: Mapping[Any, float]) -> Any:
    return random.choices(list(weights), list(weights.values()))[0]
