"""Duties, absences, the pool of independent people, Ombudsman cases, links between cases and links to act."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _people()
    _ombudsman()
    _duties()
    _more_of_cases_and_nags()


def _people() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["cover_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["entered_by_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_absence_cover_id", "absence", ["cover_id"])
    op.create_index("ix_absence_officer_id", "absence", ["officer_id"])
    op.create_table(
        "team_turn",
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("team"),
    )
    op.create_table(
        "independent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("fee_pence", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "unavailability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("independent_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["independent_id"], ["independent.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_unavailability_independent_id", "unavailability", ["independent_id"])
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("independent_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("appointed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("cost_pence", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["independent_id"], ["independent.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "stage", "role", "independent_id"),
    )
    op.create_index("ix_appointment_case_id", "appointment", ["case_id"])
    op.create_index("ix_appointment_independent_id", "appointment", ["independent_id"])


def _ombudsman() -> None:
    op.create_table(
        "ombudsman_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("draft_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("is_upheld", sa.Boolean(), nullable=True),
        sa.Column("remedied_before", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("body", "reference"),
    )
    op.create_index("ix_ombudsman_case_case_id", "ombudsman_case", ["case_id"])
    op.create_table(
        "ombudsman_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("year", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("body", "year", "item", "service"),
    )


def _duties() -> None:
    op.create_table(
        "duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("ombudsman_case_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("party_email", sa.String(), nullable=False),
        sa.Column("is_personal", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("look_again", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["made_by_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["ombudsman_case_id"], ["ombudsman_case.id"]),
        sa.ForeignKeyConstraint(["owner_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["signed_off_by_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_index(
        "duty_to_look_at",
        "duty",
        ["look_again"],
        sqlite_where=sa.text("look_again IS NOT NULL"),
        postgresql_where=sa.text("look_again IS NOT NULL"),
    )
    op.create_index("ix_duty_case_id", "duty", ["case_id"])
    op.create_index("ix_duty_ombudsman_case_id", "duty", ["ombudsman_case_id"])
    op.create_index("ix_duty_owner_id", "duty", ["owner_id"])
    op.create_table(
        "act_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"]),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_act_link_case_id", "act_link", ["case_id"])
    op.create_index("ix_act_link_duty_id", "act_link", ["duty_id"])
    op.create_index("ix_act_link_officer_id", "act_link", ["officer_id"])
    op.create_table(
        "case_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_officer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_officer_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"]),
        sa.ForeignKeyConstraint(["other_id"], ["case_file.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "other_id", "kind"),
    )
    op.create_index("ix_case_link_case_id", "case_link", ["case_id"])
    op.create_index("ix_case_link_other_id", "case_link", ["other_id"])
    op.create_table(
        "known_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("known_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reckoned_to", sa.Integer(), nullable=True),
        sa.Column("moved", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("calendar", "day"),
    )


def _more_of_cases_and_nags() -> None:
    op.add_column(
        "case_file", sa.Column("procedure_by_person", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("case_file", sa.Column("scope_agreed_on", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("agreed_by", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("extended_to", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("extensions", sa.Integer(), server_default="0", nullable=False))
    op.add_column("case_file", sa.Column("paused_on", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("paused_days", sa.Integer(), server_default="0", nullable=False))
    op.add_column("case_file", sa.Column("outcome", sa.String(), server_default="", nullable=False))
    op.add_column("case_file", sa.Column("quiet_until", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("close_out_on", sa.Date(), nullable=True))
    op.execute("UPDATE case_file SET close_out_on = responded_on WHERE status = 'responded'")
    op.create_index(
        "case_to_close_out",
        "case_file",
        ["close_out_on", "id"],
        sqlite_where=sa.text("close_out_on IS NOT NULL"),
        postgresql_where=sa.text("close_out_on IS NOT NULL"),
    )
    op.add_column("case_file", sa.Column("snoozed_until", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("happened", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("nag", sa.Column("due", sa.Date(), nullable=True))
    op.add_column("nag", sa.Column("told_in", sa.String(), nullable=True))
    # what was told before is told; its date was not kept, and is most likely the one that stands
    op.execute(
        "UPDATE nag SET told_in = 'told before 0007', due = (SELECT CASE nag.clock WHEN 'acknowledge' "
        "THEN acknowledge_by ELSE respond_by END FROM case_file WHERE case_file.id = nag.case_id)"
    )
    _a_nag_is_one_for_each_date()
    op.create_index(
        "nag_to_tell",
        "nag",
        ["recipient", "id"],
        sqlite_where=sa.text("told_in IS NULL"),
        postgresql_where=sa.text("told_in IS NULL"),
    )


def _a_nag_is_one_for_each_date() -> None:
    """A date that is moved is reminded of anew."""
    # PostgreSQL names constraints so by itself, and SQLite's have no name: its table is made anew
    conventions = {"uq": "%(table_name)s_%(column_0_N_name)s_key"}
    with op.batch_alter_table("nag", naming_convention=conventions) as nag:
        nag.drop_constraint("nag_case_id_stage_reopened_clock_step_recipient_key", type_="unique")
        nag.create_unique_constraint(
            "nag_case_id_stage_reopened_clock_due_step_recipient_key",
            ["case_id", "stage", "reopened", "clock", "due", "step", "recipient"],
        )
