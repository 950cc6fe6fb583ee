"""One run: people who do scans, a fault in the middle, and what has to hold afterwards."""

import random
import time
from dataclasses import dataclass, field

from tests.chaos.faults import Fault
from tests.chaos.house import House, NotBackError
from tests.chaos.people import LONGEST_ANSWER_SECONDS, PATIENCE_SECONDS, Person, Tally

PEOPLE = 6
ARRIVING_SECONDS = 1.5  # within which they all begin
MESSAGES = 10  # of a scan at least
BACK_SECONDS = 180


@dataclass
class Run:
    """What one run came to; `wrong` is empty when everything held."""

    number: int
    fault: str
    finished: int = 0
    answered: int = 0
    refused: int = 0
    unreachable: int = 0
    slowest: float = 0.0
    back: float = 0.0
    wrong: list[str] = field(default_factory=list)


def run(house: House, fault: Fault, number: int, seed: int) -> Run:
    """Do one run. Chance decides who answers what, and after how many answers of all together the fault comes."""
    chance = random.Random(f"{seed}/{number}")
    before = {row["id"] for row in house.rows("select id from referral")}
    tally, outcome = Tally(), Run(number, fault.name)
    people = [
        Person(house.url, chance.getrandbits(32), chance.uniform(0, ARRIVING_SECONDS), tally) for _ in range(PEOPLE)
    ]
    moment = chance.randrange(1, PEOPLE * MESSAGES * 3 // 4)
    for person in people:
        person.start()
    while tally.answered < moment and any(person.is_alive() for person in people):
        time.sleep(0.005)
    with fault.happen(house, chance):
        began = time.monotonic()
        try:
            house.wait_until_ready(BACK_SECONDS)
            outcome.back = time.monotonic() - began
        except NotBackError as error:
            outcome.wrong.append(str(error))
        for person in people:
            person.join(PATIENCE_SECONDS + LONGEST_ANSWER_SECONDS)
    outcome.wrong += _wrong(house, people, before)
    outcome.finished = sum(person.finished is not None for person in people)
    outcome.answered, outcome.slowest = tally.answered, tally.slowest
    outcome.unreachable = tally.refusals.pop("no connection", 0)
    outcome.refused = tally.refusals.total()
    if tally.slowest > LONGEST_ANSWER_SECONDS:
        outcome.wrong.append(f"an answer took {tally.slowest:.0f} seconds")
    return outcome


def _wrong(house: House, people: list[Person], before: set[str]) -> list[str]:
    """Who was not helped, and records that are missing, double, of nobody or of something else."""
    wrong = [person.fault or "somebody never got an end" for person in people if person.finished is None]
    records = {row["id"]: row for row in house.rows("select id, score, stage from referral") if row["id"] not in before}
    of = {row["id"]: row["record"] for row in house.rows("select id, record from conversation")}
    for person in people:
        if person.finished is None:
            continue
        found = records.pop(of.get(person.conversation, ""), None)
        if found is None:
            wrong.append("a finished scan has no record")
        elif (found["score"], found["stage"]) != (person.finished["score"], person.finished["fase"]):
            wrong.append(f"the record says {found['score']}, the result said {person.finished['score']}")
    if records:
        wrong.append(f"{len(records)} records of no finished scan")
    return wrong
