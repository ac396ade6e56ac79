"""What a question asks: whose words, on what, when, in which language."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.question import topic_terms, understand
from bot.domain import Kind, Question
from vectorstore.actors import Actors
from vectorstore.domain import LANGUAGES, Days
from vectorstore.names import key, same_person

ACTORS = Actors.load()
QUOTED = {key(name) for name in ("Zakharova", "Hadjiyev", "Erdogan", "Aliyev")}


def understood(text: str, fallback: str = "en") -> Question:
    return understand(
        text,
        actors=ACTORS,
        is_speaker=lambda name: key(name) in QUOTED,
        is_bearer=lambda described, language: False,
        day_of=lambda words, language: None,
        fallback=fallback,
        today=date(2024, 6, 15),
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("what did Russia say?", ["RU"]),
        ("what did russia say", ["RU"]),
        ("WHAT DID RUSSIA SAY?", ["RU"]),
        ("<b>What did Russia say?</b>", ["RU"]),
        ("Que dit Moscou ?", ["RU"]),
        ("Что сказала Россия?", ["RU"]),
        ("Что говорят в Москве?", ["RU"]),
        ("what did the us say", ["US"]),
        ("What do Russia and Iran think?", ["RU", "IR"]),
        ("Compare Russia's statement with Turkey's", ["RU", "TR"]),
        ("Сравни позиции Армении и Азербайджана по коридору", ["AM", "AZ"]),
        ("Statements by the Azerbaijani president", ["AZ"]),
        ("and Turkey?", ["TR"]),
        ("What about Turkey?", ["TR"]),
        ("et la Turquie ?", ["TR"]),
        ("А Турция?", ["TR"]),
    ],
)
def test_the_actor_who_is_to_speak_is_found(text: str, codes: list[str]) -> None:
    assert list(understood(text).actors) == codes


@pytest.mark.parametrize(
    ("text", "codes", "topic"),
    [
        ("What did Russia say about Armenia?", ["RU"], "armenia"),
        ("Armenia's reaction to Russia's statement", ["AM"], "russia"),
        ("How did Turkey respond to the French statement on Armenia?", ["TR"], "armenia"),
        ("la position de Bakou sur le corridor", ["AZ"], "corridor"),
        ("Qu'a dit l'Arménie à la Russie ?", ["AM"], "Russie"),
        ("реакция Армении на заявление России", ["AM"], "России"),
        ("Что Армения ответила России?", ["AM"], "России"),
        ("What did Armenia tell Russia?", ["AM"], "Russia"),
        ("что думает Иран про коридор", ["IR"], "коридор"),
        ("Russia on the corridor?", ["RU"], "corridor"),
        ("russia on the corridor", ["RU"], "corridor"),
        ("On the corridor, what did Russia say?", ["RU"], ""),
        ("Sur le corridor, que dit Moscou ?", ["RU"], "corridor"),
        ("According to Baku, who struck Armenia first?", ["AZ"], "Armenia"),
        ("Why was Russia left out, according to Armenia?", ["AM"], "Russia"),
        ("Selon Moscou, combien de soldats en Arménie ?", ["RU"], "soldats"),
        ("What did Azerbaijan say in Armenia?", ["AZ"], "Armenia"),
    ],
)
def test_who_speaks_is_told_from_what_is_spoken_about(
    text: str, codes: list[str], topic: str
) -> None:
    question = understood(text)
    assert list(question.actors) == codes
    assert topic.lower() in question.topic.lower()


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("What did Zakharova say?", ["Zakharova"]),
        ("what did zakharova say", ["zakharova"]),
        ("Zakharova's words on Armenia", ["Zakharova"]),
        ("What did Maria Zakharova say?", ["Maria Zakharova"]),
        ("Что сказала Захарова?", ["Захарова"]),
        ("la position d'Erdogan sur le corridor", ["Erdogan"]),
        ("Que dit Hadjiyev ?", ["Hadjiyev"]),
        ("What did Russia's Zakharova say?", ["Zakharova"]),
    ],
)
def test_a_person_is_asked_about_before_the_country(text: str, people: list[str]) -> None:
    question = understood(text)
    assert list(question.people) == people
    assert question.actors == ()
    assert question.strangers == ()


@pytest.mark.parametrize(
    "text",
    [
        "What did Medvedev say?",
        "What did Russia's Medvedev say?",
        "Que dit Medvedev sur le corridor ?",
        "Что сказал Медведев?",
        "What did BMW say about the factory?",
        "Qu'a dit BMW ?",
    ],
)
def test_a_person_whom_nobody_quotes_is_not_answered_for_by_others(text: str) -> None:
    question = understood(text)
    assert len(question.strangers) == 1
    assert question.people == question.strangers
    assert question.actors == ()


@pytest.mark.parametrize(
    "text",
    [
        "Why did Russia close the border?",
        "Did Russia agree to the corridor?",
        "How many people died in the flood?",
        "Combien de morts en Géorgie ?",
        "Почему Россия закрыла границу?",
        "What does the agreement say about customs?",
        "Why was the agreement rejected?",
        "Why were the Erdogan talks denounced by Brussels?",
        "Was the deal on customs ever criticised?",
        "Pourquoi l'accord a-t-il été rejeté ?",
        "Pourquoi le texte d'Erdogan est-il vivement critiqué ?",
    ],
)
def test_a_question_of_fact_asks_for_no_ones_words(text: str) -> None:
    question = understood(text)
    assert not question.wants_words
    assert not question.anyone


@pytest.mark.parametrize(
    "text",
    [
        "Who has commented on the elections, and what did they say?",
        "What are the reactions to the election?",
        "Quelles réactions à l'élection ?",
        "Кто высказал мнение о выборах?",
        "What was said on 12 June 2024?",
    ],
)
def test_one_may_ask_for_whoever_speaks(text: str) -> None:
    question = understood(text)
    assert not question.wants_words
    assert question.anyone


@pytest.mark.parametrize(
    "text",
    ["On 1 March 2024, what did Russia say?", "What did Russia say from 1 to 1 March 2024?"],
)
def test_the_words_around_a_day_do_not_hide_who_speaks(text: str) -> None:
    question = understood(text)
    assert question.actors == ("RU",)
    assert question.days == Days(first=date(2024, 3, 1), last=date(2024, 3, 1))
    assert not topic_terms(question, "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What did Kroutoïarova say?", "en"),
        ("What did Захарова say?", "en"),
        ("Que pense l'Iran du corridor ?", "fr"),
        ("Que dit Hadjiyev ?", "fr"),
        ("Combien de morts ?", "fr"),
        ("Что сказал Erdogan?", "ru"),
        ("and Turkey?", "en"),
        ("et la Turquie ?", "fr"),
        ("😀", "ru"),
        ("", "ru"),
        ("12 + 12", "ru"),
    ],
)
def test_the_grammar_tells_the_language_not_the_names(text: str, language: str) -> None:
    assert understood(text, fallback="ru").language == language


@settings(deadline=None)  # the first text loads the tables
@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_is_understood_somehow(text: str, fallback: str) -> None:
    question = understood(text, fallback)
    assert question.text == text
    assert question.language in LANGUAGES


def test_a_name_behind_what_did_is_no_list() -> None:
    question = understood("What did Leader Erdogan say?")
    assert question.kind is not Kind.LIST
    assert not question.anyone


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("причина аварии", True),
        ("What caused the outage?", True),
        ("causes de la panne", True),
        ("raisons d'un retard", True),
        ("What did Russia say?", False),
    ],
)
def test_causes_are_asked_for_by_a_noun_too(text: str, why: bool) -> None:
    assert understood(text).causes is why


def test_what_owns_the_subject_of_a_timeline_is_nobody_who_speaks() -> None:
    question = understood("Comment a évolué la date promise pour le train de l'Arpa ?")
    assert question.strangers == question.people == ()
    assert question.kind is Kind.TIMELINE
    assert "Arpa" in question.topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Que dit Zakharova de la Turquie ?", "Turquie"),
        ("Que pense Zakharova du Japon ?", "Japon"),
        ("What does Zakharova say of Turkey?", "Turkey"),
    ],
)
def test_what_stands_behind_the_verb_is_what_is_spoken_of(text: str, topic: str) -> None:
    question = understood(text)
    assert question.people == ("Zakharova",)
    assert question.topic == topic
    assert question.places


def test_an_act_that_somebody_did_is_asked_of_them() -> None:
    question = understood("Was the attack condemned by Turkey?")
    assert question.actors == ("TR",)
    assert question.wants_words


@pytest.mark.parametrize(
    ("text", "people", "strangers"),
    [
        ("Que dit Marine Le Goff ?", ["Marine Le Goff"], ["Marine Le Goff"]),
        ("What did Boris Zakharov say?", ["Boris Zakharov"], ["Boris Zakharov"]),
        ("What did Jean-Marie Le Goff say?", ["Jean-Marie Le Goff"], []),
        ("Que dit Le Goff ?", ["Le Goff"], []),
        ("What did Joe Marlow say?", ["Joe Marlow"], []),
    ],
)
def test_nobody_answers_for_a_namesake(text: str, people: list[str], strangers: list[str]) -> None:
    quoted = ("Jean-Marie Le Goff", "Sergey Zakharov", "Joseph Marlow")
    question = understand(
        text,
        actors=ACTORS,
        is_speaker=lambda name: any(same_person(name, each) for each in quoted),
        is_bearer=lambda described, language: False,
        day_of=lambda words, language: None,
        fallback="en",
        today=date(2024, 6, 15),
    )
    assert list(question.people) == people
    assert list(question.strangers) == strangers


@pytest.mark.parametrize(
    "text",
    [
        "Who is Zakharova?",
        "Who was Maria Zakharova?",
        "Qui est Zakharova ?",
        "Кто такая Захарова?",
    ],
)
def test_who_somebody_is_is_not_what_they_say(text: str) -> None:
    question = understood(text)
    assert key(question.who) == key("Zakharova")
    assert not question.wants_words


@pytest.mark.parametrize(
    "text", ["Who is accused by Zakharova?", "Who is the president of Russia?", "Who is right?"]
)
def test_who_is_before_anything_else_asks_for_no_person(text: str) -> None:
    assert understood(text).who == ""


def test_a_name_behind_a_speakers_verb_is_the_topic() -> None:
    question = understood("What did Zakharova say after Little Marlow?")
    assert question.people == ("Zakharova",)
    assert question.topic == "Little Marlow"
