"""Who was shown to say what was cited, and in which publication its askers were told of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    op.add_column("cited", sa.Column("speaker", sa.String, nullable=True))
    op.add_column("cited", sa.Column("actor", sa.String, nullable=True))
    op.add_column("cited", sa.Column("told_in", sa.Integer, nullable=True))
