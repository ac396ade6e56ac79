"""Every kind of question in every language, and conversations, as a reader asks them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.kinds import performs, tells_why
from bot.domain import Answer, Kind, LineKind, Reason
from tests.bot.corpora import EVERYTHING, Desk
from tests.bot.kinds import KINDS


def said(answer: Answer) -> str:
    return "\n".join(line.text for line in answer.lines)


@pytest.mark.parametrize(("kind", "language", "question", "words"), KINDS)
def test_each_kind_is_answered_in_each_language(
    samples: Desk, kind: Kind, language: str, question: str, words: list[str]
) -> None:
    answer = samples.ask(question)
    assert answer.asked
    assert answer.asked.kind is kind
    assert answer.language == language
    assert {source.language for source in answer.citations} == {language}
    for each in words:
        assert each in said(answer)


@pytest.mark.parametrize(
    "question", [question for kind, _, question, _ in KINDS if kind is Kind.TIMELINE]
)
def test_a_timeline_goes_forward_and_has_one_side_alone(samples: Desk, question: str) -> None:
    answer = samples.ask(question)
    days = [line.day for line in answer.lines if line.day]
    assert days == sorted(days)
    assert len(set(days)) > 1
    assert {line.actor for line in answer.lines} == {"AM"}


def test_a_timeline_has_what_the_asked_say_of_it_in_other_words(samples: Desk) -> None:
    answer = samples.ask("How has Turkey's date for the first train changed?")
    assert "the spring of 2026" in said(answer)
    assert {line.actor for line in answer.lines} == {"TR"}


@pytest.mark.parametrize(
    ("question", "silent"),
    [
        ("Compare Russia and Japan on the corridor", "JP"),
        ("Compare la Russie et le Japon sur le corridor", "JP"),
        ("Сравни позиции России и Японии по коридору", "JP"),
    ],
)
def test_who_has_no_words_in_a_comparison_is_named(
    samples: Desk, question: str, silent: str
) -> None:
    answer = samples.ask(question)
    assert answer.silent == (silent,)
    assert {line.actor for line in answer.lines} == {"RU"}


@pytest.mark.parametrize(
    "question",
    [
        "Which countries reacted to the corridor?",
        "Quels pays ont réagi au corridor ?",
        "Какие страны высказались о коридоре?",
    ],
)
def test_a_list_has_each_country_once_and_no_organisation(samples: Desk, question: str) -> None:
    actors = [line.actor for line in samples.ask(question).lines]
    assert len(actors) == len(set(actors))
    assert {"RU", "TR", "IR", "AM", "AZ"} <= set(actors)
    assert not {"EU", "UN", "OSCE", "COE", None} & set(actors)


@pytest.mark.parametrize(
    "question",
    ["Who supported the use of force?", "Qui a soutenu l'usage de la force ?"],
)
def test_those_who_did_something_else_are_not_on_the_list(samples: Desk, question: str) -> None:
    for line in samples.ask(question).lines:
        assert line.kind is LineKind.PASSAGE  # nobody is said to have done it


def test_a_dossier_is_summed_up_by_its_briefings_alone(samples: Desk) -> None:
    answer = samples.ask("Summarise the dossier on natural disasters and humanitarian aid")
    assert answer.asked
    assert answer.asked.dossier
    assert {source.day for source in answer.citations} == {date(2024, 4, 6)}


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Who is Tsiskvilidze?", "Georgian Minister of Energy"),
        ("Qui est Zurab Tsiskvilidzé ?", "ministre"),
        ("Кто такой Цисквилидзе?", "Министр энергетики"),
    ],
)
def test_who_somebody_is_is_told_by_what_introduces_them(
    samples: Desk, question: str, role: str
) -> None:
    answer = samples.ask(question)
    assert answer.found
    assert all(line.text.count("skvilid") + line.text.count("сквилид") for line in answer.lines)
    assert any(role.lower() in line.text.lower() for line in answer.lines)


@pytest.mark.parametrize(
    "question",
    [
        "Summary of the municipal election in Mziskari",
        "Résume l’élection municipale à Mziskari",
        "Краткое содержание: муниципальные выборы в Мзискари",
    ],
)
def test_what_a_title_says_is_summed_up_from_its_briefing_alone(
    samples: Desk, question: str
) -> None:
    answer = samples.ask(question)
    assert len({source.briefing for source in answer.citations}) == 1
    assert "mziskari" in answer.citations[0].briefing


def test_several_questions_are_answered_part_by_part(samples: Desk) -> None:
    answer = samples.ask("What did Iran say about the corridor, and how many died in the flood?")
    first, second = answer.parts
    assert {line.actor for line in first.lines} == {"IR"}
    assert "a red line that no locomotive will cross" in said(first)
    assert "seven people died" in said(second)
    assert first.lines + second.lines == answer.lines


def test_a_part_without_an_answer_says_so_beside_the_others(samples: Desk) -> None:
    answer = samples.ask("What did Iran say about the corridor? What did Japan say about whales?")
    assert answer.found
    assert [part.found for part in answer.parts] == [True, False]
    assert answer.parts[1].reason is Reason.NO_COVERAGE


@pytest.mark.parametrize(
    ("turns", "actors", "words"),
    [
        (["What did Russia say about the corridor?", "and Iran?"], {"IR"}, "a red line"),
        (["Que dit la Russie du corridor ?", "et l'Iran ?"], {"IR"}, "une ligne rouge"),
        (["Что сказала Россия о коридоре?", "а Иран?"], {"IR"}, "красной чертой"),
        (["What did Russia say?", "and in April?"], {"RU"}, "Since when does water"),
        (["Que dit Moscou ?", "et en avril ?"], {"RU"}, "Depuis quand l’eau"),
        (["Что сказала Москва?", "а в апреле?"], {"RU"}, "С каких это пор вода"),
        (
            ["What did Krutoyarova say?", "what did she say about the corridor?"],
            {"RU"},
            "on napkins",
        ),
        (
            ["What did Iran say about the corridor?", "What did Turkey say about it?"],
            {"TR"},
            "Kars",
        ),
    ],
)
def test_a_follow_up_keeps_what_it_leaves_out(
    samples: Desk, turns: list[str], actors: set[str], words: str
) -> None:
    answer = None
    for turn in turns:
        answer = samples.ask(turn, before=answer)
    assert answer
    assert {line.actor for line in answer.lines} == actors
    assert words in said(answer)


def test_a_whole_question_takes_nothing_over(samples: Desk) -> None:
    before = samples.ask("What did Russia say about the corridor in May 2024?")
    answer = samples.ask("What did the UN say about the flood?", before=before)
    assert {line.actor for line in answer.lines} == {"UN"}


def test_without_a_topic_the_day_is_named_and_earlier_ones_are_offered(samples: Desk) -> None:
    answer = samples.ask("What did Russia say?", tiers=EVERYTHING)
    assert answer.latest == date(2024, 6, 12)
    assert answer.earlier == (
        date(2024, 6, 2),
        date(2024, 5, 16),
        date(2024, 4, 24),
        date(2024, 4, 6),
    )
    assert date(2024, 4, 24) not in samples.ask("What did Russia say?").earlier  # subscribers'


@pytest.mark.parametrize(
    "question",
    [
        "What did Russia say before the elections?",
        "Que disait la Russie avant les élections ?",
        "Что говорила Россия до выборов?",
    ],
)
def test_time_may_be_counted_by_an_event_that_the_briefings_date(
    samples: Desk, question: str
) -> None:
    answer = samples.ask(question)
    assert answer.found
    assert all(line.day and line.day < date(2024, 6, 9) for line in answer.lines)


@pytest.mark.parametrize(
    "question",
    ["Who condemned the military operation?", "Who condemned the operation in Karabakh?"],
)
def test_those_who_condemned_it_on_the_newsrooms_own_page_are_listed(
    seed: Desk, question: str
) -> None:
    answer = seed.ask(question)
    assert [line.actor for line in answer.lines] == ["EU", "FR", "DE", "US"]
    assert {line.kind for line in answer.lines} == {LineKind.REPORTED}


@pytest.mark.parametrize(
    ("act", "words", "does"),
    [
        ("condemn", "We strongly condemn this attack", True),
        ("condemn", "They condemn us for it", False),
        ("condemn", "We do not condemn it", False),
        ("condemn", "We don’t condemn it", False),
        ("condemn", "Nous condamnons cette attaque", True),
        ("condemn", "Ils condamnent notre pays", False),
        ("condemn", "Мы осуждаем нападение", True),
        ("condemn", "Нас осуждают напрасно", False),
    ],
)
def test_somebodys_own_words_perform_what_they_say_of_themselves(
    act: str, words: str, does: bool
) -> None:
    assert performs(act, words, own=True) is does


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("For the minister, the cause lies in the north.", True),
        ("Pour le ministre, la cause se trouve au nord.", True),
        ("La panne a été provoquée par un orage.", True),
        ("Il est parti, car la route était coupée.", True),
        ("Il ferme la route afin qu’elle soit réparée.", True),
        ("Авария вызвана грозой.", True),
        ("Это сделано ради мира.", True),
        ("La carte et le carburant manquent.", False),
        ("Il est là pour quatre jours.", False),
        ("По радио говорят радикалы.", False),
        ("A reasonable price was paid.", False),
    ],
)
def test_a_cause_is_told_by_whole_words(text: str, why: bool) -> None:
    assert tells_why(text) is why
