"""In which language followers are told what is new; NULL until they speak of it again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column("followers", sa.Column("language", sa.String(2), nullable=True))
