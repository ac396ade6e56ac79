"""English forms of news prose, from every desk: sport, courts, science, business, culture."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from tests.ingest.accounts import ACTORS, quotes, said
from vectorstore.domain import StatementKind

Words = list[tuple[str | None, str, str]]


def reported(text: str) -> set[tuple[str | None, str]]:
    """Actor and speaker of each report."""
    return {(s.actor, s.speaker) for s in said(text, "en") if s.kind is StatementKind.REPORTED}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # asides between subject and verb
        ("Maren Holt, who took over after the lab burned, said: “WORDS here.”", "Maren Holt"),
        ("Maren Holt, when asked about the fire, replied: “WORDS here.”", "Maren Holt"),
        ("Hans Moor, while campaigning in Easton, called the plan “words here”.", "Hans Moor"),
        ("Ana Holm — who was elected in May — said: “WORDS here.”", "Ana Holm"),
        ("Doyle’s predecessor, Karl Hahn, dismissed the strike: “WORDS here.”", "Karl Hahn"),
        ("Sutopo Lind, the spokesman for the rescue agency NRA said: “WORDS here.”", "Sutopo Lind"),
        ("“WORDS here,” Karine Petit, a spokeswoman for the group ForwardNow said.",
         "Karine Petit"),
        # behind the quotation
        ("“WORDS here!” Bram Oyelaran tweeted minutes later.", "Bram Oyelaran"),
        ("“WORDS here,” said Bjorn of his selections.", "Bjorn"),
        ("“WORDS here,” said University of Norwick, Easton’s chancellor, Prakash Menon.",
         "Prakash Menon"),
        ("“WORDS here,” Dina Caro was quoted as saying by the Daily Post.", "Dina Caro"),
        ("“WORDS here,” said Detective Inspector Moira Shaw.", "Moira Shaw"),
        # before it
        ("Remarked club secretary Tierra Quill, “WORDS here.”", "Tierra Quill"),
        ("Party chairman Mark Selden commented:\n\n“WORDS here.”", "Mark Selden"),
        ("Anders Bjorn concurred: “WORDS here.”", "Anders Bjorn"),
        ("Ed Price mocked the idea that views had changed since the 2016 vote: “WORDS here.”",
         "Ed Price"),
        ("Ed Price told Radio Easton after the match that the best part was “WORDS here”.",
         "Ed Price"),
        ("Ed Price wrote he knew nothing of it but would go anyway: “WORDS here!”", "Ed Price"),
        # a part of the clause
        ("The plan, which many reject, is “words here”, mayor Karl Hahn said.", "Karl Hahn"),
        ("Karl Hahn dismissed the plan as “words here”.", "Karl Hahn"),
        ("Calling the plan “words here”, Karl Hahn walked out.", "Karl Hahn"),
        ("The plan was drawn up by Karl Hahn, for whom it is “words here”.", "Karl Hahn"),
        ("Karl Hahn has, in recent weeks, warned of “words here”.", "Karl Hahn"),
        ("Karl Hahn has vowed revenge. “WORDS here,” state television quoted him as saying.",
         "Karl Hahn"),
        # told by what was said before
        ("Singer Dina Caro arrived late. “WORDS here,” the singer said.", "Dina Caro"),
        ("Dina Caro arrived late. “WORDS here,” said the 43-year-old.", "Dina Caro"),
        ("The Commission on Fair Debates met on Monday. “WORDS here,” the commission said.",
         "Commission on Fair Debates"),
        ("The Red Cross asked for help. “WORDS here,” it said.", "Red Cross"),
    ],
)  # fmt: skip
def test_the_words_are_the_speakers(text: str, speaker: str) -> None:
    assert [(name, words.lower().rstrip(".,!")) for _, name, words in quotes(text)] == [
        (speaker, "words here")
    ]


def test_a_quotation_goes_on_in_the_next_paragraph_with_its_pronoun() -> None:
    text = "“I love it,” said Hans Moor. “It raised me.”\n\n“It will raise my sons,” he added."
    assert [name for _, name, _ in quotes(text)] == ["Hans Moor"] * 3


def test_words_behind_because_are_still_the_speakers() -> None:
    text = "Ed Price said he felt “less than” the rest because “it was not normal to cry”."
    assert [words for _, _, words in quotes(text)] == ["less than", "it was not normal to cry"]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Holm said on Tuesday that it was over, quoting her father: “A vote is a promise.”",
        "Paul Drury posted a report about Ed Moss’s “old news” tweet.",
        "The Commission on Fair Debates met. A commission of the town met as well. “We have no "
        "plans,” the commission said.",
        "Talks between Dina Caro and Lea Hume were held. “I lost my voice,” said the 43-year-old.",
        "“Never!” shouted somebody. Ed Price said he would stay.",
    ],
)
def test_words_of_another_are_not_given_to_whoever_is_named(text: str) -> None:
    assert not any(len(words.split()) > 1 for _, _, words in quotes(text))


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Serbia’s Novak Brankovic said he was tired.", (None, "Novak Brankovic")),
        ("Russian Daniil Orlov said he was tired.", (None, "Daniil Orlov")),
        ("Turkey’s Erdogan said the strait was open.", ("TR", "Erdogan")),
        ("Norway’s finance minister Ada Lind left early. Lind said it was late.", ("NO", "Lind")),
        ("Norway’s PM Ada Lind left early. Lind said it was late.", ("NO", "Lind")),
        ("The US Coast Guard said nobody was hurt.", ("US", "US Coast Guard")),
        ("Prime Minister Ada Lind of Norway said it was late.", ("NO", "Ada Lind")),
        ("Ada Lind, a member of the Turkish parliament, said it was late.", (None, "Ada Lind")),
        ("According to Norwegian authorities almost 300 people were hurt.",
         ("NO", "Norwegian authorities")),
    ],
)  # fmt: skip
def test_only_an_office_speaks_for_a_country(text: str, side: tuple[str | None, str]) -> None:
    assert reported(text) == {side}


def test_a_paper_that_bears_a_citys_name_speaks_for_no_country() -> None:
    text = "According to Manila Bulletin, the quake was the strongest on record."
    assert reported(text) == {(None, "Manila Bulletin")}


def test_whom_a_person_belongs_to_is_their_role() -> None:
    text = "Peter Isley of the victims’ group Open Doors said the church should act."
    [said] = extract(text, "en", actors=ACTORS).statements
    assert (said.speaker, said.role, said.actor) == (
        "Peter Isley", "victims’ group Open Doors", None
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Unrest continued in the suburbs, where a man was shot.",
        "Initial reports from the hospital reported no deaths.",
        "Ed Price finished the race and claimed gold in Oslo.",
        "The storm, which hit in spring, claimed about 3,000 lives.",
        "Sarah Pole, his mother, called police to the house.",
        "Norway offered more resistance in the second half.",
        "Skylark posted a loss of two million.",
    ],
)
def test_deeds_told_with_a_verb_of_saying_report_nothing(text: str) -> None:
    assert reported(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        # what somebody is charged with is nobody's speech
        "Karl Hahn said the driver was arrested on suspicion of “reckless driving”.",
        # whom a medium quotes cannot be told
        "Karl Hahn left. Then Ed Price left. Talks between Karl Hahn and Bo Ek were held. “It is "
        "over,” state television quoted him as saying.",
        # what is opposed is told by whoever tells of it
        "Karl Hahn said Ed Price opposes “any change of plan”.",
    ],
)
def test_words_that_are_not_plainly_somebodys_are_nobodys(text: str) -> None:
    assert quotes(text) == []
