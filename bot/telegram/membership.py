"""Invitations, members and what is kept of a person; who asks is known by their user id alone."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from telegram import Message, Update, User
from telegram.ext import Application, CommandHandler, ContextTypes, MessageHandler, filters

from bot import roster
from bot.browsing import privacy_page
from bot.i18n import Voice
from bot.records.members import Member
from bot.rendering import Page, Piece, plain
from bot.roles import ROLE_NAMES, Role
from bot.telegram.html import messages
from bot.telegram.menus import WITH_A_MENU, announce_to
from bot.telegram.outbox import Outbox
from bot.telegram.parts import Parts
from bot.telegram.turns import Turns

_Context = ContextTypes.DEFAULT_TYPE
_USES, _DAYS = 1, 7
_MOST_USES, _MOST_DAYS = 10_000, 365
_USER = re.compile(r"[1-9]\d{0,15}")
_WITH_FILE = re.compile(r"^/members(@\w+)?(\s|$)", re.IGNORECASE)
_MOST_LISTED = 100  # more of them are better read in a file
INVITATION = re.compile(r"[A-Za-z0-9_-]{43}")
"""The payload of a ``/start`` that may be an invitation."""


@dataclass(frozen=True, slots=True)
class _Order:
    """What somebody has sent: the words after the command, and who they are."""

    message: Message
    user: User
    words: Voice
    rest: list[str]
    username: str


_Act = Callable[[_Order], Awaitable[None]]


class Membership:
    """The commands about people."""

    def __init__(self, parts: Parts, outbox: Outbox, turns: Turns) -> None:
        self._access = parts.roles
        self._members = parts.records.members
        self._languages = parts.languages
        self._within = parts.within
        self._turns = turns
        self._traces = parts.records.traces
        self._outbox = outbox

    def register(self, app: Application[Any, Any, Any, Any, Any, Any]) -> None:
        """Let ``app`` bring these commands here."""
        for name, act in (
            ("invite", self._invite),
            ("members", self._list),
            ("grant", self._grant),
            ("revoke", self._revoke),
        ):
            app.add_handler(CommandHandler(name, self._privately(self._for_admins(act))))
        asked = filters.Document.ALL & filters.CaptionRegex(_WITH_FILE) & filters.UpdateType.MESSAGE
        app.add_handler(MessageHandler(asked, self._privately(self._for_admins(self._import))))
        for name, act in (
            ("privacy", self._privacy),
            ("mydata", self._my_data),
            ("forget", self._forget),
        ):
            app.add_handler(CommandHandler(name, self._privately(act)))

    def redeemed(self, user: User, payload: str) -> Role | None:
        """The role that the payload of a ``/start`` gives, None when it gives none. Blocking."""
        if not INVITATION.fullmatch(payload):
            return None
        return self._members.redeem(payload, user.id, datetime.now(UTC), user.full_name)

    def meet(self, user: User, language: str) -> frozenset[Role]:
        """Note how a member is called and what they speak, of strangers nothing. Blocking.

        Returns the roles of either.
        """
        known = self._members.of(user.id)
        roles = self._access.roles_with(user.id, known)
        if roles and not (known and known.is_as_met(user.full_name, language)):
            self._members.meet(user.id, user.full_name, language, datetime.now(UTC))
        return roles

    # For admins

    async def _invite(self, order: _Order) -> None:
        wish = _invitation(order.rest)
        words = order.words
        if wish is None:
            usage = words.say(
                "Write /invite subscriber 1 7d: the role, how many may use it ({uses} at most), "
                "how many days ({days} at most).",
                uses=words.number(_MOST_USES),
                days=_MOST_DAYS,
            )
            await self._say(order, plain(f"{usage}\n{_roles(words)}"))
            return
        role, uses, days = wish
        now = datetime.now(UTC)
        token = await asyncio.to_thread(
            self._members.invite,
            role,
            uses=uses,
            expires_at=now + timedelta(days=days),
            made_by=order.user.id,
            now=now,
        )
        link = f"https://t.me/{order.username}?start={token}"
        kind = words.say("Invitation as {role}", role=role_name(role, words))
        people = words.say_many("for {count} person", "for {count} people", uses)
        until = words.say("until {day}", day=words.day((now + timedelta(days=days)).date()))
        await self._say(order, ((Piece(f"{kind}, {people}, {until}\n"), Piece(link, link=link)),))

    async def _list(self, order: _Order) -> None:
        if order.rest == ["export"]:
            made = roster.written(await asyncio.to_thread(self._members.all))
            await order.message.reply_document(BytesIO(made), filename="members.csv")
            return
        if order.rest:
            await self._say(order, plain(_usage(order.words)))
            return
        rows = await asyncio.to_thread(self._rows, order.words)
        nobody = order.words.say("There are no members yet.")
        await self._say(order, plain("\n".join(rows) or nobody))

    def _rows(self, words: Voice) -> list[str]:
        """A line for each who has a role, the newsroom's own first; of very many, some."""
        known = {member.user: member for member in self._members.all()}
        newsroom = self._access.holders(WITH_A_MENU)
        others = self._access.holders(list(Role)) - newsroom
        shown = [*sorted(newsroom), *sorted(others)]
        rows = [
            _row(user, self._access.roles_with(user, known.get(user)), known.get(user), words)
            for user in shown[:_MOST_LISTED]
        ]
        left = len(shown) - len(rows)
        if left:
            more = words.say_many("and {count} more", "and {count} more", left)
            rows.append(f"{more}: /members export")
        return rows

    async def _import(self, order: _Order) -> None:
        if (order.message.caption or "").lower().split()[1:2] != ["import"]:
            await self._say(order, plain(_usage(order.words)))
            return
        document = order.message.document
        if document is None or (document.file_size or 0) > roster.MOST_BYTES:
            found = roster.Roster(faults=(roster.Fault(roster.Wrong.TOO_LARGE),))
        else:
            file = await document.get_file()
            found = roster.read(bytes(await file.download_as_bytearray()), datetime.now(UTC))
        if found.faults:
            await self._say(order, roster.faults_page(found.faults, order.words))
            return
        now = datetime.now(UTC)
        taken = await asyncio.to_thread(self._members.grant_all, found.members, now)
        await self._say(order, roster.taken_page(taken, order.words))

    async def _grant(self, order: _Order) -> None:
        whom = _person_and_role(order.rest)
        if whom is None:
            usage = order.words.say("Write /grant 123456789 editor: a user id and a role.")
            await self._say(order, plain(f"{usage}\n{_roles(order.words)}"))
            return
        member = await asyncio.to_thread(self._members.grant, *whom, datetime.now(UTC))
        roles = self._access.roles_with(member.user, member)
        await self._say(order, plain(_row(member.user, roles, member, order.words)))
        await announce_to(order.message.get_bot(), member.user, self._access)

    async def _revoke(self, order: _Order) -> None:
        whom = _person_and_role(order.rest)
        words = order.words
        if whom is None:
            usage = words.say("Write /revoke 123456789 editor: a user id and a role.")
            await self._say(order, plain(f"{usage}\n{_roles(words)}"))
            return
        said = await asyncio.to_thread(self._revoked, *whom, words)
        await self._say(order, plain(said))
        await announce_to(order.message.get_bot(), whom[0], self._access)

    def _revoked(self, user: int, role: Role, words: Voice) -> str:
        """What is said of a role that is taken away, as far as it can be."""
        if role is Role.ADMIN and self._access.holders({Role.ADMIN}) == {user}:
            return words.say(
                "{user} is the only administrator: make somebody else one first.", user=user
            )
        taken = self._members.revoke(user, role)
        if role in self._access.roles_of(user):
            return words.say(
                "The operator's settings give {user} this role: take it out there.", user=user
            )
        if not taken:
            return words.say("{user} does not have the role {role}.", user=user, role=role.value)
        return words.say("{user} no longer has the role {role}.", user=user, role=role.value)

    # For everybody

    async def _privacy(self, order: _Order) -> None:
        kept = self._traces
        page = privacy_page(
            order.words, asked=kept.days, cited=kept.days_cited, sent=kept.days_sent
        )
        await self._say(order, page)

    async def _my_data(self, order: _Order) -> None:
        user = order.user.id
        chosen = {"language": self._languages.chosen(user), "dossier": self._within.of(user)}
        kept = chosen | await asyncio.to_thread(self._traces.of, user)
        made = json.dumps(kept, ensure_ascii=False, indent=2).encode()
        await order.message.reply_document(
            BytesIO(made),
            filename="mydata.json",
            caption=order.words.say("All that I keep of you."),
        )

    async def _forget(self, order: _Order) -> None:
        words = order.words
        if [word.lower() for word in order.rest] != ["yes"]:
            ask = words.say("This erases for good your questions, the answers and your votes, what "
                            "you follow, your membership and your settings. If you want that, "
                            "write: /forget yes")  # fmt: skip
            if await asyncio.to_thread(self._administers_alone, order.user.id):
                ask += " " + words.say(
                    "You are the only administrator: then nobody is, until the bot starts again "
                    "and prints a link for the next one."
                )
            await self._say(order, plain(ask))
            return
        await asyncio.to_thread(self._traces.erase, order.user.id, datetime.now(UTC))
        self._turns.forget(order.user.id)
        said = words.say("All that I kept of you is erased.")
        left = await asyncio.to_thread(self._access.roles_of, order.user.id)
        if left:
            said += " " + words.say(
                "The operator's settings go on giving you roles ({roles}), and with them what they "
                "bring: only the operator can take them out there.",
                roles=", ".join(role_name(role, words) for role in sorted(left)),
            )
        await self._say(order, plain(said))
        await announce_to(order.message.get_bot(), order.user.id, self._access)

    # How

    def _administers_alone(self, user: int) -> bool:
        """Whether nobody administers the bot once somebody is erased."""
        alone = self._access.holders({Role.ADMIN}) == {user}
        return alone and Role.ADMIN not in self._access.roles_with(user, None)

    def _privately(self, act: _Act) -> Callable[[Update, _Context], Coroutine[Any, Any, None]]:
        async def handle(update: Update, context: _Context) -> None:
            message, user = update.effective_message, update.effective_user
            if message is None or user is None:
                return
            words = self._languages.voice(update)
            await asyncio.to_thread(self.meet, user, words.language)
            rest = list(context.args or ())
            order = _Order(message, user, words, rest, context.bot.username)
            if message.chat.type != "private":
                await self._say(
                    order, plain(words.say("Please write this to me in a private chat."))
                )
                return
            await act(order)

        return handle

    def _for_admins(self, act: _Act) -> _Act:
        async def handle(order: _Order) -> None:
            if Role.ADMIN in await asyncio.to_thread(self._access.roles_of, order.user.id):
                await act(order)
            else:
                await self._say(order, plain(order.words.say("This is for administrators only.")))

        return handle

    async def _say(self, order: _Order, page: Page) -> None:
        await self._outbox.reply(order.message, messages(page))


def _invitation(rest: list[str]) -> tuple[Role, int, int] | None:
    """Role, uses and days of an invitation, whatever of them is given, in whatever order.

    None when one is unclear or given twice.
    """
    roles: list[Role] = []
    uses: list[int] = []
    days: list[int] = []
    for word in map(str.lower, rest):
        if word in set(Role):
            roles.append(Role(word))
        elif re.fullmatch(r"[0-9]{1,5}", word) and 1 <= int(word) <= _MOST_USES:
            uses.append(int(word))
        elif re.fullmatch(r"[0-9]{1,3}d", word) and 1 <= int(word[:-1]) <= _MOST_DAYS:
            days.append(int(word[:-1]))
        else:
            return None
    if max(len(roles), len(uses), len(days)) > 1:
        return None
    role, use, day = (*roles, Role.SUBSCRIBER), (*uses, _USES), (*days, _DAYS)
    return role[0], use[0], day[0]


def _person_and_role(rest: list[str]) -> tuple[int, Role] | None:
    if len(rest) != 2 or not _USER.fullmatch(rest[0]) or rest[1].lower() not in set(Role):
        return None
    return int(rest[0]), Role(rest[1].lower())


def role_name(role: Role, words: Voice) -> str:
    """What a reader calls a role; commands name it by its value."""
    match role:
        case Role.SUBSCRIBER:
            return words.say("subscriber")
        case Role.EDITOR:
            return words.say("editor")
        case Role.STAFF:
            return words.say("newsroom staff")
        case Role.ADMIN:
            return words.say("administrator")


def _usage(words: Voice) -> str:
    """How members go out and come in."""
    return words.say(
        "Write /members export for a CSV file of all. To import one, send it here with the "
        "caption /members import."
    )


def _roles(words: Voice) -> str:
    return words.say("Roles: {roles}", roles=ROLE_NAMES)


def _row(user: int, roles: Collection[Role], member: Member | None, words: Voice) -> str:
    name = member.name if member and member.name else "—"
    left = member is not None and not member.active
    row = f"{user} · {name} · {', '.join(sorted(role.value for role in roles))}"
    return f"{row} · {words.say('has blocked the bot')}" if left else row
