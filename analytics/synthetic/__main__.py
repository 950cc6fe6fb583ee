"""`make synthetic`: fill a database without real records with made-up ones."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date

from sqlalchemy.exc import SQLAlchemyError

from analytics.database import DEFAULT_URL, migrate, open_database, what_is_wrong
from analytics.synthetic import RealRecords, fill
from knowledge.base import load
from knowledge.loading import KnowledgeError

_REAL = (
    "In deze database staan echte gesprekken. Daar komen geen synthetische bij, en er is niets veranderd. Noem een "
    "andere database, bijvoorbeeld: DATABASE_URL=sqlite:///var/voorbeeld.db"
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analytics.synthetic", description="Synthetische gesprekken maken.")
    parser.add_argument("--aantal", type=_number, default=250, help="hoeveel doorverwijzingen (standaard: 250)")
    parser.add_argument("--van", type=_day, required=True, help="een dag in de eerste week: 2026-01-01")
    parser.add_argument("--tot", type=_day, required=True, help="een dag in de laatste week: 2026-10-31")
    parser.add_argument("--zaad", type=int, default=1, help="een ander getal geeft andere gesprekken (standaard: 1)")
    return parser


def _number(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is geen aantal. Schrijf een getal vanaf 1: 250.")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is geen datum. Schrijf jaar-maand-dag: 2026-12-03.") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill the database of DATABASE_URL. Returns the exit code: 0 when it was done, 1 when something is wrong."""
    asked = _parser().parse_args(arguments)
    if asked.tot < asked.van:
        print("De laatste dag ligt voor de eerste. Draai ze om.", file=sys.stderr)
        return 1
    url = os.environ.get("DATABASE_URL") or DEFAULT_URL
    try:
        migrate(url)
        knowledge = load()
        engine = open_database(url)
        try:
            fill(engine, knowledge, seed=asked.zaad, records=asked.aantal, first=asked.van, last=asked.tot)
        finally:
            engine.dispose()
    except RealRecords:
        print(_REAL, file=sys.stderr)
        return 1
    except (SQLAlchemyError, KnowledgeError) as error:
        print(f"De gegevens zijn niet te gebruiken: {what_is_wrong(error)}", file=sys.stderr)
        return 1
    print(f"{asked.aantal} synthetische doorverwijzingen toegevoegd, van {asked.van} tot en met {asked.tot}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
