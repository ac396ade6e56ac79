"""Whatever the bot says exists in its three languages."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.i18n import LOCALES, Voice, quoted, spoken
from vectorstore.domain import LANGUAGES, Days

BOT = Path(__file__).parents[2] / "bot"
Message = str | tuple[str, str]


def catalog(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "bot.po").open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def messages_in_the_code() -> set[Message]:
    """The arguments of every call of ``say`` and ``say_many``, which must be literals."""
    found: set[Message] = set()
    for path in BOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr == "say":
                found.add(ast.literal_eval(node.args[0]))
            elif node.func.attr == "say_many":
                one, many = map(ast.literal_eval, node.args[:2])
                found.add((one, many))
    return found


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}", text))


def test_the_code_speaks_at_all() -> None:
    assert len(messages_in_the_code()) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_catalog_holds_exactly_what_the_code_says(language: str) -> None:
    assert {message.id for message in catalog(language) if message.id} == messages_in_the_code()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty_or_fuzzy_or_without_its_fields(language: str) -> None:
    for message in catalog(language):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in texts:
            assert text.strip(), message.id
            assert fields(text) == fields(ids[-1]), message.id


@pytest.mark.parametrize(("language", "forms"), [("en", 2), ("fr", 2), ("ru", 3)])
def test_every_plural_has_all_forms_of_its_language(language: str, forms: int) -> None:
    plurals = [message for message in catalog(language) if message.pluralizable]
    assert plurals
    assert catalog(language).num_plurals == forms
    assert all(len(message.string) == forms for message in plurals)


def test_the_translations_are_not_left_in_english() -> None:
    english = {message.id: message.string for message in catalog("en") if message.id}
    for language in ("fr", "ru"):
        same = {m.id for m in catalog(language) if m.id and m.string == english[m.id]}
        # Two words and one preposition that French shares.
        shared = {"Sources", "Source {number}", "via {name}"}
        assert same == (shared if language == "fr" else set())


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("en", 1, "1 briefing"),
        ("en", 0, "0 briefings"),
        ("en", 1200, "1,200 briefings"),
        ("fr", 0, "0 synthèse"),
        ("fr", 2, "2 synthèses"),
        ("ru", 1, "1 обзор"),
        ("ru", 22, "22 обзора"),
        ("ru", 11, "11 обзоров"),
    ],
)
def test_plurals_follow_the_language(language: str, count: int, said: str) -> None:
    assert Voice(language).say_many("{count} briefing", "{count} briefings", count) == said


@pytest.mark.parametrize(
    ("language", "first", "last", "said"),
    [
        ("en", date(2023, 9, 19), date(2023, 9, 20), "19–20 September 2023"),
        ("fr", date(2023, 9, 19), date(2023, 9, 20), "19–20 septembre 2023"),
        ("ru", date(2023, 9, 19), date(2023, 9, 20), "19–20 сентября 2023 г."),
        ("en", date(2023, 9, 28), date(2023, 10, 2), "28 September – 2 October 2023"),
        ("fr", date(2023, 12, 31), date(2024, 1, 1), "31 décembre 2023 – 1er janvier 2024"),
        ("ru", date(2023, 12, 28), date(2024, 1, 2), "28 декабря 2023 г. – 2 января 2024 г."),
        ("en", date(2023, 9, 20), date(2023, 9, 20), "20 September 2023"),
        ("fr", date(2023, 3, 1), date(2023, 3, 1), "1er mars 2023"),
        ("ru", date(2023, 3, 1), date(2023, 3, 1), "1 марта 2023 г."),
    ],
)
def test_runs_of_days_are_written_as_in_the_language(
    language: str, first: date, last: date, said: str
) -> None:
    written = Voice(language).days(Days(first=first, last=last))
    assert re.sub(r"\s", " ", written) == said


@pytest.mark.parametrize(
    ("code", "language"),
    [("fr-CA", "fr"), ("ru", "ru"), ("RU_ru", "ru"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_an_unknown_language_is_answered_in_english(code: str | None, language: str) -> None:
    assert spoken(code) == language


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "“a”"), ("fr", "«\u00a0a\u00a0»"), ("ru", "«a»"), ("xx", "“a”")]
)
def test_quotation_marks_are_those_of_the_quoted_page(language: str, shown: str) -> None:
    assert quoted("a", language) == shown
