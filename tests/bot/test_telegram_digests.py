"""Digests in Telegram: wished for, and pushed once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import delete

from bot.editing import EditorsDesk
from bot.records.digests import Subscription
from bot.records.schema import deliveries
from bot.roles import GivenRoles, Role
from bot.settings import BotSettings
from bot.telegram.app import send_digests
from bot.telegram.parts import Rules
from tests.bot.scripted import RULES, ScriptedNewsroom, without_editors
from tests.bot.serving import daily_once, said, serving
from tests.telegram_server.server import TelegramServer

ADMIN, STAFF, STRANGER = 1000, 2000, 3000
GIVEN = GivenRoles(admins=frozenset({ADMIN}), staff=frozenset({STAFF}))


@pytest.mark.parametrize(
    ("language", "words", "wish", "refusal"),
    [
        ("en", "days mon-fri", "You get the digest Monday to Friday at 07:30 ({zone}).", "/follow"),
        ("fr", "days lun-ven", "revue quotidienne du lundi au vendredi à 07:30", "Avec /follow"),
        (
            "ru",
            "days пн-пт",
            "дайджест: понедельник – пятница, в 07:30 ({zone}).",
            "С командой /fol",
        ),
    ],
)
async def test_staff_say_when_they_want_their_digest(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    words: str,
    wish: str,
    refusal: str,
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        told = await said(telegram, STAFF, f"/digest {words}", language)
        assert wish.format(zone=RULES.zone) in told
        assert refusal in await said(telegram, STRANGER, "/digest on", language)


@pytest.mark.parametrize(
    ("language", "unclear", "usage"),
    [
        (
            "en",
            {
                "time 25:00": "I do not understand this time; write it as 07:30.",
                "tz Mars": "I do not know this time zone; write it as Europe/Paris.",
                "days someday": "I do not understand these days; write them as mon-fri or "
                "mon,wed,sat.",
                "please": "I do not understand this.",
            },
            "/digest days mon-fri — on which days",
        ),
        (
            "fr",
            {
                "time 25:00": "Je ne comprends pas cette heure\u00a0; écrivez par exemple 07:30.",
                "tz Mars": "Je ne connais pas ce fuseau horaire\u00a0; écrivez par exemple "
                "Europe/Paris.",
                "days someday": "Je ne comprends pas ces jours\u00a0; écrivez par exemple lun-ven "
                "ou lun,mer,sam.",
                "please": "Je ne comprends pas cette demande.",
            },
            "/digest days lun-ven — quels jours",
        ),
        (
            "ru",
            {
                "time 25:00": "Не понимаю это время; напишите, например, 07:30.",
                "tz Mars": "Не знаю такого часового пояса; напишите, например, Europe/Paris.",
                "days someday": "Не понимаю эти дни; напишите, например, пн-пт или пн,ср,сб.",
                "please": "Не понимаю эту команду.",
            },
            "/digest days пн-пт — по каким дням",
        ),
    ],
)
async def test_what_is_unclear_of_a_wish_is_told_with_what_can_be_written(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    unclear: dict[str, str],
    usage: str,
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        for words, sorry in unclear.items():
            told = await said(telegram, STAFF, f"/digest {words}", language)
            assert told.startswith(f"{sorry}\n\n")
            assert usage in told


@pytest.mark.parametrize(
    ("language", "soon", "later"),
    [
        ("en", "The next one comes in a minute.", "The next one comes on"),
        ("fr", "Le prochain envoi part dans une minute.", "Prochain envoi le"),
        ("ru", "Следующий придёт через минуту.", "Следующий"),
    ],
)
async def test_who_wishes_for_a_digest_whose_hour_has_just_passed_is_told_that_it_comes_at_once(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    soon: str,
    later: str,
) -> None:
    early = (datetime.now(UTC) - timedelta(hours=1)).strftime("%H:%M")
    parts = without_editors(newsroom, idle_desk, home, GIVEN)
    async with serving(telegram, parts):
        assert soon in await said(telegram, STAFF, f"/digest time {early} tz UTC", language)
        await daily_once(telegram, parts)
        await telegram.user(STAFF).chat.wait_for_message()  # the digest
        told = await said(telegram, STAFF, "/digest", language)
    assert later in told
    assert soon not in told


@pytest.mark.parametrize(
    ("language", "lost"),
    [
        ("en", "Your digest cannot come: I no longer know its time zone, Mars/Phobos."),
        ("fr", "je ne connais plus son fuseau horaire, Mars/Phobos."),
        ("ru", "часовой пояс Mars/Phobos мне больше не известен."),
    ],
)
async def test_whose_zone_the_system_no_longer_knows_is_told_so_and_names_another(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    lost: str,
) -> None:
    parts = without_editors(newsroom, idle_desk, home, GIVEN)
    wish = Subscription(user=STAFF, on=True, at="07:30", zone="Mars/Phobos", days="1234567")
    parts.records.digests.save(wish)
    async with serving(telegram, parts):
        for asked in ("/digest", "/digest time 9:00", "/digest on", "/settings"):
            assert lost in await said(telegram, STAFF, asked, language)
        told = await said(telegram, STAFF, "/digest tz Europe/Paris", language)
    assert lost not in told
    assert "09:00 (Europe/Paris)" in told


@pytest.mark.parametrize(
    ("language", "first", "later"),
    [
        ("en", "Nothing new has been published.", "since your last digest."),
        ("fr", "Rien de nouveau n’a été publié.", "depuis votre dernière revue."),
        ("ru", "Ничего нового не опубликовано.", "С прошлого дайджеста"),
    ],
)
async def test_a_first_digest_speaks_of_no_last_one_and_neither_does_one_after_weeks(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    first: str,
    later: str,
) -> None:
    """After weeks a digest looks back on some days alone."""
    parts, now = without_editors(newsroom, idle_desk, home, GIVEN), datetime.now(UTC)
    wish = Subscription(user=STAFF, on=True, at=f"{now:%H:%M}", zone="UTC", days="1234567")
    parts.records.digests.save(wish)
    parts.records.members.meet(STAFF, "Ada", language, now)
    await telegram.user(STAFF).send("/start")
    told = []
    for last in (None, timedelta(days=1), timedelta(days=20)):
        with parts.records.traces._engine.begin() as connection:
            connection.execute(delete(deliveries))
        if last:
            parts.records.deliveries.plan("digest", "2023-01-01", STAFF, [""], now - last)
        await daily_once(telegram, parts)
        told.append((await telegram.user(STAFF).chat.wait_for_message()).text)
    assert [(first in text, later in text) for text in told] == [
        (True, False),
        (False, True),
        (True, False),
    ]


@pytest.mark.parametrize(
    ("language", "refusal", "offered"),
    [
        ("en", "The digest is for members.", "/digest — your daily digest"),
        ("fr", "La revue quotidienne est réservée aux membres.", "/digest — votre revue"),
        ("ru", "Дайджест — для участников.", "/digest — ваш ежедневный дайджест"),
    ],
)
async def test_where_subscribers_may_have_the_digest_they_and_strangers_are_told_so(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    refusal: str,
    offered: str,
) -> None:
    subscriber = 4000
    for rules in (RULES, replace(RULES, subscriber_digest=True)):
        parts = without_editors(newsroom, idle_desk, home, GIVEN, rules=rules)
        parts.records.members.grant(subscriber, Role.SUBSCRIBER, datetime.now(UTC))
        async with serving(telegram, parts):
            told = await said(telegram, STRANGER, "/digest on", language)
            assert (refusal in told) is rules.subscriber_digest
            guide = await said(telegram, subscriber, "/help", language)
            assert (offered in guide) is rules.subscriber_digest
            assert offered not in await said(telegram, STRANGER, "/help", language)


async def test_the_digest_is_pushed_once_and_not_again_after_a_restart(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    user = telegram.user(STAFF)
    early = (datetime.now(UTC) - timedelta(hours=1)).strftime("%H:%M")
    for _ in range(2):
        parts = without_editors(newsroom, idle_desk, home, GIVEN)
        wish = Subscription(user=STAFF, on=True, at=early, zone="UTC", days="1234567")
        parts.records.digests.save(wish)
        async with serving(telegram, parts):
            await telegram.wait_until(
                lambda: [message for message in user.chat.messages if message.by_bot]
            )
            await asyncio.sleep(0.5)
    texts = [message.text for message in user.chat.messages if message.by_bot]
    assert len(texts) == 1
    assert texts[0].startswith("Digest of ")
    assert "Nothing new has been published" in texts[0]


@pytest.mark.parametrize(
    ("language", "none", "usage"),
    [
        ("en", "A day without news brings no message.", "Write /digest quiet on or"),
        ("fr", "Un jour sans nouveauté, vous ne recevez rien.", "Écrivez /digest quiet on ou"),
        ("ru", "В день без новостей ничего не приходит.", "Напишите /digest quiet on или"),
    ],
)
async def test_everyone_says_whether_a_quiet_day_brings_a_line(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    none: str,
    usage: str,
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        assert none in await said(telegram, STAFF, "/digest quiet off", language)
        assert none not in await said(telegram, STAFF, "/digest quiet on", language)
        assert usage in await said(telegram, STAFF, "/digest quiet maybe", language)


async def test_who_is_forgotten_on_the_day_of_a_digest_does_not_get_it_again(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    early = (datetime.now(UTC) - timedelta(hours=1)).strftime("%H:%M")
    rules = Rules(questions_per_day=9, zone="UTC", subscriber_digest=False, quiet_digest=True)
    user = telegram.user(STAFF)
    await user.send("/start")
    parts = without_editors(newsroom, idle_desk, home, GIVEN, rules=rules)
    wish = Subscription(user=STAFF, on=True, at=early, zone="UTC", days="1234567")
    parts.records.digests.save(wish)
    await daily_once(telegram, parts)
    parts.records.traces.erase(STAFF, datetime.now(UTC))
    parts.records.digests.save(wish)
    await daily_once(telegram, parts)
    texts = [message.text for message in user.chat.messages if message.by_bot]
    assert [text.startswith("Digest of ") for text in texts] == [True]
    ledger, later = parts.records.deliveries, datetime.now(UTC) + timedelta(days=4)
    assert len(ledger.keys("digest", later - timedelta(days=30))[STAFF]) == 1
    parts.records.traces.expire(later)
    assert STAFF not in ledger.keys("digest", later - timedelta(days=30))


async def test_what_is_owed_can_be_sent_from_the_console_by_several_and_comes_once(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    user = telegram.user(STAFF)
    await user.send("/start")
    settings = BotSettings(
        telegram_bot_token=SecretStr(telegram.token), telegram_api_url=telegram.root
    )
    early = (datetime.now(UTC) - timedelta(hours=1)).strftime("%H:%M")
    several = [without_editors(newsroom, idle_desk, home, GIVEN) for _ in range(3)]
    wish = Subscription(user=STAFF, on=True, at=early, zone="UTC", days="1234567")
    several[0].records.digests.save(wish)
    codes = await asyncio.gather(
        *(asyncio.to_thread(send_digests, parts, settings) for parts in several)
    )
    assert codes == [0, 0, 0]
    assert "Messages: 1 sent" in capsys.readouterr().out
    assert await asyncio.to_thread(send_digests, several[0], settings) == 0
    assert capsys.readouterr().out == "No digest is owed now.\n"
    texts = [message.text for message in user.chat.messages if message.by_bot]
    assert [text.startswith("Digest of ") for text in texts] == [True]
