"""Text with entities, measured in UTF-16 units as Telegram measures; knows no markup and no chats.

Telegram trims a text, finds addresses, mentions and commands in it by itself, drops what may not
be nested, refuses what is too long and silently keeps only the first 100 entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests.telegram_server.errors import bad_request

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100

_OPAQUE = {"code", "pre"}
_BLANK = " \n"
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_REMOVED = re.compile(r"[\r\u2028-\u202e]")
_DETECTED = re.compile(
    r"(?P<url>https?://[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]}'])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<!\w)(?P<mention>@[A-Za-z0-9_]{2,32})(?!\w)"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d_]\w*)(?![\w#])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A span of a text, in UTF-16 units; ``url`` is set for links that are written as words."""

    type: str
    offset: int
    length: int
    url: str | None = None
    user_id: int | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """Return the offset behind the last unit."""
        return self.offset + self.length

    def json(self) -> dict[str, Any]:
        """Return it as a MessageEntity of the Bot API."""
        body: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        extra = {k: getattr(self, k) for k in ("url", "language", "custom_emoji_id")}
        body.update({name: value for name, value in extra.items() if value})
        if self.user_id is not None:
            body["user"] = {"id": self.user_id, "is_bot": False, "first_name": "Someone"}
        return body


@dataclass(frozen=True, slots=True)
class Formatted:
    """What is left of a text when Telegram has read it; ``dropped`` counts lost entities."""

    text: str
    entities: tuple[Entity, ...] = ()
    dropped: int = 0


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) + sum(ord(char) > 0xFFFF for char in text)


def cut(text: str, entity: Entity) -> str:
    """Return the words that an entity covers."""
    encoded = text.encode("utf-16-le")
    return encoded[2 * entity.offset : 2 * entity.end].decode("utf-16-le", "replace")


def from_json(items: Iterable[dict[str, Any]]) -> list[Entity]:
    """Return entities that a bot passed explicitly instead of markup."""
    names = ("type", "offset", "length", "url", "language", "custom_emoji_id")
    return [
        Entity(
            user_id=item.get("user", {}).get("id"),
            **{name: item[name] for name in names if name in item},
        )
        for item in items
    ]


def settle(text: str, entities: Iterable[Entity], limit: int, too_long: str) -> Formatted:
    """Return the text as it appears in the chat; raise ApiError when it is longer than ``limit``.

    The result may be empty: whether that is allowed is the caller's matter.
    """
    text, kept = _clean(text, list(entities))
    text, kept = _trim(text, kept)
    if units(text) > limit:
        raise bad_request(too_long)
    kept = _nest([*kept, *detect(text, kept)])
    return Formatted(text, tuple(kept[:MAX_ENTITIES]), max(0, len(kept) - MAX_ENTITIES))


def detect(text: str, known: Iterable[Entity] = ()) -> list[Entity]:
    """Return addresses, commands, mentions and hashtags outside links and code already known."""
    taken = [e for e in known if e.type in _OPAQUE | {"text_link", "text_mention"}]
    found = [
        Entity(type=str(m.lastgroup), offset=units(text[: m.start()]), length=units(m.group()))
        for m in _DETECTED.finditer(text)
    ]
    return [e for e in found if not any(e.offset < t.end and t.offset < e.end for t in taken)]


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces; carriage returns and the like go, entities move up."""
    text = _CONTROL.sub(" ", text)
    gone = [units(text[: m.start()]) for m in _REMOVED.finditer(text)]
    if not gone:
        return text, entities

    def moved(offset: int) -> int:
        return offset - sum(at < offset for at in gone)

    shifted = [
        replace(e, offset=moved(e.offset), length=moved(e.end) - moved(e.offset)) for e in entities
    ]
    return _REMOVED.sub("", text), shifted


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    lead = len(text) - len(text.lstrip(_BLANK))
    trimmed = text.strip(_BLANK)
    return trimmed, list(_fit(trimmed, lead, entities))


def _fit(text: str, lead: int, entities: list[Entity]) -> Iterator[Entity]:
    """Yield the entities that still cover something, moved to the trimmed text."""
    size = units(text)
    for entity in entities:
        start, end = max(0, entity.offset - lead), min(size, entity.end - lead)
        words = cut(text, replace(entity, offset=start, length=max(0, end - start)))
        start += len(words) - len(words.lstrip(_BLANK))
        if words.strip(_BLANK):
            yield replace(entity, offset=start, length=end - start)


def _nest(entities: list[Entity]) -> list[Entity]:
    """Nothing inside code, no link in a link, no quotation in a quotation, nothing twice."""
    rank = {"pre": 0, "code": 1}
    ordered = sorted(entities, key=lambda e: (e.offset, -e.length, rank.get(e.type, 2)))
    kept: list[Entity] = []
    for entity in ordered:
        if not any(_forbids(outer, entity) for outer in kept if entity.offset < outer.end):
            kept.append(entity)
    return kept


def _forbids(outer: Entity, inner: Entity) -> bool:
    links = {"text_link", "text_mention", "url", "email", "mention", "hashtag", "bot_command"}
    quotes = {"blockquote", "expandable_blockquote"}
    return (
        outer.type in _OPAQUE
        or outer.type == inner.type
        or {outer.type, inner.type} <= links
        or {outer.type, inner.type} <= quotes
    )
