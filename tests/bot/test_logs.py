"""Logs say what happened, and never a secret or what somebody wrote, whatever fails."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.telegram_server.errors import bad_request
from tests.telegram_server.faults import drop, refuse, server_error
from tests.telegram_server.server import BOT_ID, TelegramServer

ROOT = Path(__file__).parents[2]
PATIENCE = 120  # seconds, on a machine that has much to do
TOKEN = f"{BOT_ID}:AAcanaryTokenOfTheBot00000000000000"
QUESTION = "where is the canary of the questions"
BROKEN = f"broken: {QUESTION}"
INVITATION = "canaryInvitation_" + "i" * 26
SECRETS = {
    "LLM_API_KEY": "sk-canary-of-the-model",
    "HOOK_SECRET": "canary-of-the-hook-00000000000000000000",
    "DATABASE_URL": "",
    "OPENAI_API_KEY": "sk-canary-of-the-environment",
}
BOT = """
import asyncio, logging, sys
from contextlib import closing
from pathlib import Path
from bot.editing import open_desk
from bot.settings import BotSettings
from bot.telegram.app import run
from tests.bot.scripted import ScriptedNewsroom, without_editors
from vectorstore.corpus import Corpus
from vectorstore.logs import open_logs
class Talkative(ScriptedNewsroom):
    def answer(self, question, **given):
        library = logging.getLogger("library")
        library.warning("asked %s", question)
        library.warning("asked %r with %d", question, "no number")
        library.debug("asked %s of", question)
        library.error("https://reader:canary-of-an-address@host/?q=%s", question)
        library.error({"question": question, "key": settings.llm_api_key.get_secret_value()})
        if question.startswith("broken"):
            local = question
            try:
                {}[question]
            except KeyError as error:
                raise RuntimeError(f"it broke at {local}") from error
        return super().answer(question, **given)
settings = BotSettings()
open_logs(settings)
folder = Path(sys.argv[1])
with closing(Corpus(folder)) as corpus, open_desk(folder, corpus, (), None) as desk:
    code = run(without_editors(Talkative(), desk, folder=folder), settings)
sys.exit(code)
"""


async def test_whatever_happens_no_log_of_the_bot_has_a_secret_or_a_question(
    tmp_path: Path,
) -> None:
    telegram = TelegramServer(token=TOKEN)
    await telegram.start()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BOT, str(tmp_path),
        cwd=ROOT,
        env=os.environ | SECRETS | {"TELEGRAM_API_URL": telegram.root, "TELEGRAM_BOT_TOKEN": TOKEN,
                                    "LOG_LEVEL": "DEBUG"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        await talk(telegram)
        process.terminate()
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await telegram.stop()
    log = output.decode()
    assert "canary" not in log.lower()
    rows = [json.loads(row) for row in log.splitlines() if not row.startswith(("Nobody", "https:"))]
    assert all({"time", "level", "logger", "event"} <= row.keys() for row in rows)
    failed = [row for row in rows if row["event"] == "A question could not be answered"]
    assert all("builtins.RuntimeError" in row["exception"] for row in failed)
    assert {row["chat"] for row in failed} == {1}
    assert "asked <redacted>" in {row["event"] for row in rows if row["logger"] == "library"}


async def talk(telegram: TelegramServer) -> None:
    """Questions that are answered, that fail, and that Telegram does not let be answered."""
    user = telegram.user(1, first_name="Canary")
    await telegram.wait_until(lambda: telegram.transcript.of("deleteWebhook"), PATIENCE)
    await user.send(QUESTION)
    await user.chat.wait_for_message(PATIENCE, matching=lambda m: "echo" in m.text)
    await user.send(BROKEN)
    await user.chat.wait_for_message(PATIENCE, matching=lambda m: "Sorry" in m.text)
    await user.send(f"/start {INVITATION}")
    await user.chat.wait_for_message(PATIENCE, matching=lambda m: "not valid" in m.text)
    for fault in (drop(), server_error(), refuse(bad_request(f"cannot parse {QUESTION}"))):
        telegram.fail_next("sendMessage", fault)
        calls = len(telegram.transcript.of("sendMessage"))
        await user.send(QUESTION)
        await telegram.wait_until(
            lambda calls=calls: len(telegram.transcript.of("sendMessage")) > calls, PATIENCE
        )
        await asyncio.sleep(1)


def test_no_log_of_an_ingestion_has_a_secret(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# A note\n\nThe minister said so.\n", "utf-8")
    logins = json.dumps({"blog.example": "editor:cana ryOf ASite Pass"})
    done = subprocess.run(
        [sys.executable, "-m", "tests.ingest.scripted", str(tmp_path),
         "http://reader:canary-of-an-address@127.0.0.1:9/feed"],
        cwd=ROOT,
        env=os.environ | SECRETS | {"DATA_DIR": str(tmp_path / "data"), "LOG_LEVEL": "DEBUG",
                                    "SITE_LOGINS": logins, "ALLOW_PRIVATE_HOSTS": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert "canary" not in said.lower()
    assert "ryOf" not in said
    assert done.returncode in (0, 1, 2)


def test_what_nothing_catches_is_one_line_without_what_it_says() -> None:
    script = (
        "from vectorstore.logs import open_logs; from vectorstore.settings import StoreSettings;"
        "open_logs(StoreSettings()); canary = 'a canary'; int(canary)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    (row,) = map(json.loads, done.stderr.splitlines())
    assert row["exception"].endswith("builtins.ValueError")
    assert "canary" not in done.stderr
