"""Who passed words on, named as the page prints it."""

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
