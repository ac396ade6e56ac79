"""A polite question is the question, whatever is said around it."""

from __future__ import annotations

import pytest

from bot.answering.courtesy import plainly
from bot.answering.parts import parted


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hi! Could you please tell me what Iran said?", "what Iran said?"),
        ("Good evening, what did Iran say?", "what did Iran say?"),
        ("I was wondering if Iran said anything about dates", "Iran said anything about dates"),
        ("What did Iran say? Thanks in advance!", "What did Iran say?"),
        ("What did Iran say, please?", "What did Iran say?"),
        (
            "Bonjour, est-ce que vous pourriez me dire ce que Téhéran pense des dattes ? Merci",
            "ce que Téhéran pense des dattes?",
        ),
        ("salut, tu peux me dire qui a gagné stp", "qui a gagné"),
        ("je voudrais savoir si Téhéran a réagi", "Téhéran a réagi"),
        ("Добрый день! Подскажите, пожалуйста, что сказал Иран?", "что сказал Иран?"),
        ("Не могли бы вы сказать, кто осудил удар?", "кто осудил удар?"),
        ("Скажите пожалуйста сколько человек погибло. Заранее спасибо", "сколько человек погибло"),
    ],
)
def test_only_the_question_is_asked(text: str, asked: str) -> None:
    assert plainly(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "Hi-tech exports?",
        "Merci d'avance",
        "Спасибо!",
        "What did Russia promise?",
        "Hillary said what?",
        "He can tell us?",
        "Привета больше нет",
        "Can you summarise the briefing on dates?",
        "",
    ],
)
def test_what_is_no_courtesy_stays(text: str) -> None:
    assert plainly(text) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Combien de caisses ont coulé et qu'en dit Oslo ?",
            ["Combien de caisses ont coulé", "qu'en dit Oslo ?"],
        ),
        ("Que dit Oslo et qu'a répondu Riga ?", ["Que dit Oslo", "qu'a répondu Riga ?"]),
        ("Que dit Oslo sur ce qu'a promis Riga ?", ["Que dit Oslo sur ce qu'a promis Riga ?"]),
    ],
)
def test_what_follows_and_asks_what_is_another_question(text: str, parts: list[str]) -> None:
    assert parted(text) == parts
