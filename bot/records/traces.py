"""All that is kept of one person, to show it to them or to erase it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Engine

from bot.records.deliveries import Deliveries
from bot.records.digests import Digests
from bot.records.members import Members
from bot.records.questions import Questions


class Traces:
    """What the tables hold of people. ``days`` is how long questions are kept, 0 for not at all."""

    def __init__(self, engine: Engine, days: int) -> None:
        self.days = days
        self._members = Members(engine)
        self._questions = Questions(engine)
        self._digests = Digests(engine)
        self._deliveries = Deliveries(engine)

    def of(self, user: int) -> dict[str, object]:
        """What is kept of somebody, as JSON has it."""
        member = self._members.of(user)
        wish = self._digests.of(user)
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
            "questions": [
                {"asked": each.asked_at.isoformat(), "language": each.language, "text": each.text}
                for each in self._questions.of(user)
            ],
        }

    def erase(self, user: int, now: datetime) -> None:
        """Erase what is kept of somebody; of their questions only the number is left.

        And for three days of what was sent to them, that it was.
        """
        self._members.forget(user)
        self._questions.forget(user)
        self._digests.forget(user)
        self._deliveries.erase(user, now)

    def expire(self, now: datetime) -> None:
        """Erase what has been kept for long enough."""
        self._questions.expire(now - timedelta(days=self.days))
        self._deliveries.expire(now)
