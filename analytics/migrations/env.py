"""Alembic's entry point: runs the migrations on the engine that analytics.database.migrate hands over."""

from alembic import context
from sqlalchemy import text

_POSTGRESQL_LOCK = 0x6D6967  # of migrations: one process at a time

engine = context.config.attributes["engine"]

with engine.connect() as connection:
    context.configure(connection=connection, render_as_batch=True, transactional_ddl=True)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _POSTGRESQL_LOCK})
        context.run_migrations()
