"""What a reader of an answer would miss or mistake, over briefings written to mislead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.domain import Kind, LineKind, Reason
from tests.bot.corpora import Desk, opened, publish, rows
from vectorstore.embeddings import SentenceEmbeddings

PAGES = [
    {
        "id": "walkout",
        "title": "The walkout in the port of Osmund – 03/03/25",
        "date": "2025-03-04",
        "text": (
            "The dockers of the port of Osmund walked out on 1 March at noon. Ingrid Solheim, "
            "Norwegian Minister of Transport, declared that the pay offer was final and that "
            "Norway “does not negotiate under a crane”. Emil Rask, Danish Minister of Labour, "
            "bowed to this outcome while welcoming that the ferries “had been allowed to sail as "
            "on any other day”. The walkout of the dockers was condemned by Sweden and Finland."
            "\n"
            "Pirkko Lahti, Finnish Minister of Labour, called for mediation in the port and called "
            "the walkout “a strike against the islands, not against the owners”. Estonia offered "
            "pilots. It was praised by Latvia."
        ),
    },
    {
        "id": "bells",
        "title": "The bells of Visby – 20/03/25",
        "date": "2025-03-20",
        "text": (
            "The bells of Visby fell silent at dawn on 18 March. Olof Ek, spokesperson for the "
            "Swedish Foreign Ministry, said on 19 March: “A bell that is stolen still rings for "
            "its tower.” Ek praised “a bell of peace” while asking the islanders for patience. "
            "Latvia said the bells had been seen on a barge on 7 March."
        ),
    },
]


@pytest.fixture(scope="module")
def desk(
    embeddings: SentenceEmbeddings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("reading")
    source = rows(folder / "pages.jsonl", PAGES)
    with opened(publish(folder / "data", source), embeddings) as made:
        yield made


def test_a_quotation_that_goes_on_a_sentence_comes_with_what_leads_to_it(desk: Desk) -> None:
    (line,) = desk.ask("What did Solheim say?").lines
    assert line.text == "does not negotiate under a crane"
    assert line.lead == "declared that the pay offer was final and that Norway"


def test_of_two_acts_in_one_sentence_none_is_lost_to_a_quotation(desk: Desk) -> None:
    (before,) = desk.ask("What did Lahti say?").lines
    assert before.lead == "called for mediation in the port and called the walkout"
    assert before.text == "a strike against the islands, not against the owners"
    (behind,) = desk.ask("What did Ek say?").lines  # the newest; the quotation is of a day before
    assert behind.kind is LineKind.REPORTED
    assert "“a bell of peace” while asking the islanders for patience" in behind.text


def test_who_bowed_to_something_else_has_not_supported_this(desk: Desk) -> None:
    for question in ("Who supported the walkout of the dockers?", "Who backed the walkout?"):
        assert not [line for line in desk.ask(question).lines if line.actor == "DK"]


def test_who_condemned_it_is_asked_of_the_part_before(desk: Desk) -> None:
    answer = desk.ask("When did the dockers of Osmund walk out and who condemned it?")
    second = answer.parts[1]
    assert second.asked
    assert second.asked.kind is Kind.LIST
    assert {line.actor for line in second.lines} <= {"SE", "FI", None}
    assert any("condemned by Sweden and Finland" in line.text for line in second.lines)


def test_what_happened_on_a_day_is_told_by_a_later_briefing(desk: Desk) -> None:
    answer = desk.ask("What happened on 1 March?", today=date(2025, 3, 30))
    assert [line.text for line in answer.lines] == [
        "The dockers of the port of Osmund walked out on 1 March at noon."
    ]


def test_what_somebody_said_on_a_day_is_told_by_a_later_briefing(desk: Desk) -> None:
    answer = desk.ask("What did Sweden say on 19 March?", today=date(2025, 3, 30))
    assert [line.text for line in answer.lines if line.kind is LineKind.QUOTE] == [
        "A bell that is stolen still rings for its tower."
    ]


def test_a_day_that_somebody_speaks_of_is_not_the_day_he_spoke(desk: Desk) -> None:
    answer = desk.ask("What did Latvia say on 7 March?", today=date(2025, 3, 30))
    assert answer.reason is Reason.OUTSIDE_DAYS


def test_beside_days_without_words_the_nearest_days_come_first(desk: Desk) -> None:
    answer = desk.ask("What did Sweden say on 28 February?", today=date(2025, 3, 30))
    assert answer.reason is Reason.OUTSIDE_DAYS
    assert answer.nearest[0].day == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("what did sweden say about the walkuot", "walkout"),
        ("what did Norvay say about the dockers", "NO"),
        ("what did sweden say about the maidens", "maidens"),
        ("what did Solheem say about Osmunt", "Osmunt"),
    ],
)
def test_a_slip_of_the_fingers_is_read_as_what_is_printed(
    desk: Desk, question: str, read: str
) -> None:
    asked = desk.ask(question).asked
    assert asked
    assert asked.text == question
    assert read in (asked.topic, *asked.actors)
