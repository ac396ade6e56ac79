"""What people say of time, in three languages, and what only sounds like it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.days import asked_days, latest_words

TODAY = date(2024, 6, 15)  # a Saturday

ENGLISH = [
    ("What did Russia say yesterday?", "2024-06-14", "yesterday"),
    ("the day before yesterday", "2024-06-13", "the day before yesterday"),
    ("three days ago", "2024-06-12", "three days ago"),
    ("a week ago", "2024-06-03/2024-06-09", "a week ago"),
    ("two months ago", "2024-04-01/2024-04-30", "two months ago"),
    ("What happened in the last 3 days?", "2024-06-12/2024-06-15", "in the last 3 days"),
    ("over the past two weeks", "2024-06-01/2024-06-15", "over the past two weeks"),
    ("during the last week", "2024-06-08/2024-06-15", "during the last week"),
    ("in the last few days", "2024-06-08/2024-06-15", "in the last few days"),
    ("in recent weeks", "2024-05-18/2024-06-15", "in recent weeks"),
    ("in the last 24 hours", "2024-06-14/2024-06-15", "in the last 24 hours"),
    ("this month", "2024-06-01/2024-06-15", "this month"),
    ("last month", "2024-05-01/2024-05-31", "last month"),
    ("last year's position", "2023-01-01/2023-12-31", "last year's"),
    ("What did Putin say on Monday about gas?", "2024-06-10", "on Monday"),
    ("What did Putin say Monday?", "2024-06-10", "Monday"),
    ("on Saturday", "2024-06-15", "on Saturday"),
    ("last Saturday", "2024-06-08", "last Saturday"),
    ("on Monday last week", "2024-06-03", "on Monday last week"),
    ("since Monday", "2024-06-10/2024-06-15", "since Monday"),
    ("until Friday", "1900-01-01/2024-06-14", "until Friday"),
    ("before last week", "1900-01-01/2024-06-02", "before last week"),
    ("after May", "2024-06-01/2024-06-15", "after May"),
    ("between March and May", "2024-03-01/2024-05-31", "between March and May"),
    ("from Monday to Wednesday", "2024-06-10/2024-06-12", "from Monday to Wednesday"),
    ("from March 2023 to now", "2023-03-01/2024-06-15", "from March 2023 to now"),
    ("from 14 May onwards", "2024-05-14/2024-06-15", "from 14 May onwards"),
    ("in early May", "2024-05-01/2024-05-10", "in early May"),
    ("in mid-September", "2023-09-11/2023-09-20", "in mid-September"),
    ("by the end of May 2023", "1900-01-01/2023-05-31", "by the end of May 2023"),
    ("last May", "2024-05-01/2024-05-31", "last May"),
    ("last June", "2023-06-01/2023-06-30", "last June"),
    ("in May last year", "2023-05-01/2023-05-31", "in May last year"),
    ("since the beginning of the year", "2024-01-01/2024-06-15", "since the beginning of the year"),
    ("in the first quarter of 2023", "2023-01-01/2023-03-31", "in the first quarter of 2023"),
    ("last summer", "2023-06-01/2023-08-31", "last summer"),
    ("between 2019 and 2021", "2019-01-01/2021-12-31", "between 2019 and 2021"),
    ("Monday, May 13, 2024", "2024-05-13", "Monday, May 13, 2024"),
    ("14, 15 and 16 May 2024", "2024-05-14/2024-05-16", "14, 15 and 16 May 2024"),
    ("the week of 13 May", "2024-05-13/2024-05-19", "the week of 13 May"),
    ("since the ceasefire of 20 September", "2023-09-20/2024-06-15", "since of 20 September"),
    ("before the elections on Sunday", "1900-01-01/2024-06-08", "before on Sunday"),
    ("since the May 2024 agreement", "2024-05-01/2024-06-15", "since the May 2024"),
    ("after the May 2024 agreement", "2024-05-01/2024-06-15", "after the May 2024"),
    ("after 2 May and before 5 May", "2024-05-02/2024-05-04", "after 2 May before 5 May"),
]  # fmt: skip
FRENCH = [
    ("Qu'a dit la Russie hier soir ?", "2024-06-14", "hier soir"),
    ("avant-hier", "2024-06-13", "avant-hier"),
    ("il y a trois jours", "2024-06-12", "il y a trois jours"),
    ("il y a une semaine", "2024-06-03/2024-06-09", "il y a une semaine"),
    ("ces 10 derniers jours", "2024-06-05/2024-06-15", "ces 10 derniers jours"),
    ("ces dix derniers jours", "2024-06-05/2024-06-15", "ces dix derniers jours"),
    ("ces derniers jours", "2024-06-08/2024-06-15", "ces derniers jours"),
    ("au cours des deux dernières semaines", "2024-06-01/2024-06-15", None),
    ("les dernieres 24 heures", "2024-06-14/2024-06-15", "les dernieres 24 heures"),
    ("la semaine dernière", "2024-06-03/2024-06-09", "la semaine dernière"),
    ("cette semaine", "2024-06-10/2024-06-15", "cette semaine"),
    ("le mois dernier", "2024-05-01/2024-05-31", "le mois dernier"),
    ("l’an dernier", "2023-01-01/2023-12-31", "l’an dernier"),
    ("l'année dernière", "2023-01-01/2023-12-31", "l'année dernière"),
    ("Qu'a dit Macron lundi ?", "2024-06-10", "lundi"),
    ("samedi dernier", "2024-06-08", "samedi dernier"),
    ("depuis lundi", "2024-06-10/2024-06-15", "depuis lundi"),
    ("depuis hier", "2024-06-14/2024-06-15", "depuis hier"),
    ("depuis trois jours", "2024-06-12/2024-06-15", "depuis trois jours"),
    ("jusqu'au 14 mai", "1900-01-01/2024-05-14", "jusqu'au 14 mai"),
    ("jusqu'en mai", "1900-01-01/2024-05-31", "jusqu'en mai"),
    ("entre mars et mai", "2024-03-01/2024-05-31", "entre mars et mai"),
    ("de mars à mai 2023", "2023-03-01/2023-05-31", "de mars à mai 2023"),
    ("du 28 février au 3 mars", "2024-02-28/2024-03-03", "du 28 février au 3 mars"),
    ("début mai", "2024-05-01/2024-05-10", "début mai"),
    ("à la mi-septembre", "2023-09-11/2023-09-20", None),
    ("à la fin du mois de mai", "2024-05-22/2024-05-31", "à la fin du mois de mai"),
    ("depuis le début de l'année", "2024-01-01/2024-06-15", "depuis le début de l'année"),
    ("fin 2023", "2023-09-01/2023-12-31", "fin 2023"),
    ("l'été dernier", "2023-06-01/2023-08-31", "l'été dernier"),
    ("le premier mai", "2024-05-01", "le premier mai"),
    ("le 14/05", "2024-05-14", "le 14/05"),
    ("lundi 13 mai", "2024-05-13", "lundi 13 mai"),
    ("la semaine du 13 mai", "2024-05-13/2024-05-19", "la semaine du 13 mai"),
    ("ce week-end", "2024-06-15", "ce week-end"),
    ("les déclarations de mai", "2024-05-01/2024-05-31", "de mai"),
    ("avant l'accord du 9 novembre 2020", "1900-01-01/2020-11-08", "avant du 9 novembre 2020"),
]
RUSSIAN = [
    ("Что сказал Путин вчера вечером?", "2024-06-14", "вчера вечером"),
    ("вчерашнее заявление", "2024-06-14", "вчерашнее"),
    ("со вчерашнего дня", "2024-06-14/2024-06-15", "со вчерашнего дня"),
    ("три дня назад", "2024-06-12", "три дня назад"),
    ("неделю назад", "2024-06-03/2024-06-09", "неделю назад"),
    ("два месяца тому назад", "2024-04-01/2024-04-30", "два месяца тому назад"),
    ("за последние две недели", "2024-06-01/2024-06-15", "за последние две недели"),
    ("за последние 10 дней", "2024-06-05/2024-06-15", "за последние 10 дней"),
    ("за последнюю неделю", "2024-06-08/2024-06-15", "за последнюю неделю"),
    ("в последние дни", "2024-06-08/2024-06-15", "в последние дни"),
    ("на прошлой неделе", "2024-06-03/2024-06-09", "на прошлой неделе"),
    ("на этой неделе", "2024-06-10/2024-06-15", "на этой неделе"),
    ("в прошлом месяце", "2024-05-01/2024-05-31", "в прошлом месяце"),
    ("в прошлом году", "2023-01-01/2023-12-31", "в прошлом году"),
    ("в этом году", "2024-01-01/2024-06-15", "в этом году"),
    ("в понедельник", "2024-06-10", "в понедельник"),
    ("во вторник", "2024-06-11", "во вторник"),
    ("в среду", "2024-06-12", "в среду"),
    ("в прошлую субботу", "2024-06-08", "в прошлую субботу"),
    ("с понедельника", "2024-06-10/2024-06-15", "с понедельника"),
    ("до среды", "1900-01-01/2024-06-11", "до среды"),
    ("с понедельника по среду", "2024-06-10/2024-06-12", "с понедельника по среду"),
    ("с марта по май", "2024-03-01/2024-05-31", "с марта по май"),
    ("с марта по май 2023 года", "2023-03-01/2023-05-31", "с марта по май 2023 года"),
    ("с 28 декабря по 3 января", "2023-12-28/2024-01-03", "с 28 декабря по 3 января"),
    ("с 1-го по 5-е мая", "2024-05-01/2024-05-05", "с 1-го по 5-е мая"),
    ("в начале мая", "2024-05-01/2024-05-10", "в начале мая"),
    ("в середине сентября 2023 года", "2023-09-11/2023-09-20", "в середине сентября 2023 года"),
    ("с начала года", "2024-01-01/2024-06-15", "с начала года"),
    ("в первом квартале 2023 года", "2023-01-01/2023-03-31", "в первом квартале 2023 года"),
    ("в 2023 году", "2023-01-01/2023-12-31", "в 2023 году"),
    ("после 2020 года", "2021-01-01/2024-06-15", "после 2020 года"),
    ("с 2019 по 2021 год", "2019-01-01/2021-12-31", "с 2019 по 2021 год"),
    ("летом 2023 года", "2023-06-01/2023-08-31", "летом 2023 года"),
    ("в мае прошлого года", "2023-05-01/2023-05-31", "в мае прошлого года"),
    ("в понедельник, 13 мая", "2024-05-13", "в понедельник, 13 мая"),
    ("20 сент. 2023", "2023-09-20", "20 сент. 2023"),
]


@pytest.mark.parametrize(("text", "days", "words"), [*ENGLISH, *FRENCH, *RUSSIAN])
def test_what_is_said_of_time_is_read_with_its_preposition(
    text: str, days: str, words: str | None
) -> None:
    found = asked_days(text, TODAY)
    assert found
    first, last = found.days.first, found.days.last
    assert (f"{first}" if first == last else f"{first}/{last}") == days
    if words is not None:
        assert " ".join(span.of(text) for span in found.spans) == words


@pytest.mark.parametrize(
    "text",
    [
        # months that are verbs, people, planets and marches
        "What did Theresa May say?", "What did May say about Brexit?", "a statement by May",
        "the policies of May", "Article 2 may apply", "the march on parliament", "on the march",
        "life on mars", "Que dit Mars ?", "la mission vers Mars", "les marches à Tbilissi",
        "April said so", "June Jones", "Что говорит Марта?",
        # events that are named by their time
        "the September offensive", "What about the May 2024 agreement?", "l'accord de mai",
        "the 2023 elections",
        # weekdays and todays that are names or habits
        "Bloody Sunday", "Black Friday sales", "the Sunday Times", "every Monday", "mardi gras",
        "Vendredi saint", "What did Russia Today report?", "агентство «Россия сегодня»",
        "защита окружающей среды", "среда обитания",
        # figures that are none of a calendar
        "resolution 1325", "9/11", "24/7", "version 1.2.3", "10.05 million", "до 2000 человек",
        "in 2000 houses", "to 2000 people",
        # amounts that are no time before now
        "in three days", "once a week", "il y a trois morts", "a été",
        "les derniers jours de la guerre",
        "the last days of Assad", "ce dernier", "last resort", "в будущем году", "next Monday",
        "lundi prochain", "in May next year", "99999 days ago", "9999 years ago",
        "the end of the war", "after the fall of the city", "second", "in the 1970s",
        "in the 1970's", "в 1970-х годах", "known as today", "le dernier jour",
        "sat down", "after all", "31 февраля",
    ],
)  # fmt: skip
def test_what_only_sounds_like_time_names_no_day(text: str) -> None:
    assert asked_days(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the latest statements of Turkey", ["the latest"]),
        ("Putin's last statement", ["last"]),
        ("the most recent briefing", ["the most recent"]),
        ("What has Russia recently said?", ["recently"]),
        ("What's new?", ["What's new"]),
        ("Quelle est la dernière déclaration de Poutine ?", ["dernière"]),
        ("ces dernières déclarations", ["dernières"]),
        ("les déclarations récentes", ["récentes"]),
        ("Qu'a-t-il dit récemment ?", ["récemment"]),
        ("последние заявления Путина", ["последние"]),
        ("что недавно сказал Путин", ["недавно"]),
        ("свежие новости", ["свежие"]),
        ("за последнее время", ["за последнее время"]),
    ],
)
def test_the_latest_is_asked_for_in_words(text: str, words: list[str]) -> None:
    assert [span.of(text) for span in latest_words(text)] == words
    assert latest_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "in the last three days", "last week", "at last", "last resort", "lundi dernier",
        "ces derniers jours", "les dernières 24 heures", "l'été dernier", "Ces derniers ont dit",
        "en dernier lieu", "l'an dernier", "за последнюю неделю", "последствия войны",
        "в последнюю очередь", "",
    ],
)  # fmt: skip
def test_days_and_the_latter_are_not_the_latest(text: str) -> None:
    assert not latest_words(text)
