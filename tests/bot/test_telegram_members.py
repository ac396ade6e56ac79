"""Members, invitations and roles in Telegram, against the fake Bot API."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.editing import EditorsDesk
from bot.i18n import voice
from bot.roles import GivenRoles, Role
from tests.bot.scripted import ScriptedNewsroom, without_editors
from tests.bot.serving import said, serving
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier

ADMIN, STAFF, STRANGER = 1000, 2000, 3000
MANY = range(1000, 1020)
GIVEN = GivenRoles(admins=frozenset({ADMIN}), staff=frozenset({STAFF}))
PUBLIC, EVERYTHING = frozenset({Tier.PUBLIC}), frozenset(Tier)


@pytest.mark.parametrize(
    ("language", "invited", "welcome", "used_up"),
    [
        (
            "en",
            ("Invitation as subscriber, for 1 person, until ", "Invitation as newsroom staff, for"),
            "Welcome! You are now a member, as subscriber.",
            "This invitation is not valid, or no longer: ask whoever sent it for a new one.",
        ),
        (
            "fr",
            (
                "Invitation (rôle\u00a0: abonné), pour 1 personne, jusqu’au ",
                "membre de la rédaction",
            ),
            "Bienvenue\u00a0! Vous voilà membre. Votre rôle\u00a0: abonné.",
            "Cette invitation n’est pas valable, ou ne l’est plus\u00a0: demandez-en une nouvelle "
            "à qui vous l’a envoyée.",
        ),
        (
            "ru",
            ("Приглашение (роль: подписчик), для 1 человека, действует до ", "для 5 человек, дей"),
            "Добро пожаловать! Теперь вы участник. Ваша роль: подписчик.",
            "Это приглашение недействительно или уже не действует: попросите новое у того, кто его "
            "прислал.",
        ),
    ],
)
async def test_a_stranger_becomes_a_subscriber_by_an_invitation(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    invited: tuple[str, str],
    welcome: str,
    used_up: str,
) -> None:
    parts = without_editors(newsroom, idle_desk, home, GIVEN)
    async with serving(telegram, parts):
        await said(telegram, STRANGER, "who?")
        invitation = await said(telegram, ADMIN, "/invite subscriber 1 2d", language)
        assert invitation.startswith(invited[0])
        assert invited[1] in await said(telegram, ADMIN, "/invite staff 5", language)
        link = re.search(r"https://t\.me/(\w+)\?start=(\S+)", invitation)
        assert link is not None
        assert link[1] == telegram.username
        told = await said(telegram, STRANGER, f"/start {link[2]}", language)
        assert told.startswith(welcome)
        await said(telegram, STRANGER, "who?")
        again = await said(telegram, 4000, f"/start {link[2]}", language)
        assert again.startswith(used_up)
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
        await said(telegram, ADMIN, "/revoke 3000 editor")
        await said(telegram, STRANGER, "who?")
    assert [tiers for _, tiers, _ in newsroom.asked] == [EVERYTHING, PUBLIC]


@pytest.mark.parametrize(
    ("language", "done", "again", "unclear", "last"),
    [
        (
            "en",
            "3000 no longer has the role editor.",
            "3000 does not have the role editor.",
            "Write /grant 123456789 editor: a user id and a role.",
            "1000 is the only administrator: make somebody else one first.",
        ),
        (
            "fr",
            "3000 n’a plus le rôle editor.",
            "3000 n’a pas le rôle editor.",
            "Écrivez /grant 123456789 editor\u00a0: un identifiant et un rôle.",
            "1000 est le seul administrateur\u00a0: nommez-en d’abord un autre.",
        ),
        (
            "ru",
            "У пользователя 3000 больше нет роли editor.",
            "У пользователя 3000 нет роли editor.",
            "Напишите /grant 123456789 editor: номер пользователя и роль.",
            "1000 — единственный администратор: сначала назначьте другого.",
        ),
    ],
)
async def test_an_admin_is_told_what_became_of_a_role(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
    language: str,
    done: str,
    again: str,
    unclear: str,
    last: str,
) -> None:
    async def ordered(command: str) -> str:
        return await said(telegram, ADMIN, command, language)

    parts = without_editors(newsroom, idle_desk, tmp_path, GIVEN)
    parts.records.members.grant(STRANGER, Role.EDITOR, datetime.now(UTC))
    async with serving(telegram, parts):
        assert await ordered("/revoke 3000 editor") == done
        assert await ordered("/revoke 3000 editor") == again
        told = await ordered("/grant Ada king")
        assert told.startswith(unclear)
        assert told.endswith("subscriber, editor, staff, admin")
        assert await ordered(f"/revoke {ADMIN} admin") == last


@pytest.mark.parametrize(
    ("language", "theirs", "usage"),
    [
        ("en", "The operator's settings give 2000 this role: take it out there.", "the role, how"),
        ("fr", "Ce rôle est donné à 2000 par les réglages de l’opérateur", "le rôle, le nombre"),
        (
            "ru",
            "Эта роль дана пользователю 2000 в настройках оператора: уберите её там.",
            "роль, сколько",
        ),
    ],
)
async def test_what_an_admin_writes_is_not_guessed_at(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    language: str,
    theirs: str,
    usage: str,
) -> None:
    """A role of the settings is not denied, and of two roles or numbers none is chosen."""
    admins = iter(MANY)  # nobody has to wait, as for many replies in one chat

    async def ordered(command: str) -> str:
        return await said(telegram, next(admins), command, language)

    given = GivenRoles(admins=frozenset(MANY), staff=frozenset({STAFF}))
    async with serving(telegram, without_editors(newsroom, idle_desk, home, given)):
        assert theirs in await ordered("/revoke 2000 staff")
        await ordered("/grant 2000 staff")
        assert theirs in await ordered("/revoke 2000 staff")
        for words in ("subscriber admin", "5 6", "1d 2d", "king", "0", "400d", "٣"):
            told = await ordered(f"/invite {words}")
            assert usage in told
            assert "start=" not in told
        for words in ("", "editor", "3d 5 EDITOR", "5 editor 3D"):
            assert "start=" in await ordered(f"/invite {words}")


@pytest.mark.parametrize(
    ("language", "welcome"),
    [
        ("en", "Welcome! You are now a member, as administrator."),
        ("fr", "Bienvenue\u00a0! Vous voilà membre. Votre rôle\u00a0: administrateur."),
        ("ru", "Добро пожаловать! Теперь вы участник. Ваша роль: администратор."),
    ],
)
async def test_who_opens_the_consoles_link_first_administers(
    telegram: TelegramServer,
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    home: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    welcome: str,
) -> None:
    parts = without_editors(newsroom, idle_desk, home, GivenRoles())
    async with serving(telegram, parts):
        await telegram.wait_until(lambda: telegram.transcript.of("deleteWebhook"))
        link = re.search(r"https://t\.me/\w+\?start=(\S+)", capsys.readouterr().err)
        assert link is not None
        told = await said(telegram, STRANGER, f"/start {link[1]}", language)
        assert told.startswith(welcome)
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
        ("en", "You are a member already, as subscriber.", "ask whoever sent it for a new one."),
        ("fr", "Vous êtes déjà membre. Votre rôle\u00a0: abonné.", "à qui vous l’a envoyée."),
        ("ru", "Вы уже участник. Ваша роль: подписчик.", "у того, кто его прислал."),
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
