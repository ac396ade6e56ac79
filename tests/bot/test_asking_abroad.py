"""Questions in one language about briefings that stand in another alone."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

import pytest

from bot.answering.foreign import names_of, share_printed
from bot.answering.question import understand
from bot.domain import Answer, LineKind
from tests.bot.corpora import TODAY, Desk, opened, publish, rows
from vectorstore.actors import Actors
from vectorstore.embeddings import SentenceEmbeddings

ACTORS = Actors.load()
_RAID = """On 3 June the Azerbaijani army opened fire on the village of Tarvan and took two hills.

This raid was condemned by a number of capitals: France through its ambassador Claire Vasseur, \
and Germany. Turkey justified the raid, which it called “an answer to months of shelling”.

The hospital of Lernavan took in 31 wounded, its director said."""
_HARVEST = """French vineyards in the Kapisa hills expect a good year.

“France will go on helping the growers of Kapisa with schools and roads”, said Marc Aubin, the \
ambassador of France."""
_FERRY = """The ferry Albatros sank off Morava Bay on Tuesday with 53 passengers aboard.

At least 17 people drowned, the coastguard said. The captain was rescued."""


@pytest.fixture(scope="module")
def abroad(
    tmp_path_factory: pytest.TempPathFactory, embeddings: SentenceEmbeddings
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("abroad")
    texts = {"raid": _RAID, "harvest": _HARVEST, "ferry": _FERRY}
    titles = {
        "raid": "Azerbaijan’s raid on Tarvan",
        "harvest": "Vineyards of Kapisa",
        "ferry": "A ferry sinks off Morava Bay",
    }
    source = rows(
        folder / "english.jsonl",
        [
            {"id": id, "title": titles[id], "text": text, "date": "2024-06-04", "lang": "en"}
            for id, text in texts.items()
        ],
    )
    with opened(publish(folder / "data", source), embeddings) as desk:
        yield desk


def told(answer: Answer) -> str:
    return " ".join(line.text for line in answer.lines)


@pytest.mark.parametrize(
    "question",
    ["Кто осудил рейд Азербайджана?", "Qui a condamné le raid de l'Azerbaïdjan ?"],
)
def test_who_condemned_it_is_listed(abroad: Desk, question: str) -> None:
    answer = abroad.ask(question, language="ru")
    assert {line.actor for line in answer.lines} == {"FR", "DE"}


@pytest.mark.parametrize(
    "question",
    [
        "Кто осудил Клэр Вассёр?",
        "Who condemned Claire Vasseur?",
        "Who condemned the Morava ferry?",
        "Qui a condamné Albatros ?",
    ],
)
def test_nobody_is_listed_for_condemning_something_else(abroad: Desk, question: str) -> None:
    answer = abroad.ask(question)
    assert not any(line.kind is not LineKind.PASSAGE for line in answer.lines)


@pytest.mark.parametrize(
    "question",
    ["Что сказала Франция о Тарване?", "Qu'a dit la France sur Tarvan ?"],
)
def test_words_about_another_place_are_no_answer(abroad: Desk, question: str) -> None:
    assert "Kapisa" not in told(abroad.ask(question))


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Сколько человек утонуло на «Альбатросе» в Мораве?", "17"),
        ("Combien de personnes se sont noyées avec l'Albatros ?", "17"),
    ],
)
def test_a_name_leads_to_what_is_told_of_it(abroad: Desk, question: str, held: str) -> None:
    assert held in told(abroad.ask(question))


def test_letters_at_random_rarely_find_anything(abroad: Desk) -> None:
    chance = random.Random(4)
    questions = [
        " ".join("".join(chance.choices(string.ascii_lowercase, k=7)) for _ in range(3))
        for _ in range(40)
    ]
    assert sum(abroad.ask(each, language="fr").found for each in questions) <= 8


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("Что говорят о Тарване?", "The village of Tarvan was quiet.", 1.0),
        ("Что говорят о Тарване и Лернаване?", "The village of Tarvan was quiet.", 0.5),
        ("Что говорят о Тарване?", "The village was quiet.", 0.0),
        ("What happened near Morava?", "Паром затонул у Моравы.", 1.0),
        ("Что говорят о шторме Мэнди?", "Storm Mandy was over.", 1.0),
        ("What happened in storm Mandy?", "Шторм «Мэнди» прошёл.", 1.0),
        ("Что говорят о Сулеймани?", "Soleimani was buried at home.", 1.0),
        ("What happened to Qasem Soleimani?", "Касема Сулеймани похоронили.", 1.0),
        ("Что говорят о Сулеймани?", "Salman smiled.", 0.0),
        ("Что говорят о селе?", "The village was quiet.", 0.0),
        ("What happened in Georgia?", "Грузия молчит.", 0.0),  # a country has its own code
    ],
)
def test_names_are_known_in_another_script(question: str, text: str, share: float) -> None:
    asked = understand(
        question,
        actors=ACTORS,
        is_speaker=lambda _: False,
        is_bearer=lambda _described, _language: False,
        day_of=lambda _words, _language: None,
        fallback="en",
        today=TODAY,
    )
    assert share_printed(names_of(asked, ACTORS), text) == share
