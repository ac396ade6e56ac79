"""When the bot may write, in a time of its own that passes as soon as everybody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter

from bot.telegram.pace import Pace, Urgency
from tests.hurrying import Hurried

GROUP = -1001
ANSWER, BROADCAST = Urgency.ANSWER, Urgency.BROADCAST


class Telegram:
    """Notes when each call came; ``refusing`` says for how many seconds a chat takes nothing."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, str, int | None]] = []
        self.refusing: dict[int, float] = {}
        self.begun = 0
        self.pace = Pace(self._begin)

    async def _begin(self) -> None:
        self.begun += 1

    async def call(
        self, chat: int | None, method: str = "sendMessage", taken: bool | None = None
    ) -> Any:
        data = {} if chat is None else {"chat_id": chat}
        return await self.pace.process_request(self._serve, (method, chat), {}, method, data, taken)

    async def broadcast(self, chat: int) -> None:
        await self.pace.turn(chat, BROADCAST)
        await self.call(chat, taken=True)

    async def _serve(self, method: str, chat: int | None) -> bool:
        self.calls.append((now(), method, chat))
        if chat in self.refusing:
            raise RetryAfter(timedelta(seconds=self.refusing[chat]))
        return True

    def times(self, *methods: str, chat: int | None = None) -> list[float]:
        return [
            at
            for at, method, to in self.calls
            if method in (methods or ("sendMessage",)) and chat in (None, to)
        ]


def now() -> float:
    return asyncio.get_running_loop().time()


def hurried(story: Callable[[Telegram], Awaitable[None]]) -> None:
    async def told() -> None:
        await story(Telegram())

    with asyncio.Runner(loop_factory=Hurried) as runner:
        runner.run(told())


def most_within(seconds: float, times: list[float]) -> int:
    """The most calls that any such stretch of time holds."""
    return max(sum(start <= at < start + seconds for at in times) for start in times)


async def all_of(*calls: Coroutine[Any, Any, Any]) -> None:
    await asyncio.gather(*calls)


def test_a_broadcast_keeps_telegrams_limit_and_lets_answers_go_first() -> None:
    async def story(telegram: Telegram) -> None:
        waits: list[float] = []

        async def answer(chat: int, at: float) -> None:
            await asyncio.sleep(at)
            asked = now()
            await telegram.call(chat)
            waits.append(now() - asked)

        await all_of(
            *(telegram.broadcast(chat) for chat in range(1, 5001)),
            *(answer(10_000 + n, n * 1.7) for n in range(100)),
        )
        assert len(telegram.times()) == 5100
        assert most_within(1, telegram.times()) <= 30
        assert now() < 5100 / 25, "it is as fast as it may be"
        assert max(waits) < 0.1

    hurried(story)


@pytest.mark.parametrize(
    ("chat", "seconds", "most", "at_once"), [(7, 10, 14, 4), (GROUP, 60, 20, 5)]
)
def test_a_chat_gets_a_short_burst_and_then_its_own_pace(
    chat: int, seconds: float, most: int, at_once: int
) -> None:
    async def story(telegram: Telegram) -> None:
        await all_of(*(telegram.call(chat) for _ in range(40)))
        times = telegram.times()
        assert most_within(seconds, times) in (most, most - 1)
        assert most_within(0.9, times) == at_once

    hurried(story)


def test_edits_count_as_messages() -> None:
    async def story(telegram: Telegram) -> None:
        await all_of(*(telegram.call(GROUP, "editMessageText") for _ in range(40)))
        assert most_within(60, telegram.times("editMessageText")) <= 20

    hurried(story)


def test_a_refusal_parks_its_own_chat_alone() -> None:
    async def story(telegram: Telegram) -> None:
        telegram.refusing[7] = 30
        with pytest.raises(RetryAfter):
            await telegram.call(7)
        del telegram.refusing[7]
        began = now()
        await all_of(telegram.call(7), telegram.call(8), telegram.call(None, "getMe"))
        (other,), mine = telegram.times(chat=8), telegram.times(chat=7)[-1]
        assert other - began < 0.1
        assert mine - began >= 30

    hurried(story)


def test_refusals_in_one_chat_after_the_other_park_all_of_them() -> None:
    async def story(telegram: Telegram) -> None:
        telegram.refusing = dict.fromkeys((1, 2, 3), 20.0)
        for chat in (1, 2, 3):
            with pytest.raises(RetryAfter):
                await telegram.call(chat)
        began = now()
        await telegram.call(4)
        assert now() - began >= 20

    hurried(story)


def test_what_is_taken_in_between_shows_that_telegram_does_take_messages() -> None:
    async def story(telegram: Telegram) -> None:
        telegram.refusing = dict.fromkeys((1, 2, 3), 20.0)
        for chat in (1, 2, 3):
            with pytest.raises(RetryAfter):
                await telegram.call(chat)
            await telegram.call(100 + chat)
        began = now()
        await telegram.call(4)
        assert now() - began < 0.1

    hurried(story)


def test_when_telegram_takes_nothing_those_who_wait_are_told_at_once() -> None:
    async def story(telegram: Telegram) -> None:
        telegram.refusing = dict.fromkeys(range(1, 100), 20.0)
        ends = await asyncio.gather(
            *(telegram.broadcast(chat) for chat in range(1, 100)), return_exceptions=True
        )
        assert all(isinstance(end, RetryAfter) for end in ends)
        assert len(telegram.calls) <= 5

    hurried(story)


def test_nobody_waits_for_longer_than_minutes_and_nobody_for_a_broadcast() -> None:
    async def story(telegram: Telegram) -> None:
        telegram.refusing = {7: 35_000, 8: 30}
        for chat in (7, 8):
            with pytest.raises(RetryAfter):
                await telegram.call(chat)
        telegram.refusing.clear()
        began = now()
        with pytest.raises(RetryAfter):
            await telegram.call(7)
        with pytest.raises(RetryAfter):
            await telegram.broadcast(8)
        assert now() - began < 0.1

    hurried(story)


def test_typing_never_waits_and_never_keeps_an_answer_waiting() -> None:
    async def story(telegram: Telegram) -> None:
        shown = [await telegram.call(chat, "sendChatAction") for chat in range(1, 500)]
        assert all(shown)
        assert now() < 0.1
        assert 0 < len(telegram.calls) < 5
        await telegram.call(7)
        assert now() < 0.1
        assert telegram.begun == 1, "typing is no reply"

    hurried(story)


def test_drafts_keep_within_telegrams_limit_and_its_refusals_stop_them_alone() -> None:
    async def story(telegram: Telegram) -> None:
        for _ in range(600):
            assert await telegram.call(7, "sendMessageDraft")
            await asyncio.sleep(0.1)
        times = telegram.times("sendMessageDraft")
        assert most_within(30, times) <= 40
        assert len(times) > 60
        telegram.refusing[7] = 50
        await asyncio.sleep(5)
        assert await telegram.call(7, "sendMessageDraft")
        del telegram.refusing[7]
        began = now()
        await telegram.call(7)
        assert now() - began < 0.1

    hurried(story)


def test_chats_that_are_idle_are_forgotten() -> None:
    async def story(telegram: Telegram) -> None:
        for chat in range(1, 20_000):
            await telegram.broadcast(chat)
        assert len(telegram.pace._chats) <= 1000

    hurried(story)


def test_whoever_gives_up_waiting_takes_nobodys_turn() -> None:
    async def story(telegram: Telegram) -> None:
        waiting = [asyncio.ensure_future(telegram.broadcast(chat)) for chat in range(1, 1000)]
        await asyncio.sleep(0.5)
        for each in waiting:
            each.cancel()
        began = now()
        await all_of(*(telegram.call(5000 + n) for n in range(10)))
        assert now() - began < 1

    hurried(story)
