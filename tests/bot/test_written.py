"""What a model writes is shown sentence by sentence, and only what its evidence bears."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import Newsroom
from bot.writing import ModelWriter
from tests.bot.corpora import PUBLIC, TODAY, Desk
from tests.bot.telling import CORRIDOR, ScriptedModel, Told, is_shown
from vectorstore.actors import Actors
from vectorstore.embeddings import SentenceEmbeddings

CORRIDOR_FR = "Que dit la Turquie sur le corridor ferroviaire en mai 2024 ?"
ELECTION_RU = "Что сказала Россия?"
FLOOD = "How many people died in the flood?"
KNOW = "know the line “better than those who draw it on napkins”"
CONTROL = "control of the line was the business of Russian border guards"
INVEST = "ready to invest 12 billion roubles in the track"


@pytest.mark.parametrize(
    "sentence",
    [
        f"Nadezhda Krutoyarova said Russian railway workers {KNOW} [1].",
        "Russia's Foreign Ministry spokesperson Nadezhda Krutoyarova said on 16 May 2024 that “no "
        "press release will replace them” [2].",
        "“Our railway workers know this line better than those who draw it on napkins,” said "
        "Nadezhda Krutoyarova. [1]",
        "Nadezhda Krutoyarova stated: 'Our railway workers know this line better than those who "
        "draw it on napkins' [1]",
        f"Moscow said that {CONTROL} [3].",
        f"The Russian Foreign Ministry said {CONTROL} [3].",
        f"Arseny Polovtsev, Deputy Minister of Transport, announced that Russia was {INVEST} [4].",
        f"Russian Deputy Minister of Transport Arseny Polovtsev said Russia was {INVEST} [4].",
        f"According to Arseny Polovtsev, Russia is {INVEST} [4].",
        f"On 16 May 2024, Russia announced through Arseny Polovtsev that it was {INVEST} [4].",
        "Arseny Polovtsev announced that Russia was ready to invest 12,000,000,000 roubles [4].",
    ],
)
def test_what_the_evidence_says_is_shown(told: Told, sentence: str) -> None:
    answer = told(CORRIDOR, sentence)
    assert is_shown(answer)
    assert len(answer.lines) == len(answer.citations) == 1
    assert "[" not in answer.lines[0].text


@pytest.mark.parametrize(
    ("question", "language", "sentence"),
    [
        (CORRIDOR_FR, "fr", "La Turquie se réjouit de l’annonce [1]."),
        (CORRIDOR_FR, "fr", "Ankara a salué l’annonce [1]."),
        (
            CORRIDOR_FR,
            "fr",
            "Pour Orhan Taşdelenoğlu, ministre turc des Transports, «\u00a0le premier train "
            "quittera Kars avant la fin de 2025\u00a0» [2].",
        ),
        (
            CORRIDOR_FR,
            "fr",
            "Selon Orhan Taşdelenoğlu, ceux qui parlent de « corridor de la discorde » seront "
            "invités à bord [2].",
        ),
        (
            CORRIDOR_FR,
            "fr",
            "« le premier train quittera Kars », a déclaré Orhan Taşdelenoğlu [2].",
        ),
        (ELECTION_RU, "ru", "Кирилл Ставроградский предложил пригласить наблюдателей от СНГ [3]."),
        (
            ELECTION_RU,
            "ru",
            "По словам Надежды Крутояровой, это «уже не миссия, а оккупация скамеек» [2].",
        ),
        (
            FLOOD,
            "en",
            "According to the Emergency Management Service, seven people died on the Georgian side "
            "and four are missing [1].",
        ),
        (FLOOD, "en", "The UN puts the number of displaced people at 3 100 [1]."),
    ],
)
def test_three_languages_are_told(told: Told, question: str, language: str, sentence: str) -> None:
    assert is_shown(told(question, sentence, language))


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("Brechtje Oosterveen, EU ambassador to Georgia, called it “small in size” [1].", True),
        ("The EU ambassador to Georgia called it “small in size” [1].", True),
        ("For the EU ambassador to Georgia, it is “small in size” [1].", True),
        ("The EU and Georgia called it “small in size” [1].", False),
        ("Georgia called it “small in size” [1].", False),
        ("Georgia's EU ambassador called it “small in size” [1].", False),
        ("The EU ambassador said that Georgia called it “small in size” [1].", False),
    ],
)
def test_a_country_in_a_role_does_not_speak(told: Told, sentence: str, shown: bool) -> None:
    assert is_shown(told("What did the EU say about the election?", sentence)) == shown


LIES = {
    "nothing cited": f"Moscow said that {CONTROL}.",
    "no such number": f"Moscow said that {CONTROL} [9].",
    "one number of two": f"Moscow said that {CONTROL} [3][9].",
    "number nought": f"Moscow said that {CONTROL} [0].",
    "the wrong number": f"Moscow said that {CONTROL} [4].",
    "an unknown person": f"Maria Ivanova said railway workers {KNOW} [1].",
    "an unknown first name": f"Maria Krutoyarova said railway workers {KNOW} [1].",
    "another actor": f"Turkey said railway workers {KNOW} [1].",
    "another of the actor's speakers": f"Arseny Polovtsev said railway workers {KNOW} [1].",
    "two speakers": f"Nadezhda Krutoyarova said Russia was {INVEST} [1][4].",
    "a joint speaker": f"Armenia and Russia said {CONTROL} [3].",
    "a speaker within": f"Russia said that Turkey announced that {CONTROL} [3].",
    "opponents": f"Russia's opponents said {CONTROL} [3].",
    "critics of": f"Critics of Russia said {CONTROL} [3].",
    "the opposition": f"The Russian opposition said {CONTROL} [3].",
    "critics after a quotation": "“no press release will replace them”, said critics of "
    "Russia [2].",
    "critics according": f"According to Russia's critics, {CONTROL} [3].",
    "a pronoun": f"She said that {CONTROL} [3].",
    "those who": f"Those that Russia accused said {CONTROL} [3].",
    "a higher office": f"President Nadezhda Krutoyarova said {CONTROL} [3].",
    "another body": f"The Kremlin said {CONTROL} [3].",
    "a person as an object": f"Russia told Sergei Lavrov that {CONTROL} [3].",
    "an altered quotation": "Nadezhda Krutoyarova said workers know it “better than you” [1].",
    "an extended quotation": (
        "Nadezhda Krutoyarova said railway workers “know this line better than those who draw it "
        "on napkins every day” [1]."
    ),
    "reported words as quoted": f"Moscow said “{CONTROL}” [3].",
    "half a word": "Nadezhda Krutoyarova said workers know it “better than those who draw it on "
    "nap” [1].",
    "less its negation": "Nadezhda Krutoyarova said a press release “will replace them” [2].",
    "an open quotation": "Nadezhda Krutoyarova said: “Our railway workers know this line [1].",
    "another figure": "Arseny Polovtsev announced that Russia would invest 13 billion roubles [4].",
    "millions for billions": f"Arseny Polovtsev announced it was {INVEST} [4].".replace(
        "billion", "million"
    ),
    "a share": "Arseny Polovtsev announced that Russia was ready to invest 12% of roubles [4].",
    "a figure in words": "Arseny Polovtsev announced two times that Russia was ready [4].",
    "another day": f"Nadezhda Krutoyarova said on 17 May 2024 that {CONTROL} [3].",
    "another year": f"Nadezhda Krutoyarova said on 16 May 2023 that {CONTROL} [3].",
    "another month": f"Nadezhda Krutoyarova said in April that {CONTROL} [3].",
    "the reverse": f"Arseny Polovtsev announced that Russia was not {INVEST} [4].",
    "an opinion as a fact": f"Russia is {INVEST} [4].",
    "nobody's opinion": "Control of the line is the business of Russian border guards [3].",
    "another object": f"Russia said {CONTROL} [3].".replace("Russian", "Armenian"),
    "an invention": "Russia hailed a historic breakthrough in friendship between peoples [3].",
    "another order": "Nadezhda Krutoyarova said that napkins draw railway workers better [1].",
    "a contrary verb": "Nadezhda Krutoyarova denied that “no press release will replace them” [2].",
    "another stance": f"Russia condemned that {CONTROL} [3].",
    "another speaker's office": f"The Russian Foreign Ministry said {CONTROL} [3][4].",
    "a link": f"Russia said {CONTROL}, see https://evil.example [3].",
    "a hidden link": f"Russia said [{CONTROL}](http://evil.example) [3].",
    "markup": f"Russia said **{CONTROL}** [3].",
    "a tag": f"Russia said <b>{CONTROL}</b> [3].",
    "a control character": f"Russia said \u202e{CONTROL} [3].",
    "too long": f"Russia said {CONTROL}, {'border guards of the line, ' * 20} [3].",
    "another language": "La Russie a déclaré que le contrôle de la ligne relevait des gardes [3].",
    "another script": "俄罗斯表示控制铁路 俄罗斯表示 控制铁路 [3].",
    "no sentence": "Russia [3].",
    "a list of sources": f"[3] Russia said {CONTROL}.",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES.keys())
def test_a_lie_is_dropped_and_the_truth_beside_it_kept(told: Told, lie: str) -> None:
    truth = f"Moscow said that {CONTROL} [3]."
    answer = told(CORRIDOR, f"{lie}\n{truth}")
    assert [line.text for line in answer.lines] == [f"Moscow said that {CONTROL}."]


@pytest.mark.parametrize(
    ("question", "language", "lie"),
    [
        (CORRIDOR_FR, "fr", "La Turquie ne se réjouit pas de l’annonce [1]."),
        (CORRIDOR_FR, "fr", "La Russie se réjouit de l’annonce [1]."),
        (CORRIDOR_FR, "fr", "Les adversaires de la Turquie se réjouissent de l’annonce [1]."),
        (CORRIDOR_FR, "fr", "Il se réjouit de l’annonce [1]."),
        (CORRIDOR_FR, "fr", "Selon Moscou, le premier train quittera Kars [2]."),
        (CORRIDOR_FR, "fr", "Selon Orhan Taşdelenoğlu, le train quittera Kars fin 2026 [2]."),
        (CORRIDOR_FR, "fr", "Orhan Taşdelenoğlu a dit : « le dernier train quittera Kars » [2]."),
        (CORRIDOR_FR, "fr", "Le président Orhan Taşdelenoğlu a annoncé le premier train [2]."),
        (ELECTION_RU, "ru", "Сергей Лавров предложил пригласить наблюдателей от СНГ [3]."),
        (ELECTION_RU, "ru", "Президент России сказал: «наблюдает лишь то, за чем приехала» [1]."),
        (ELECTION_RU, "ru", "Надежда Крутоярова сказала: «за чем пришла» [1]."),
        (ELECTION_RU, "ru", "Она заявила, что это «уже не миссия» [2]."),
        (ELECTION_RU, "ru", "Грузия заявила, что это «уже не миссия» [2]."),
        (ELECTION_RU, "ru", "Противники России заявили, что это «уже не миссия» [2]."),
        (ELECTION_RU, "ru", "Надежда Крутоярова говорит о сорока наблюдателях [2]."),
        (FLOOD, "en", "Seven people died [1]."),
        (FLOOD, "en", "The UN says seven people died on the Georgian side [1]."),
        (FLOOD, "en", "The Emergency Management Service counts eleven dead [1]."),
    ],
)
def test_a_lie_is_dropped_in_three_languages(
    told: Told, question: str, language: str, lie: str
) -> None:
    assert not is_shown(told(question, lie, language))


# ------------------------------------------------------------------- how an answer is made of it
def test_sentences_are_numbered_anew_by_what_they_cite(told: Told) -> None:
    before = told(CORRIDOR, None)
    answer = told(
        CORRIDOR,
        f"Arseny Polovtsev announced that Russia was {INVEST} [4]. Nonsense [1]. Nadezhda "
        "Krutoyarova said that Russian railway workers know the line and that “no press release "
        f"will replace them” [2][1].\n\nMoscow said that {CONTROL} [3].",
    )
    assert [(line.citation, line.also) for line in answer.lines] == [(1, ()), (2, (3,)), (4, ())]
    assert [citation.number for citation in answer.citations] == [1, 2, 3, 4]
    assert [c.quote for c in answer.citations] == [
        before.lines[number - 1].text for number in (4, 2, 1, 3)
    ]
    speakers = [(line.actor, line.speaker) for line in answer.lines]
    assert speakers == [
        ("RU", "Arseny Polovtsev"),
        ("RU", "Nadezhda Krutoyarova"),
        ("RU", "Nadezhda Krutoyarova"),
    ]


def test_a_sentence_said_twice_is_shown_once(told: Told) -> None:
    answer = told(CORRIDOR, f"Moscow said that {CONTROL} [3]. " * 3)
    assert len(answer.lines) == 1


def test_what_a_model_thinks_aloud_is_not_shown(told: Told) -> None:
    thought = f"<think>Moscow said that {CONTROL} [3].</think>"
    assert not is_shown(told(CORRIDOR, thought))
    assert is_shown(told(CORRIDOR, f"{thought}\nRussia said {CONTROL} [3]."))


def test_without_a_usable_sentence_the_words_themselves_are_the_answer(
    told: Told, samples: Desk
) -> None:
    extractive = samples.ask(CORRIDOR)
    for said in (None, "", "I cannot help with that.", "{}"):
        answer = told(CORRIDOR, said)
        assert answer.fallback
        assert (answer.lines, answer.citations) == (extractive.lines, extractive.citations)


def test_a_model_is_not_asked_when_nothing_is_found(
    samples: Desk, embeddings: SentenceEmbeddings
) -> None:
    model, actors = ScriptedModel(f"Moscow said that {CONTROL} [1]."), Actors.load()
    newsroom = Newsroom(samples.corpus, embeddings, actors, ModelWriter(model, actors.name))
    question = "who is the president of Brazil?"
    answer = newsroom.answer(question, tiers=PUBLIC, language="en", today=TODAY)
    assert (answer.found, answer.fallback, model.asked) == (False, False, ("", ""))


# ------------------------------------------------------------------- whatever a model writes
NAMES = {
    "Nadezhda Krutoyarova": {1, 2, 3},
    "Arseny Polovtsev": {4},
    "Russia": {1, 2, 3, 4},
    "The Russian Foreign Ministry": {1, 2, 3},
    "Turkey": set(),
    "Orhan Taşdelenoğlu": set(),
    "Sergei Lavrov": set(),
    "The opposition": set(),
    "She": set(),
    "": set(),
}
WORDS = re.split(
    " ",
    "Our railway workers know this line better than those who draw it on napkins and no press "
    "release will replace them control of the line was the business of Russian border guards "
    "Russia was ready to invest 12 billion roubles in the track 13 not Armenia never two % “ ” « »",
)
fragments = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
TRUTHS = {
    "control of the line was the business of Russian border guards": 3,
    "Russia was ready to invest 12 billion roubles in the track": 4,
    "railway workers know this line": 1,
    "“better than those who draw it on napkins”": 1,
    "“no press release will replace them”": 2,
    "“Our railway workers know this line”": 1,
}
VERBS = ["said that", "announced that", "said:", "denied that", "", "is"]


@st.composite
def sentences_of_a_model(draw: st.DrawFn) -> str:
    """A name and what it is made to say: true, half true or nonsense."""
    name, verb = draw(st.sampled_from(list(NAMES))), draw(st.sampled_from(VERBS))
    told, number = draw(st.sampled_from(list(TRUTHS.items())))
    more = draw(st.one_of(st.just(""), st.just(""), fragments))
    numbers = draw(st.one_of(st.just([number]), st.lists(st.integers(0, 6), max_size=2)))
    return f"{name} {verb} {told} {more}{''.join(f'[{n}]' for n in numbers)}."


def plainly(text: str) -> str:
    """Without the differences that may be between a quotation and its source."""
    return re.sub(r"\s+", " ", re.sub(r"[«»“”„\"‘’]", "'", text))


@settings(max_examples=150, deadline=None)
@given(st.lists(sentences_of_a_model() | st.text(), min_size=1, max_size=12))
def test_whatever_a_model_writes_what_is_shown_is_in_its_sources(
    told: Told, written: list[str]
) -> None:
    before = told(CORRIDOR, None)
    answer = told(CORRIDOR, "\n".join(written))
    sources = {citation.number: citation for citation in answer.citations}
    assert list(sources) == list(range(1, len(sources) + 1))
    known = {line.text: line.citation for line in before.lines}
    for line in answer.lines if is_shown(answer) else ():
        cited = [sources[number] for number in (line.citation, *line.also)]
        words = plainly(" ".join(source.quote for source in cited))
        for quoted in re.findall(r"“([^”]*)”|«([^»]*)»|\"([^\"]*)\"", line.text):
            assert plainly("".join(quoted).strip()) in words
        for figure in re.findall(r"\d+", line.text):
            assert figure in words
        name = next(name for name in NAMES if line.text.startswith(name))
        assert {known[source.quote] for source in cited} <= NAMES[name]
        assert "never" not in line.text
        assert "Armenia" not in line.text
