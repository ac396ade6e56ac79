"""Members, invitations and privacy in Telegram, against the fake Bot API."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain import Dossier
from bot.editing import EditorsDesk
from bot.i18n import voice
from bot.records.traces import Traces
from bot.roles import GivenRoles, Policy, Role
from bot.settings import BotSettings
from bot.telegram.parts import Rules
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.bot.serving import said, serving
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier
from vectorstore.settings import SettingsError, read_settings

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
        again = await said(telegram, ADMIN, "/revoke 3000 editor")
        assert again == "3000 does not have the role editor."
        assert "a user id and a role" in await said(telegram, ADMIN, "/grant Ada king")
        last = await said(telegram, ADMIN, f"/revoke {ADMIN} admin")
        assert last == f"{ADMIN} is the only administrator: make somebody else one first."
    assert [tiers for _, tiers, _ in newsroom.asked] == [EVERYTHING, PUBLIC]


@pytest.mark.parametrize(
    ("language", "given", "usage"),
    [
        ("en", "The operator's settings give 2000 this role: take it out there.", "the role, how"),
        ("fr", "Ce rôle est donné à 2000 par les réglages de l’opérateur", "le rôle, le nombre"),
        ("ru", "Эта роль дана 2000 в настройках оператора: уберите её там.", "роль, сколько"),
    ],
)
async def test_what_an_admin_writes_is_not_guessed_at(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    given: str,
    usage: str,
) -> None:
    """A role of the settings is not denied, and of two roles or numbers none is chosen."""
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN)):
        assert given in await said(telegram, ADMIN, "/revoke 2000 staff", language)
        await said(telegram, ADMIN, "/grant 2000 staff", language)
        assert given in await said(telegram, ADMIN, "/revoke 2000 staff", language)
        for words in ("subscriber admin", "5 6", "1d 2d", "king", "0", "400d", "٣"):
            told = await said(telegram, ADMIN, f"/invite {words}", language)
            assert usage in told
            assert "start=" not in told
        for words in ("", "editor", "3d 5 EDITOR", "5 editor 3D"):
            assert "start=" in await said(telegram, ADMIN, f"/invite {words}", language)


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
        for asked in ("who?", "/start", "/help", "/latest", "/sources", "/dossiers", "/about X"):
            told = await said(telegram, STRANGER, asked)
            assert "Ask the newsroom for an invitation" in told, asked
        assert "une invitation à la rédaction" in await said(telegram, STRANGER, "/latest", "fr")
        assert "Попросите у редакции приглашение" in await said(telegram, STRANGER, "/latest", "ru")
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
    ("name", "value"), [("QUESTIONS_PER_DAY", "0"), ("KEEP_QUESTIONS_DAYS", "-1")]
)
def test_limits_that_make_no_sense_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}: .*greater than or equal to"):
        read_settings(BotSettings)


@pytest.mark.parametrize(
    ("language", "named"),
    [
        (
            "en",
            ("questions", "90 days", "votes", "cited", "30 days", "follow", "digest", "I sent you"),
        ),
        (
            "fr",
            (
                "questions",
                "90 jours",
                "avis",
                "cités",
                "30 jours",
                "suivez",
                "revue",
                "vous ai envoyé",
            ),
        ),
        (
            "ru",
            (
                "вопросы",
                "90 дней",
                "оценки",
                "цитировал",
                "30 дней",
                "следите",
                "дайджеста",
                "присылал",
            ),
        ),
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


@pytest.mark.parametrize(
    ("language", "counted", "not_kept"),
    [
        ("en", "how many questions you asked today, but", "Your questions are not kept, only"),
        ("fr", "combien de questions vous avez posées", "Vos questions ne sont pas conservées"),
        ("ru", "сколько вопросов вы сегодня задали", "Ваши вопросы не хранятся"),
    ],
)
async def test_where_no_question_is_kept_readers_are_told_so_and_a_day_still_has_its_limit(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    counted: str,
    not_kept: str,
) -> None:
    rules = Rules(questions_per_day=2, zone="UTC", subscriber_digest=False, quiet_digest=True)
    parts = without_editors(newsroom, idle_desk, home, GIVEN, rules=rules)
    kept = parts.records
    traces = Traces(kept.traces._engine, 0, kept.notes)
    async with serving(telegram, replace(parts, records=replace(kept, traces=traces))):
        told = await said(telegram, STRANGER, "/privacy", language)
        assert counted in told
        assert " 0 " not in told
        assert not_kept in await said(telegram, STRANGER, "/settings", language)
        for _ in range(2):
            assert "echo who?" in await said(telegram, STRANGER, "who?", language)
            await asyncio.to_thread(traces.expire, datetime.now(UTC))
        assert "echo" not in await said(telegram, STRANGER, "who?", language)
    traces.expire(datetime.now(UTC))
    assert traces.of(STRANGER)["questions"] == []
    assert kept.questions.since(datetime.now(UTC) - timedelta(days=1)) == []
    traces.expire(datetime.now(UTC) + timedelta(days=1))
    assert kept.questions.count(STRANGER, datetime.now(UTC).date()) == 0


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
        erased = await said(telegram, STAFF, "/forget yes")
        assert erased.startswith("All that I kept of you is erased.")
        await said(telegram, STAFF, "and then?")
        assert (newsroom.followed[-1], newsroom.confined[-1]) == (None, "")
        assert newsroom.confined[0] == "Railways"
        await said(telegram, STAFF, "/forget yes")
    again = without_editors(newsroom, idle_desk, home, GIVEN)
    assert not any(again.records.traces.of(STAFF).values())
    assert not any(b"who is it?" in path.read_bytes() for path in home.glob("catalog.sqlite3"))


@pytest.mark.parametrize(
    ("language", "left"),
    [
        ("en", "The operator's settings go on giving you roles (staff)"),
        ("fr", "Les réglages de l’opérateur vous donnent toujours des rôles (staff)"),
        ("ru", "В настройках оператора за вами остаются роли (staff)"),
    ],
)
async def test_who_is_erased_is_told_of_the_roles_that_no_erasing_takes_away(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    left: str,
) -> None:
    parts = without_editors(newsroom, idle_desk, home, GIVEN)
    parts.records.members.grant(STRANGER, Role.EDITOR, datetime.now(UTC))
    async with serving(telegram, parts):
        assert left in await said(telegram, STAFF, "/forget Yes", language)
        assert "(" not in await said(telegram, STRANGER, "/forget yes", language)


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


async def test_a_link_that_a_former_start_printed_makes_nobody_an_administrator_any_more(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Neither once somebody has opened a later one, nor once the settings name somebody."""
    for _ in range(3):
        async with serving(telegram, without_editors(newsroom, idle_desk, home, GivenRoles())):
            await said(telegram, STRANGER, "/help")
    links = re.findall(r"\?start=(\S+)", capsys.readouterr().err)
    assert len(links) == 3
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN)):
        assert "not valid" in await said(telegram, 4000, f"/start {links[0]}")
    assert not capsys.readouterr().err
    parts = without_editors(newsroom, idle_desk, home, GivenRoles())
    async with serving(telegram, parts):
        await telegram.wait_until(lambda: len(telegram.transcript.of("deleteWebhook")) == 5)
        first = re.findall(r"\?start=(\S+)", capsys.readouterr().err)
    async with serving(telegram, parts):
        await telegram.wait_until(lambda: len(telegram.transcript.of("deleteWebhook")) == 6)
        second = re.findall(r"\?start=(\S+)", capsys.readouterr().err)
        assert "administrator" in await said(telegram, STRANGER, f"/start {first[0]}")
        assert "not valid" in await said(telegram, 4000, f"/start {second[0]}")
    assert parts.roles.holders({Role.ADMIN}) == {STRANGER}


@pytest.mark.parametrize(
    ("language", "already", "spent"),
    [
        ("en", "You are a member already, as subscriber.", "Ask the newsroom for a new one."),
        ("fr", "Vous êtes déjà membre. Votre rôle\u00a0: abonné.", "une autre à la rédaction."),
        ("ru", "Вы уже участник. Ваша роль: подписчик.", "Попросите у редакции новое."),
    ],
)
async def test_who_opens_an_invitation_again_is_told_that_they_are_a_member(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    already: str,
    spent: str,
) -> None:
    """Though nobody else can use it any more; and in a group nobody becomes one."""
    async with serving(telegram, without_editors(newsroom, idle_desk, home, GIVEN)):
        link = re.search(r"\?start=(\S+)", await said(telegram, ADMIN, "/invite"))
        assert link is not None
        reader, group = telegram.user(STRANGER, language_code=language), telegram.group(-100500)
        await reader.send(f"/start@{telegram.username} {link[1]}", to=group)
        there = (await group.chat.wait_for_message()).text.partition("\n")[0]
        assert there == voice(language).say("Please write this to me in a private chat.")
        assert already not in await said(telegram, STRANGER, f"/start {link[1]}", language)
        assert (await said(telegram, STRANGER, f"/start {link[1]}", language)).startswith(already)
        told = await said(telegram, 4000, f"/start {link[1]}", language)
        assert told.partition("\n")[0].endswith(spent)


async def test_of_very_many_members_the_newsroom_and_some_are_listed(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, home: Path
) -> None:
    parts = without_editors(newsroom, idle_desk, home, GIVEN)
    for user in range(1, 201):
        parts.records.members.grant(user, Role.SUBSCRIBER, datetime.now(UTC))
    async with serving(telegram, parts):
        rows = (await said(telegram, ADMIN, "/members")).splitlines()
    assert [row.partition(" ")[0] for row in rows[:3]] == [str(ADMIN), str(STAFF), "1"]
    assert len(rows) == 101
    assert rows[-1] == "and 102 more: /members export"


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
        await telegram.user(ADMIN, language_code=language).send_document(caption="/members")
        told = (await telegram.user(ADMIN).chat.wait_for_message()).text
        assert "/members import" in told, "a file whose caption is cut short"
        out = (await document_of(telegram, ADMIN, "/members export")).decode("utf-8-sig")
        assert "/members export" in await said(telegram, ADMIN, "/members please", language)
        assert not_theirs in await said(telegram, STRANGER, "/members export", language)
    assert [line.split(",")[:3] for line in out.splitlines()[1:]] == [
        ["7", "'=HYPERLINK(1)", "editor"],
        ["8", "Ana", "staff subscriber"],
    ]
    assert parts.roles.roles_of(7) == {Role.EDITOR}
