"""What stands behind a command: whom it names, on what, when."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.orders import ordered
from bot.domain import Kind, Question
from vectorstore.actors import Actors
from vectorstore.domain import Days

ACTORS = Actors.load()
KNOWN = {"krutoyarova", "nadezhda krutoyarova", "taşdelenoğlu"}
TODAY = date(2024, 6, 15)


def understood(text: str, kind: Kind = Kind.TIMELINE, fallback: str = "en") -> Question:
    return ordered(
        text,
        kind,
        actors=ACTORS,
        is_speaker=lambda name: name.lower() in KNOWN,
        fallback=fallback,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("text", "whom", "topic"),
    [
        ("Russia", ("RU",), ""),
        ("russia rail corridor", ("RU",), "rail corridor"),
        ("Russia: rail corridor", ("RU",), "rail corridor"),
        ("Russia on Armenia", ("RU",), "Armenia"),
        ("la Russie corridor ferroviaire", ("RU",), "corridor ferroviaire"),
        ("Россия коридор", ("RU",), "коридор"),
        ("Krutoyarova corridor", ("Krutoyarova",), "corridor"),
        ("Nadezhda Krutoyarova", ("Nadezhda Krutoyarova",), ""),
        ("Russian spokesperson Krutoyarova elections", ("Krutoyarova",), "elections"),
        ("Wakanda vibranium", ("Wakanda",), "vibranium"),
        ("corridor", (), "corridor"),
    ],
)
def test_whoever_is_named_first_speaks_and_the_rest_is_the_topic(
    text: str, whom: tuple[str, ...], topic: str
) -> None:
    question = understood(text)
    assert (*question.actors, *question.people) == whom
    assert question.topic == topic
    assert question.kind is Kind.TIMELINE


@pytest.mark.parametrize(
    ("text", "whom", "topic"),
    [
        ("Russia Turkey", ("RU", "TR"), ""),
        ("Russia and Turkey", ("RU", "TR"), ""),
        ("Russia, Turkey: the corridor", ("RU", "TR"), "corridor"),
        ("Russia Turkey Armenia", ("RU", "TR"), "Armenia"),
        ("United States, European Union", ("US", "EU"), ""),
        ("Krutoyarova Taşdelenoğlu", ("Krutoyarova", "Taşdelenoğlu"), ""),
        ("Russia Wakanda", ("RU", "Wakanda"), ""),
        ("la Russie et la Turquie corridor", ("RU", "TR"), "corridor"),
        ("Россия и Турция: коридор", ("RU", "TR"), "коридор"),
    ],
)
def test_of_a_comparison_the_first_two_speak(text: str, whom: tuple[str, ...], topic: str) -> None:
    question = understood(text, Kind.COMPARISON)
    assert (*question.actors, *question.people) == whom
    assert question.topic == topic
    assert question.kind is Kind.COMPARISON


def test_a_comparison_takes_two() -> None:
    assert understood("Russia corridor", Kind.COMPARISON).kind is Kind.STATEMENT
    assert understood("Russia, Russia", Kind.COMPARISON).kind is Kind.STATEMENT


def test_days_limit_what_is_told_and_are_no_topic() -> None:
    question = understood("Russia corridor since 1 May 2024")
    assert question.days == Days(first=date(2024, 5, 1), last=TODAY)
    assert question.topic == "corridor"


def test_a_stranger_is_asked_for_by_name_and_known_as_one() -> None:
    question = understood("Wakanda")
    assert question.strangers == question.people == ("Wakanda",)
    assert understood("Russia Wakanda").strangers == ()


@pytest.mark.parametrize(
    ("text", "reader", "language"),
    [
        ("EU", "en", "en"),
        ("France", "en", "en"),
        ("Russia", "fr", "fr"),
        ("Россия", "en", "ru"),
        ("France since 1 May 2024", "en", "en"),
        ("France railway corridor and its control", "ru", "en"),
        ("Russie le corridor ferroviaire et son contrôle", "en", "fr"),
        ("Arménie corridor", "fr", "fr"),
        ("Iran corridor", "fr", "fr"),
        ("Russie, Turquie corridor", "fr", "fr"),
        ("Armenia corridor", "fr", "en"),
        ("Maria Zakharova corridor énergie", "en", "fr"),
    ],
)
def test_a_name_alone_is_in_no_language_but_the_readers(
    text: str, reader: str, language: str
) -> None:
    assert understood(text, fallback=reader).language == language
