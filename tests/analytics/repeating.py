"""Many records from few, in the database itself: making up ten million one by one takes longer than measuring them."""

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Engine, Table, cast, func, insert, select
from sqlalchemy.schema import CreateIndex, DropIndex

from analytics.models import Outcome, Referral, ReferredInitiative, Stopped
from analytics.synthetic import SYNTHETIC

_FIRST = len(SYNTHETIC) + 2  # the place in an id, counted from one, of what tells records apart: hexadecimal digits
_DIGITS = 3
_KEYS = 2**32


def repeat(engine: Engine, times: int) -> None:
    """Let every made-up record be there so many times, each with an id and a rounding key of its own.

    At most 4096 times. The indexes are made again at the end, as after any large import.
    """
    tables = [model.metadata.tables[model.__tablename__] for model in (Referral, ReferredInitiative, Stopped, Outcome)]
    indexes = [index for table in tables for index in table.indexes]
    with engine.begin() as connection:
        for index in indexes:
            connection.execute(DropIndex(index))
    for table in tables:
        for number in range(1, times):
            with engine.begin() as connection:
                connection.execute(insert(table).from_select(list(table.c), _copy(engine, table, number)))
    with engine.begin() as connection:
        for index in indexes:
            connection.execute(CreateIndex(index))


def _copy(engine: Engine, table: Table, number: int) -> Any:
    """The first records once more. Their ids begin as no id of those does, and lie after them, in order."""
    identifier: Column[str] = next(iter(table.primary_key))
    start = func.substr(identifier, 1, _FIRST - 1)
    other: dict[str, ColumnElement[Any]] = {
        identifier.name: start.concat(f"z{number:0{_DIGITS}x}").concat(func.substr(identifier, _FIRST + 1 + _DIGITS)),
        "rounding_key": _random(engine),
    }
    columns = [other.get(column.name, column) for column in table.c]
    return select(*columns).where(identifier < f"{SYNTHETIC}-z").order_by(identifier)


def _random(engine: Engine) -> ColumnElement[int]:
    if engine.dialect.name == "postgresql":
        return cast(func.random() * _KEYS, BigInteger)
    return func.abs(func.random()) % _KEYS
