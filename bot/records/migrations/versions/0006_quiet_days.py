"""Whether a reader wants a digest on a day without news; NULL for as the newsroom does it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column("digests", sa.Column("quiet", sa.Boolean(), nullable=True))
