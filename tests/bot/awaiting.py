"""What waits to be told to those who follow, and what they were cited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.following.press import FollowingPress
from bot.records.cited import Quoted
from bot.records.follows import Followed
from bot.records.questions import Asked
from bot.telegram.html import messages
from tests.bot.house import READER, House


def following(house: House) -> FollowingPress:
    return house.parts.following(lambda _: "en", messages)


def waiting(house: House) -> str:
    return "\n".join(each.content for each in house.parts.records.deliveries.pending())


def sent(house: House) -> str:
    """What waited, which is sent now."""
    text, ledger, now = waiting(house), house.parts.records.deliveries, datetime.now(UTC)
    for each in ledger.pending():
        assert ledger.begin(each.number, now)
        ledger.sent(each.number, [1], now)
    return text


def follow_georgia(house: House, reader: int = READER) -> None:
    house.parts.records.follows.add(
        reader, Followed.ACTOR, "GE", "UTC", "en", datetime.now(UTC) - timedelta(minutes=1)
    )


def cite(house: House, id: str, text: str, quote: str, **who: str) -> None:
    """Publish ``text``, and note that ``quote`` of it was cited to the reader."""
    house.publish(id, f"It rained. {text}", title=f"A day of {id}")
    with house.corpus.view() as view:
        (version,) = (v for v, d in view.documents.items() if d.briefing.id == id)
    now = datetime.now(UTC)
    quoted = Quoted(
        user=READER, chat=READER, asked_at=now, language="en", briefing=id,
        version=version, quote=quote, **who,
    )  # fmt: skip
    asked = Asked(user=READER, chat=READER, asked_at=now, language="en", text="?", reason=None)
    house.parts.records.answered.record(asked, [quoted])
