"""The real bot process between a published corpus and a Telegram of ours."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest_asyncio

from tests.bot.corpora import Desk, environment, publish, rows
from tests.bot.kinds import KINDS
from tests.telegram_server.server import TelegramServer

PATIENCE = 60.0  # the process starts, with other work on the machine


@dataclass
class Serving:
    """A bot process, the corpus it reads and everything it has logged."""

    process: asyncio.subprocess.Process
    data_dir: Path
    log: Path

    async def ended(self) -> int:
        return await asyncio.wait_for(self.process.wait(), PATIENCE)


@pytest_asyncio.fixture
async def serving(
    telegram: TelegramServer, samples: Desk, tmp_path: Path
) -> AsyncIterator[Serving]:
    data_dir, log = tmp_path / "data", tmp_path / "log"
    shutil.copytree(samples.data_dir, data_dir)
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=tmp_path,
            env=environment(
                data_dir,
                TELEGRAM_BOT_TOKEN=telegram.token,
                TELEGRAM_API_URL=telegram.root,
                EDITOR_IDS="8",
                LOG_LEVEL="DEBUG",
            ),
        )
    yield Serving(process, data_dir, log)
    if process.returncode is None:
        process.kill()
        await process.wait()


async def asked(user: Any, text: str) -> Any:
    await user.send(text)
    return await user.chat.wait_for_message(PATIENCE)


async def test_a_subscriber_is_served_from_the_first_question_to_the_last(
    telegram: TelegramServer, serving: Serving, tmp_path: Path
) -> None:
    ada = telegram.user(7, first_name="Ada", language_code="en")

    english = await asked(ada, "what did Russia say?")
    assert english.text.startswith("Russia\nNadezhda Krutoyarova, spokesperson for the Russian")
    assert "“observes only what it came to see”" in english.text
    assert english.words("bold")[:2] == ["Russia", "Nadezhda Krutoyarova"]
    marker, link = english.links[0]
    assert marker == "[1]"
    assert link.endswith(
        "/mziskari-election/#:~:text=observes%20only%20what%20it%20came%20to%20see"
    )
    assert "Sources" in english.words("bold")

    french = await asked(ada, "Que dit Moscou ?")
    assert "«\u00a0n’observe que ce qu’elle est venue voir\u00a0»" in french.text
    assert "12 juin 2024" in french.text

    russian = await asked(ada, "Что сказала Россия?")
    assert "«наблюдает лишь то, за чем приехала»" in russian.text
    assert "Источники" in russian.words("bold")

    listed = await asked(ada, "/latest")
    assert "Municipal election in Mziskari" in listed.text
    assert "Karasor" not in listed.text  # subscribers' text
    sources = await asked(ada, "/sources")
    assert "briefings.example" in sources.text

    unknown = await asked(ada, "What did Prime Minister Tarn say?")
    assert "meadow" not in unknown.text
    words = "Prime Minister Oda Tarn of Norway said: “The meadow is open to everyone.”"
    page = {"id": "tarn", "title": "A meadow", "text": words, "date": "2024-06-14", "lang": "en"}
    await asyncio.to_thread(publish, serving.data_dir, rows(tmp_path / "new" / "a.jsonl", [page]))
    late = time.monotonic() + PATIENCE
    known = await asked(ada, "What did Prime Minister Tarn say?")
    while "“The meadow is open to everyone.”" not in known.text:
        assert time.monotonic() < late, known.text
        known = await asked(ada, "What did Prime Minister Tarn say?")

    # A question under way is answered before the bot stops.
    begun = len(telegram.transcript.of("sendChatAction"))
    await ada.send("what did Russia say?")
    await telegram.wait_until(
        lambda: len(telegram.transcript.of("sendChatAction")) > begun, PATIENCE, "the beginning"
    )
    serving.process.send_signal(signal.SIGTERM)
    assert (await ada.chat.wait_for_message(PATIENCE)).text == english.text
    assert await serving.ended() == 0
    log = serving.log.read_text()
    assert "Traceback" not in log
    assert telegram.token not in log
    assert telegram.token.partition(":")[2] not in log


async def test_every_kind_of_question_is_answered_in_every_language(
    telegram: TelegramServer, serving: Serving
) -> None:
    ada = telegram.user(7, first_name="Ada", language_code="en")
    for _, _, question, words in KINDS:
        answer = await asked(ada, question)
        for each in words:
            assert each in answer.text, question


async def test_a_chat_keeps_its_subject_and_a_reply_continues_an_older_answer(
    telegram: TelegramServer, serving: Serving
) -> None:
    ada = telegram.user(7, first_name="Ada", language_code="en")
    russia = await asked(ada, "What did Russia say about the corridor?")
    assert "on napkins" in russia.text
    turkey = await asked(ada, "and Turkey?")
    assert turkey.text.startswith("Turkey\n")
    assert "the first train from Kars" in turkey.text
    flood = await asked(ada, "How many people died in the flood?")
    assert "seven people died" in flood.text
    await ada.send("and Iran?", reply_to=russia)
    iran = await ada.chat.wait_for_message(PATIENCE)
    assert "a red line that no locomotive will cross" in iran.text


async def test_an_editor_ingests_and_looks_it_up(
    telegram: TelegramServer, serving: Serving
) -> None:
    editor = telegram.user(8, language_code="en")
    message = await asked(editor, "/ingest samples")
    await telegram.wait_until(lambda: message.text.startswith("Nothing new"), PATIENCE, "the end")
    assert message.text.endswith("\n• 15 briefings unchanged")
    status = await asked(editor, "/status")
    assert "• English — 5 briefings (public: 4, for subscribers: 1)" in status.text
    await editor.send("/ingest samples")
    message = await editor.chat.wait_for_message(PATIENCE)
    serving.process.send_signal(signal.SIGTERM)
    assert await serving.ended() == 0
    assert not message.text.endswith("…")
    log = serving.log.read_text()
    assert "Traceback" not in log
    assert telegram.token not in log
