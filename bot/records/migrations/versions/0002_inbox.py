"""What came in from Telegram, and what was asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "inbox",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("update", sa.BigInteger, nullable=False, unique=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "questions",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("user", sa.BigInteger),
        sa.Column("chat", sa.BigInteger),
        sa.Column("asked_on", sa.Date, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reason", sa.String),
    )
