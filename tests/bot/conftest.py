"""A fake Telegram with the bot running against it, and corpora published once a session."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.__main__ import main
from bot.editing import EditorsDesk, open_desk
from bot.roles import GivenRoles
from bot.telegram import daily
from bot.telegram.app import End
from bot.telegram.parts import Parts
from tests.bot.commands import Done, Run
from tests.bot.corpora import ROOT, SAMPLES, SEEDS, Desk, opened, publish
from tests.bot.editing import Office
from tests.bot.house import House
from tests.bot.looking import STAFF
from tests.bot.scripted import OPENED, ScriptedNewsroom, without_editors
from tests.bot.serving import serving
from tests.bot.telling import Told, teller
from tests.telegram_server.fixtures import telegram  # noqa: F401 - a fixture
from tests.telegram_server.server import TelegramServer
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus
from vectorstore.embeddings import SentenceEmbeddings, open_embeddings
from vectorstore.settings import StoreSettings


@pytest.fixture(autouse=True)
def _nothing_stays_open() -> Iterator[None]:
    yield
    OPENED.close()


@pytest.fixture
def newsroom() -> ScriptedNewsroom:
    return ScriptedNewsroom()


@pytest_asyncio.fixture
async def bot(
    telegram: TelegramServer,  # noqa: F811 - the fixture above
    newsroom: ScriptedNewsroom,
    idle_desk: EditorsDesk,
    tmp_path: Path,
) -> AsyncIterator[End]:
    """The bot, serving ``telegram`` with the answers of ``newsroom``; reaching it ends the bot."""
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path)) as end:
        yield end


@pytest.fixture(scope="session")
def idle_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EditorsDesk]:
    """The desk of a newsroom that has published nothing and ingests nothing."""
    data_dir = tmp_path_factory.mktemp("nothing")
    with closing(Corpus(data_dir)) as corpus, open_desk(data_dir, corpus, (), None) as desk:
        yield desk


@pytest.fixture(scope="session")
def samples(
    tmp_path_factory: pytest.TempPathFactory, embeddings: SentenceEmbeddings
) -> Iterator[Desk]:
    """The sample briefings, published."""
    with opened(publish(tmp_path_factory.mktemp("samples"), SAMPLES), embeddings) as desk:
        yield desk


@pytest.fixture(scope="session")
def seed(
    tmp_path_factory: pytest.TempPathFactory, embeddings: SentenceEmbeddings
) -> Iterator[Desk]:
    """The newsroom's own page, published."""
    if not SEEDS.is_dir():
        pytest.skip("the newsroom's own page does not lie beside the repository")
    with opened(publish(tmp_path_factory.mktemp("seed"), SEEDS), embeddings) as desk:
        yield desk


@pytest.fixture(scope="session")
def without_secrets(
    tmp_path_factory: pytest.TempPathFactory, embeddings: SentenceEmbeddings
) -> Iterator[Desk]:
    """The sample briefings that everybody may read, published."""
    public = tmp_path_factory.mktemp("public-samples")
    for path in SAMPLES.iterdir():
        if "karasor" not in path.name:
            shutil.copy(path, public)
    with opened(publish(tmp_path_factory.mktemp("public"), public), embeddings) as desk:
        yield desk


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One briefing for everybody and one for subscribers, published; not to be changed."""
    home = tmp_path_factory.mktemp("office")
    office = Office(home / "news", home / "data")
    office.write("Vienna.md", url="https://news.example/vienna")
    office.write("Wien.md", lang="fr", access="subscribers", date="2024-04-01")
    office.ingest()
    return office


@pytest.fixture
def office(published: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office of the test's own, with what is published; its children find it."""
    shutil.copytree(published.data_dir, tmp_path / "data")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    yield Office(published.folder, tmp_path / "data")
    for page in published.folder.glob("new*.md"):
        page.unlink()


@pytest.fixture(scope="module")
def told(samples: Desk, embeddings: SentenceEmbeddings) -> Told:
    """Asks the samples, and lets the model say something about what is found."""
    return teller(samples, embeddings)


@pytest.fixture
def parts(samples: Desk, idle_desk: EditorsDesk, tmp_path: Path) -> Parts:
    """A bot over the samples."""
    given = GivenRoles(staff=frozenset({STAFF}))
    scripted = without_editors(ScriptedNewsroom(), idle_desk, tmp_path, given)
    return replace(scripted, newsroom=samples.newsroom, actor_name=Actors.load().name)


@pytest_asyncio.fixture
async def reading(
    telegram: TelegramServer,  # noqa: F811 - the fixture above
    parts: Parts,
) -> AsyncIterator[TelegramServer]:
    """The bot answers from the samples."""
    async with serving(telegram, parts):
        yield telegram


@pytest.fixture
def run(
    samples: Desk,
    embeddings: SentenceEmbeddings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs a command over the samples, within this process, which has the model at hand."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_BOT_TOKEN", "LLM_MODEL", "LC_ALL", "LANG", "LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(samples.data_dir))

    def opened_once(settings: StoreSettings) -> SentenceEmbeddings:
        anew = open_embeddings(settings)
        return embeddings if anew.fingerprint == embeddings.fingerprint else anew

    monkeypatch.setattr("bot.__main__.open_embeddings", opened_once)

    def command(
        *arguments: str, stdin: str | bytes = b"", program: Callable[[list[str]], int] = main
    ) -> Done:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        try:
            code = program(list(arguments))
        except SystemExit as stopped:  # argparse
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return command


@pytest.fixture
def house(tmp_path: Path, idle_desk: EditorsDesk) -> Iterator[House]:
    """A newsroom that has published one article."""
    house = House(tmp_path, idle_desk)
    house.publish("harbour", "The harbour was quiet. “We wait,” said the French foreign ministry.")
    yield house
    house.corpus.close()


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look more often than the bot does, and tell of corrections at once."""
    monkeypatch.setattr(daily, "_LOOK_EVERY", 0.2)
    monkeypatch.setattr("bot.following.press.GRACE", timedelta(0))
