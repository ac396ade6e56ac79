"""English words that stand inside a clause: gerunds, papers, relatives, what commas hold."""

from __future__ import annotations

import pytest

from ingest.statements import extract
from vectorstore.actors import Actors
from vectorstore.domain import StatementKind

ACTORS = Actors.load()


def quotes(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each quotation."""
    return [
        (s.speaker, s.span.of(text))
        for s in extract(text, "en", actors=ACTORS).statements
        if s.kind is StatementKind.QUOTE
    ]


def reported(text: str) -> list[tuple[str, str]]:
    """Speaker and words of each report."""
    return [
        (s.speaker, s.span.of(text))
        for s in extract(text, "en", actors=ACTORS).statements
        if s.kind is StatementKind.REPORTED
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The harbour is “a rare chance to build anew,” Ada Lind said.",
         ["a rare chance to build anew"]),
        ("It brings “a chance to build anew” and hope to “end years of quarrels,” Ada Lind said.",
         ["a chance to build anew", "end years of quarrels"]),
        # who else speaks in the clause may own the words
        ("Bo Ek told the board it was “a chance to build anew,” and Ada Lind said so too.",
         []),
    ],
)  # fmt: skip
def test_a_comma_inside_the_marks_ends_the_clause(text: str, words: list[str]) -> None:
    assert [said for speaker, said in quotes(text) if speaker == "Ada Lind"] == words


def test_a_scrap_at_the_end_of_a_told_clause_is_reported_with_it() -> None:
    text = "The speed of the ruling shows the case “was simple,” said Ada Lind."
    assert quotes(text) == [("Ada Lind", "was simple")]
    assert reported(text) == [("Ada Lind", text)]
    assert reported("“It was simple,” said Ada Lind.") == []


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("The port reopened, with Ada Lind insisting that the pier was safe.",
         ("Ada Lind", "Ada Lind insisting that the pier was safe.")),
        ("Bo Ek said the pier was safe, with Turkey warning of more storms.",
         ("Turkey", "Turkey warning of more storms.")),
        ("Members left, with Ada Lind calling it “odd” and Bo Ek of Norwick warning of more rain.",
         ("Bo Ek", "Bo Ek of Norwick warning of more rain.")),
    ],
)  # fmt: skip
def test_a_gerund_has_a_subject_of_its_own(text: str, clause: tuple[str, str]) -> None:
    assert clause in reported(text)


def test_words_behind_the_second_of_two_gerunds_are_not_the_first_ones() -> None:
    text = "They left, with Ada Lind calling it “odd” and Bo Ek calling it “the worst day of all”."
    assert ("Bo Ek", "the worst day of all") in quotes(text)
    assert all(speaker != "Ada Lind" or words == "odd" for speaker, words in quotes(text))


@pytest.mark.parametrize(
    "text",
    [
        "With Turkey encouraging banks to close, Nord AS has left the country.",
        "The port reopened, with many saying that the pier was unsafe.",
        "The port reopened, with the latter saying that the pier was unsafe.",
    ],
)
def test_a_circumstance_and_those_without_a_name_report_nothing(text: str) -> None:
    assert reported(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lind continued by announcing, “words here now”.",
        "Ada Lind began by saying that “words here now”.",
        "Ada Lind has, in a statement, called on drivers to “words here now”.",
        "Ada Lind released a statement saying, “words here now”.",
        "Ada Lind released a statement which read, in part, “words here now”.",
        "Then Ada Lind issued a letter to the board at her club outside Easton saying “words here "
        "now”.",
        "The bill was drafted by Ada Lind who said on the floor, “words here now”.",
        "Bo Ek had help from a friend of the board, Ada Lind who tweeted: “words here now”.",
        "Ada Lind, while campaigning in Easton, called Ross’s plan “words here now”.",
        "Ada Lind, a Ph.D. candidate at the University of Norwick, said, “words here now”.",
        "Party leader and Prime Minister Ada Lind said, “words here now”.",
        "“words here now,” according to a tweet on Monday by the mayor, Ada Lind.",
        "“words here now,” according to ecologist Ada Lind of the University of Norwick.",
    ],
)
def test_english_clauses_name_their_speaker(text: str) -> None:
    assert quotes(text) == [("Ada Lind", "words here now")]


@pytest.mark.parametrize(
    "text",
    [
        # whoever is called on may not say it, and a reader issues nothing
        "Ada Lind joined the calls asking for “words here now”.",
        "Ada Lind received a statement saying “words here now”.",
        "Ada Lind has not issued a statement saying “words here now”.",
        # the relative may be of the one before
        "The sister of Ada Lind who said “words here now” left.",
        "Bo Ek and Ada Lind who said “words here now” left.",
        # two offices, two holders
        "The president and Prime Minister Ada Lind said, “words here now”.",
        "Police and Mayor Ada Lind said, “words here now”.",
        "Residents and Mayor Ada Lind said, “words here now”.",
        # the papers are the source
        "According to papers Ada Lind sent, the pier is “words here now”.",
        # a company is called so
        "A company called Ada Lind “words here now”.",
    ],
)
def test_words_of_somebody_else_are_not_given_to_whom_a_clause_names(text: str) -> None:
    assert quotes(text) == []


def test_pictures_that_somebody_posts_say_nothing() -> None:
    assert reported("Filmmaker Ada Lind posted a podcast on the harbour.") == []
    assert reported("Filmmaker Ada Lind posted a short video of the harbour.") == []


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # whose the thing is that a sentence is about
        ("Actor Ada Lind’s visit to the port was short. She quipped: “WORDS come here.”",
         "Ada Lind"),
        ("Bo Ross agreed. Lind’s vote, however, is sure. He said: “WORDS come here.” Bo Lind left.",
         "Lind"),
        ("Bo Ross’s press secretary, Ada Lind, left. Asked about it, she said: “WORDS come here.”",
         "Ada Lind"),
        # a clause or participle ahead of the subject
        ("After a three day stay, Ada Lind returned to the port. She wrote, “WORDS come here.”",
         "Ada Lind"),
        ("Speaking to the board of Bo Ross, Ada Lind left. She wrote, “WORDS come here.”",
         "Ada Lind"),
        # bodies and several are no "he" or "she"
        ("Ada Lind left early. The party has two seats. She wrote, “WORDS come here.”", "Ada Lind"),
        ("Ada Lind left early. Officials said it was late. She wrote, “WORDS come here.”",
         "Ada Lind"),
        # who belongs to what was told is no rival
        ("“It is late,” said Ada Lind. Ross’s plan is dead, she said: “WORDS come here.”",
         "Ada Lind"),
    ],
)  # fmt: skip
def test_pronouns_mean_whom_a_sentence_is_about(text: str, speaker: str) -> None:
    assert (speaker, "WORDS come here.".removesuffix("." * (".”" not in text))) in quotes(text)


@pytest.mark.parametrize(
    "text",
    [
        # what somebody has is somebody, too
        "Ada Lind’s lawyer left early. She wrote, “WORDS come here.”",
        "Ada Lind’s successor left early. She wrote, “WORDS come here.”",
        "Ada Lind’s sister left early. She wrote, “WORDS come here.”",
        # the driver may be he or she
        "Ada Lind left early. The driver had two seats. She wrote, “WORDS come here.”",
        "Ada Lind left early. A spokeswoman said it was late. She wrote, “WORDS come here.”",
        # who is asked about is named between
        "Ada Lind left. When officials asked if Kim Moor was well, saying so, she wrote, “WORDS "
        "come here.”",
    ],
)
def test_pronouns_that_may_mean_another_are_nobody(text: str) -> None:
    assert quotes(text) == []


def test_a_single_mark_opens_a_sentence_of_its_own() -> None:
    text = "The harbour board met in Easton. 'We have waited for years,' Ada Lind told the board."
    assert quotes(text) == [("Ada Lind", "We have waited for years")]
    assert extract(text, "en", actors=ACTORS).statements[0].attribution.start > 60


@pytest.mark.parametrize(
    "text",
    [
        "“WORDS come here!” Ada Lind told the world on Thursday via the radio.",
        "She asked. “WORDS come here,” Ada Lind opines.",
        "The study’s lead author, doctoral candidate Ada Lind, said, “WORDS come here”.",
        "Ada Lind said the loss was hard, but they have to go on: “WORDS come here”.",
    ],
)
def test_english_words_before_and_behind_quotations(text: str) -> None:
    assert [(speaker, words.rstrip("!")) for speaker, words in quotes(text)] == [
        ("Ada Lind", "WORDS come here")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lind said Bo was right; however, the plan was “more than a scrap”, she added.",
        "The plan is “more than anybody hoped for,” Ada Lind told the board on Friday.",
        "The Post quoted Ada Lind, a former director at Nord, as saying “we are not surprised”.",
        "Ada Lind has filed a bill, when asked to explain it, stating “we are not surprised”.",
    ],
)
def test_english_words_with_their_speaker_far_away(text: str) -> None:
    assert [speaker for speaker, _ in quotes(text)] == ["Ada Lind"]


def test_a_semicolon_parts_who_speaks() -> None:
    text = "Ada Lind said they should mend the “old pier”; it was “very late”, Bo Ross said."
    assert quotes(text) == [("Ada Lind", "old pier"), ("Bo Ross", "very late")]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("North Korean Foreign Minister Ri Yong Ho left. Ri said it was late.", "KP"),
        # two of one first name, and a first name that many bear
        ("North Korean leader Kim Jong Un met minister Kim Yo Jong. Kim said it was late.", None),
        ("Norwegian Foreign Minister Ada Lind left. Adam said it was late.", None),
    ],
)
def test_a_first_name_may_be_the_family_s(text: str, actor: str | None) -> None:
    said = extract(text, "en", actors=ACTORS).statements
    assert [statement.actor for statement in said] == [actor]


def test_the_official_is_who_holds_the_office_and_spoke_last() -> None:
    text = "Ada Lind, chief of the Nord agency, agreed it was late. The official said it was dark."
    assert [speaker for speaker, _ in reported(text)][-1:] == ["Ada Lind"]
    text = "Ada Lind, a singer, said it was late. The official said it was dark."
    assert [speaker for speaker, _ in reported(text)] == ["Ada Lind"]
    text = "Ada Lind, chief of the agency, said it was late. A man left. The official said so."
    assert [speaker for speaker, _ in reported(text)] == ["Ada Lind"]


def test_a_body_by_name_endorses_in_the_passive() -> None:
    text = "The plan has been endorsed by the Dockers Union Congress as a way ahead."
    assert reported(text) == [("Dockers Union Congress", text)]


@pytest.mark.parametrize(
    "text",
    [
        "Bo Ross was told by the mayor, and later by Kim Moor, of a fire. He was told by Captain "
        "Ada Lind of “hardly forty people under the roof”.",
        "Talks ended over the “late wish to do without us,” Ada Lind, the mayor, said on Friday.",
        "“We have a problem here,” Ada Lind, head of the Federation of Nord Firms (FNF) said.",
        "Ada Lind met Bo Ross and Kim Moor and added: “We have a problem here”.",
        "Ada Lind explained that while ships often turn there “hardly any are seen again”.",
        "It was late. Lind has filed a bill on the port, stating “hardly any ship is seen again”. "
        "On Friday Lind left with Ada Lind.",
    ],
)
def test_english_speakers_with_much_around_them(text: str) -> None:
    assert [speaker.removeprefix("Ada ") for speaker, _ in quotes(text)] == ["Lind"]


def test_two_verbs_of_one_speaker_have_a_quotation_each() -> None:
    text = "Ada Lind tweeted “Saddened by the loss of lives” and offered “condolences to all”."
    assert quotes(text) == [
        ("Ada Lind", "Saddened by the loss of lives"),
        ("Ada Lind", "condolences to all"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # a board's name
        "The plan was condemned by the board of “Nord and Sons of Easton”.",
        # the first word has its capital from its place
        "Thieves stole a bag near the port, saying “hardly any ship is seen again”.",
        # who left is who may have added
        "Ada Lind saw the ship and Bo Ross left the pier and added: “We have a problem here”.",
        # of a name, not of who is in front of it
        "Ada Lind, the “friend of the port” Bo Ross and others said so.",
    ],
)
def test_english_words_around_others_are_nobodys(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("The pier was closed for a week, ABC reported.", "ABC"),
        ("On Monday, the Associated Press reported that the pier was closed.", "Associated Press"),
        ("According to the BBC, the pier was closed.", "BBC"),
        ("The pier was closed, according to The Guardian.", "The Guardian"),
    ],
)
def test_media_tell_what_nobody_else_does(text: str, medium: str) -> None:
    [said] = extract(text, "en", actors=ACTORS).statements
    assert (said.speaker, said.actor, said.kind) == (medium, None, StatementKind.REPORTED)


@pytest.mark.parametrize(
    "text",
    [
        "The press reported that the pier was closed.",
        "According to Twitter, the pier was closed.",
        # whom a medium cites are others, and whom it asks
        "The BBC cited Ada Lind, chief of the port, as saying the pier was closed.",
        "Reuters asked the port why the pier was closed.",
        # a name of somebody
        "Ada Forbes ran for mayor. On Monday, Forbes reported a loss.",
        # where it is told
        "The pier was closed, a man told CNN.",
    ],
)
def test_media_that_tell_nothing_themselves_are_no_speakers(text: str) -> None:
    media = {"press", "Twitter", "BBC", "Reuters", "Forbes", "CNN"}
    assert not media & {s.speaker for s in extract(text, "en", actors=ACTORS).statements}


def test_what_media_pass_on_is_theirs_whom_they_quote() -> None:
    text = "Ada Lind said the pier was closed, CNN reported."
    assert [speaker for speaker, _ in reported(text)] == ["Ada Lind"]
