"""The digests of thousands of readers, due at once, while somebody goes on asking."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bots import running
from benchmarks.children import BenchmarkError, python
from benchmarks.figures import Figure, percentile, within
from benchmarks.load import TELEGRAMS_LIMIT
from benchmarks.workshop import Workshop
from bot import records
from bot.digest.press import EVERY_DAY, KIND
from bot.records.digests import Subscription
from bot.roles import Role
from tests.telegram_server.transcript import Call

READERS = 5000
PROMISED_SECONDS = 2.0
_ASKER = READERS + 1
_PAUSE = 2.0  # of somebody who reads an answer before asking again
_LONGEST = 900.0  # seconds


@dataclass
class _Heard:
    """Who got a digest, the first and the last moment of it, and how long the asker waited."""

    digests: Counter[int] = field(default_factory=Counter)
    began: float = 0.0
    ended: float = 0.0
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    waits: list[float] = field(default_factory=list)

    def hear(self, call: Call) -> None:
        if call.method != "sendMessage" or call.error:
            return
        chat = int(call.params["chat_id"])
        if chat == _ASKER:
            self.answered.set()
            return
        self.began = self.began or time.monotonic()
        self.ended = time.monotonic()
        self.digests[chat] += 1


def speed(workshop: Workshop) -> Iterator[Figure]:
    """How long answers take while digests go out, and how fast those do."""
    with TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        shutil.copytree(workshop.small, data_dir)
        _subscribe(data_dir)
        _news_of_today(Path(folder) / "today.jsonl", data_dir)
        heard = asyncio.run(_sent(data_dir, workshop.questions))
    waits = heard.waits
    if not waits or not heard.digests:
        raise BenchmarkError("nobody got a digest, or no answer")
    what = f"digests to {READERS:,} chats"
    missing = READERS - len(heard.digests)
    twice = sum(count - 1 for count in heard.digests.values())
    seconds = heard.ended - heard.began
    yield Figure(
        section="broadcast",
        what=f"{what}: sent",
        value=len(heard.digests) / seconds,
        unit="/s",
        against=TELEGRAMS_LIMIT,
        baseline="what Telegram takes of a bot",
    )
    for name, value in (("missing", missing), ("more than once", twice)):
        yield Figure(
            section="broadcast", what=f"{what}: {name}", value=value, unit="chats",
            promise=within(0, value, "chats"),
        )  # fmt: skip
    yield Figure(
        section="broadcast", what="answers meanwhile: median", value=percentile(waits, 50), unit="s"
    )
    slowest = percentile(waits, 95)
    yield Figure(
        section="broadcast",
        what=f"answers meanwhile: 95 % of {len(waits)}",
        value=slowest,
        unit="s",
        promise=within(PROMISED_SECONDS, slowest, "s"),
    )


async def _sent(data_dir: Path, questions: Sequence[str]) -> _Heard:
    heard = _Heard()
    async with running(data_dir, _ASKER) as (telegram, _):
        telegram.transcript.listeners.append(heard.hear)
        user, until = telegram.user(_ASKER), time.monotonic() + _LONGEST
        for question in cycle(questions):
            if len(heard.digests) == READERS or time.monotonic() > until:
                break
            heard.answered.clear()
            asked_at = time.monotonic()
            await user.send(question)
            await asyncio.wait_for(heard.answered.wait(), _LONGEST)
            if heard.digests:  # not before they go out
                heard.waits.append(time.monotonic() - asked_at)
            await asyncio.sleep(_PAUSE)
    return heard


def _news_of_today(source: Path, data_dir: Path) -> None:
    """Publish three briefings of today, for there to be something in a digest."""
    today = datetime.now(UTC).date().isoformat()
    with source.open("w", encoding="utf-8") as file:
        for number in range(1, 4):
            text = f"The council of district {number} met. “We open {number} new bridges,” said"
            text = f"{text} Maria Ostrova, spokesperson for the Georgian Ministry of Transport."
            row = {
                "id": f"today-{number}",
                "title": f"Bridges {number}",
                "text": text,
                "lang": "en",
            }
            file.write(json.dumps(row | {"date": today}) + "\n")
    python("-m", "ingest", str(source), "--json", data_dir=data_dir)


def _subscribe(data_dir: Path) -> None:
    """Make readers of the staff, whose digests are due and look back to this moment."""
    now = datetime.now(UTC)
    yesterday = (now - timedelta(days=1)).date().isoformat()
    due = f"{now - timedelta(minutes=1):%H:%M}"
    with records.opened(data_dir, keep_days=90) as kept:
        for user in range(1, READERS + 1):
            kept.members.grant(user, Role.STAFF, now)
            kept.deliveries.plan(KIND, yesterday, user, [""], now)
            kept.digests.save(Subscription(user=user, on=True, at=due, zone="UTC", days=EVERY_DAY))
