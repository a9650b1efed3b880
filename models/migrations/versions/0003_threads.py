"""A key of each case's own, its campaign, and what gives reason for care; what a further letter wants."""

from secrets import token_hex

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("case_file", sa.Column("thread_key", sa.String(), nullable=True))
    _give_every_case_a_key()
    # not as a batch: SQLite would drop the table, and with it every row that refers to it
    op.create_index("ix_case_file_thread_key", "case_file", ["thread_key"], unique=True)
    op.execute("ALTER TABLE case_file ADD COLUMN campaign_of_id INTEGER REFERENCES case_file (id)")
    op.add_column("case_file", sa.Column("doubts", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index("ix_case_file_campaign_of_id", "case_file", ["campaign_of_id"])
    op.add_column("correspondence", sa.Column("sort", sa.String(length=40), nullable=True))
    op.add_column("correspondence", sa.Column("undelivered", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "letter_band",
        sa.Column("band", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["correspondence.id"]),
        sa.PrimaryKeyConstraint("band", "letter_id"),
    )


def _give_every_case_a_key() -> None:
    connection = op.get_bind()
    cases = sa.table("case_file", sa.column("id", sa.Integer), sa.column("thread_key", sa.String))
    for (case_id,) in connection.execute(sa.select(cases.c.id)).all():
        connection.execute(cases.update().where(cases.c.id == case_id).values(thread_key=token_hex(10)))
