"""The daily count reads an index, and not past the bytes of every message."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index("inbound_counted", "inbound_message", ["disposition", "source", "case_id"])
