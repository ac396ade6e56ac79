"""The terminal's chat knows the commands that look around, too."""

from __future__ import annotations

import pytest

from bot.answering.files import matching
from bot.conversing import Conversation
from bot.domain import Dossier
from bot.rendering import Page, answer_page
from tests.bot.corpora import PUBLIC, TODAY, Desk
from vectorstore.actors import Actors

ACTORS = Actors.load()


def talk(desk: Desk, language: str = "en") -> Conversation:
    return Conversation(
        desk.newsroom,
        ACTORS.name,
        lambda answer: answer_page(answer, ACTORS.name),
        lambda: None,
        tiers=PUBLIC,
        language=language,
        today=lambda: TODAY,
    )


def text(page: Page) -> str:
    return "\n\n".join("".join(piece.text for piece in paragraph) for paragraph in page)


def test_commands_are_understood_and_followed_up(samples: Desk) -> None:
    chat = talk(samples)
    assert text(chat.reply("/about Russia")).startswith("Russia\n15 statements")
    assert "12 June 2024" in text(chat.reply("/timeline Russia"))
    assert "Taşdelenoğlu" in text(chat.reply("and Turkey?"))
    assert text(chat.reply("/compare Russia")).startswith("Write /compare with two names")
    assert "For example: /about " in text(chat.reply("/about"))
    assert text(chat.reply("/latest")).startswith("Latest briefings")


def test_a_file_is_asked_in_until_it_is_left(samples: Desk) -> None:
    chat = talk(samples, "fr")
    assert "Catastrophes naturelles" in text(chat.reply("/dossiers"))
    chat.reply("/dossiers humanitaire")
    inside = text(chat.reply("Que dit la Russie ?"))
    assert "Dans ce seul dossier\u00a0: Catastrophes naturelles" in inside
    assert "6 avril 2024" in inside
    chat.reply("/leave")
    assert "12 juin 2024" in text(chat.reply("Que dit la Russie ?"))


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_every_example_finds_an_answer(samples: Desk, language: str) -> None:
    examples = samples.newsroom.examples(tiers=PUBLIC, language=language, today=TODAY)
    assert len(examples) >= 5
    for example in examples:
        assert "[1]" in text(talk(samples, language).reply(example)), example


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Georgia", ["Georgia"]),
        ("georgia", ["Georgia"]),
        ("georgia armenia", ["Georgia and Armenia"]),
        ("and", []),
        ("", []),
        ("moon", []),
    ],
)
def test_a_file_is_meant_by_its_name_or_by_some_of_its_words(said: str, meant: list[str]) -> None:
    known = [
        Dossier(name=name, stories=1, newest=None) for name in ("Georgia", "Georgia and Armenia")
    ]
    assert [each.name for each in matching(said, known)] == meant
