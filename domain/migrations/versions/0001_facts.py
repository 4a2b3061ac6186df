"""Create the tables of the facts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "unit",
    "person",
    "enterprise",
    "project",
    "investor",
    "milestone",
    "annual_plan",
    "fund_record",
    "target",
    "published_figure",
    "visit",
    "visit_enterprise",
    "trip",
    "lead",
    "issue",
    "reminder",
)


def upgrade() -> None:
    """Go one step up."""
    _directory()
    _projects()
    _projects_by_year()
    _targets()
    _visits()
    _activity()


def downgrade() -> None:
    """Go one step down."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _directory() -> None:
    op.create_table(
        "unit",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("parent_id", KEY, nullable=True),
        sa.Column("group_name", sa.String(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("sort_order", sa.Integer(), nullable=True),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("name", name=op.f("uq_unit_name")),
    )
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("phone", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("name", "unit_id", name=op.f("uq_person_name_unit_id")),
    )
    op.create_index(op.f("ix_person_name"), "person", ["name"], unique=False)
    op.create_index(op.f("ix_person_unit_id"), "person", ["unit_id"], unique=False)


def _projects() -> None:
    op.create_table(
        "enterprise",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("credit_code", sa.String(), nullable=True),
        sa.Column("province", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("nature", sa.String(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("industry", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
        sa.UniqueConstraint("credit_code", name=op.f("uq_enterprise_credit_code")),
        sa.UniqueConstraint("name", name=op.f("uq_enterprise_name")),
    )
    op.create_table(
        "project",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("total_investment", sa.BigInteger(), nullable=False),
        sa.Column("fixed_investment", sa.BigInteger(), nullable=True),
        sa.Column("industry_class", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("investor_province", sa.String(), nullable=True),
        sa.Column("investor_city", sa.String(), nullable=True),
        sa.Column("supervision", sa.String(length=32), nullable=True),
        sa.Column("packaged", sa.Boolean(), nullable=True),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("land_mu", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_project_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("code", name=op.f("uq_project_code")),
    )
    op.create_index(op.f("ix_project_name"), "project", ["name"], unique=False)
    op.create_index(op.f("ix_project_origin"), "project", ["origin"], unique=False)
    op.create_index(op.f("ix_project_unit_id"), "project", ["unit_id"], unique=False)
    op.create_table(
        "investor",
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("enterprise_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name=op.f("fk_investor_enterprise_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_investor_project_id")),
        sa.PrimaryKeyConstraint("project_id", "enterprise_id", name=op.f("pk_investor")),
    )
    op.create_index(op.f("ix_investor_enterprise_id"), "investor", ["enterprise_id"], unique=False)


def _projects_by_year() -> None:
    op.create_table(
        "milestone",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("planned_date", sa.Date(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_milestone_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("project_id", "kind", name=op.f("uq_milestone_project_id_kind")),
    )
    op.create_index(op.f("ix_milestone_date"), "milestone", ["date"], unique=False)
    op.create_index(op.f("ix_milestone_kind"), "milestone", ["kind"], unique=False)
    op.create_table(
        "annual_plan",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("planned_funds", sa.BigInteger(), nullable=True),
        sa.Column("physical_progress", sa.String(), nullable=True),
        sa.Column("supervision", sa.String(length=32), nullable=True),
        sa.Column("packaged", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_annual_plan_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_plan")),
        sa.UniqueConstraint("project_id", "year", name=op.f("uq_annual_plan_project_id_year")),
    )
    op.create_index(op.f("ix_annual_plan_year"), "annual_plan", ["year"], unique=False)
    op.create_table(
        "fund_record",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("verified_amount", sa.BigInteger(), nullable=True),
        sa.Column("voucher", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_fund_record_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_record")),
    )
    op.create_index(op.f("ix_fund_record_month"), "fund_record", ["month"], unique=False)
    op.create_index(op.f("ix_fund_record_project_id"), "fund_record", ["project_id"], unique=False)


def _targets() -> None:
    op.create_table(
        "target",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=32), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("stretch", sa.BigInteger(), nullable=True),
        sa.Column("set_by", sa.String(length=32), nullable=False),
        sa.Column("list_name", sa.String(length=32), nullable=False),
        sa.Column("schedule", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_target_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "unit_id",
            "year",
            "indicator",
            "list_name",
            "set_by",
            name=op.f("uq_target_unit_id_year_indicator_list_name_set_by"),
        ),
    )
    op.create_index(op.f("ix_target_unit_id"), "target", ["unit_id"], unique=False)
    op.create_index(op.f("ix_target_year"), "target", ["year"], unique=False)
    op.create_table(
        "published_figure",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figure")),
    )
    op.create_index(op.f("ix_published_figure_name"), "published_figure", ["name"], unique=False)


def _visits() -> None:
    op.create_table(
        "visit",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("mode", sa.String(length=32), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("participants", sa.JSON(), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("result", sa.String(length=32), nullable=True),
        sa.Column("next_step", sa.String(), nullable=True),
        sa.Column("follow_up_start", sa.Date(), nullable=True),
        sa.Column("follow_up_end", sa.Date(), nullable=True),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("event", sa.String(), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("amount", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("land_mu", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("people_count", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("recorded_by", KEY, nullable=True),
        sa.Column("recorded_at", sa.BigInteger(), nullable=True),
        sa.Column("source_text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_visit_project_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_visit_recorded_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_visit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(op.f("ix_visit_date"), "visit", ["date"], unique=False)
    op.create_index(op.f("ix_visit_follow_up_start"), "visit", ["follow_up_start"], unique=False)
    op.create_index(op.f("ix_visit_project_id"), "visit", ["project_id"], unique=False)
    op.create_index(op.f("ix_visit_recorded_by"), "visit", ["recorded_by"], unique=False)
    op.create_index(op.f("ix_visit_unit_id"), "visit", ["unit_id"], unique=False)
    op.create_table(
        "visit_enterprise",
        sa.Column("visit_id", KEY, nullable=False),
        sa.Column("enterprise_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name=op.f("fk_visit_enterprise_enterprise_id")),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_visit_enterprise_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("visit_id", "enterprise_id", name=op.f("pk_visit_enterprise")),
    )
    op.create_index(op.f("ix_visit_enterprise_enterprise_id"), "visit_enterprise", ["enterprise_id"], unique=False)


def _activity() -> None:
    op.create_table(
        "trip",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("leader_level", sa.String(), nullable=True),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("people_count", sa.Integer(), nullable=True),
        sa.Column("enterprise_count", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_trip_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip")),
    )
    op.create_index(op.f("ix_trip_start"), "trip", ["start"], unique=False)
    op.create_index(op.f("ix_trip_unit_id"), "trip", ["unit_id"], unique=False)
    op.create_table(
        "lead",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("enterprise_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("registered_by", sa.String(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("land_mu", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("industry", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("judgement", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["enterprise_id"], ["enterprise.id"], name=op.f("fk_lead_enterprise_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_lead_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
        sa.UniqueConstraint("code", name=op.f("uq_lead_code")),
    )
    op.create_index(op.f("ix_lead_enterprise_id"), "lead", ["enterprise_id"], unique=False)
    op.create_index(op.f("ix_lead_registered_on"), "lead", ["registered_on"], unique=False)
    op.create_index(op.f("ix_lead_unit_id"), "lead", ["unit_id"], unique=False)
    op.create_table(
        "issue",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("project_id", KEY, nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("solved_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_issue_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
    )
    op.create_index(op.f("ix_issue_project_id"), "issue", ["project_id"], unique=False)
    op.create_index(op.f("ix_issue_raised_on"), "issue", ["raised_on"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", KEY, autoincrement=True, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("repeat", sa.String(length=32), nullable=True),
        sa.Column("project_id", KEY, nullable=True),
        sa.Column("enterprises", sa.JSON(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_reminder_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    op.create_index(op.f("ix_reminder_moment"), "reminder", ["moment"], unique=False)
    op.create_index(op.f("ix_reminder_person_id"), "reminder", ["person_id"], unique=False)
