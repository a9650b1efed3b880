"""The queue of each channel has an index of its own: with thousands waiting, a claim reads only the next one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    unsent = sa.text("state IN ('waiting', 'sending')")
    op.create_index(
        "outbox_queue",
        "outbox_entry",
        ["channel", "not_before", "id"],
        sqlite_where=unsent,
        postgresql_where=unsent,
    )
