"""What was answered, for its buttons, votes and the golden set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "exchanges",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("key", sa.String(16), nullable=False, unique=True),
        sa.Column("user", sa.BigInteger, nullable=False, index=True),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("tier", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("further", sa.Text, nullable=False),
        sa.Column("continues", sa.Boolean, nullable=False),
        sa.Column("vote", sa.String, nullable=False),
        sa.Column("is_case", sa.Boolean, nullable=False),
    )
