"""Pages in a terminal, and a chat in one; knows neither Telegram nor how answers are found."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot import roster
from bot.i18n import Voice, voice
from bot.records.members import Members
from bot.rendering import Page

# Control characters could move the cursor or retitle the window; pages come from anywhere.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def show(console: Console, page: Page) -> None:
    """Print ``page``: styled and linked in a terminal, else plain, unwrapped, addresses below."""
    text = Text("\n\n").join(_linked(page) if console.is_terminal else _written(page))
    console.print(text, soft_wrap=not console.is_terminal, highlight=False)


def chat(
    console: Console,
    reply: Callable[[str], Page],
    language: str,
) -> None:
    """Show the ``reply`` to what is typed, line by line, until the end of the input."""
    words = voice(language)
    console.print(words.say("Write your question, or press Ctrl-D to leave."), highlight=False)
    while True:
        try:
            question = console.input("\n> ").strip()
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        if question:
            with console.status(words.say("Looking through the briefings…")):
                page = reply(question)
            show(console, page)


def export_members(members: Members, file: Path) -> None:
    """Write a new CSV file of the members, for its owner alone; raises `OSError`."""
    with open(file, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as made:
        made.write(roster.written(members.all()))


def import_members(members: Members, file: Path, words: Voice) -> bool:
    """Take the members of a CSV file in and say what came of it; False, and why, when it cannot.

    Raises `OSError`, and `CatalogError`.
    """
    now = datetime.now(UTC)
    found = roster.read(file.read_bytes(), now)
    if found.faults:
        show(Console(stderr=True), roster.faults_page(found.faults, words))
        return False
    show(Console(), roster.taken_page(members.grant_all(found.members, now), words))
    return True


def _linked(page: Page) -> Iterator[Text]:
    for paragraph in page:
        text = Text()
        for piece in paragraph:
            text.append(
                _clean(piece.text), Style(bold=piece.strong, link=_clean(piece.link) or None)
            )
        yield text


def _written(page: Page) -> Iterator[Text]:
    """Each address once, below the row that offers it last: in the list of sources."""
    pieces = [piece for paragraph in page for piece in paragraph]
    last = {piece.link: nth for nth, piece in enumerate(pieces) if piece.link}
    numbers = count()
    for paragraph in page:
        text, below = Text(), ""
        for piece, nth in zip(paragraph, numbers, strict=False):
            if piece.text == "\n":
                text.append(below)
                below = ""
            text.append(_clean(piece.text))
            if last.get(piece.link) == nth:
                number = f"{piece.text} " if piece.whole else ""
                below += f"\n    {number}{_clean(piece.link)}"
        text.append(below)
        yield text


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))
