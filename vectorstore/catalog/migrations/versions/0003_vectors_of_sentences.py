"""The vectors of a text's sentences, beside the text's own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column("vectors", sa.Column("sentences", sa.LargeBinary(), nullable=True))
