"""Names of Russian bodies, as they are called where print has bent them."""

from __future__ import annotations

import pytest

from vectorstore.inflection import unbent


@pytest.mark.parametrize(
    ("printed", "called"),
    [
        ("Министерства инфраструктур Армении", "Министерство инфраструктур Армении"),
        ("правительством Грузии", "правительство Грузии"),
        ("Службы внешней разведки", "Служба внешней разведки"),
        ("Администрации президента", "Администрация президента"),
        ("командования ВВС", "командование ВВС"),
    ],
)
def test_a_body_of_which_the_first_word_is_bent_is_called_in_the_nominative(
    printed: str, called: str
) -> None:
    assert unbent(printed) == called


@pytest.mark.parametrize(
    "printed",
    [
        "Министерство обороны Армении",
        "Министерства обороны и финансов",
        "Министерства",
        "МИД России",
        "Лусик Дарбнян",
        "",
    ],
)
def test_what_is_no_such_body_is_left_alone(printed: str) -> None:
    assert unbent(printed) == ""
