"""`make bench PART=turns`: whole Dutch scans on the product and on stock Rasa, in short blocks in turn, in one run.

Shown, never tested: a slow machine is no fault. `--kort` is a check of a minute that everything runs; `--docs` writes
docs/speed.md and its picture.
"""

import argparse
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench import growth, training
from tests.bench.document import Comparison, Found, text, write
from tests.bench.driving import differing, interleaved
from tests.bench.sides import AsDelivered, Ours, Side, Stock

AT_ONCE = (1, 8, 16)
ORIGINAL, TENFOLD = 1, 10


@dataclass(frozen=True)
class Plan:
    """How long everything takes."""

    blocks: int
    seconds: float
    stored: tuple[int, ...]
    training: bool


WHOLE = Plan(blocks=6, seconds=10, stored=(0, 10_000, 100_000), training=True)
SHORT = Plan(blocks=2, seconds=2, stored=(0, 1_000), training=False)


def compare(plan: Plan) -> tuple[list[Comparison], tuple[float, float]]:
    """Both sides, by the number of conversations at once; and the seconds that each took to start."""
    with tempfile.TemporaryDirectory() as folder:
        ours_folder = Path(folder) / "product"
        ours_folder.mkdir()
        sides: list[Side] = [Stock(Path(folder) / "stock"), Ours(AsDelivered(ours_folder))]
        try:
            first, second = (side.start() for side in sides)
            found = []
            for number in AT_ONCE:
                print(f"{number} at once...", flush=True)
                stock, ours = interleaved(sides, number, blocks=plan.blocks, seconds=plan.seconds)
                found.append(Comparison(number, stock, ours, differing(stock, ours)))
            return found, (first, second)
        finally:
            for side in sides:
                side.stop()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--kort", action="store_true", help="a short run, to see that everything runs")
    parser.add_argument("--docs", action="store_true", help="write docs/speed.md and its picture")
    asked = parser.parse_args()
    plan = SHORT if asked.kort else WHOLE
    # All the turns come from one address and belong to one site; limits on these are measured elsewhere.
    os.environ["LIMIT_SITE"] = "0"
    comparisons, started = compare(plan)
    print("The product alone...", flush=True)
    found = Found(
        load=os.getloadavg()[2],
        comparisons=comparisons,
        started=started,
        trained=(training.seconds(own_importer=False), training.seconds(own_importer=True)) if plan.training else None,
        stored=growth.by_stored(plan.stored, plan.seconds * 2),
        catalogue=growth.by_catalogue((ORIGINAL, TENFOLD), plan.seconds * 2),
    )
    print(text(found))
    if asked.docs:
        write(found)


if __name__ == "__main__":
    main()
