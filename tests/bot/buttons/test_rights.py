"""Who may press a button, what they may read then, and what is kept of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from bot.records.exchanges import Vote
from bot.roles import GivenRoles, Policy, Role
from bot.telegram.parts import Parts
from tests.bot.pressing import ADMIN, ASKER, EVERYTHING, OTHER, PUBLIC, alert, answered, labels
from tests.bot.scripted import RULES, ScriptedNewsroom, without_editors
from tests.bot.serving import PUT_OFF, serving
from tests.telegram_server.server import TelegramServer

NOT_YOURS = {
    "en": "Only whoever asked this can use this button.",
    "fr": "Seule la personne qui a posé la question peut utiliser ce bouton.",
    "ru": "Этой кнопкой может пользоваться только тот, кто задал вопрос.",
}


async def test_in_a_group_sources_are_everybodys_and_the_rest_is_the_askers(
    telegram: TelegramServer, parts: Parts
) -> None:
    async with serving(telegram, parts):
        group, asker = telegram.group(-5), telegram.user(ASKER)
        await asker.send("/ask who?", to=group)
        message = await group.chat.wait_for_message()
        assert message.button("Source 1").url
        for label, (language, refusal) in zip(
            ("Helpful", "More from", "Compare"), NOT_YOURS.items(), strict=True
        ):
            assert await alert(telegram, OTHER, message, label, language) == refusal
        assert parts.records.exchanges.by(ASKER)[0].vote is Vote.NONE
        await alert(telegram, ASKER, message, "👍")
        await telegram.wait_until(lambda: "Helpful" not in str(labels(message)))
    assert parts.records.exchanges.by(ASKER)[0].vote is Vote.LIKED


async def test_what_somebody_may_read_is_asked_again_at_every_press(
    telegram: TelegramServer, parts: Parts, newsroom: ScriptedNewsroom
) -> None:
    members = parts.records.members
    members.grant(ASKER, Role.SUBSCRIBER, datetime.now(UTC))
    async with serving(telegram, parts):
        message = await answered(telegram)
        members.revoke(ASKER, Role.SUBSCRIBER)
        await telegram.user(ASKER).press(message.button("More from"))
        await message.chat.wait_for_message()
    assert [tiers for _, tiers, _ in newsroom.asked] == [EVERYTHING, PUBLIC]


@pytest.mark.parametrize(
    ("language", "refusal"),
    [
        ("en", "These briefings are for subscribers."),
        ("fr", "Ces synthèses sont réservées aux abonnés."),
        ("ru", "Эти обзоры только для подписчиков."),
    ],
)
async def test_a_member_who_was_revoked_goes_on_with_nothing_where_only_members_ask(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    refusal: str,
) -> None:
    given = GivenRoles(admins=frozenset({ADMIN}))
    parts = without_editors(newsroom, idle_desk, tmp_path, given, Policy.MEMBERS)
    parts.records.members.grant(ASKER, Role.SUBSCRIBER, datetime.now(UTC))
    async with serving(telegram, parts):
        message = await answered(telegram)
        parts.records.members.revoke(ASKER, Role.SUBSCRIBER)
        told = await alert(telegram, ASKER, message, "More from", language)
    assert told == refusal
    assert len(newsroom.asked) == 1


async def test_a_subscriber_is_shown_nothing_in_a_group_that_others_may_not_read(
    telegram: TelegramServer, parts: Parts, newsroom: ScriptedNewsroom
) -> None:
    parts.records.members.grant(ASKER, Role.SUBSCRIBER, datetime.now(UTC))
    async with serving(telegram, parts):
        group, asker = telegram.group(-5), telegram.user(ASKER)
        await asker.send("/ask who?", to=group)
        message = await group.chat.wait_for_message()
        await asker.press(message.button("More from"))
        await group.chat.wait_for_message()
    assert [tiers for _, tiers, _ in newsroom.asked] == [PUBLIC, PUBLIC]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "This answer is too old to continue. Please ask again."),
        ("fr", "Cette réponse est trop ancienne pour continuer. Reposez votre question, s’il"),
        ("ru", "Этот ответ слишком старый, чтобы продолжить. Спросите, пожалуйста, ещё раз."),
    ],
)
async def test_what_is_no_longer_kept_says_so(
    telegram: TelegramServer, parts: Parts, language: str, said: str
) -> None:
    async with serving(telegram, parts):
        message = await answered(telegram)
        await telegram.wait_until(lambda: parts.records.exchanges.by(ASKER))
        parts.records.exchanges.expire(datetime.now(UTC) + timedelta(days=1))
        user = telegram.user(ASKER, language_code=language)
        query = await user.press(message.button("More from"))
        told = await telegram.wait_until(lambda: query.answer)
    assert told["text"].startswith(said)


async def test_a_made_up_button_does_nothing(telegram: TelegramServer, parts: Parts) -> None:
    async with serving(telegram, parts):
        message = await answered(telegram)
        kept = await telegram.wait_until(lambda: parts.records.exchanges.by(ASKER))
        key = kept[0].key
        for data in (f"a:{key}:with:99", f"a:{key}:why:king", f"a:{key}:edition:xx", "a:x:like"):
            query = await telegram.user(ASKER).press(replace(message.button("👍"), data=data))
            await telegram.wait_until(lambda query=query: query.answer)
    assert len(message.chat.bot_messages) == 1
    assert parts.records.exchanges.by(ASKER)[0].vote is Vote.NONE


@pytest.mark.parametrize(("language", "put_off"), PUT_OFF.items())
async def test_who_has_asked_enough_today_presses_in_vain(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    put_off: str,
) -> None:
    rules = replace(RULES, questions_per_day=1)
    parts = without_editors(newsroom, idle_desk, tmp_path, rules=rules)
    async with serving(telegram, parts):
        message = await answered(telegram)
        told = await alert(telegram, ASKER, message, "More from", language)
    assert told == put_off
    assert len(newsroom.asked) == 1


async def test_what_is_kept_is_shown_to_its_asker_and_erased_on_demand(
    telegram: TelegramServer, parts: Parts
) -> None:
    async with serving(telegram, parts):
        message = await answered(telegram)
        await alert(telegram, ASKER, message, "👍")
        user = telegram.user(ASKER)
        await user.send("/mydata")
        document = await user.chat.wait_for_message()
        file = telegram.world.files[document.content["document"]["file_id"]]
        told = json.loads(file.content)["answers"]
        assert [(each["text"], each["vote"]) for each in told] == [("who?", "liked")]
        await user.send("/forget yes")
        await user.chat.wait_for_message()
        assert parts.records.exchanges.by(ASKER) == []


async def test_where_questions_are_not_kept_no_button_needs_them(
    telegram: TelegramServer, parts: Parts
) -> None:
    parts.records.traces.days = 0
    async with serving(telegram, parts):
        message = await answered(telegram)
    assert labels(message) == [["Source 1", "Source 2"]]
    assert parts.records.exchanges.by(ASKER) == []
