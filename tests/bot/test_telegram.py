"""The bot in Telegram: the real application, over HTTP, against a fake Bot API."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain import LineKind, Reason, SourceSummary
from bot.editing import EditorsDesk
from bot.telegram.app import End, serve
from bot.telegram.errors import CannotServeError
from tests.bot.scripted import (
    DAY,
    ScriptedNewsroom,
    briefing,
    citation,
    found,
    line,
    missing,
    without_editors,
)
from tests.bot.serving import serving
from tests.telegram_server.errors import too_many_requests
from tests.telegram_server.faults import drop, refuse
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Tier

LANGUAGES = ["en", "fr", "ru"]


# What people see


@pytest.mark.parametrize(
    ("language", "greeting", "ask"),
    [
        ("en", "Hello!", "Write your question"),
        ("fr-CA", "Bonjour", "Posez votre question"),
        ("ru", "Здравствуйте!", "Напишите вопрос"),
        ("de", "Hello!", "Write your question"),
        (None, "Hello!", "Write your question"),
    ],
)
async def test_start_and_help_speak_the_language_of_the_app(
    telegram: TelegramServer, bot: End, language: str | None, greeting: str, ask: str
) -> None:
    user = telegram.user(1, language_code=language)
    await user.send("/start")
    welcome = await user.chat.wait_for_message()
    assert welcome.text.startswith(greeting)
    assert ask in welcome.text
    await user.send("/help")
    guide = await user.chat.wait_for_message()
    assert guide.text.startswith(ask)
    commands = guide.words("bot_command")
    assert commands[:3] == ["/ask", "/latest", "/dossiers"]
    assert commands[-1] == "/help"


@pytest.mark.parametrize(
    ("language", "country"), [("en", "Russia"), ("fr", "Russie"), ("ru", "Россия")]
)
async def test_the_questions_language_beats_that_of_the_app(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, language: str, country: str
) -> None:
    said = line("But what should we do?", actor="RU", speaker="Maria Zakharova")
    newsroom.answers["?a"] = found(said, language=language)
    user = telegram.user(1, language_code="fr" if language == "en" else "en")
    await user.send("?a")
    message = await user.chat.wait_for_message()
    assert message.text.startswith(f"{country}\nMaria Zakharova\n“But what should we do?”\u00a0[1]")
    assert message.words("bold")[:2] == [country, "Maria Zakharova"]
    assert message.links[0] == ("[1]", "https://news.example/1#:~:text=word1")


async def test_the_engine_is_asked_as_the_public_with_the_apps_language(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    user = telegram.user(1, language_code="ru-RU")
    await user.send("  Что сказала Москва?  ")
    await user.chat.wait_for_message()
    assert newsroom.asked == [("Что сказала Москва?", frozenset({Tier.PUBLIC}), "ru")]


async def test_one_source_is_previewed_and_several_are_not(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.answers["one"] = found(line("a"))
    newsroom.answers["two"] = found(line("a"), line("b", number=2))
    file = citation(1, url="file:///tmp/a.md", link="file:///tmp/a.md")
    newsroom.answers["file"] = found(line("a"), citations=[file])
    user = telegram.user(1)
    previews = []
    for question in ("one", "two", "file"):
        await user.send(question)
        message = await user.chat.wait_for_message()
        previews.append(message.content["link_preview_options"])
    assert previews[0]["url"] == "https://news.example/1"
    assert previews[1:] == [{"is_disabled": True}] * 2


async def test_not_knowing_is_said_and_not_a_failure(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.answers["who?"] = missing(Reason.NO_COVERAGE, citation(1), language="ru")
    user = telegram.user(1)
    await user.send("who?")
    message = await user.chat.wait_for_message()
    assert message.text.startswith("В обзорах об этом ничего не сказано.")
    assert message.links[0] == ("[1]", "https://news.example/1#:~:text=word1")


async def test_a_long_answer_arrives_whole_in_order_and_within_the_limits(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    texts = [f"<line {n}> & {'слово 🙂 ' * 15}" for n in range(1, 301)]
    newsroom.answers["all"] = found(
        *(line(text, number=n) for n, text in enumerate(texts, 1)), language="fr"
    )
    user = telegram.user(1)
    await user.send("all")
    await user.chat.wait_for_message(20, matching=lambda message: "[300] Brief" in message.text)
    calls = telegram.transcript.of("sendMessage")
    assert not any(call.error or call.dropped_entities for call in calls)
    whole = "\n".join(message.text for message in user.chat.bot_messages)
    positions = [whole.index(text.strip()) for text in texts]
    assert positions == sorted(positions)


async def test_latest_and_sources_are_listed(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.briefings = [briefing("new", code) for code in LANGUAGES] + [briefing("old")]
    newsroom.summaries = [
        SourceSummary(name="site", stories=4, languages=("en",), first=DAY, last=DAY, dossiers=())
    ]
    user = telegram.user(1, language_code="fr")
    await user.send("/latest")
    message = await user.chat.wait_for_message()
    assert message.text == (
        "Dernières synthèses\n• new in fr — 20 septembre 2023\n• old in en — 20 septembre 2023"
    )
    assert message.links[0] == ("new in fr", "https://news.example/new/fr")
    await user.send("/sources")
    message = await user.chat.wait_for_message()
    assert message.text == "site\n4 synthèses · anglais · 20 septembre 2023"


@pytest.mark.parametrize(
    ("language", "reply"),
    [
        ("en", "I can only read text."),
        ("fr", "Je ne lis que le texte."),
        ("ru", "Я понимаю только текст."),
    ],
)
async def test_what_is_not_text_gets_a_helpful_reply(
    telegram: TelegramServer, bot: End, language: str, reply: str
) -> None:
    user = telegram.user(1, language_code=language)
    for send in (
        user.send_photo,
        user.send_voice,
        user.send_sticker,
        user.send_document,
        user.send_location,
    ):
        await send()
        assert (await user.chat.wait_for_message()).text.startswith(reply)


@pytest.mark.parametrize("nothing", ["???", "…", "👍", "-", "Hello!", "Merci beaucoup", "привет"])
async def test_a_question_without_words_gets_examples(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, nothing: str
) -> None:
    user = telegram.user(1)
    await user.send(nothing)
    assert "for example:" in (await user.chat.wait_for_message()).text
    assert newsroom.asked == []


async def test_an_unknown_command_names_the_known_ones(telegram: TelegramServer, bot: End) -> None:
    user = telegram.user(1)
    await user.send("/lastest")
    message = await user.chat.wait_for_message()
    assert message.text.startswith("I do not know this command.")
    assert "/latest" in message.text


# Edited questions


async def test_an_edited_question_has_its_answer_edited_in_place(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.answers["long"] = found(line("a " * 3000, LineKind.PASSAGE))
    user = telegram.user(1)
    question = await user.send("long")
    first = await user.chat.wait_for_message()
    second = await user.chat.wait_for_message()
    await user.edit(question, "short")
    await telegram.wait_until(lambda: first.edited and second.deleted)
    assert first.text.startswith("echo short")
    await user.edit(question, "long")
    await telegram.wait_until(lambda: first.text.startswith("a a"))
    third = await user.chat.wait_for_message()
    assert user.chat.bot_messages == [first, third]


async def test_an_edited_question_whose_answer_is_gone_is_answered_anew(
    telegram: TelegramServer, bot: End
) -> None:
    user = telegram.user(1)
    question = await user.send("one")
    first = await user.chat.wait_for_message()
    first.deleted = True
    await user.edit(question, "two")
    again = await user.chat.wait_for_message()
    assert again.text.startswith("echo two")
    assert again.reply_to is question


async def test_an_edit_that_changes_nothing_leaves_one_answer(
    telegram: TelegramServer, bot: End
) -> None:
    user = telegram.user(1)
    question = await user.send("one")
    await user.chat.wait_for_message()
    await user.edit(question, "one")
    await user.send("two")
    await user.chat.wait_for_message(matching=lambda message: "echo two" in message.text)
    assert len(user.chat.bot_messages) == 2


# Order, concurrency, patience


async def test_a_chat_is_answered_in_order_while_others_are_answered_at_once(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    gate = newsroom.gates["slow"] = threading.Event()
    patient, other = telegram.user(1), telegram.user(2)
    await patient.send("slow")
    for number in range(2):
        await patient.send(f"quick {number}")
    await other.send("mine")
    assert (await other.chat.wait_for_message()).text.startswith("echo mine")
    assert patient.chat.bot_messages == []
    gate.set()
    await patient.chat.wait_for_message(matching=lambda each: each.text.startswith("echo quick 1"))
    heads = [message.text.split("\u00a0")[0] for message in patient.chat.bot_messages]
    assert heads == ["echo slow", *(f"echo quick {number}" for number in range(2))]


async def test_typing_shows_for_as_long_as_the_answer_takes(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    newsroom.seconds["slow"] = 4.5
    user = telegram.user(1)
    await user.send("slow")
    await telegram.wait_until(lambda: user.chat.typing)
    await user.chat.wait_for_message(10)
    assert [action for _, action in user.chat.actions] == ["typing"] * 2


async def test_a_flood_limit_is_waited_for_in_its_chat_only(
    telegram: TelegramServer, bot: End
) -> None:
    limited, free = telegram.user(1), telegram.user(2)
    telegram.fail_next("sendMessage", refuse(too_many_requests(2)), chat=1)
    await limited.send("one")
    await telegram.wait_until(lambda: telegram.transcript.of("sendMessage", chat=1))
    asked = time.monotonic()
    await free.send("two")
    await free.chat.wait_for_message()
    assert time.monotonic() - asked < 1.5
    assert (await limited.chat.wait_for_message()).text.startswith("echo one")
    assert time.monotonic() - asked > 1.5
    assert len(limited.chat.bot_messages) == 1


@pytest.mark.parametrize("arrives", [True, False])
async def test_a_reply_that_is_not_confirmed_is_logged_and_not_repeated(
    telegram: TelegramServer, bot: End, caplog: pytest.LogCaptureFixture, arrives: bool
) -> None:
    user = telegram.user(1)
    telegram.fail_next("sendMessage", drop(after_effect=arrives))
    await user.send("one")
    await user.send("two")
    await user.chat.wait_for_message(matching=lambda message: "echo two" in message.text)
    heads = [message.text.split("\u00a0")[0] for message in user.chat.bot_messages]
    assert heads == (["echo one"] if arrives else []) + ["echo two"]
    assert "not confirmed" in caplog.text


async def test_a_reply_that_never_left_is_sent_when_telegram_is_back(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    gate = newsroom.gates["one"] = threading.Event()
    user = telegram.user(1)
    await user.send("one")
    await telegram.wait_until(lambda: newsroom.asked)
    await telegram.stop()
    gate.set()
    await asyncio.sleep(0.3)
    await telegram.start()
    assert (await user.chat.wait_for_message(10)).text.startswith("echo one")
    assert len(user.chat.bot_messages) == 1


# Failures


@pytest.mark.parametrize(
    ("language", "apology"), [("en", "Sorry,"), ("fr", "Désolé,"), ("ru", "Извините,")]
)
async def test_a_broken_engine_is_apologised_for_and_logged(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    caplog: pytest.LogCaptureFixture,
    language: str,
    apology: str,
) -> None:
    newsroom.broken.add("one")
    user = telegram.user(1, language_code=language)
    await user.send("one")
    assert (await user.chat.wait_for_message()).text.startswith(apology)
    assert "A question could not be answered" in caplog.text
    await user.send("two")
    assert (await user.chat.wait_for_message()).text.startswith("echo two")


async def test_who_blocks_the_bot_disturbs_nobody(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    gate = newsroom.gates["one"] = threading.Event()
    gone, other = telegram.user(1), telegram.user(2)
    await gone.send("one")
    await telegram.wait_until(lambda: newsroom.asked)
    await gone.block()
    gate.set()
    await telegram.wait_until(lambda: telegram.transcript.of("sendMessage", chat=1))
    await other.send("two")
    assert (await other.chat.wait_for_message()).text.startswith("echo two")
    assert len(telegram.transcript.of("sendMessage", chat=1)) == 1


# The language of a chat


@pytest.mark.parametrize(
    ("code", "said", "sources"),
    [
        ("en", "From now on I speak English here.", "Sources"),
        ("fr", "Désormais, je parle français ici.", "Sources"),
        ("RU", "Теперь я говорю здесь по-русски.", "Источники"),
    ],
)
async def test_a_chosen_language_is_spoken_whatever_the_question_and_the_app_speak(
    telegram: TelegramServer,
    bot: End,
    newsroom: ScriptedNewsroom,
    code: str,
    said: str,
    sources: str,
) -> None:
    newsroom.answers["?a"] = found(line("a"), language="en" if code != "en" else "ru")
    user = telegram.user(1, language_code="de")
    await user.send(f"/language {code}")
    assert (await user.chat.wait_for_message()).text == said
    await user.send("?a")
    assert sources in (await user.chat.wait_for_message()).text
    assert newsroom.asked[0][2] == code.lower()


async def test_a_language_is_chosen_by_a_button_kept_over_a_restart_and_given_up(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    user, other = telegram.user(1, language_code="ru"), telegram.user(2, language_code="en")
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path)):
        await user.send("/language Klingon")
        question = await user.chat.wait_for_message()
        assert question.text == "На каком языке мне здесь говорить?"
        assert [key.label for row in question.buttons for key in row] == [
            "English",
            "Français",
            "Русский",
            "На языке вопроса",
        ]
        await user.press(question.button("Français"))
        await telegram.wait_until(lambda: question.text == "Désormais, je parle français ici.")
        assert question.buttons == []
    async with serving(telegram, without_editors(newsroom, idle_desk, tmp_path)):
        await user.send_photo()
        assert (await user.chat.wait_for_message()).text.startswith("Je ne lis que le texte.")
        await other.send_photo()
        assert (await other.chat.wait_for_message()).text.startswith("I can only read text.")
        await user.send("/language auto")
        said = await user.chat.wait_for_message()
        assert said.text == "Теперь я отвечаю на языке вопроса."
        await user.send_photo()
        assert (await user.chat.wait_for_message()).text.startswith("Я понимаю только текст.")


# Groups


async def test_in_a_group_only_those_who_address_the_bot_are_answered(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    telegram.world.privacy = False
    group, user = telegram.group(-5), telegram.user(1)
    for talk in ("hello all", f"write to ada@{telegram.username}x", "/latest@other_bot", "/foo"):
        await user.send(talk, to=group)
    await user.send_photo("look", to=group)
    question = await user.send(f"@{telegram.username.upper()}, what did Moscow say?", to=group)
    answer = await group.chat.wait_for_message()
    assert answer.reply_to is question
    assert [asked for asked, _, _ in newsroom.asked] == [", what did Moscow say?"]
    await user.reply(answer, "and Ankara?")
    assert (await group.chat.wait_for_message()).text.startswith("echo and Ankara?")
    await user.send(f"/help@{telegram.username}", to=group)
    assert "/latest" in (await group.chat.wait_for_message()).text
    await user.send(f"@{telegram.username}", to=group)
    assert "for example:" in (await group.chat.wait_for_message()).text
    assert len(group.chat.bot_messages) == 4


@pytest.mark.parametrize(
    "talk",
    [
        "hello all",
        "ada@{name}",
        "https://t.me/@{name}",
        "@{name}x what did Moscow say?",
        "@x{name} what did Moscow say?",
        "/ask@other_bot what?",
        "/nonsense",
    ],
)
async def test_in_a_group_the_bot_is_silent_unless_it_is_meant(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, talk: str
) -> None:
    telegram.world.privacy = False
    group, user = telegram.group(-5), telegram.user(1)
    await user.send(talk.format(name=telegram.username), to=group)
    await user.send("/ask who speaks?", to=group)
    await group.chat.wait_for_message()
    assert [asked for asked, _, _ in newsroom.asked] == ["who speaks?"]
    assert len(group.chat.bot_messages) == 1


async def test_a_command_for_another_bot_is_none_of_ours_even_in_a_reply(
    telegram: TelegramServer, bot: End
) -> None:
    telegram.world.privacy = False
    group, user = telegram.group(-5), telegram.user(1)
    await user.send("/ask one", to=group)
    answer = await group.chat.wait_for_message()
    await user.reply(answer, "/foo@other_bot")
    await user.reply(answer, "two")
    assert (await group.chat.wait_for_message()).text.startswith("echo two")


@pytest.mark.parametrize(
    "text",
    [
        "/ask what is said?",
        "/ask@{name} what is said?",
        "@{name} what is said?",
    ],
)
async def test_a_topic_is_answered_in_the_topic(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom, text: str
) -> None:
    newsroom.seconds["what is said?"] = 0.5
    group, user = telegram.group(-5), telegram.user(1)
    await user.send(text.format(name=telegram.username), to=group, topic=77)
    answer = await group.chat.wait_for_message()
    assert newsroom.asked[0][0] == "what is said?"
    assert answer.content["message_thread_id"] == 77
    assert telegram.transcript.of("sendChatAction")[0].params["message_thread_id"] == 77
    await user.reply(answer, "and Ankara?")
    assert (await group.chat.wait_for_message()).content["message_thread_id"] == 77


async def test_ask_works_in_private_too_and_wants_words(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    user = telegram.user(1)
    await user.send("/ask What did\nMoscow say?")
    assert (await user.chat.wait_for_message()).text.startswith("echo What did\nMoscow say?")
    await user.send("/ask")
    assert "for example:" in (await user.chat.wait_for_message()).text
    assert len(newsroom.asked) == 1


async def test_an_answer_follows_its_group_to_a_new_id(
    telegram: TelegramServer, bot: End, newsroom: ScriptedNewsroom
) -> None:
    question = f"@{telegram.username} one"
    gate = newsroom.gates["one"] = threading.Event()
    group, user = telegram.group(-5, kind="group"), telegram.user(1)
    await user.send(question, to=group)
    await telegram.wait_until(lambda: newsroom.asked)
    moved = await group.migrate(user)
    gate.set()
    assert (await moved.chat.wait_for_message()).text.startswith("echo one")


# Life

SCRIPT = """
import os, sys, tempfile
from contextlib import closing
from pathlib import Path
from bot.editing import open_desk
from bot.settings import BotSettings
from bot.telegram.app import run
from tests.bot.scripted import ScriptedNewsroom, without_editors
from vectorstore.corpus import Corpus
from vectorstore.logs import open_logs
class Leaky(ScriptedNewsroom):
    def answer(self, question, **others):
        if question == "leak":
            raise RuntimeError(f"cannot GET /bot{os.environ['TELEGRAM_BOT_TOKEN']}/getMe")
        return super().answer(question, **others)
settings = BotSettings()
open_logs(settings)
with tempfile.TemporaryDirectory() as folder, closing(Corpus(Path(folder))) as corpus:
    with open_desk(Path(folder), corpus, (), None) as desk:
        newsroom = Leaky(seconds={"slow": 1.5})
        sys.exit(run(without_editors(newsroom, desk, Path(folder)), settings))
"""


@asynccontextmanager
async def bot_process(api_url: str, token: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a process of its own, which logs all it can to stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SCRIPT,
        cwd=Path(__file__).parents[2],
        env={
            "TELEGRAM_API_URL": api_url,
            "TELEGRAM_BOT_TOKEN": token,
            "NO_PROXY": "127.0.0.1",
            "LOG_LEVEL": "DEBUG",
        },
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def ending(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """Exit code and stderr of a process that ends by itself."""
    _, errors = await asyncio.wait_for(process.communicate(), 20)
    return process.returncode, errors.decode()


def check_silence(log: str, token: str) -> None:
    secret = token.partition(":")[2] or token
    assert secret not in log
    assert "Traceback" not in log


@pytest.mark.parametrize("token", ["123456789:AAThisIsNotTheRightToken000000000000", "nonsense"])
async def test_a_wrong_token_is_one_sentence_without_the_token(
    telegram: TelegramServer, token: str
) -> None:
    async with bot_process(telegram.root, token) as process:
        code, log = await ending(process)
    check_silence(log, token)
    assert code == 2
    assert log.splitlines()[-1] == (
        "127.0.0.1 does not accept the bot token: copy it again from @BotFather "
        "into TELEGRAM_BOT_TOKEN."
    )


async def test_no_network_is_one_sentence(telegram: TelegramServer) -> None:
    await telegram.stop()
    async with bot_process(telegram.root, telegram.token) as process:
        code, log = await ending(process)
    check_silence(log, telegram.token)
    assert code == 2
    assert log.splitlines()[-1].startswith("127.0.0.1 cannot be reached:")


async def test_no_token_is_one_sentence() -> None:
    async with bot_process("http://127.0.0.1:1", "") as process:
        code, log = await ending(process)
    assert code == 2
    assert log.splitlines()[-1].startswith("TELEGRAM_BOT_TOKEN is not set:")


async def test_a_second_process_with_the_token_ends_one_of_the_two(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    end = End()
    parts = without_editors(newsroom, idle_desk, tmp_path)
    async with bot_process(telegram.root, telegram.token) as first:
        user = telegram.user(1)
        await user.send("/start")
        await user.chat.wait_for_message(20)
        second = asyncio.create_task(serve(parts, telegram.token, telegram.root, end))
        try:
            code, log = await ending(first)
            await user.send("still there?")
            await user.chat.wait_for_message(matching=lambda each: "still there?" in each.text)
        finally:
            end.because(None)
            await second
    assert code == 2
    check_silence(log, telegram.token)
    assert log.splitlines()[-1].startswith("Another process receives the messages")


async def test_a_token_revoked_meanwhile_ends_the_bot(
    telegram: TelegramServer, newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path
) -> None:
    parts = without_editors(newsroom, idle_desk, tmp_path)
    life = asyncio.create_task(serve(parts, telegram.token, telegram.root, End()))
    user = telegram.user(1)
    await user.send("one")
    await user.chat.wait_for_message()
    telegram.token = "123456789:new"
    await user.send("wakes the poll up")
    with pytest.raises(CannotServeError, match="does not accept the bot token"):
        await asyncio.wait_for(life, 10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_running_answers_finish(
    telegram: TelegramServer, number: signal.Signals
) -> None:
    users = [telegram.user(n) for n in range(1, 7)]
    async with bot_process(telegram.root, telegram.token) as process:
        for user in users:
            await user.send("slow")
        # To be typing is not shown in a chat where it would have to wait for its turn.
        await telegram.wait_until(lambda: any(user.chat.typing for user in users), 20)
        await asyncio.sleep(0.5)
        process.send_signal(number)
        code, log = await ending(process)
    check_silence(log, telegram.token)
    assert code == 0
    assert [len(user.chat.bot_messages) for user in users] == [1] * 6
    assert telegram.updates.pending == []


async def test_a_failure_that_names_the_token_is_logged_without_it(
    telegram: TelegramServer,
) -> None:
    user = telegram.user(1)
    async with bot_process(telegram.root, telegram.token) as process:
        await user.send("leak")
        assert (await user.chat.wait_for_message(20)).text.startswith("Sorry,")
        process.terminate()
        _, log = await ending(process)
    assert "RuntimeError" in log
    assert "cannot GET" not in log, "nobody knows what foreign errors say"
    assert telegram.token.partition(":")[2] not in log


async def test_a_lost_connection_is_reported_in_one_line_and_survived(
    telegram: TelegramServer, bot: End, caplog: pytest.LogCaptureFixture
) -> None:
    user = telegram.user(1)
    await user.send("one")
    await user.chat.wait_for_message()
    telegram.fail_next("getUpdates", drop(), times=2)
    await user.send("two")
    await user.send("three")
    await user.chat.wait_for_message(10, matching=lambda each: "three" in each.text)
    reports = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert reports
    assert all("trying again" in record.getMessage() for record in reports)
    assert not any(record.exc_info for record in reports if record.name.startswith("bot"))
