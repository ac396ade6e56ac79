"""The catalog's first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "generations",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "vectors",
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("content", "model"),
    )
    op.create_table(
        "versions",
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("briefing", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("covers_first", sa.Date(), nullable=True),
        sa.Column("covers_last", sa.Date(), nullable=True),
        sa.Column("dossiers", sa.Text(), nullable=False),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("preview", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "contents",
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("briefing", sa.String(), nullable=False),
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["generation"],
            ["generations.number"],
        ),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.version"],
        ),
        sa.PrimaryKeyConstraint("generation", "briefing"),
    )
    op.create_table(
        "passages",
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.version"],
        ),
        sa.PrimaryKeyConstraint("version", "start"),
    )
    op.create_table(
        "published",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["generation"],
            ["generations.number"],
        ),
        sa.PrimaryKeyConstraint("only"),
    )
    op.create_table(
        "statements",
        sa.Column("version", sa.String(length=24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("attribution_start", sa.Integer(), nullable=False),
        sa.Column("attribution_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"],
            ["versions.version"],
        ),
        sa.PrimaryKeyConstraint("version", "number"),
    )
