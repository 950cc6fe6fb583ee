"""Copying PostgreSQL with its own programs, pg_dump and pg_restore."""

import os
import shutil
import subprocess
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from analytics.database import open_database
from api.backup.counting import counted, tables_of
from api.backup.errors import BackupFault

_LOCK_SECONDS = 10  # that is waited for others to let go of the tables


class PostgreSQL:
    """The database on a server."""

    name = "postgresql"
    file_name = "database.pgdump"

    def __init__(self, url: str) -> None:
        """Take the address."""
        self._url = url

    def copy(self, target: Path, without: Collection[str]) -> Mapping[str, int]:
        """Copy to a file, as api.backup.databases says. Raises BackupFault and SQLAlchemyError."""
        engine = open_database(self._url)
        try:
            # The program sees the same moment as our counting does.
            with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
                snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
                counts = counted(connection)
                out = [f"--exclude-table-data={name}" for name in sorted(counts.keys() & set(without))]
                self._run("pg_dump", ["--format=custom", f"--snapshot={snapshot}", *out, f"--file={target}"])
        finally:
            engine.dispose()
        return {name: 0 if name in without else count for name, count in counts.items()}

    def put_back(self, source: Path) -> None:
        """Replace everything by a copy. Raises BackupFault; before anything is changed when it cannot be read here."""
        _run("pg_restore", ["--list", str(source)], {})
        engine = open_database(self._url)
        try:
            with engine.begin() as connection:
                connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'"))
                for table in tables_of(connection).tables.values():  # also those that the copy does not know
                    name = connection.dialect.identifier_preparer.format_table(table)
                    connection.execute(text(f"DROP TABLE {name} CASCADE"))
        except SQLAlchemyError as error:
            raise BackupFault(
                f"De tabellen kunnen niet worden vervangen ({type(error).__name__}), en er is niets veranderd. Stop "
                "alle gateways en acties die deze database gebruiken, en probeer het opnieuw."
            ) from error
        finally:
            engine.dispose()
        self._run("pg_restore", ["--clean", "--if-exists", "--single-transaction", "--exit-on-error", str(source)])

    def _run(self, program: str, arguments: Sequence[str]) -> None:
        """Run a program of PostgreSQL on this database. Raises BackupFault."""
        address = make_url(self._url).set(drivername="postgresql")
        # A password among the arguments can be seen by everybody on the machine.
        environment = {"PGOPTIONS": f"-c lock_timeout={_LOCK_SECONDS}s"}
        if address.password is not None:
            environment["PGPASSWORD"] = str(address.password)
        where = address._replace(password=None).render_as_string()  # set() leaves what is to be None as it is
        _run(program, ["--no-owner", "--no-privileges", f"--dbname={where}", *arguments], environment)


def _run(program: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    found = shutil.which(program)
    if found is None:
        raise BackupFault(
            f"{program} is niet gevonden. Installeer de client van PostgreSQL: apt-get install postgresql-client"
        )
    done = subprocess.run(
        [found, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise BackupFault(f"{program} is mislukt: {said[-1] if said else done.returncode}")
