"""What Slack sends is kept before it is worked on; whose message stands in Slack, and when it was taken away."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "envelope",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(
        "envelope_to_work",
        "envelope",
        ["look_at", "id"],
        sqlite_where=sa.text("look_at IS NOT NULL"),
        postgresql_where=sa.text("look_at IS NOT NULL"),
    )
    op.create_index("envelope_by_age", "envelope", ["received_at"])
    op.add_column("suggestion", sa.Column("likely", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("slack_card") as card:
        card.add_column(sa.Column("case_id", sa.Integer(), nullable=True))
        card.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        card.create_foreign_key("slack_card_case_id_fkey", "case_file", ["case_id"], ["id"])
    # by the key, and not by a text made of each case: that would compare every card with every case
    op.execute(
        "UPDATE slack_card SET case_id = (SELECT case_file.id FROM case_file "
        "WHERE case_file.id = CAST(substr(slack_card.subject, 6) AS INTEGER)) WHERE subject LIKE 'case %'"
    )
    op.execute(
        "UPDATE slack_card SET case_id = (SELECT alert.case_id FROM alert "
        "WHERE alert.id = CAST(substr(slack_card.subject, 7) AS INTEGER)) WHERE subject LIKE 'alert %'"
    )
    op.create_index("ix_slack_card_case_id", "slack_card", ["case_id"])
    op.create_index("outbox_by_age", "outbox_entry", ["put_at"])
    told = sa.text("told_in IS NOT NULL")
    op.create_index("nag_told_in", "nag", ["told_in"], sqlite_where=told, postgresql_where=told)
