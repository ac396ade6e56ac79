"""Indexes for what is looked up with each message, and each minute."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"

INDEXES = {
    "ix_questions_user_asked_on": ("questions", ["user", "asked_on"]),
    "ix_questions_asked_at": ("questions", ["asked_at"]),
    "ix_cited_user": ("cited", ["user"]),
    "ix_cited_asked_at": ("cited", ["asked_at"]),
    "ix_cited_version": ("cited", ["version"]),
    "ix_cited_chat_briefing": ("cited", ["chat", "briefing"]),
    "ix_deliveries_state": ("deliveries", ["state"]),
    "ix_deliveries_chat": ("deliveries", ["chat"]),
    "ix_inbox_received_at": ("inbox", ["received_at"]),
}


def upgrade() -> None:
    """Bring the tables up to this revision."""
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
