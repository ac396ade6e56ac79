"""Every door of the Telegram front through which somebody may be shown briefings.

What a door gives is all that is sent, as one text; that nobody else was sent anything is seen to
here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

from bot.records.digests import Subscription
from bot.records.follows import Followed
from tests.bot.doors import LONG_AGO, SOMEBODY, Visit
from tests.bot.front import GROUP, Sent
from tests.bot.world import World

MOST_PRESSED = 12
CORRECTION = "<b>Correction</b>"


def chat_question(visit: Visit) -> str:
    return _written(visit, SOMEBODY, f"What did Turkey say about {visit.secret}?")


def chat_latest(visit: Visit) -> str:
    return _written(visit, "/latest")


def chat_files(visit: Visit) -> str:
    return _written(visit, "/dossiers", "/sources")


def chat_file(visit: Visit) -> str:
    """Questions within one file, for whoever gets into it."""
    entered = _written(visit, f"/dossiers {visit.world.file_of(visit.secret)}")
    told = _written(visit, SOMEBODY, "/settings", "/leave")
    return told if visit.secret in told or visit.secret not in entered else entered


def chat_help(visit: Visit) -> str:
    return _written(visit, "/help", "/start", "/ask")


def chat_about(visit: Visit) -> str:
    return _written(visit, "/about Georgia", "/about Deniz Aydin")


def chat_timeline(visit: Visit) -> str:
    return _written(visit, "/timeline Georgia")


def chat_comparison(visit: Visit) -> str:
    return _written(visit, "/compare Georgia Turkey")


def chat_follow(visit: Visit) -> str:
    said = _written(visit, "/follow", "/follow file")
    visit.world.kept.follows.remove(visit.user, 1)
    return said


def chat_buttons(visit: Visit) -> str:
    """Those that anybody was ever sent there; of the newest, for there may be hundreds."""
    world, chat = visit.world, GROUP if visit.group else visit.user
    under = [(sent.message, data) for sent in world.front.bot.sent for data in sent.buttons
             if sent.chat == chat]  # fmt: skip
    pressed = [
        world.front.press(visit.user, data, group=visit.group, message=message)
        for message, data in dict.fromkeys(under[-MOST_PRESSED:])
    ]
    return _told(visit, (sent for some in pressed for sent in some))


def inline(visit: Visit) -> str:
    return _told(visit, visit.world.front.type(visit.user, SOMEBODY))


def inline_unasked(visit: Visit) -> str:
    return _told(visit, visit.world.front.type(visit.user, ""))


def guest(visit: Visit) -> str:
    """What the bot says where it is only named, in a chat that anybody may read."""
    front = visit.world.front
    return _told(visit, front.mention(visit.user, SOMEBODY) + front.mention(visit.user, ""))


def digest_push(visit: Visit) -> str:
    """The digest that is owed this hour, whoever wishes for one."""
    kept, an_hour_ago = visit.world.kept, datetime.now(UTC) - timedelta(hours=1)
    wish = Subscription(
        user=visit.user, on=True, at=f"{an_hour_ago:%H:%M}", zone="UTC", days="1234567"
    )
    visit.world.forget_pushes()
    kept.digests.save(wish)
    return _pushed(visit)


def news_push(visit: Visit) -> str:
    """What somebody is told of those whom they follow, as if they had been told of nothing yet."""
    follows, user = visit.world.kept.follows, visit.user
    visit.world.forget_pushes()
    follows.add(user, Followed.ACTOR, "GE", "UTC", "en", LONG_AGO)
    follows.add(user, Followed.DOSSIER, visit.world.file_of(visit.secret), "UTC", "en", LONG_AGO)
    follows.told(user, LONG_AGO)
    return _pushed(visit)


def correction_push(visit: Visit) -> str:
    """What is told of corrections, and of what was withdrawn, to those to whom it was cited."""
    return _pushed(visit)


FRONT_DOORS: tuple[Callable[[Visit], str], ...] = (
    chat_question, chat_latest, chat_files, chat_file, chat_help, chat_about, chat_timeline,
    chat_comparison, chat_follow, chat_buttons, inline, inline_unasked, guest, digest_push,
    news_push, correction_push,
)  # fmt: skip
FOR_ALL_TO_READ = {inline, inline_unasked, guest}
TOLD_OF_WHAT_IS_GONE = {digest_push, news_push, correction_push}


def cite(world: World, user: int) -> None:
    """Have all that somebody may read cited to them, in private and in the group."""
    for group in (False, True):
        world.front.write(user, "/timeline Georgia", group=group)


def _written(visit: Visit, *texts: str) -> str:
    front = visit.world.front
    some = [front.write(visit.user, text, group=visit.group) for text in texts]
    return _told(visit, (sent for each in some for sent in each))


def _pushed(visit: Visit) -> str:
    """What somebody is sent unasked; nobody else is sent what is not for them."""
    world, own = visit.world, GROUP if visit.group else visit.user
    told = ""
    for sent in world.front.push():
        allowed = world.allowed(sent.chat, group=sent.chat < 0)
        if CORRECTION in sent.text:
            allowed |= world.was_readable(sent.chat, group=sent.chat < 0)
        leaked = {each for each in world.secrets.values() if each in sent.text} - allowed
        assert not leaked, (sent.chat, leaked)
        told += sent.text if sent.chat == own else ""
    return told


def _told(visit: Visit, some: Iterable[Sent]) -> str:
    chats = {0, GROUP if visit.group else visit.user}
    sent = list(some)
    assert {each.chat for each in sent} <= chats, "others hear nothing of it"
    return "\n".join(each.text for each in sent)
