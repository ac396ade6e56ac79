"""Members, invitations, privacy and digests in Telegram, against the fake Bot API."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram.ext import ExtBot

from bot.domain import Dossier
from bot.editing import EditorsDesk
from bot.records.digests import Subscription
from bot.roles import GivenRoles, Policy, Role
from bot.settings import BotSettings
from bot.telegram.app import send_digests
from bot.telegram.daily import Daily
from bot.telegram.pace import Pace
from bot.telegram.parts import Parts, Rules
from tests.bot.scripted import RULES, ScriptedNewsroom, without_editors
from tests.bot.serving import said, serving
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier

ADMIN, STAFF, STRANGER = 1000, 2000, 3000
GIVEN = GivenRoles(admins=frozenset({ADMIN}), staff=frozenset({STAFF}))
PUBLIC, EVERYTHING = frozenset({Tier.PUBLIC}), frozenset(Tier)


async def test_a_stranger_becomes_a_subscriber_by_an_invitation(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    parts = without_editors(newsroom, idle_desk, home, GIVEN)
    async with serving(telegram, parts):
        await said(telegram, STRANGER, "who?")
        invitation = await said(telegram, ADMIN, "/invite subscriber 1 2d")
        assert "Invitation as subscriber, for 1 person, until" in invitation
        link = re.search(r"https://t\.me/(\w+)\?start=(\S+)", invitation)
        assert link is not None
        assert link[1] == telegram.username
        welcome = await said(telegram, STRANGER, f"/start {link[2]}", "fr")
        assert welcome.startswith("Bienvenue\u00a0! Vous voilà membre. Votre rôle\u00a0: abonné.")
        await said(telegram, STRANGER, "who?")
        again = await said(telegram, 4000, f"/start {link[2]}")
        assert again.startswith("This invitation is not valid, or no longer.")
    assert [tiers for _, tiers, _ in newsroom.asked] == [PUBLIC, EVERYTHING]


@pytest.mark.parametrize(
    ("language", "refusal"),
    [
        ("en", "This is for administrators only."),
        ("fr", "Cette commande est réservée aux administrateurs."),
        ("ru", "Эта команда только для администраторов."),
    ],
)
async def test_others_invite_nobody(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    refusal: str,
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        for command in ("/invite admin", "/grant 3000 admin", "/revoke 1000 admin", "/members"):
            assert await said(telegram, STRANGER, command, language) == refusal


async def test_roles_are_given_and_taken_and_count_at_once(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN)):
        assert await said(telegram, ADMIN, "/grant 3000 editor") == "3000 · — · editor"
        await said(telegram, STRANGER, "who?")
        assert "3000 · Ada · editor" in await said(telegram, ADMIN, "/members")
        done = await said(telegram, ADMIN, "/revoke 3000 editor")
        assert done == "3000 no longer has the role editor."
        await said(telegram, STRANGER, "who?")
        given = await said(telegram, ADMIN, "/revoke 2000 staff")
        assert given == "2000 does not have the role staff."
        assert "a user id and a role" in await said(telegram, ADMIN, "/grant Ada king")
        last = await said(telegram, ADMIN, f"/revoke {ADMIN} admin")
        assert last == f"{ADMIN} is the only administrator: make somebody else one first."
    assert [tiers for _, tiers, _ in newsroom.asked] == [EVERYTHING, PUBLIC]


async def test_a_group_is_shown_only_what_is_public_whoever_asks(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        admin, group = telegram.user(ADMIN), telegram.group(-100500)
        await group.add_bot(admin)
        await admin.send(f"@{telegram.username} who?", to=group)
        await group.chat.wait_for_message()
        await admin.send(f"/invite@{telegram.username}", to=group)
        refused = await group.chat.wait_for_message()
        assert refused.text == "Please write this to me in a private chat."
    assert [tiers for _, tiers, _ in newsroom.asked] == [PUBLIC]


async def test_where_only_members_may_ask_a_stranger_is_told_how_to_become_one(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    parts = without_editors(newsroom, idle_desk, tmp_path, GIVEN, Policy.MEMBERS)
    async with serving(telegram, parts):
        assert "Ask the newsroom for an invitation" in await said(telegram, STRANGER, "who?")
        assert "echo who?" in await said(telegram, STAFF, "who?")
    assert len(newsroom.asked) == 1


async def test_too_many_questions_a_day_are_put_off(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    rules = Rules(questions_per_day=2, zone="UTC", subscriber_digest=False, quiet_digest=True)
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN, rules=rules)):
        answers = [await said(telegram, STRANGER, f"who {n}?") for n in range(3)]
        assert "echo who 1?" in answers[1]
        assert answers[2] == "You have asked many questions today. Please go on tomorrow."
        assert "echo" in await said(telegram, STAFF, "who?")


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", ("questions", "90 days", "votes", "cited", "30 days", "follow", "digest")),
        ("fr", ("questions", "90 jours", "avis", "cités", "30 jours", "suivez", "revue")),
        ("ru", ("вопросы", "90 дней", "оценки", "цитировал", "30 дней", "следите", "дайджеста")),
    ],
)
async def test_privacy_names_everything_that_is_kept(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    named: tuple[str, ...],
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN)):
        reader = telegram.user(STRANGER, language_code=language)
        await reader.send("/privacy")
        told = (await reader.chat.wait_for_message()).text
    assert [each for each in named if each not in told] == []


async def test_what_is_kept_of_somebody_is_shown_and_erased(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN)):
        newsroom.files = [Dossier(name="Railways", stories=1, newest=None)]
        await said(telegram, STAFF, "/dossiers railways")
        await said(telegram, STAFF, "who is it?")
        await said(telegram, STAFF, "/digest time 6:15")
        user = telegram.user(STAFF)
        await user.send("/mydata")
        document = await user.chat.wait_for_message()
        kept = json.loads(telegram.world.files[document.content["document"]["file_id"]].content)
        assert [each["text"] for each in kept["questions"]] == ["who is it?"]
        assert kept["digest"]["at"] == "06:15"
        assert kept["dossier"] == "Railways"
        assert "/forget yes" in await said(telegram, STAFF, "/forget")
        assert await said(telegram, STAFF, "/forget yes") == "All that I kept of you is erased."
        await said(telegram, STAFF, "and then?")
        assert (newsroom.followed[-1], newsroom.confined[-1]) == (None, "")
        assert newsroom.confined[0] == "Railways"
        await said(telegram, STAFF, "/forget yes")
    again = without_editors(newsroom, idle_desk, home, GIVEN)
    assert not any(again.records.traces.of(STAFF).values())
    assert not any(b"who is it?" in path.read_bytes() for path in home.glob("catalog.sqlite3"))


async def test_who_opens_the_consoles_link_first_administers(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    parts = without_editors(newsroom, idle_desk, home, GivenRoles())
    async with serving(telegram, parts):
        await telegram.wait_until(lambda: telegram.transcript.of("deleteWebhook"))
        link = re.search(r"https://t\.me/\w+\?start=(\S+)", capsys.readouterr().err)
        assert link is not None
        welcome = await said(telegram, STRANGER, f"/start {link[1]}")
        assert welcome.startswith("Welcome! You are now a member, as administrator.")
        assert "not valid" in await said(telegram, 4000, f"/start {link[1]}")
    assert parts.roles.roles_of(STRANGER) == {Role.ADMIN}


@pytest.mark.parametrize(
    ("language", "words", "wish", "refusal"),
    [
        ("en", "days mon-fri", "You get the digest Monday to Friday at 07:30 ({zone}).", "staff"),
        ("fr", "days lun-ven", "revue quotidienne du lundi au vendredi à 07:30", "rédaction"),
        ("ru", "days пн-пт", "в 07:30 ({zone}): понедельник – пятница.", "сотрудников"),
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
        assert "/digest tz Europe/Paris" in await said(telegram, STAFF, "/digest tz Mars", language)
        assert refusal in await said(telegram, STRANGER, "/digest on", language)


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


async def document_of(telegram: TelegramServer, user_id: int, text: str) -> bytes:
    user = telegram.user(user_id)
    await user.send(text)
    message = await user.chat.wait_for_message()
    content: bytes = telegram.world.files[message.content["document"]["file_id"]].content
    return content


async def imported(telegram: TelegramServer, user_id: int, content: bytes, language: str) -> str:
    user = telegram.user(user_id, language_code=language)
    await user.send_document("members.csv", content=content, caption="/members import")
    return (await user.chat.wait_for_message()).text


@pytest.mark.parametrize(
    ("language", "done", "refused", "not_theirs"),
    [
        ("en", "Imported: 2 new, 0 changed, 0 as before.", "Nothing was imported.", "administr"),
        ("fr", "nouveaux 2, modifiés 0, inchangés 0.", "Rien n’a été importé.", "administr"),
        ("ru", "Новых: 2, изменено: 0", "Ничего не загружено.", "администратор"),
    ],
)
async def test_members_come_in_and_go_out_as_a_file(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    done: str,
    refused: str,
    not_theirs: str,
) -> None:
    rows = b"user,name,roles\n7,'=HYPERLINK(1),editor\n8,Ana,staff subscriber\n"
    parts = without_editors(newsroom, idle_desk, tmp_path, GIVEN)
    async with serving(telegram, parts):
        assert not_theirs in await imported(telegram, STRANGER, rows, language)
        assert refused in await imported(telegram, ADMIN, rows + b"9,Zaza,king\n", language)
        assert {member.user for member in parts.records.members.all()} == {ADMIN}
        assert done in await imported(telegram, ADMIN, rows, language)
        out = (await document_of(telegram, ADMIN, "/members export")).decode("utf-8-sig")
        assert "/members export" in await said(telegram, ADMIN, "/members please", language)
        assert not_theirs in await said(telegram, STRANGER, "/members export", language)
    assert [line.split(",")[:3] for line in out.splitlines()[1:]] == [
        ["7", "'=HYPERLINK(1)", "editor"],
        ["8", "Ana", "staff subscriber"],
    ]
    assert parts.roles.roles_of(7) == {Role.EDITOR}


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


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Telegram did not confirm these, so they may be missing."),
        ("fr", "Envois que Telegram n’a pas confirmés"),
        ("ru", "Telegram не подтвердил эти сообщения"),
    ],
)
async def test_admins_see_what_may_not_have_arrived(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    told: str,
) -> None:
    given = GivenRoles(admins=frozenset({ADMIN}), editors=frozenset({5000}))
    parts = without_editors(newsroom, idle_desk, tmp_path, given)
    ledger, at = parts.records.deliveries, datetime.now(UTC)
    ledger.plan("digest", "2024-05-16", 4711, ["words"], at)
    ledger.begin(1, at)
    ledger.lose(1, "Telegram did not confirm it", at)
    async with serving(telegram, parts):
        shown = await said(telegram, ADMIN, "/status", language)
        assert told in shown
        assert "4711" in shown
        assert told not in await said(telegram, 5000, "/status", language)


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


async def daily_once(telegram: TelegramServer, parts: Parts) -> None:
    pace, url = Pace(before=nothing), f"{telegram.root}/bot"
    async with ExtBot(telegram.token, base_url=url, rate_limiter=pace) as bot:
        await Daily(parts, pace).once(bot)


async def nothing() -> None:
    """What is pushed replies to nobody."""


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
