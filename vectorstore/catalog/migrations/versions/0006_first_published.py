"""When a version was first published; NULL for those from before that was kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column("versions", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
