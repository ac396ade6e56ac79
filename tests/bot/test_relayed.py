"""Who speaks and who passes words on, named as a reader of the page would name them."""

from __future__ import annotations

import pytest

from bot.rendering import answer_page
from tests.bot.corpora import Desk
from vectorstore.actors import Actors


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("What did Polovtsev say about the corridor?", "via Polyarnaya Lenta"),
        ("Что сказал Половцев о железной дороге?", "передаёт «Полярная лента»"),
    ],
)
def test_who_passed_words_on_is_named_in_the_marks_of_the_page(
    samples: Desk, question: str, shown: str
) -> None:
    page = answer_page(samples.ask(question), Actors.load().name)
    assert shown in "".join(piece.text for paragraph in page for piece in paragraph)


def test_a_body_that_print_bends_is_named_in_the_nominative(samples: Desk) -> None:
    answer = samples.ask("Что сказала Армения об отключении электричества?")
    called = {line.called for line in answer.lines if line.speaker.startswith("Министерства")}
    assert called == {"Министерство инфраструктур Армении"}
