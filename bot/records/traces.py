"""All that is kept of one person, to show it to them or to erase it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from bot.records import (
    cited,
    deliveries,
    digests,
    exchanges,
    follows,
    members,
    notes,
    questions,
)
from bot.records.cited import Cited
from bot.records.deliveries import Deliveries
from bot.records.digests import Digests
from bot.records.exchanges import Exchange, Exchanges
from bot.records.follows import Follows
from bot.records.members import Members
from bot.records.notes import Notes
from bot.records.questions import Questions
from vectorstore.catalog.database import transaction

# Whoever asked longer ago is not told of a correction.
CITED = timedelta(days=30)


class Traces:
    """What the tables hold of people. ``days`` is how long questions are kept, 0 for not at all."""

    def __init__(self, engine: Engine, days: int, noted: Notes) -> None:
        self.days = days
        self._engine = engine
        self._members = Members(engine)
        self._questions = Questions(engine)
        self._exchanges = Exchanges(engine)
        self._digests = Digests(engine)
        self._follows = Follows(engine)
        self._cited = Cited(engine)
        self._deliveries = Deliveries(engine)
        self._notes = noted

    @property
    def days_cited(self) -> int:
        """For how many days it is known what was cited to whom."""
        return min(CITED.days, self.days)

    @property
    def days_sent(self) -> int:
        """For how many days it is known what was sent to whom."""
        return deliveries.KEPT.days

    def of(self, user: int) -> dict[str, object]:
        """What is kept of somebody, as JSON has it."""
        member = self._members.of(user)
        wish = self._digests.of(user)
        follower = self._follows.follower(user)
        return {
            "member": member
            and {
                "user": member.user,
                "name": member.name,
                "roles": sorted(member.roles),
                "language": member.language,
                "joined": member.joined_at.isoformat(),
            },
            "digest": wish and asdict(wish),
            "noted": self._notes.of(user),
            "following": [f"{each.kind}: {each.name}" for each in self._follows.of(user)],
            "mute": follower and f"{follower.mute} {follower.zone}".strip(),
            "cited": [
                {"asked": each.asked_at.isoformat(), "briefing": each.briefing, "quote": each.quote}
                for each in self._cited.of(user)
            ],
            "questions": [
                {"asked": each.asked_at.isoformat(), "language": each.language, "text": each.text}
                for each in self._questions.of(user)
            ],
            "sent": [
                {"made": each.made_at.isoformat(), "kind": each.kind, "state": each.state.value}
                for each in self._deliveries.of(user)
            ],
            "answers": [_told(each) for each in self._exchanges.by(user)],
        }

    def erase(self, user: int, now: datetime) -> None:
        """Erase what is kept of somebody; of their questions only the number is left.

        And for three days of what was sent to them, that it was. All of it goes at once, or where
        this raises `CatalogError` nothing.
        """
        with transaction(self._engine) as connection:
            for table in (members, questions, exchanges, digests, follows, cited, notes):
                table.erase_from(connection, user)
            deliveries.erase_from(connection, user, now)
        self._notes.drop(user)

    def expire(self, now: datetime) -> None:
        """Erase what has been kept for long enough."""
        self._questions.expire(now - timedelta(days=self.days), now.astimezone(UTC).date())
        self._exchanges.expire(now - timedelta(days=self.days))
        self._cited.expire(now - timedelta(days=self.days_cited))
        self._deliveries.expire(now)


def _told(exchange: Exchange) -> dict[str, object]:
    """What is kept of an answer to somebody; its words are the briefings', not theirs."""
    return {
        "asked": exchange.asked_at.isoformat(),
        "text": exchange.text,
        "sources": sorted({citation.url for citation in exchange.answer.citations}),
        "vote": exchange.vote.value,
        "case": exchange.is_case,
    }
