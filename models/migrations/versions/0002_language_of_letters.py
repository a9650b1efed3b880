"""The language a complainant is written to in; everybody so far in English."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("complainant", sa.Column("language", sa.String(length=40), nullable=False, server_default="en"))
