"""`make figures`: what the product costs on this machine. Shown, never tested: a slow machine is no fault.

Starts the three processes on free ports, holds whole typed scans through the gateway with a single user, and adds up
the memory. A comparison with a stock Rasa set-up belongs to the benchmarks.
"""

import statistics
import tempfile
import time
from pathlib import Path

from tests.product.running import Chat, Product

SCANS = 20
TYPED = (
    "ik en drie monteurs",
    "loodgieter",
    "Zeist",
    "ik verzuip in de bonnetjes",
    "alles in excel",
    "instagram maar doe er weinig mee",
    "in mijn hoofd",
    "soms doe ik een back-up",
    "overal hetzelfde",
    "ja",
    "nee, niet mee bezig",
    "dropbox",
    "offertes",
    "youtube",
    "niks",
)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder))
        begun = time.perf_counter()
        try:
            product.start()
            started = time.perf_counter() - begun
            turns = sorted(seconds for _ in range(SCANS) for seconds in scan(product))
            memory = sum(product.memory().values())
        finally:
            product.stop()
    print(f"start to ready      {started:6.1f} s   (model trained, everything installed)")
    print(
        f"one turn, median    {statistics.median(turns) * 1000:6.1f} ms  ({len(turns)} turns, single user, typed text)"
    )
    print(f"one turn, p95       {turns[int(len(turns) * 0.95)] * 1000:6.1f} ms")
    print(f"memory, all three   {memory:6.0f} MB")


def scan(product: Product) -> list[float]:
    """The seconds of every turn of one scan."""
    chat = Chat(product)
    seconds = []
    for text in TYPED:
        begun = time.perf_counter()
        chat.say(text)
        seconds.append(time.perf_counter() - begun)
    assert chat.turn["uitslag"], "a scan that does not end in a result measures nothing"
    return seconds


if __name__ == "__main__":
    main()
