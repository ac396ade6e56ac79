"""Who may ask in Telegram, where and how much, and what others are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from bot.roles import GivenRoles, Policy, Role
from bot.settings import BotSettings
from bot.telegram.parts import Rules
from tests.bot.scripted import RULES, ScriptedNewsroom, without_editors
from tests.bot.serving import PUT_OFF, said, serving
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier
from vectorstore.settings import SettingsError, read_settings

ADMIN, STAFF, STRANGER = 1000, 2000, 3000
GIVEN = GivenRoles(admins=frozenset({ADMIN}), staff=frozenset({STAFF}))
PUBLIC, EVERYTHING = frozenset({Tier.PUBLIC}), frozenset(Tier)


IN_PRIVATE = {
    "en": (
        "Please write this to me in a private chat.",
        "I send digests in private chats only: write /digest to me there.",
    ),
    "fr": (
        "Écrivez-moi cela en conversation privée.",
        "Je n’envoie la revue quotidienne qu’en conversation privée\u00a0: écrivez-moi /digest en "
        "privé.",
    ),
    "ru": (
        "Напишите это мне в личный чат.",
        "Дайджест я присылаю только в личный чат: напишите мне /digest там.",
    ),
}


async def test_a_group_is_shown_only_what_is_public_whoever_asks(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path, GIVEN)):
        for number, (language, in_private) in enumerate(IN_PRIVATE.items()):
            admin = telegram.user(ADMIN, language_code=language)
            group = telegram.group(-100500 - number)
            await group.add_bot(admin)
            await admin.send(f"@{telegram.username} who?", to=group)
            await group.chat.wait_for_message()
            for command, refusal in zip(("invite", "digest"), in_private, strict=True):
                await admin.send(f"/{command}@{telegram.username}", to=group)
                assert (await group.chat.wait_for_message()).text == refusal
    assert [tiers for _, tiers, _ in newsroom.asked] == [PUBLIC] * len(IN_PRIVATE)


@pytest.mark.parametrize(
    ("language", "note"),
    [
        (
            "en",
            "These briefings are for subscribers. Ask the newsroom for an invitation, and open its "
            "link here.",
        ),
        (
            "fr",
            "Ces synthèses sont réservées aux abonnés. Demandez une invitation à la rédaction, "
            "puis ouvrez son lien ici.",
        ),
        (
            "ru",
            "Эти обзоры доступны только подписчикам. Попросите у редакции приглашение и откройте "
            "его ссылку здесь.",
        ),
    ],
)
async def test_where_only_members_may_ask_a_stranger_is_told_how_to_become_one(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    note: str,
) -> None:
    parts = without_editors(newsroom, idle_desk, tmp_path, GIVEN, Policy.MEMBERS)
    async with serving(telegram, parts):
        commands = ("who?", "/start", "/help", "/latest", "/sources", "/dossiers", "/about X")
        for number, asked in enumerate(commands):
            assert note in await said(telegram, STRANGER + number, asked, language), asked
        assert "echo who?" in await said(telegram, STAFF, "who?")
    assert len(newsroom.asked) == 1


@pytest.mark.parametrize(("language", "put_off"), PUT_OFF.items())
async def test_too_many_questions_a_day_are_put_off(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    put_off: str,
) -> None:
    rules = Rules(questions_per_day=2, zone="UTC", subscriber_digest=False, quiet_digest=True)
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN, rules=rules)):
        answers = [await said(telegram, STRANGER, f"who {n}?", language) for n in range(3)]
        assert "echo who 1?" in answers[1]
        assert answers[2] == put_off
        assert "echo" in await said(telegram, STAFF, "who?")


WISHED = {
    "en": "You get the digest every day at 07:30 (",
    "fr": "Vous recevez la revue quotidienne tous les jours à 07:30 (",
    "ru": "Вы получаете дайджест: ежедневно, в 07:30 (",
}


@pytest.mark.parametrize("offered", [True, False])
async def test_subscribers_may_have_a_digest_where_the_operator_offers_it(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    offered: bool,
) -> None:
    rules = replace(RULES, subscriber_digest=offered)
    parts = without_editors(newsroom, idle_desk, tmp_path, GIVEN, rules=rules)
    async with serving(telegram, parts):
        for user, (language, wished) in enumerate(WISHED.items(), start=STRANGER):
            parts.records.members.grant(user, Role.SUBSCRIBER, datetime.now(UTC))
            told = await said(telegram, user, "/digest on", language)
            assert told.startswith(wished) == offered
            assert ("/follow" in told) == (not offered)


@pytest.mark.parametrize(
    ("name", "value"), [("QUESTIONS_PER_DAY", "0"), ("KEEP_QUESTIONS_DAYS", "-1")]
)
def test_limits_that_make_no_sense_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}: .*greater than or equal to"):
        read_settings(BotSettings)
