"""Calls fail as a test orders them."""

from __future__ import annotations

import pytest
from telegram import (
    Bot,
)
from telegram.error import (
    BadRequest,
    Forbidden,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from tests.telegram_server import errors, faults
from tests.telegram_server.server import TelegramServer


async def test_the_next_call_fails_as_ordered_and_the_one_after_does_not(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.user(7)
    for fault, kind in (
        (faults.refuse(errors.too_many_requests(3)), RetryAfter),
        (faults.refuse(errors.blocked()), Forbidden),
        (faults.refuse(errors.bad_request("something")), BadRequest),
        (faults.server_error(), NetworkError),
        (faults.drop(), NetworkError),
    ):
        telegram.fail_next("sendMessage", fault)
        with pytest.raises(kind):
            await bot.send_message(7, "refused")
        assert telegram.chat(7).messages == []
    await bot.send_message(7, "sent")
    assert [m.text for m in telegram.chat(7).messages] == ["sent"]


async def test_an_answer_may_be_lost_after_the_message_was_sent(
    telegram: TelegramServer, bot: Bot
) -> None:
    telegram.user(7)
    telegram.fail_next("sendMessage", faults.drop(after_effect=True))
    with pytest.raises(NetworkError):
        await bot.send_message(7, "sent once")
    telegram.fail_next("sendMessage", faults.hang(5, after_effect=True))
    with pytest.raises(TimedOut):
        await bot.send_message(7, "sent too", read_timeout=0.2)
    assert [m.text for m in telegram.chat(7).messages] == ["sent once", "sent too"]
    assert [call.lost for call in telegram.transcript.of("sendMessage")] == [True, True]


async def test_a_call_that_hangs_has_no_effect(telegram: TelegramServer, bot: Bot) -> None:
    telegram.user(7)
    telegram.fail_next("sendMessage", faults.hang(5))
    with pytest.raises(TimedOut):
        await bot.send_message(7, "never", read_timeout=0.2)
    assert telegram.chat(7).messages == []
    assert telegram.transcript.of("sendMessage")[0].failed


async def test_a_failure_can_wait_for_one_chat(telegram: TelegramServer, bot: Bot) -> None:
    telegram.user(7), telegram.user(8)
    telegram.fail_next("sendMessage", faults.server_error(), chat=8)
    await bot.send_message(7, "x")
    with pytest.raises(NetworkError):
        await bot.send_message(8, "x")


async def test_a_server_that_was_away_remembers_everything(
    telegram: TelegramServer, bot: Bot
) -> None:
    ada = telegram.user(7)
    await ada.send("before")
    await telegram.stop()
    with pytest.raises(NetworkError):
        await bot.get_updates()
    await telegram.start()
    assert len(await bot.get_updates()) == 1
