"""Editors read in their own language why an ingestion failed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.editing.reasons import told
from bot.i18n import LOCALES, Voice

ROOT = Path(__file__).parents[2]
FIELD = re.compile(r"\{[^{}]*\}")
LANGUAGES = ("fr", "ru")


def translations(language: str) -> dict[str, str]:
    with (LOCALES / language / "LC_MESSAGES" / "ingest.po").open("rb") as source:
        return {str(m.id): str(m.string) for m in read_po(source, locale=language) if m.id}


def texts_in_the_code() -> Iterator[str]:
    """Every text in the code of the ingestion and the store, its fields left open."""
    for room in ("ingest", "vectorstore"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.JoinedStr):
                    parts = (
                        part.value if isinstance(part, ast.Constant) else "{}"
                        for part in node.values
                    )
                    yield "".join(map(str, parts))
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield FIELD.sub("{}", node.value)


def test_both_languages_know_the_same_sentences() -> None:
    assert translations("fr").keys() == translations("ru").keys()


def test_every_sentence_that_is_translated_is_one_that_the_ingestion_says() -> None:
    said = "\n".join(texts_in_the_code())
    for message in translations("fr"):
        bare = FIELD.sub("{}", message)
        endings = (bare, bare.removeprefix("{} "))  # a source's address stands before some
        assert any(each in said for each in endings), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_all_that_the_sentence_says(language: str) -> None:
    for message, translation in translations(language).items():
        assert translation != message
        if not message.startswith("Stopped"):
            assert set(FIELD.findall(message)) == set(FIELD.findall(translation)), message


@pytest.mark.parametrize(
    ("sentence", "french"),
    [
        ("blog.example has no such page (404).", "blog.example n’a pas cette page (404)."),
        (
            "blog.example refuses the login; check it in SITE_LOGINS "
            "(blog.example does not let us read the page (401).)",
            "blog.example refuse l’identifiant\u00a0; vérifiez-le dans SITE_LOGINS "
            "(blog.example ne nous laisse pas lire la page (401).)",
        ),
        (
            "https://blog.example: blog.example fell silent.; https://b.example: b.example fell "
            "silent.",
            "https://blog.example: blog.example ne répond plus.; https://b.example: b.example ne "
            "répond plus.",
        ),
        (
            "12 of its 40 briefings are no longer there, more than a fifth; none of them was "
            "removed. If they are to go, run this again with --allow-removals",
            "12 de ses 40 synthèses n’y sont plus, plus d’un cinquième\u00a0; aucune n’a été "
            "retirée. Si elles doivent partir, relancez l’ingestion avec --allow-removals sur le "
            "serveur",
        ),
        ("news/Rain in May.md: has no text", "news/Rain in May.md: n’a pas de texte"),
        ("my news/a.jsonl#line-3: has no text", "my news/a.jsonl#line-3: n’a pas de texte"),
        ("a sentence that nobody knows; or two", "a sentence that nobody knows; or two"),
        ("{braces} {0} has no title", "{braces} {0} has no title"),
        ("", ""),
    ],
)
def test_a_sentence_is_told_in_the_editors_language(sentence: str, french: str) -> None:
    assert told(sentence, Voice("fr")) == french
    assert told(sentence, Voice("en")) == sentence
