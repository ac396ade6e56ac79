"""Whom readers follow, and what was cited to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "followers",
        sa.Column("user", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mute", sa.String(11), nullable=False),
        sa.Column("zone", sa.String, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "follows",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("user", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.UniqueConstraint("user", "kind", "name"),
    )
    op.create_table(
        "cited",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("user", sa.BigInteger, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("briefing", sa.String, nullable=False),
        sa.Column("version", sa.String(24), nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
    )
