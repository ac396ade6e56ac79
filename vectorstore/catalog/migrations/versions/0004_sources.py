"""The sources that are remembered, and what each address gave when it was last fetched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.create_table(
        "sources",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("succeeded_at", sa.DateTime(timezone=True)),
        sa.Column("leaving", sa.Boolean, nullable=False),
    )
    op.create_table(
        "fetched",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("url", sa.String, primary_key=True),
        sa.Column("listing", sa.String, nullable=False),
        sa.Column("etag", sa.String, nullable=False),
        sa.Column("last_modified", sa.String, nullable=False),
        sa.Column("hint", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("aside", sa.Boolean, nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
    )
