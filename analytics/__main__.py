"""`make release` and what belongs to it: make figures, list those that there are, and prove them once more."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from analytics.database import DEFAULT_URL, migrate, open_database, what_is_wrong
from analytics.figures import Figures, Release
from analytics.menu import AUDIENCES
from analytics.periods import Month, month
from analytics.releases import Refused, Releases
from analytics.rounding_secret import DEFAULT_FOLDER, rounding_secret
from analytics.thresholds import BadThreshold, Thresholds, thresholds_of
from analytics.verification import verify
from knowledge.base import Knowledge, load
from knowledge.loading import KnowledgeError


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is asked with the database of DATABASE_URL. Returns the exit code: 1 when something is wrong."""
    asked = _parser().parse_args(arguments)
    url = os.environ.get("DATABASE_URL") or DEFAULT_URL
    try:
        thresholds = thresholds_of(os.environ)
        migrate(url)
        knowledge = load()
        engine = open_database(url)
        try:
            return _COMMANDS[asked.wat](engine, knowledge, asked, thresholds)
        finally:
            engine.dispose()
    except (Refused, BadThreshold) as refused:
        print(refused, file=sys.stderr)
    except (SQLAlchemyError, KnowledgeError) as error:
        print(f"De gegevens zijn niet te gebruiken: {what_is_wrong(error)}", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analytics", description="Cijfers maken, bekijken en nagaan.")
    commands = parser.add_subparsers(dest="wat", required=True)
    make = commands.add_parser("maken", help="maak de cijfers van een maand, en van de maanden ervoor die er niet zijn")
    make.add_argument("--maand", type=_month, help="2026-11 (standaard: de laatste maand die voorbij is)")
    commands.add_parser("lijst", help="welke cijfers zijn er?")
    commands.add_parser("controle", help="reken na of niemand uit de cijfers kan halen wat verborgen is")
    return parser


def _month(text: str) -> Month:
    try:
        return month(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is geen maand. Schrijf jaar-maand: 2026-11.") from error


def _make(engine: Engine, knowledge: Knowledge, asked: argparse.Namespace, thresholds: Thresholds) -> int:
    folder = Path(os.environ.get("SECRETS_FOLDER") or DEFAULT_FOLDER)
    secret = partial(rounding_secret, os.environ.get("ROUNDING_SECRET", ""), folder)
    made = Releases(engine, knowledge, secret, thresholds).make(asked.maand, date.today())
    if made:
        print(f"Gemaakt: {', '.join(one.id for one in made)}.")
    else:
        print("Deze cijfers zijn er al. Ze veranderen niet meer.")
    return 0


def _list(engine: Engine, knowledge: Knowledge, _asked: argparse.Namespace, _thresholds: Thresholds) -> int:
    figures = Figures(engine, knowledge)
    found = sorted((one for audience in AUDIENCES for one in figures.all(audience)), key=lambda one: one.month)
    for one in found:
        print(_line(one))
    if not found:
        print("Er zijn nog geen cijfers. Maak ze: python -m analytics maken")
    return 0


def _line(one: Release) -> str:
    mark = ", synthetische gegevens" if one.synthetic else ""
    number = len(one.tables)
    tables = f"{number} {'tabel' if number == 1 else 'tabellen'}"
    return f"{one.month.id}  {one.audience:<9}  gemaakt op {one.made_on}, {tables}{mark}"


def _check(engine: Engine, knowledge: Knowledge, _asked: argparse.Namespace, _thresholds: Thresholds) -> int:
    good = True
    verdicts = verify(engine, knowledge)
    for verdict in verdicts:
        found = verdict.outcome
        about = f"{verdict.year}, {verdict.audience}: {found.cells} verborgen aantallen nagerekend"
        if found.narrow is None:
            least = "" if found.narrowest is None else f", overal minstens {found.narrowest} verschil"
            print(f"{about}{least}. In orde.")
            continue
        good = False
        cell = found.narrow
        of_event = f", evenement {cell.event}" if cell.event else ""
        print(
            f"{about}. Een ervan is te precies af te leiden, of de tabellen kloppen niet met elkaar: "
            f"{'*'.join(cell.names)} {'*'.join(filter(None, cell.key))}, {', '.join(sorted(cell.months))}{of_event}. "
            "Laat deze cijfers aan niemand meer zien en waarschuw wie de privacy bewaakt.",
            file=sys.stderr,
        )
    if not verdicts:
        print("Er zijn nog geen cijfers.")
    return 0 if good else 1


_COMMANDS: dict[str, Callable[[Engine, Knowledge, argparse.Namespace, Thresholds], int]] = {
    "maken": _make,
    "lijst": _list,
    "controle": _check,
}


if __name__ == "__main__":
    sys.exit(main())
