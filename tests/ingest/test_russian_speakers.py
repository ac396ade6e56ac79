"""Whom Russian case, word order and the sentences before make the speaker."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import Statement, StatementKind

ACTORS = Actors.load()


def said(text: str, kind: StatementKind = StatementKind.QUOTE) -> list[Statement]:
    """The statements of a kind, in order."""
    return [s for s in extract(text, "ru", actors=ACTORS).statements if s.kind is kind]


@pytest.mark.parametrize(
    "text",
    [
        "На сайте Анны Дюпре сказал читатель: «Нас никто не спросил».",
        "На странице Ольги Беловой написал читатель: «Нас никто не спросил».",
        "В доме Яна Новака говорит сосед: «Нас никто не спросил».",
    ],
)
def test_a_given_name_in_another_case_is_no_subject(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("В беседе с Анной Дюпре Пётр Орлов рассказал: «Нас никто не спросил».", "Пётр Орлов"),
        ("«Нас никто не спросил», — сказала Александра Линд.", "Александра Линд"),
        ("«Нас никто не спросил», — сказала Рената Маркес.", "Рената Маркес"),
    ],
)
def test_a_given_name_in_the_nominative_is_the_subject(text: str, speaker: str) -> None:
    assert [s.speaker for s in said(text)] == [speaker]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("С чешской стороны внешнеполитический советник президента Ян Новак сказал: «Нас никто не "
         "спросил».", "внешнеполитический советник президента"),
        ("На встрече с мэром французский министр Ян Новак сказал: «Нас никто не спросил».",
         "французский министр"),
        ("На серии заседаний министр Ян Новак сказал: «Нас никто не спросил».", "министр"),
    ],
)  # fmt: skip
def test_a_role_begins_behind_where_it_was_said_with_its_adjectives(text: str, role: str) -> None:
    assert [(s.speaker, s.role) for s in said(text)] == [("Ян Новак", role)]
