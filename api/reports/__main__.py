"""`make report`: write the report of a month into a folder, for who works on the server."""

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from analytics.database import migrate, open_database, what_is_wrong
from analytics.figures import Figures
from analytics.periods import month
from api.reports.contents import MEDIA
from api.reports.service import NoRelease, Reports
from api.settings import Settings
from knowledge.base import load
from knowledge.loading import KnowledgeError


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.reports", description="Het rapport van een maand maken.")
    parser.add_argument("maand", type=_month, help="maand met cijfers: 2026-11")
    parser.add_argument("--map", type=Path, help="waar de bestanden komen (standaard: REPORTS_FOLDER)")
    return parser


def _month(text: str) -> str:
    try:
        return month(text).id
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is geen maand. Schrijf jaar-maand: 2026-11.") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the report in every form. Returns the exit code: 0 when it was done, 1 when something is wrong."""
    asked = _parser().parse_args(arguments)
    settings = Settings()
    try:
        migrate(settings.database_url)
        knowledge = load()
        engine = open_database(settings.database_url)
        try:
            _write(
                Reports(
                    engine, knowledge, Figures(engine, knowledge), settings.reports_folder, settings.thresholds.staff
                ),
                asked.maand,
                asked.map or settings.reports_folder,
            )
        finally:
            engine.dispose()
    except NoRelease:
        print(f"Van {asked.maand} zijn er geen cijfers. Kijk welke er zijn: python -m analytics lijst", file=sys.stderr)
        return 1
    except (SQLAlchemyError, KnowledgeError) as error:
        print(f"De gegevens zijn niet te gebruiken: {what_is_wrong(error)}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"De bestanden zijn niet te schrijven: {error.strerror}: {error.filename}", file=sys.stderr)
        return 1
    return 0


def _write(reports: Reports, month_id: str, folder: Path) -> None:
    for form in MEDIA:
        content = reports.make(month_id, form, date.today())
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"rapport-{month_id}.{form}"
        path.write_bytes(content)
        print(path)


if __name__ == "__main__":
    sys.exit(main())
