"""What a reader sees of comparisons, timelines, summaries and several questions at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain import Kind, LineKind, Question, Reason
from tests.bot.scripted import citation, found, line, missing
from tests.bot.showing import QUOTE, ZAKHAROVA, shown


def asked(kind: Kind, *actors: str, language: str = "en") -> Question:
    return Question(text="?", search="?", language=language, kind=kind, actors=actors)


@pytest.mark.parametrize(
    ("language", "silence"),
    [
        ("en", "Turkey: I found no words on this in the briefings."),
        ("fr", "Turquie\u00a0: je n’ai trouvé aucun propos à ce sujet dans les synthèses."),
        ("ru", "Турция: высказываний на эту тему я в обзорах не нашёл."),
    ],
)
def test_who_is_silent_in_a_comparison_is_named(language: str, silence: str) -> None:
    answer = replace(
        found(line(QUOTE, **ZAKHAROVA), language=language),
        asked=asked(Kind.COMPARISON, "RU", "TR", language=language),
        silent=("TR",),
    )
    assert silence in shown(answer).split("\n\n")


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", "Earlier ones: 5 September 2023 and 1 August 2023"),
        ("fr", "5 septembre 2023 et 1er août 2023"),
        ("ru", "5 сентября 2023\u202fг. и 1 августа 2023\u202fг."),
    ],
)
def test_earlier_days_are_offered(language: str, days: str) -> None:
    answer = replace(
        found(line(QUOTE, **ZAKHAROVA), language=language),
        latest=date(2023, 9, 20),
        earlier=(date(2023, 9, 5), date(2023, 8, 1)),
    )
    assert days in shown(answer)


def test_a_timeline_stands_under_its_days() -> None:
    answer = replace(
        found(line("First.", **ZAKHAROVA), line("Then.", number=2, **ZAKHAROVA)),
        asked=asked(Kind.TIMELINE, "RU"),
        citations=(citation(1, day=date(2023, 8, 1)), citation(2)),
    )
    assert [text.splitlines()[0] for text in shown(answer).split("\n\n")] == [
        "1 August 2023",
        "Russia",
        "20 September 2023",
        "Russia",
        "Sources",
    ]


def test_the_same_words_in_two_briefings_have_two_markers() -> None:
    answer = found(line(QUOTE, also=(2,), **ZAKHAROVA), citations=[citation(1), citation(2)])
    assert "“Dissolve and disarm!”\u00a0[1][2] — 20 September 2023" in shown(answer)


def test_what_several_did_in_one_sentence_is_told_once() -> None:
    answer = found(
        line("It was criticised by both.", LineKind.REPORTED, actor="RU", speaker="Russia"),
        line("It was criticised by both.", LineKind.REPORTED, actor="TR", speaker="Turkey"),
    )
    assert shown(answer).startswith("Russia and Turkey\nReported: It was criticised by both.")
    assert shown(answer).count("criticised") == 1


def test_all_speakers_of_one_actor_who_share_a_sentence_are_named() -> None:
    both = [
        line("Both refused.", LineKind.REPORTED, actor="RU", speaker="Maria Zakharova", role="x"),
        line("Both refused.", LineKind.REPORTED, actor="RU", speaker="Sergei Lavrov", role="y"),
        line("Both refused.", LineKind.REPORTED, actor="RU", speaker="Sergei Lavrov", role="y"),
    ]
    alone = line("He left.", LineKind.REPORTED, 2, actor="RU", speaker="Sergei Lavrov", role="y")
    assert shown(found(*both, alone)).startswith(
        "Russia\nMaria Zakharova, x\nSergei Lavrov, y\nReported: Both refused.\u00a0[1]"
    )
    assert shown(found(*both)).count("Both refused.") == 1
    assert "\n\nSergei Lavrov, y\nReported: He left." in shown(found(*both, alone))


def test_what_one_did_is_not_read_as_what_several_did_nor_the_reverse() -> None:
    both = [line("Both left.", LineKind.REPORTED, actor=code) for code in ("RU", "TR")]
    alone = line("It came back.", LineKind.REPORTED, number=2, actor="RU")
    after = shown(found(*both, alone))
    assert after.startswith("Russia and Turkey\nReported: Both left.")
    assert "\n\nRussia\nReported: It came back." in after
    before = shown(found(alone, *both))
    assert before.startswith("Russia\nReported: It came back.")
    assert "\n\nRussia and Turkey\nReported: Both left." in before


def test_several_questions_stand_over_their_answers() -> None:
    first = replace(found(line(QUOTE, **ZAKHAROVA)), question="What did Russia say?")
    second = replace(missing(Reason.NO_COVERAGE), question="And who is Bob?")
    answer = replace(first, parts=(first, second))
    paragraphs = shown(answer).split("\n\n")
    assert paragraphs[0] == "What did Russia say?"
    assert paragraphs[-3:-1] == ["And who is Bob?", "I found nothing about this in the briefings."]
