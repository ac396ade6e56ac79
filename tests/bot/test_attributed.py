"""Whether a sentence itself says that somebody speaks in it."""

from __future__ import annotations

import pytest

from bot.answering.attributed import named_in, speaks_in


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Pour Ivan Marek, « le pont tient ».", "Ivan Marek"),
        ("Pour Ivan Marek, « le pont tient ».", "Иван Марек"),
        ("L'un des deux ingénieurs, Ivan Marek, a annoncé : « Le pont tient ».", "Marek"),
        ("« Le pont tient », affirme un jeune habitant, Ivan Marek.", "Ivan Marek"),
        ("According to the engineer, Ivan Marek, the bridge holds.", "Marek"),
        ("Marek, who lives nearby, said the bridge holds.", "Marek"),
        ("По словам инженера Ивана Марека, мост держится.", "Иван Марек"),
        ("Marek's answer: “The bridge holds.”", "Marek"),
    ],
)
def test_who_speaks_is_told_from_the_words_beside_the_name(sentence: str, name: str) -> None:
    assert speaks_in(sentence, name)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nováková met Marek on Monday and said nothing.",
        "Nováková told Marek that the bridge holds.",
        "“It holds,” Nováková told Marek.",
        "“It holds,” said the daughter of Marek.",
        "Le maire a dit que « Marek a menti ».",
        "The report accuses Marek of fraud.",
        "Marek was accused of fraud.",
        "Marek's statement angered the town.",
        "The bridge holds.",
    ],
)
def test_who_is_only_named_does_not_speak(sentence: str) -> None:
    assert not speaks_in(sentence, "Ivan Marek")


def test_another_person_of_that_surname_is_not_meant() -> None:
    assert not list(named_in("Petra Marek said the bridge holds.", "Ivan Marek"))
