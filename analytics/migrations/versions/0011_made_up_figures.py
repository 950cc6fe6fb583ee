"""The view of released figures tells which have made-up records among them."""

from alembic import op

revision = "0011"
down_revision = "0010"

_COLUMNS = (
    'p.id as publication, p.made_on, p.threshold, p.base, c."table", c."row", c."column", c.position, c.value, c.status'
)
_FROM = "from publication p join published_cell c on c.publication = p.id"
# Of a release that is kept with it. Of an event it is told when any release was: made-up records stand beside no others.
_MADE_UP = {
    "sqlite": "json_extract({}.decisions, '$.synthetisch') = 1",
    "postgresql": "{}.decisions ->> 'synthetisch' = 'true'",
}


def upgrade() -> None:
    """Tell so, in a column behind the others."""
    made_up = _MADE_UP[op.get_bind().dialect.name]
    of_event = f"p.id like 'evenement/%' and exists (select 1 from publication o where {made_up.format('o')})"
    told = f"case when {made_up.format('p')} or ({of_event}) then 'ja' else 'nee' end as synthetic"
    # Replaced where that can be, so that who was allowed to read it still is.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"create or replace view released_figures as select {_COLUMNS}, {told} {_FROM}")
    else:
        op.execute("drop view released_figures")
        op.execute(f"create view released_figures as select {_COLUMNS}, {told} {_FROM}")


def downgrade() -> None:
    """Take the column away."""
    op.execute("drop view released_figures")
    op.execute(f"create view released_figures as select {_COLUMNS} {_FROM}")
