"""Editors publish and undo in Telegram: over HTTP, against a fake Bot API and real children."""

from __future__ import annotations

import asyncio
import shutil

import pytest

from tests.bot.editing import ADMIN, EDITOR, PATIENCE, REPORT, Office, plainly, until
from tests.telegram_server.server import TelegramServer


@pytest.mark.parametrize(
    ("language", "report", "undo", "question", "yes", "undone", "already"),
    [
        (
            "en",
            "Published: what is new can be asked about now.\n• 1 briefing added\n"
            "• 2 briefings unchanged\n\nNew:\n• new — 1 June 2024",
            "Undo",
            "Undo what this run published?",
            "Yes, undo",
            "Undone: generation 1 is current again.",
            "This has been undone already.",
        ),
        (
            "fr",
            "C’est publié\u00a0: vous pouvez déjà poser des questions sur les nouveautés.\n"
            "• 1 synthèse ajoutée\n• 2 synthèses inchangées\n\n"
            "Nouveautés\u00a0:\n• new — 1er juin 2024",
            "Annuler",
            "Annuler ce que cette mise à jour a publié\u00a0?",
            "Oui, annuler",
            "C’est annulé\u00a0: la génération 1 est de nouveau en ligne.",
            "Cette publication a déjà été annulée.",
        ),
        (
            "ru",
            "Опубликовано: о новом уже можно спрашивать.\n• добавлен 1 обзор\n"
            "• без изменений 2 обзора\n\nНовое:\n• new — 1 июня 2024 г.",
            "Отменить",
            "Отменить то, что опубликовало это обновление?",
            "Да, отменить",
            "Отменено: снова действует поколение 1.",
            "Это уже отменено.",
        ),
    ],
)
async def test_an_editor_publishes_keeps_and_undoes(
    telegram: TelegramServer,
    office: Office,
    language: str,
    report: str,
    undo: str,
    question: str,
    yes: str,
    undone: str,
    already: str,
) -> None:
    office.write("new.md", url="https://news.example/new", date="2024-06-01")
    editor = telegram.user(EDITOR, language_code=language)
    async with office.serving(telegram):
        await editor.send("/ingest News")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, report[:12])
        assert plainly(message.text) == plainly(report)
        assert message.links == [("new", "https://news.example/new")]
        assert office.current() == 2

        await editor.press(message.button(undo))
        confirmation = await editor.chat.wait_for_message(PATIENCE)
        assert confirmation.text.startswith(question)
        _, keep = confirmation.buttons[0]
        await editor.press(keep)
        await telegram.wait_until(lambda: not confirmation.buttons, PATIENCE)
        assert office.current() == 2

        await editor.press(message.button(undo))
        confirmation = await editor.chat.wait_for_message(PATIENCE)
        await editor.press(confirmation.button(yes))
        await until(telegram, confirmation, undone)
        assert confirmation.buttons == []
        assert office.current() == 1

        query = await editor.press(message.button(undo))
        await telegram.wait_until(lambda: query.answer, PATIENCE)
        assert query.answer == {"text": already, "show_alert": True}
        await telegram.wait_until(lambda: not message.buttons)


@pytest.mark.parametrize(
    ("language", "report"),
    [
        ("en", "Nothing new since the last time.\n• 2 briefings unchanged"),
        ("fr", "Rien de nouveau depuis la dernière fois.\n• 2 synthèses inchangées"),
        ("ru", "С прошлого раза ничего нового.\n• без изменений 2 обзора"),
    ],
)
async def test_where_nothing_is_new_there_is_nothing_to_undo(
    telegram: TelegramServer, office: Office, language: str, report: str
) -> None:
    admin = telegram.user(ADMIN, language_code=language)
    async with office.serving(telegram):
        await admin.send(f"/ingest {office.folder}")
        message = await admin.chat.wait_for_message(PATIENCE)
        await until(telegram, message, report[:7])
        assert message.text == report
        assert message.buttons == []


async def test_undo_works_after_a_restart_and_ends_with_the_next_publication(
    telegram: TelegramServer, office: Office
) -> None:
    editor, admin = telegram.user(EDITOR), telegram.user(ADMIN, language_code="fr")
    office.write("new-1.md")
    async with office.serving(telegram):
        await editor.send("/ingest news")
        first = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, first, "Published")
        office.write("new-2.md")
        await admin.send("/ingest news")
        second = await admin.chat.wait_for_message(PATIENCE)
        await until(telegram, second, "C’est publié")
    async with office.serving(telegram):
        query = await editor.press(first.button("Undo"))
        await telegram.wait_until(lambda: query.answer, PATIENCE)
        assert query.answer is not None
        assert query.answer["text"].startswith("Something newer has been published since")
        await admin.press(second.button("Annuler"))
        confirmation = await admin.chat.wait_for_message(PATIENCE)
        await admin.press(confirmation.button("Oui"))
        await until(telegram, confirmation, "C’est annulé")
    assert office.current() == 2


async def test_a_publication_between_the_question_and_the_answer_stops_the_undo(
    telegram: TelegramServer, office: Office
) -> None:
    editor = telegram.user(EDITOR)
    office.write("new-1.md")
    async with office.serving(telegram):
        await editor.send("/ingest news")
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Published")
        await editor.press(message.button("Undo"))
        confirmation = await editor.chat.wait_for_message(PATIENCE)
        office.write("new-2.md")
        await asyncio.to_thread(office.ingest)
        await editor.press(confirmation.button("Yes"))
        await until(telegram, confirmation, "Something newer has been published since")
    assert office.current() == 3


async def test_the_first_publication_cannot_be_undone(
    telegram: TelegramServer, office: Office
) -> None:
    shutil.rmtree(office.data_dir)
    editor = telegram.user(EDITOR)
    made = REPORT | {"added": 2, "unchanged": 0}
    async with office.serving(telegram, office.script(steps=[0.5], output=made)):
        await editor.send("/ingest")
        await asyncio.to_thread(office.ingest)
        message = await editor.chat.wait_for_message(PATIENCE)
        await until(telegram, message, "Published")
        assert message.buttons == []
