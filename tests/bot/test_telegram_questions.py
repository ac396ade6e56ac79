"""What readers asked, as editors see it, and the golden set that comes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.golden_set import unmet_cases
from bot.cases import case
from bot.domain import Reason
from bot.editing import EditorsDesk
from bot.i18n import voice
from bot.records.exchanges import Vote
from bot.roles import GivenRoles
from bot.telegram.parts import Parts
from tests.bot.scripted import ScriptedNewsroom, citation, found, line, missing, without_editors
from tests.bot.serving import serving
from tests.telegram_server.server import TelegramServer

ASKER, EDITOR = 1, 3000


@pytest.fixture
def newsroom() -> ScriptedNewsroom:
    words = citation(1, quote="We wait.")
    return ScriptedNewsroom(
        answers={
            "why the corridor": found(line("We wait.", actor="TR"), citations=[words]),
            "what of the corridor": found(line("We wait.", actor="TR"), citations=[words]),
            "who won the cup": missing(Reason.NO_COVERAGE),
            "who leads Arpa": found(line("words")),
        }
    )


@pytest.fixture
def parts(newsroom: ScriptedNewsroom, idle_desk: EditorsDesk, tmp_path: Path) -> Parts:
    return without_editors(newsroom, idle_desk, tmp_path, GivenRoles(editors=frozenset({EDITOR})))


async def asked(telegram: TelegramServer, parts: Parts, *questions: str) -> None:
    """They are kept when they have been answered."""
    user = telegram.user(ASKER, first_name="Zoltan")
    for question in questions:
        await user.send(question)
        await user.chat.wait_for_message()
    kept = parts.records.exchanges
    await telegram.wait_until(lambda: len(kept.by(ASKER)) >= len(questions))


async def disliked(telegram: TelegramServer, parts: Parts) -> None:
    """The last answer is, for its speaker."""
    message = telegram.user(ASKER).chat.bot_messages[-1]
    for label, vote in (("👎", Vote.DISLIKED), ("Wrong speaker", Vote.WRONG_SPEAKER)):
        await telegram.user(ASKER).press(message.button(label))
        await telegram.wait_until(
            lambda vote=vote: parts.records.exchanges.by(ASKER)[-1].vote is vote
        )
        await telegram.wait_until(lambda label=label: label not in str(message.buttons))


ALL = ("who won the cup", "why the corridor", "what of the corridor", "who leads Arpa")


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "asked: 4 · without an answer: 1 · disliked: 1",
                "Disliked",
                "1. “who leads Arpa” — asked 1 time, Wrong speaker",
                "Found nothing",
                "2. “who won the cup” — asked 1 time",
                "Asked most",
                "3. “what of the corridor” — asked 2 times",
                "also asked as: “why the corridor”",
            ],
        ),
        (
            "fr",
            [
                "posées\u00a0: 4 · sans réponse\u00a0: 1 · jugées inutiles\u00a0: 1",
                "Réponses jugées inutiles",
                "1. “who leads Arpa” — posée 1 fois, Propos mal attribués",
                "Sans réponse",
                "2. “who won the cup” — posée 1 fois",
                "Les plus posées",
                "3. “what of the corridor” — posée 2 fois",
                "également formulée ainsi\u00a0: “why the corridor”",
            ],
        ),
        (
            "ru",
            [
                "задано: 4 · без ответа: 1 · не помогли: 1",
                "Ответ не помог",
                "1. “who leads Arpa” — 1 раз, Слова приписаны не тому",
                "Ничего не найдено",
                "2. “who won the cup” — 1 раз",
                "Спрашивали чаще всего",
                "3. “what of the corridor” — 2 раза",
                "спрашивали и так: “why the corridor”",
            ],
        ),
    ],
)
async def test_editors_see_what_was_asked_by_meaning_and_what_went_wrong_first(
    telegram: TelegramServer, parts: Parts, language: str, lines: list[str]
) -> None:
    async with serving(telegram, parts):
        await asked(telegram, parts, *ALL)
        await disliked(telegram, parts)
        editor = telegram.user(EDITOR, language_code=language)
        await editor.send("/questions")
        page = await editor.chat.wait_for_message()
    assert [row for row in page.text.split("\n") if row][1:] == lines
    assert "Zoltan" not in page.text


@pytest.mark.parametrize(
    ("language", "refusal", "in_private"),
    [
        (
            "en",
            "This is for the newsroom's editors only.",
            "Please write this to me in a private chat.",
        ),
        (
            "fr",
            "Cette fonction est réservée aux rédacteurs.",
            "Écrivez-moi cela en conversation privée.",
        ),
        ("ru", "Это доступно только редакторам.", "Напишите это мне в личный чат."),
    ],
)
async def test_others_see_nothing_of_it_and_a_group_neither(
    telegram: TelegramServer, parts: Parts, language: str, refusal: str, in_private: str
) -> None:
    async with serving(telegram, parts):
        await asked(telegram, parts, "who won the cup")
        user = telegram.user(ASKER, language_code=language)
        editor, group = telegram.user(EDITOR, language_code=language), telegram.group(-5)
        await user.send("/questions")
        refused = await user.chat.wait_for_message()
        assert refused.text == refusal
        await editor.send("/questions", to=group)
        private = await group.chat.wait_for_message()
        assert private.text == in_private
        await editor.send("/questions")
        page = await editor.chat.wait_for_message()
        query = await user.press(replace(page.button("1"), message=refused))
        told = await telegram.wait_until(lambda: query.answer)
        assert told["text"] == refusal
    assert parts.records.exchanges.cases() == []


@pytest.mark.parametrize(
    ("language", "make", "take", "made", "taken"),
    [
        (
            "en",
            "Make 1 a case",
            "Take 1 back",
            "Question 1 is now a case of the golden set. It is kept until {}; python -m bot cases "
            "prints it.",
            "Question 1 is no longer a case.",
        ),
        (
            "fr",
            "Garder la 1 comme cas",
            "Retirer la 1",
            "La question 1 est désormais un cas du jeu de référence. Elle est conservée jusqu’au "
            "{}\u00a0; python -m bot cases l’affiche.",
            "La question 1 n’est plus un cas.",
        ),
        (
            "ru",
            "№ 1 в эталон",
            "Убрать № 1",
            "Вопрос № 1 теперь в эталонном наборе. Он хранится до {}; его выводит python -m bot "
            "cases.",
            "Вопроса № 1 больше нет в эталонном наборе.",
        ),
    ],
)
async def test_one_tap_makes_a_case_and_another_takes_it_back(
    telegram: TelegramServer,
    parts: Parts,
    language: str,
    make: str,
    take: str,
    made: str,
    taken: str,
) -> None:
    async with serving(telegram, parts):
        await asked(telegram, parts, "why the corridor")
        editor = telegram.user(EDITOR, language_code=language)
        await editor.send("/questions")
        page = await editor.chat.wait_for_message()
        query = await editor.press(page.button(make))
        told = await telegram.wait_until(lambda: query.answer)
        until = datetime.now(UTC) + timedelta(days=90)
        assert told["text"] == made.format(voice(language).day(until.date()))
        await telegram.wait_until(lambda: page.buttons[0][0].label == take)
        assert [each.text for each in parts.records.exchanges.cases()] == ["why the corridor"]
        back = await editor.press(page.button(take))
        told = await telegram.wait_until(lambda: back.answer)
        assert told["text"] == taken
        await telegram.wait_until(lambda: page.buttons[0][0].label == make)
        assert parts.records.exchanges.cases() == []


async def test_a_case_is_a_row_of_the_golden_set_that_the_evaluation_takes(
    telegram: TelegramServer, parts: Parts, newsroom: ScriptedNewsroom, tmp_path: Path
) -> None:
    async with serving(telegram, parts):
        await asked(telegram, parts, "why the corridor", "who leads Arpa")
        await disliked(telegram, parts)
    for exchange in parts.records.exchanges.by(ASKER):
        parts.records.exchanges.set_case(exchange, is_case=True)
    rows = [case(exchange) for exchange in parts.records.exchanges.cases()]
    assert rows[0]["expect"] == {
        "found": True,
        "reason": None,
        "shows": ["We wait."],
        "actors": ["TR"],
        "only_actors": True,
        "days": [],
    }
    assert rows[0]["tier"] == "public"
    assert not {"user", "chat"} & rows[0].keys()
    file = tmp_path / "cases.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    count, failures = unmet_cases(file, newsroom)
    assert count == 2
    assert [(each.question, each.unmet) for each in failures] == [
        ("who leads Arpa", ("the words were put in the wrong mouth: write what is expected",))
    ]
    newsroom.answers["why the corridor"] = missing(Reason.NO_COVERAGE)
    assert len(unmet_cases(file, newsroom)[1]) == 2
