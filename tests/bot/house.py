"""A newsroom that publishes while its readers follow, and what they are told."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.answering import Newsroom
from bot.digest.composing import Composer
from bot.editing import EditorsDesk
from bot.roles import GivenRoles, Policy
from bot.telegram.app import End
from bot.telegram.parts import Parts
from ingest.reading import PageReader
from tests.bot.scripted import NOBODY, ScriptedNewsroom, without_editors
from tests.bot.serving import serving as serving_parts
from tests.telegram_server.server import TelegramServer
from tests.vectorstore.store import HashEncoder, briefing, page
from vectorstore.actors import Actors
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus
from vectorstore.domain import Briefing
from vectorstore.publication import Change
from vectorstore.publisher import Publisher

TODAY = datetime.now(UTC).date()
READER, OTHER = 7, 8
FLOOD = "“The dam will hold,” said Maria Ostrova, spokesperson for the Georgian MFA."
RAILWAY = "“The railway opens in May,” said Maria Ostrova, spokesperson for the Georgian MFA."


class House:
    """A newsroom that publishes, and the bot's front over it."""

    def __init__(self, folder: Path, desk: EditorsDesk, given: GivenRoles = NOBODY) -> None:
        self.folder = folder
        self.encoder = HashEncoder()
        self.actors = Actors.load()
        self.corpus = Corpus(folder)
        self.newsroom = Newsroom(self.corpus, self.encoder, self.actors)
        parts = without_editors(ScriptedNewsroom(), desk, folder, given, Policy.PUBLIC)
        self.parts: Parts = replace(
            parts,
            newsroom=self.newsroom,
            actor_name=self.actors.name,
            corpus=self.corpus,
            speakers=self.newsroom.speakers,
            composer=Composer(self.corpus, self.actors, self.newsroom.speakers),
        )

    def publish(self, id: str, text: str, **more: object) -> None:
        given: dict[str, object] = {"day": TODAY, "title": f"A day of {id}", **more}
        self.publish_all(replace(briefing(id, text), **given))  # type: ignore[arg-type] # a test gives what fits

    def publish_all(self, *made: Briefing) -> None:
        """Publish several at once."""
        reader = PageReader(set())
        documents = [reader.document(each) for each in made]
        self._change(Change(documents=documents, pages=[page(each) for each in made]))

    def withdraw(self, id: str) -> None:
        self._change(Change(gone=[id]))

    def roll_back(self) -> None:
        with closing(Catalog.open(self.folder)) as catalog:
            Publisher(self.folder, catalog).rollback()

    def _change(self, change: Change) -> None:
        with closing(Catalog.open(self.folder)) as catalog:
            Publisher(self.folder, catalog).publish(change, self.encoder)


def serving(telegram: TelegramServer, house: House) -> AbstractAsyncContextManager[End]:
    return serving_parts(telegram, house.parts)


async def said(
    telegram: TelegramServer, text: str, language: str = "en", user: int = READER
) -> str:
    someone = telegram.user(user, language_code=language)
    await someone.send(text)
    return (await someone.chat.wait_for_message()).text


async def told(telegram: TelegramServer, user: int = READER) -> str:
    return (await telegram.user(user).chat.wait_for_message()).text


async def nothing_more(telegram: TelegramServer, user: int = READER) -> None:
    before = len(telegram.user(user).chat.bot_messages)
    await asyncio.sleep(1.0)
    assert len(telegram.user(user).chat.bot_messages) == before
