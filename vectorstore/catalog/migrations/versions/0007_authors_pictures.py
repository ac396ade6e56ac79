"""Who wrote a version, what is printed with its pictures, and which lists of an API are read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Bring the tables up to this revision."""
    for table, column in (("versions", "authors"), ("versions", "pictures"), ("sources", "lists")):
        op.add_column(table, sa.Column(column, sa.Text, nullable=False, server_default="[]"))
