"""What was noted of chats, in files before: chosen languages, and which editors were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "notes",
        sa.Column("kind", sa.String, primary_key=True),
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("value", sa.String, nullable=False),
    )
