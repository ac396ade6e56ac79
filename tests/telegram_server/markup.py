"""Telegram's HTML, read as strictly as Telegram reads it; knows no limits and no chats."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from tests.telegram_server.entities import Entity, units
from tests.telegram_server.errors import cannot_parse

_TYPES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("tg-spoiler", "span"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#[xX]?([0-9a-fA-F]+)|([a-zA-Z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_START = re.compile(r"<([^\s>]*)")
_END = re.compile(r"</([^\s>]*)\s*")
_NAME = re.compile(r"\s*([^\s=>]*)\s*")
_VALUE = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w.-]*)(?=[\s>]))""", re.ASCII)
_USER = re.compile(r"tg:(?://)?user/?\?id=(\d+)", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    attributes: dict[str, str]
    offset: int
    piece: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities; raise ApiError 400 at the first fault."""
    return _Parser(source).parse()


def checked_link(url: str) -> str | None:
    """Return the address as Telegram writes it, or None where it makes no link of it.

    Only http, https, tg and mailto live; a web address needs a dot in its host.
    """
    url = url.strip() if _SCHEME.match(url.strip()) else f"http://{url.strip()}"
    scheme, _, rest = url.partition(":")
    if scheme.lower() in ("tg", "mailto"):
        return f"{scheme.lower()}:{rest}"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or " " in host or not {".", ":"} & set(host):
        return None
    whole = parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/")
    return whole.geturl().replace(" ", "%20")


class _Parser:
    """One pass over the source; offsets count UTF-16 units of the text written so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            else:
                self._text()
        if self.open:
            name = self.open[-1].name
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{name}"')
        codes = [replace(e, language=None) if e.type == "code" else e for e in self.entities]
        return "".join(self.pieces), codes

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _text(self) -> None:
        if plain := _PLAIN.match(self.source, self.at):
            self._write(plain.group())
            self.at = plain.end()
            return
        char, self.at = _reference(self.source, self.at)
        self._write(char)

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += units(text)

    def _start_tag(self) -> None:
        begin = self.at
        match = _START.match(self.source, begin)
        assert match
        name = match.group(1).lower()
        self.at = match.end()
        if self.at == len(self.source):
            raise cannot_parse(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in _TYPES:
            where = self._byte(begin)
            raise cannot_parse(f'Unsupported start tag "{name}" at byte offset {where}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            where = self._byte(begin)
            raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.open.append(_Open(name, attributes, self.length, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        """Read up to and including the closing bracket."""
        found: dict[str, str] = {}
        where = f"at byte offset {self._byte(begin)}"
        while True:
            match = _NAME.match(self.source, self.at)
            assert match
            self.at = match.end()
            name, after = match.group(1), self.source[self.at : self.at + 1]
            if not after:
                raise cannot_parse(f"Unclosed start tag {where}")
            if after == "=" and not name:
                raise cannot_parse(f'Empty attribute name in the tag "{tag}" {where}')
            if after == "=":
                found[name] = self._value(begin)
            elif name and (tag, name) != ("blockquote", "expandable"):
                expected = "Expected equal sign in declaration of an attribute of the tag"
                raise cannot_parse(f'{expected} "{tag}" {where}')
            elif name:
                found[name] = ""
            if self.source[self.at : self.at + 1] == ">":
                self.at += 1
                return found

    def _value(self, begin: int) -> str:
        match = _VALUE.match(self.source, self.at + 1)
        if not match:
            rest = self.source[self.at + 1 :].lstrip()
            if not rest or rest[0] in "'\"":
                raise cannot_parse(f"Unclosed start tag at byte offset {self._byte(begin)}")
            raise cannot_parse(
                f"Unexpected end of name token at byte offset {self._byte(self.at + 1)}"
            )
        self.at = match.end()
        double, single, token = match.groups()
        return token.lower() if token is not None else _decoded(double or single or "")

    def _end_tag(self) -> None:
        begin = self.at
        where = f"at byte offset {self._byte(begin)}"
        match = _END.match(self.source, begin)
        assert match
        self.at = match.end()
        if not self.open:
            raise cannot_parse(f"Unexpected end tag {where}")
        if self.source[self.at : self.at + 1] != ">":
            raise cannot_parse(f"Unclosed end tag {where}")
        self.at += 1
        found, opened = match.group(1).lower(), self.open.pop()
        if found and found != opened.name:
            raise cannot_parse(
                f'Unmatched end tag {where}, expected "</{opened.name}>", found "</{found}>"'
            )
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, tag: _Open) -> None:
        kind = _TYPES[tag.name]
        given = tag.attributes
        extra: dict[str, Any] = {}
        if tag.name == "a":
            url = given.get("href") or "".join(self.pieces[tag.piece :])
            user, link = _USER.match(url), checked_link(url)
            if user:
                kind, extra = "text_mention", {"user_id": int(user.group(1))}
            elif link:
                extra = {"url": link}
            else:
                return
        elif tag.name == "blockquote" and "expandable" in given:
            kind = "expandable_blockquote"
        elif tag.name == "tg-emoji":
            extra = {"custom_emoji_id": _emoji(given.get("emoji-id", ""))}
        elif tag.name == "pre" and (language := self._language_of_inner_code(tag)):
            extra = {"language": language}
        elif tag.name == "code" and given.get("class", "").startswith("language-"):
            extra = {"language": given["class"].removeprefix("language-")}
        length = self.length - tag.offset
        self.entities.append(Entity(type=kind, offset=tag.offset, length=length, **extra))

    def _language_of_inner_code(self, pre: _Open) -> str | None:
        """Telegram reads a language from ``<pre><code class="language-x">`` alone."""
        inner = self.entities[-1] if self.entities else None
        same = inner and (inner.type, inner.offset, inner.end) == ("code", pre.offset, self.length)
        return self.entities.pop().language if same and inner and inner.language else None


def _emoji(identifier: str) -> str:
    if not identifier.isdigit() or not int(identifier):
        raise cannot_parse("Invalid custom emoji identifier specified")
    return identifier


def _decoded(value: str) -> str:
    out, at = [], 0
    while at < len(value):
        if value[at] == "&":
            char, at = _reference(value, at)
        else:
            char, at = value[at], at + 1
        out.append(char)
    return "".join(out)


def _reference(source: str, at: int) -> tuple[str, int]:
    """Return the character that starts at an ampersand, and where to go on.

    What Telegram does not know (``&nbsp;``) stays as it is written.
    """
    match = _REFERENCE.match(source, at)
    if match and match.group(2):
        char = _NAMED.get(match.group(2))
        return (char, match.end()) if char else ("&", at + 1)
    if match:
        hexadecimal = source[at + 2] in "xX"
        digits = match.group(1)
        if not hexadecimal and not digits.isdigit():
            return "&", at + 1
        code = int(digits, 16 if hexadecimal else 10)
        if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF:
            return chr(code), match.end()
    return "&", at + 1
