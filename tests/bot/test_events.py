"""Events by which questions count time, and the days that briefings give them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.events import AskedEvent, asked_event, dated, days_of
from tests.bot.corpora import EVERYTHING, PUBLIC, opened, publish, rows
from vectorstore.corpus import View
from vectorstore.domain import Days, Span
from vectorstore.embeddings import SentenceEmbeddings

BRIEFINGS = [
    # a ceasefire that two stories date and a third only speaks of
    ("one", "en", "2023-09-21", "Guns fall silent",
     "A ceasefire was agreed on Wednesday. Yerevan said it was watching."),
    ("two", "en", "2023-09-25", "Talks in Yevlakh",
     "The ceasefire of 20 September 2023 is holding. Delegates met on Thursday."),
    ("three", "en", "2023-10-02", "A mission arrives",
     "The mission arrived on Sunday. It praised the ceasefire on Monday."),
    ("four", "fr", "2023-09-22", "Retour au calme",
     "Un cessez-le-feu a été conclu mercredi. La France a salué jeudi le cessez-le-feu."),
    ("five", "ru", "2023-09-22", "Тишина на линии",
     "В среду стороны договорились о перемирии. В четверг МИД осудил нарушения."),
    # elections on which the stories disagree
    ("six", "en", "2022-10-05", "Votes counted", "The elections were held on 2 October 2022."),
    ("seven", "en", "2023-05-20", "Votes again", "The elections took place on 14 May 2023."),
    # only spoken of, planned or wished for
    ("eight", "en", "2023-08-10", "A summit is near",
     "The summit could be held on Friday. Ankara said on Tuesday that the summit mattered."),
    ("nine", "en", "2023-08-11", "Calls for a referendum", "Many asked for a vote."),
    # named by a title alone
    ("ten", "en", "2023-07-04", "Derailment near Vardel", "Forty were hurt. Rescuers worked on."),
    ("eleven", "en", "2023-07-06", "Derailment: what is known", "The line is closed."),
    # an agreement of May beside another one
    ("twelve", "fr", "2022-05-16", "Signature", "L'accord a été signé le 14 mai 2022 à Vardel."),
    ("thirteen", "fr", "2022-12-03", "Nouvelle signature",
     "L'accord sur le gaz a été signé le 1er décembre 2022."),
    ("fifteen", "fr", "2023-03-20", "Rennes",
     "L'inondation meurtrière du 12 mars a surpris la ville."),
    ("sixteen", "ru", "2023-03-22", "Итоги", "О прошедшем голосовании 19 марта говорят все."),
    ("fourteen", "ru", "2023-02-08", "Помощь", "Землетрясение произошло в понедельник."),
]  # fmt: skip
SECRET = ("secret", "en", "2023-04-04", "Closed", "The blockade began on 3 April 2023.")


@pytest.fixture(scope="module")
def view(
    tmp_path_factory: pytest.TempPathFactory, embeddings: SentenceEmbeddings
) -> Iterator[View]:
    names = ("id", "lang", "date", "title", "text")
    public = [dict(zip(names, row, strict=True)) for row in BRIEFINGS]
    secret = dict(zip(names, SECRET, strict=True)) | {"access": "subscribers"}
    folder = tmp_path_factory.mktemp("events")
    source = rows(folder / "source" / "events.jsonl", [*public, secret])
    with opened(publish(folder / "data", source), embeddings) as desk, desk.corpus.view() as view:
        yield view


@pytest.mark.parametrize(
    ("words", "language", "day"),
    [
        ("ceasefire", "en", date(2023, 9, 20)),
        ("cessez-le-feu", "fr", date(2023, 9, 20)),
        ("перемирия", "ru", date(2023, 9, 20)),
        ("землетрясения", "ru", date(2023, 2, 6)),
        ("inondation", "fr", date(2023, 3, 12)),
        ("голосования", "ru", date(2023, 3, 19)),
        ("accord de mai", "fr", date(2022, 5, 14)),
        ("derailment", "en", date(2023, 7, 4)),
        ("derailment near Vardel", "en", date(2023, 7, 4)),
    ],
)
def test_an_event_has_the_day_that_the_briefings_give_it(
    view: View, words: str, language: str, day: date
) -> None:
    assert dated(words, language, view, PUBLIC) == day


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("elections", "en"),
        ("accord", "fr"),
        ("summit", "en"),
        ("referendum", "en"),
        ("mission", "en"),
        ("ceasefire in Sudan", "en"),
        ("eclipse", "en"),
        ("the", "en"),
        ("", "en"),
    ],
)
def test_what_nothing_dates_or_not_all_alike_has_no_day(
    view: View, words: str, language: str
) -> None:
    assert dated(words, language, view, PUBLIC) is None


def test_another_language_may_date_an_event_of_the_same_name(view: View) -> None:
    assert dated("cessez-le-feu", "en", view, PUBLIC) == date(2023, 9, 20)


def test_what_one_may_not_read_dates_nothing(view: View) -> None:
    assert dated("blockade", "en", view, EVERYTHING) == date(2023, 4, 3)
    assert dated("blockade", "en", view, PUBLIC) is None


@pytest.mark.parametrize(
    ("text", "relation", "words", "phrase"),
    [
        ("the position before the ceasefire?", "before", "ceasefire", "before the ceasefire"),
        ("Since the elections, what has Turkey said?", "since", "elections", "Since the elections"),
        ("said after the flood in Derna", "since", "flood in Derna", "after the flood in Derna"),
        ("since the start of the war", "since", "war", "since the start of the war"),
        ("since the war in Sudan what did Egypt say", "since", "war in Sudan", None),
        ("since the ceasefire about prisoners", "since", "ceasefire", "since the ceasefire"),
        ("before the World Cup", "before", "World Cup", "before the World Cup"),
        ("after Putin's speech", "since", "Putin's speech", "after Putin's speech"),
        ("depuis l'accord de mai", "since", "accord de mai", "depuis l'accord de mai"),
        ("avant le cessez-le-feu ?", "before", "cessez-le-feu", "avant le cessez-le-feu"),
        ("après les élections", "since", "élections", "après les élections"),
        ("suite aux inondations", "since", "inondations", "suite aux inondations"),
        ("jusqu’au cessez-le-feu", "before", "cessez-le-feu", "jusqu’au cessez-le-feu"),
        ("depuis le début de la guerre", "since", "guerre", "depuis le début de la guerre"),
        ("Что сказал Путин после выборов?", "since", "выборов", "после выборов"),
        ("до перемирия", "before", "перемирия", "до перемирия"),
        ("перед выборами", "before", "выборами", "перед выборами"),
        ("до начала войны", "before", "войны", "до начала войны"),
        ("после смерти Навального", "since", "смерти Навального", "после смерти Навального"),
        ("после выборов Путин сказал", "since", "выборов", "после выборов"),
        ("после землетрясения в Марокко что", "since", "землетрясения в Марокко", None),
    ],
)  # fmt: skip
def test_an_event_is_asked_for_by_a_definite_name(
    text: str, relation: str, words: str, phrase: str | None
) -> None:
    found = asked_event(text)
    assert found
    assert (found.relation, found.words) == (relation, words)
    assert found.span.of(text) == (phrase or found.span.of(text))


@pytest.mark.parametrize(
    "text",
    [
        "before speaking", "after all", "against the offensive", "before the Security Council",
        "before the court", "after the fact", "after the United States", "after the Kremlin",
        "named after the president", "since the ceasefire of 2020", "after the 2020 war",
        "depuis la frontière", "après la Russie, que dit la Turquie ?", "avant tout",
        "depuis le ministère", "après quoi", "после того как Путин сказал", "до сих пор",
        "после этого", "до Москвы", "после России", "перед парламентом", "перед зданием",
        "до свидания", "d'après les registres", "until the early hours",
        "What did Russia say about the ceasefire?", "",
    ],
)  # fmt: skip
def test_what_is_no_event_is_not_taken_for_one(text: str) -> None:
    assert asked_event(text) is None


def test_an_event_leaves_the_days_before_it_or_since_it() -> None:
    day, today = date(2023, 9, 20), date(2023, 10, 1)

    def event(relation: str) -> AskedEvent:
        return AskedEvent(relation=relation, words="ceasefire", span=Span(start=0, end=1))

    assert days_of(event("before"), day, today) == Days(
        first=date(1900, 1, 1), last=date(2023, 9, 19)
    )
    assert days_of(event("since"), day, today) == Days(first=day, last=today)
    assert days_of(event("since"), day, date(2023, 1, 1)) == Days(first=day, last=day)


WORDS = (
    "before after since the The until l' la le les depuis avant après до после с начала выборов "
    "ceasefire elections of in de mai Georgia Putin's war speech, ? war. guerre войны Путин that"
)


@given(st.lists(st.sampled_from(WORDS.split())).map(" ".join) | st.text())
def test_any_text_may_ask_for_an_event(text: str) -> None:
    found = asked_event(text)
    if found:
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.words
        assert found.words in found.span.of(text)
        assert found.relation in ("before", "since")
