"""`make import`: intakes from paper or a spreadsheet, for who works on the server."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from analytics.database import migrate, open_database
from analytics.recording import Recorder
from api.events.repository import Events
from api.events.service import EventService
from api.imports.blank_files import blank_csv, blank_workbook
from api.imports.columns import intake_columns
from api.imports.report import in_rows, lines
from api.imports.repository import StagedImports
from api.imports.service import ImportService
from api.imports.table import LARGEST_FILE, Unreadable
from api.intakes.service import IntakeService
from api.settings import Settings
from knowledge.base import Knowledge, load
from knowledge.loading import KnowledgeError

DONE, FAULTS, UNREADABLE = 0, 1, 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m api.imports", description="Intakes van papier of uit een spreadsheet bekijken en inlezen."
    )
    parser.add_argument("code", nargs="?", help="code van het evenement")
    parser.add_argument("bestand", nargs="?", type=Path, help="het bestand: .xlsx of .csv")
    parser.add_argument("--inlezen", action="store_true", help="lees de goede rijen in; anders wordt alleen gekeken")
    parser.add_argument("--sjabloon", type=Path, metavar="PAD", help="schrijf een leeg bestand om mee te beginnen")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command. Returns the exit code: 0 all is right, 1 rows have faults, 2 the file cannot be read."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.sjabloon is None and (asked.code is None or asked.bestand is None):
        parser.error("Noem de code van het evenement en het bestand, of --sjabloon en een pad.")
    try:
        knowledge = load()
        if asked.sjabloon is not None:
            return _write_blank(knowledge, asked.sjabloon)
        return _import(knowledge, asked.code, asked.bestand, record=asked.inlezen)
    except (Unreadable, KnowledgeError) as error:
        print(error, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: dit bestand kunnen we niet openen. Kijk het pad na.", file=sys.stderr)
    except SQLAlchemyError as error:
        print(f"De database is niet te gebruiken; er is niets ingelezen: {type(error).__name__}", file=sys.stderr)
    return UNREADABLE


def _write_blank(knowledge: Knowledge, path: Path) -> int:
    columns = intake_columns(knowledge.intake)
    path.write_bytes(blank_csv(columns) if path.suffix.lower() == ".csv" else blank_workbook(columns, knowledge.intake))
    print(f"Het sjabloon staat in {path}.")
    return DONE


def _import(knowledge: Knowledge, code: str, path: Path, *, record: bool) -> int:
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    url = Settings().database_url
    migrate(url)
    engine = open_database(url)
    try:
        events, recorder = EventService(Events(engine), knowledge), Recorder(engine, knowledge)
        intakes = IntakeService(knowledge, recorder)
        service = ImportService(knowledge, events, intakes, recorder, StagedImports(engine))
        today = date.today()
        event = events.find(code)
        if event is None:
            raise Unreadable(f"Een evenement met de code {code} bestaat niet. Kijk in de lijst: make events")
        if refusal := service.refusal(event, today):
            raise Unreadable(refusal)
        report = service.look(event, path.name, data, today).without_asking(service.columns)
        print("\n".join(lines(report, service.columns)))
        if record:
            print(f"\nIngelezen: {in_rows(service.take(event, report, {}))}.")
        elif report.new:
            print(f"\nEr is nog niets ingelezen. Met --inlezen worden het er: {report.new}.")
    finally:
        engine.dispose()
    return FAULTS if report.faults else DONE


if __name__ == "__main__":
    sys.exit(main())
