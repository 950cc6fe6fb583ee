"""Entrepreneurs under load: each does one scan, and goes on asking as the widget does until it is answered."""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2

PATIENCE_SECONDS = 300  # for one message, after which somebody is lost
LONGEST_ANSWER_SECONDS = 60  # more than TURN_SECONDS and a wait for a place, on a machine that is busy: more is a hang
FIRST_PAUSE_SECONDS = 0.25
LONGEST_PAUSE_SECONDS = 3
TYPED = {"bedrijf": ("kapper", "loodgieter", "ik heb een bakkerij"), "gemeente": ("Zeist", "Amersfoort", "3511 AB")}


class LostError(Exception):
    """Somebody was not helped, or was told something that is not clear."""


@dataclass
class Tally:
    """What everybody together met."""

    answered: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Person(threading.Thread):
    """Somebody who does a scan. `finished` is what the result said; `fault` why there is none."""

    def __init__(self, url: str, seed: int, begin_after: float, tally: Tally) -> None:
        """Take what chance decides: what is answered, and how long somebody thinks."""
        super().__init__(daemon=True)
        self._chance = random.Random(seed)
        self._begin_after = begin_after
        self._tally = tally
        self._http = httpx2.Client(base_url=url, timeout=LONGEST_ANSWER_SECONDS + 10)
        self.conversation = ""
        self.finished: dict[str, Any] | None = None
        self.fault = ""

    def run(self) -> None:
        """Do the scan."""
        time.sleep(self._begin_after)
        try:
            self.finished = self._scan()
        except LostError as error:
            self.fault = str(error)
        finally:
            self._http.close()

    def _scan(self) -> dict[str, Any]:
        turn = self._ask("/v1/gesprekken", {"site": "demo", "kanaal": "widget"}, {})
        self.conversation = turn["gesprekId"]
        headers = {"Authorization": f"Bearer {turn['sleutel']}"}
        path = f"/v1/gesprekken/{self.conversation}/berichten"
        for _ in range(40):
            if turn["uitslag"]:
                found: dict[str, Any] = turn["uitslag"]
                return found
            time.sleep(self._chance.uniform(0, 0.2))
            turn = self._ask(path, self._answer(turn), headers)
        raise LostError("a scan without an end")

    def _answer(self, turn: dict[str, Any]) -> dict[str, str]:
        offered = [button["waarde"] for message in turn["berichten"] for button in message["knoppen"]]
        question = turn["voortgang"]["vraag"]
        if question in TYPED and not turn["voortgang"]["bevestigen"]:
            return {"tekst": self._chance.choice(TYPED[question]), "vraag": question}
        return {"keuze": self._chance.choice(offered), "vraag": question}

    def _ask(self, path: str, body: dict[str, str], headers: dict[str, str]) -> dict[str, Any]:
        """Ask until there is an answer, under one key. Raises LostError."""
        headers = {**headers, "Idempotency-Key": uuid4().hex}
        deadline = time.monotonic() + PATIENCE_SECONDS
        pause = FIRST_PAUSE_SECONDS
        while time.monotonic() < deadline:
            began = time.monotonic()
            try:
                response = self._http.post(path, json=body, headers=headers)
            except httpx2.HTTPError as error:
                refusal = _lost_connection(error, time.monotonic() - began)
            else:
                if response.is_success:
                    self._count(time.monotonic() - began)
                    answer: dict[str, Any] = response.json()
                    return answer
                refusal = _refusal(response)
            with self._tally.lock:
                self._tally.refusals[refusal] += 1
            time.sleep(pause)
            pause = min(LONGEST_PAUSE_SECONDS, 2 * pause)
        raise LostError(f"no answer within {PATIENCE_SECONDS} seconds: {refusal}")

    def _count(self, seconds: float) -> None:
        with self._tally.lock:
            self._tally.answered += 1
            self._tally.slowest = max(self._tally.slowest, seconds)


def _lost_connection(error: httpx2.HTTPError, seconds: float) -> str:
    """A connection that is refused or breaks, as when a gateway dies. Raises LostError for one that hangs."""
    if isinstance(error, httpx2.TimeoutException):
        raise LostError(f"no answer and no refusal in {seconds:.0f} seconds") from error
    return "no connection"


def _refusal(response: httpx2.Response) -> str:
    """A clear refusal: 503 (or 429), in Dutch, with when to try again. Raises LostError for anything else."""
    said = response.json() if response.headers["content-type"] == "application/problem+json" else {}
    clear = response.status_code in (429, 503) and "Probeer" in said.get("detail", "")
    if not clear or "retry-after" not in response.headers:
        raise LostError(f"{response.status_code} is no clear refusal: {response.text[:200]}")
    return str(response.status_code)
