"""What an ingestion from Telegram is told and tells, with real children against a fake Bot API."""

from __future__ import annotations

import signal
import time
from itertools import pairwise
from typing import Any

import pytest

from tests.bot.editing import ADMIN, EDITOR, PATIENCE, REPORT, Office, until
from tests.telegram_server.errors import too_many_requests
from tests.telegram_server.faults import drop, refuse
from tests.telegram_server.server import TelegramServer
from vectorstore.publication import writing


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("", []),
        ("https://blog.example/a?b=c", ["https://blog.example/a?b=c"]),
        ("blog.example", ["https://blog.example"]),
    ],
)
async def test_the_child_is_told_what_to_ingest_and_nothing_else(
    telegram: TelegramServer, office: Office, written: str, given: list[str]
) -> None:
    editor = telegram.user(EDITOR)
    async with office.serving(telegram, office.script(output=REPORT)):
        await editor.send(f"/ingest {written}")
        await until(telegram, await editor.chat.wait_for_message(PATIENCE), "Nothing new")
    (order,) = office.orders
    assert order[:2] == ["--json", "--progress"]
    assert order[order.index("--") + 1 :] == given


@pytest.mark.parametrize(
    "written",
    [
        "/etc",
        "--allow-removals",
        "rollback",
        "../news",
        "file:///etc/passwd",
        "a b",
        "ftp://x.example",
    ],
)
async def test_no_name_leads_to_the_servers_own_files(
    telegram: TelegramServer, office: Office, written: str
) -> None:
    editor = telegram.user(EDITOR)
    async with office.serving(telegram, office.script(output=REPORT)):
        await editor.send(f"/ingest {written}")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "There is no source of this name.")
        assert message.text.endswith("Known sources: news")
    assert office.orders == []


async def test_progress_is_shown_by_few_edits_and_the_newest_counts(
    telegram: TelegramServer, office: Office
) -> None:
    steps: list[object] = []
    for done in range(1, 51):
        steps += [{"stage": "embedding", "done": done, "total": 50}, 0.1]
    editor = telegram.user(EDITOR)
    async with office.serving(telegram, office.script(steps=steps, output=REPORT)):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Nothing new")
    edits = telegram.transcript.of("editMessageText")
    assert 2 <= len(edits) <= 6
    times = [call.at for call in (*telegram.transcript.of("sendMessage"), *edits)]
    assert all(later - earlier > 1 for earlier, later in pairwise(times))
    shown = [text for text in message.history if text.startswith("Preparing passages")]
    assert shown == sorted(shown, key=lambda text: int(text.split()[4]))
    assert "Preparing passages for search: " in shown[0]
    assert shown[-1].endswith("of 50")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "Looking for what is new…",
                "Fetching pages: 1,200",
                "Reading pages: 3 of 1,200",
                "Checking and publishing…",
            ],
        ),
        (
            "fr",
            [
                "Recherche des nouveautés…",
                "Pages récupérées\u00a0: 1\u202f200",
                "Pages lues\u00a0: 3 sur 1\u202f200",
                "Vérification et publication…",
            ],
        ),
        (
            "ru",
            [
                "Ищу, что нового…",
                "Загружено страниц: 1\u00a0200",
                "Прочитано страниц: 3 из 1\u00a0200",
                "Проверяю и публикую…",
            ],
        ),
    ],
)
async def test_each_stage_is_told_in_the_editors_language(
    telegram: TelegramServer, office: Office, language: str, said: list[str]
) -> None:
    steps = [
        1.6,
        {"stage": "fetching", "done": 1200, "total": None},
        1.6,
        {"stage": "reading", "done": 3, "total": 1200},
        1.6,
        {"stage": "publishing", "done": 0, "total": None},
        1.6,
    ]
    editor = telegram.user(EDITOR, language_code=language)
    async with office.serving(telegram, office.script(steps=steps, output=REPORT)):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await telegram.wait_until(lambda: len(message.history) == len(said), PATIENCE)
    assert message.history == said


async def test_a_flood_limit_delays_progress_and_loses_no_report(
    telegram: TelegramServer, office: Office
) -> None:
    steps = [{"stage": "reading", "done": done, "total": 9} for done in range(9)]
    script = office.script(steps=[0.1, *steps, 1.6, *steps], output=REPORT)
    telegram.fail_next("editMessageText", refuse(too_many_requests(3)))
    editor = telegram.user(EDITOR)
    async with office.serving(telegram, script):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Nothing new")
    refused, last = telegram.transcript.of("editMessageText")
    assert last.at - refused.at >= 3


async def test_a_report_outlives_its_message_and_a_lost_answer(
    telegram: TelegramServer, office: Office
) -> None:
    editor = telegram.user(EDITOR)
    async with office.serving(telegram, office.script(steps=[0.5], output=REPORT)):
        await editor.send("/ingest")
        (await editor.chat.wait_for_message(PATIENCE)).deleted = True
        again = await editor.chat.wait_for_message(PATIENCE)
        assert again.text.startswith("Nothing new")
        telegram.fail_next("editMessageText", drop())
        await editor.send("/ingest")
        await until(telegram, await editor.chat.wait_for_message(PATIENCE), "Nothing new")
    assert len(editor.chat.bot_messages) == 2


async def test_failures_come_once_a_reason_and_fit_into_one_message(
    telegram: TelegramServer, office: Office
) -> None:
    same = [{"source": f"news/{n}.md", "error": "it has no text"} for n in range(1200)]
    others = [{"source": f"news/{n}.html", "error": f"{n} {'x' * 900}"} for n in range(8)]
    report = REPORT | {"unchanged": 0, "failed": same + others}
    editor = telegram.user(EDITOR)
    async with office.serving(telegram, office.script(output=report, code=1)):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Nothing was published.")
    assert "• 1,208 pages failed" in message.text
    assert "To be mended:\n• news/0.md: it has no text (and 1,199 more)\n" in message.text
    assert message.text.endswith("…\nand 4 more")
    assert len(editor.chat.bot_messages) == 1


SENTENCE = "http://10.0.0.1/ is not on the public web; add a public address."


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ({"steps": [SENTENCE], "code": 2}, f"Nothing was published.\n\n{SENTENCE}"),
        (
            {"steps": [{"event": "slow"}, {"stage": "fetching", "done": 0, "total": 1}, SENTENCE],
             "code": 2},
            f"Nothing was published.\n\n{SENTENCE}",
        ),
        (
            {"steps": ["Another ingestion is running; wait until it has finished."], "code": 2},
            "Another ingestion is under way, started outside this chat. "
            "Please try again when it has finished.",
        ),
        (
            {"steps": ["Traceback (most recent call last):", "KeyError: 'secret'"], "code": 1},
            "The ingestion broke off; nothing is half-published. The bot's log says more. "
            "Please try again.",
        ),
        (
            {"output": {"generation": "?"}},
            "The ingestion broke off; nothing is half-published. The bot's log says more. "
            "Please try again.",
        ),
    ],
    ids=["refused", "refused late", "busy", "crashed", "nonsense"],
)  # fmt: skip
async def test_an_ingestion_that_did_not_happen_is_explained(
    telegram: TelegramServer, office: Office, script: dict[str, Any], said: str
) -> None:
    editor = telegram.user(EDITOR)
    async with office.serving(telegram, office.script(**script)):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, said[:12])
        assert message.text == said
        assert message.buttons == []
        await editor.send("/ingest")  # the desk is free again
        await until(telegram, await editor.chat.wait_for_message(PATIENCE), said[:12])


async def test_a_command_that_cannot_be_started_is_explained(
    telegram: TelegramServer, office: Office
) -> None:
    editor = telegram.user(EDITOR, language_code="ru")
    async with office.serving(telegram, ("/no/such/program",)):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Обновление прервалось")


async def test_an_ingestion_from_the_command_line_is_respected(
    telegram: TelegramServer, office: Office
) -> None:
    editor = telegram.user(EDITOR)
    async with office.serving(telegram):
        with writing(office.data_dir):
            await editor.send("/ingest news")
            message = await editor.chat.wait_for_message(PATIENCE)
            await until(telegram, message, "Another ingestion is under way")


async def test_a_second_ingestion_is_told_who_runs_the_first_while_questions_go_on(
    telegram: TelegramServer, office: Office
) -> None:
    editor = telegram.user(EDITOR, first_name="Ada", last_name="Byron")
    admin = telegram.user(ADMIN, language_code="fr")
    async with office.serving(telegram, office.script(steps=[4], output=REPORT)):
        await editor.send("/ingest")
        running = await editor.chat.wait_for_message(PATIENCE)
        await telegram.wait_until(lambda: office.orders, PATIENCE)
        await admin.send("/ingest")
        told = await admin.chat.wait_for_message()
        assert told.text.startswith(
            "Une mise à jour est déjà en cours, lancée par Ada Byron il y a "
        )
        await editor.send("What did Vienna say?")
        answer = await editor.chat.wait_for_message()
        assert answer.text.startswith("echo What did Vienna say?")
        await admin.send("/status")
        assert "Ada Byron" in (await admin.chat.wait_for_message(PATIENCE)).text
        await until(telegram, running, "Nothing new")
    assert len(office.orders) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Stopped before it was done, as when the bot is restarted."),
        ("fr", "Interrompu avant la fin, comme lors d’un redémarrage du bot."),
        ("ru", "Остановлено до завершения, как бывает при перезапуске бота."),
    ],
)
async def test_a_bot_that_ends_stops_its_ingestion_and_says_so(
    telegram: TelegramServer, office: Office, language: str, said: str
) -> None:
    editor = telegram.user(EDITOR, language_code=language)
    async with office.serving(telegram, office.script(steps=[60], output=REPORT)):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await telegram.wait_until(lambda: office.orders, PATIENCE)
        began = time.monotonic()
    assert time.monotonic() - began < 45, "it waited for its child"
    assert message.text.startswith(said)


async def test_a_child_that_is_told_to_stop_is_no_failure_of_its_own(
    telegram: TelegramServer, office: Office
) -> None:
    editor = telegram.user(EDITOR)
    async with office.serving(telegram, office.script(signal=signal.SIGTERM)):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Stopped before it was done")


async def test_in_a_group_progress_leaves_room_for_answers(
    telegram: TelegramServer, office: Office
) -> None:
    steps: list[object] = []
    for done in range(40):
        steps += [{"stage": "embedding", "done": done, "total": 40}, 0.1]
    group, editor = telegram.group(-5), telegram.user(EDITOR)
    async with office.serving(telegram, office.script(steps=steps, output=REPORT)):
        await editor.send("/ingest", to=group)
        message = await group.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Nothing new")
    assert len(telegram.transcript.of("editMessageText")) == 2


async def test_what_is_being_published_is_published_before_the_bot_ends(
    telegram: TelegramServer, office: Office
) -> None:
    editor = telegram.user(EDITOR)
    steps = [{"stage": "publishing", "done": 0, "total": None}, 4]
    async with office.serving(telegram, office.script(steps=steps, output=REPORT)):
        await editor.send("/ingest")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Checking and publishing")
    assert message.text.startswith("Nothing new")
