"""Dossiers: one under all its names, asked in and summed up in whichever language names it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.files import Files, matching
from bot.domain import Kind
from tests.bot.corpora import PUBLIC, TODAY, Desk
from tests.bot.looking import FLOODS, READER, asked
from tests.bot.scripted import briefing
from tests.telegram_server.server import TelegramServer
from vectorstore.domain import Document

GEORGIA = {
    "en": "Georgia: domestic policy and relations with the EU, the US and Russia",
    "fr": "Géorgie\u00a0: politique intérieure et relations avec l’UE, les États-Unis et la Russie",
    "ru": "Грузия: внутренняя политика и отношения с ЕС, США и Россией",
}
QUESTIONS = {
    "en": "what did Russia say?",
    "fr": "Que dit la Russie ?",
    "ru": "Что говорит Россия?",
}
OTHERS = [(one, other) for one in FLOODS for other in FLOODS if one != other]


def filed(story: str, language: str, day: int, *dossiers: str) -> Document:
    made = briefing(story, language, day=date(2024, 5, day), dossiers=dossiers)
    return Document(briefing=made, passages=())


@pytest.mark.parametrize(("entered", "spoken"), OTHERS)
async def test_a_file_that_was_entered_in_one_language_answers_in_another(
    reading: TelegramServer, entered: str, spoken: str
) -> None:
    await asked(reading.user(READER, language_code=entered), f"/dossiers {FLOODS[entered]}")
    inside = await asked(reading.user(READER, language_code=spoken), QUESTIONS[spoken])
    assert FLOODS[spoken] in inside.text
    titles = {"en": "Floods on the", "fr": "Crues de l’Alazani", "ru": "Паводок на Алазани"}
    assert titles[spoken] in inside.text


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "summary of the Georgia dossier"),
        ("en", "Sum up the dossier on Georgia, please"),
        ("en", "What are the main points of the Georgia dossier?"),
        ("en", "What's new in the Georgia file?"),
        ("en", "Georgia dossier"),
        ("fr", "résumé du dossier Géorgie"),
        ("fr", "Quoi de neuf dans le dossier sur la Géorgie ?"),
        ("fr", "dossier Géorgie"),
        ("ru", "краткое содержание досье Грузия"),
        ("ru", "краткое содержание досье «Грузия»"),
        ("ru", "Сводка по досье о Грузии"),
        ("ru", "Что нового в досье по Грузии?"),
    ],
)
def test_a_file_is_summed_up_by_the_word_that_its_name_begins_with(
    samples: Desk, language: str, question: str
) -> None:
    answer = samples.ask(question)
    assert answer.asked
    assert answer.asked.kind is Kind.SUMMARY
    assert answer.asked.dossier == GEORGIA[language]
    assert {each.language for each in answer.citations} == {language}


def test_a_file_is_called_as_the_asker_calls_it(samples: Desk) -> None:
    answer = samples.ask(f"Краткое содержание досье «{GEORGIA['fr']}»")
    assert answer.asked
    assert answer.asked.dossier == GEORGIA["ru"]
    assert {each.language for each in answer.citations} == {"ru"}


@pytest.mark.parametrize(
    ("question", "name", "topic"),
    [
        (
            "What does the energy dossier say about the outage?",
            "Energy, trade and transport in the South Caucasus",
            "outage",
        ),
        (
            "Que dit le dossier Énergie sur la panne ?",
            "Énergie, commerce et transports dans le Caucase du Sud",
            "panne",
        ),
        (
            "Что сказала Россия в досье Энергетика?",
            "Энергетика, торговля и транспорт на Южном Кавказе",
            "",
        ),
    ],
)
def test_the_words_that_name_a_file_are_nobody_who_speaks_and_no_topic(
    samples: Desk, question: str, name: str, topic: str
) -> None:
    answer = samples.ask(question)
    assert answer.found
    assert answer.asked
    assert (answer.asked.dossier, answer.asked.topic) == (name, topic)
    assert not answer.asked.people


@pytest.mark.parametrize(
    "question",
    [
        "summary of the Peru dossier",
        "résumé du dossier Pérou",
        "краткое содержание досье Перу",
        "What did Russia say about the policy dossier?",
        "What did Georgia say?",
    ],
)
def test_a_file_that_is_not_there_or_not_clear_confines_nothing(
    samples: Desk, question: str
) -> None:
    answer = samples.ask(question)
    assert answer.asked
    assert not answer.asked.dossier


def test_a_file_is_listed_once_with_the_stories_of_all_its_editions() -> None:
    files = Files(
        [
            filed("line", "fr", 1, "Chemins de fer"),
            filed("line", "en", 1, "Railways"),
            filed("bridge", "en", 2, "Railways"),
            filed("bend", "fr", 2, "Chemins de fer"),
            filed("dam", "en", 3, "Rivers"),
        ]
    )
    assert [(each.name, each.stories) for each in files.listed("fr")] == [
        ("Rivers", 1),
        ("Chemins de fer", 3),
    ]
    assert [each.name for each in files.listed("ru")] == ["Rivers", "Railways"]
    assert (
        files.stories("Chemins de fer") == files.stories("Railways") == {"line", "bridge", "bend"}
    )
    assert [each.name for each in matching("railway", files.listed("fr"))] == ["Chemins de fer"]


def test_a_file_that_a_reader_may_no_longer_see_is_neither_named_nor_stayed_in(
    samples: Desk,
) -> None:
    secret = "Russia – Ukraine: front, talks, prisoners"
    answer = samples.newsroom.answer(
        QUESTIONS["en"], tiers=PUBLIC, language="en", today=TODAY, dossier=secret
    )
    assert answer.found
    assert answer.asked
    assert answer.asked.dossier == ""
