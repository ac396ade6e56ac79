"""The digest: what is in it, and how it is wished for."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bot.answering.written.wording import has_pronoun
from bot.digest.composing import Composer, News
from bot.digest.page import Desk as DeskNotes
from bot.digest.page import digest_page
from bot.digest.press import EVERY_DAY
from bot.digest.wishes import Unclear, changed, days_in_words
from bot.domain import LineKind
from bot.i18n import voice
from bot.records.digests import Subscription
from bot.rendering import Page
from bot.telegram.html import messages
from tests.bot.corpora import EVERYTHING, PUBLIC, Desk
from vectorstore.actors import Actors
from vectorstore.domain import Span, StatementKind
from vectorstore.sentences import sentences

ARPA = date(2024, 5, 16)

LEANING = {
    "Her",
    "His",
    "Its",
    "Their",
    "This",
    "Son",
    "Sa",
    "Ses",
    "Leur",
    "Ces",
    "Его",
    "Её",
    "Эти",
}


def text_of(page: Page) -> str:
    return "\n\n".join(messages(page))


# What is in it


@pytest.mark.parametrize(
    ("language", "heading", "title"),
    [
        ("en", "Digest of 16 May 2024", "Dispute over the Arpa rail corridor"),
        ("fr", "La revue du 16 mai 2024", "Le corridor ferroviaire de l’Arpa en litige"),
        ("ru", "Дайджест за 16 мая 2024", "Спор о железнодорожном коридоре «Арпа»"),
    ],
)
def test_a_story_is_told_once_in_the_readers_language(
    samples: Desk, language: str, heading: str, title: str
) -> None:
    actors = Actors.load()
    composer = Composer(samples.corpus, actors, samples.newsroom.speakers)
    news = composer.of_day(ARPA, tiers=PUBLIC, language=language)
    assert news.told is not None
    assert {each.language for each in news.told.citations} == {language}
    assert len({each.briefing for each in news.told.citations}) == 1
    text = text_of(digest_page(news, ARPA, language, actors.name))
    assert heading in text
    assert title in text
    assert len(text.split()) < 700


def test_every_line_is_on_the_page_and_in_the_right_mouth(samples: Desk) -> None:
    composer = Composer(samples.corpus, Actors.load(), samples.newsroom.speakers)
    for day in (date(2024, 4, 6), ARPA, date(2024, 6, 2), date(2024, 6, 12)):
        news = composer.of_day(day, tiers=PUBLIC, language="en")
        assert news.told is not None
        with samples.corpus.view() as view:
            for line in news.told.lines:
                cited = next(c for c in news.told.citations if c.number == line.citation)
                body = view.documents[cited.version].briefing.text
                assert body[cited.start : cited.end] == cited.quote == line.text
                if line.speaker:
                    assert any(
                        statement.speaker == line.speaker
                        and (statement.span.start, statement.span.end) == (cited.start, cited.end)
                        for statement in view.documents[cited.version].statements
                    )


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_a_story_is_told_in_two_or_three_sentences_that_stand_alone(
    samples: Desk, language: str
) -> None:
    composer = Composer(samples.corpus, Actors.load(), samples.newsroom.speakers)
    for day in (date(2024, 4, 6), ARPA, date(2024, 6, 2), date(2024, 6, 12)):
        news = composer.of_day(day, tiers=PUBLIC, language=language)
        assert news.told is not None
        told = [line for line in news.told.lines if line.kind is LineKind.PASSAGE]
        whole = sum(len(sentences(line.text, language)) for line in told)
        assert 2 <= whole <= 3, [line.text for line in told]
        places = [next(c.start for c in news.told.citations if c.number == line.citation)
                  for line in told]  # fmt: skip
        assert places == sorted(places), "in the order of the page"
        for line in told[1:]:
            assert not has_pronoun(" ".join(line.text.split()[:4]), language)
            assert line.text.split()[0] not in LEANING
            assert not re.search(r"[«“„](?:\S+\s+){3,}\S+[»”]", line.text), "somebody's words"
            cited = next(c for c in news.told.citations if c.number == line.citation)
            with samples.corpus.view() as view:
                statements = view.documents[cited.version].statements
            shown = Span(start=cited.start, end=cited.end)
            quotes = [each for each in statements if each.kind is StatementKind.QUOTE]
            assert not any(each.span.overlaps(shown) for each in quotes)
        assert len(text_of(digest_page(news, day, language, Actors.load().name)).split()) < 500


def test_what_is_for_subscribers_is_not_in_the_publics_digest(samples: Desk) -> None:
    composer = Composer(samples.corpus, Actors.load(), samples.newsroom.speakers)
    day = date(2024, 4, 24)
    assert not composer.of_day(day, tiers=PUBLIC, language="en")
    assert composer.of_day(day, tiers=EVERYTHING, language="en")


def test_only_what_was_published_since_is_news_and_no_archive(samples: Desk) -> None:
    composer = Composer(samples.corpus, Actors.load(), samples.newsroom.speakers)
    with samples.corpus.view() as view:
        published = max(each.published_at for each in view.catalog.appearances())
    before, after = published - timedelta(minutes=5), published + timedelta(minutes=5)
    old = {"tiers": PUBLIC, "language": "en"}
    assert not composer.between(after, after + timedelta(days=1), **old)  # type: ignore[arg-type] # the two names above
    assert not composer.between(before, after, **old), "of 2024, published today"  # type: ignore[arg-type] # as above


def test_a_quiet_day_says_so() -> None:
    name = Actors.load().name
    text = text_of(digest_page(News(), ARPA, "en", name, again=True))
    assert "Nothing new has been published since your last digest." in text
    assert "Nothing new has been published." in text_of(digest_page(News(), ARPA, "en", name))


def test_the_desk_is_told_what_was_asked_and_what_went_wrong() -> None:
    desk = DeskNotes(asked=("Who won?",), unanswered=("Why?",), troubles=("a.md: no title",))
    text = text_of(digest_page(News(), ARPA, "fr", Actors.load().name, desk))
    assert "Questions posées par plusieurs lecteurs</b>\n• Who won?" in text
    assert "• Why?" in text
    assert "• a.md: no title" in text


# How it is wished for

WISH = Subscription(user=7, on=False, at="07:30", zone="UTC", days=EVERY_DAY)


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("on", ("07:30", "UTC", EVERY_DAY)),
        ("time 8:05", ("08:05", "UTC", EVERY_DAY)),
        ("time 8h05", ("08:05", "UTC", EVERY_DAY)),
        ("time 9pm", ("21:00", "UTC", EVERY_DAY)),
        ("TZ europe/paris", ("07:30", "Europe/Paris", EVERY_DAY)),
        ("days mon-fri", ("07:30", "UTC", "12345")),
        ("days lun-ven", ("07:30", "UTC", "12345")),
        ("days пн–пт", ("07:30", "UTC", "12345")),
        ("days sat-mon", ("07:30", "UTC", "167")),
        ("days Monday,среда,5", ("07:30", "UTC", "135")),
        ("days mon - fri", ("07:30", "UTC", "12345")),
        ("days lun, mer ,ven time 9 pm", ("21:00", "UTC", "135")),
        ("time 06:00 tz Asia/Tbilisi days sun", ("06:00", "Asia/Tbilisi", "7")),
    ],
)
def test_a_wish_is_understood(words: str, wish: tuple[str, str, str]) -> None:
    after = changed(WISH, words)
    assert isinstance(after, Subscription)
    assert after.on
    assert (after.at, after.zone, after.days) == wish


@pytest.mark.parametrize(
    ("words", "unclear"),
    [
        ("time 25:00", Unclear.TIME),
        ("time", Unclear.TIME),
        ("tz Paris", Unclear.ZONE),
        ("tz ../../etc/passwd", Unclear.ZONE),
        ("days someday", Unclear.DAYS),
        ("days", Unclear.DAYS),
        ("please", Unclear.WORDS),
    ],
)
def test_what_is_unclear_changes_nothing(words: str, unclear: Unclear) -> None:
    assert changed(WISH, words) is unclear


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("en", "12345", "Monday to Friday"),
        ("fr", "12345", "du lundi au vendredi"),
        ("ru", "12345", "понедельник – пятница"),
        ("en", "136", "every Monday, Wednesday and Saturday"),
        ("fr", "1", "chaque lundi"),
        ("ru", "13", "понедельник и среда"),
        ("fr", EVERY_DAY, "tous les jours"),
    ],
)
def test_days_are_told_in_words(language: str, days: str, said: str) -> None:
    assert days_in_words(days, voice(language)) == said
