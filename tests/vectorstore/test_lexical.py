"""Words are found whatever their form, in their own language and shard, and only there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorstore.lexical import LexicalFile, copy_lexical_file, sounds, stems, terms

TEXTS = {
    "en": ("1", "The ministers signed agreements on railways.", "Talks in Vienna"),
    "fr": ("2", "Les ministres ont signé des accords ferroviaires.", "Discussions à Vienne"),
    "ru": ("3", "Министры подписали соглашения о железных дорогах.", "Переговоры в Вене"),
}


@pytest.fixture
def file(tmp_path: Path) -> Iterator[LexicalFile]:
    with closing(LexicalFile(tmp_path, writable=True)) as opened:
        for language, (id, text, title) in TEXTS.items():
            opened.insert(f"public-{language}", language, [(id, f"v{id}", title, text)])
        yield opened


def found(file: LexicalFile, question: str, language: str) -> list[str]:
    matches = file.matching(f"public-{language}", terms(question, language), 10)
    return [match.id for match in matches]


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Which minister is signing an agreement?"),
        ("en", "VIENNA"),
        ("fr", "Quel accord le ministre signe-t-il ?"),
        ("fr", "accord signe"),
        ("ru", "Какое соглашение подписал министр?"),
        ("ru", "железная дорога"),
        ("ru", "переговорам"),
    ],
)
def test_a_question_finds_the_words_in_other_forms(
    file: LexicalFile, language: str, question: str
) -> None:
    assert found(file, question, language) == [TEXTS[language][0]]


@pytest.mark.parametrize("question", ["", "   ", "the of and", "?!…", "pomegranate"])
def test_nothing_to_look_for_finds_nothing(file: LexicalFile, question: str) -> None:
    assert found(file, question, "en") == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("La sécurité de l'Élysée", "securite elysee"),
        ("Zürich hôpital naïf", "zurich hopital naif"),
        ("Les États ont déclaré", "etats declare"),
    ],
)
def test_a_question_typed_without_accents_finds_them(
    file: LexicalFile, text: str, typed: str
) -> None:
    file.insert("public-fr", "fr", [("a", "v", "", text)])
    for word in typed.split():
        assert found(file, word, "fr") == ["a"]


@pytest.mark.parametrize(
    ("printed", "asked"),
    [
        ("паводка", "паводок"),
        ("рынков", "рынок"),
        ("поставок", "поставки"),
        ("китайцев", "китаец"),
        ("украинцам", "украинец"),
    ],
)
def test_a_russian_vowel_that_comes_and_goes_parts_no_word(
    file: LexicalFile, printed: str, asked: str
) -> None:
    file.insert("public-ru", "ru", [("a", "v", "", f"Слово {printed} здесь")])
    assert found(file, asked, "ru") == ["a"]


def test_russian_words_of_one_syllable_stay_apart() -> None:
    assert len(terms("река рок", "ru")) == 2


def test_grammar_without_its_accents_is_grammar() -> None:
    assert terms("ou etaient les ministres, meme a l'ete ?", "fr") == terms(
        "où étaient les ministres, meme à l'ete ?", "fr"
    )


@pytest.mark.parametrize(
    ("language", "text", "question", "asked_in"),
    [
        ("en", "Pompeo told the Council so.", "Что сказал Помпео?", "ru"),
        ("ru", "Так заявил Гаджиев.", "What did Hajiyev say?", "en"),
        ("fr", "Selon Pachinian, c'est non.", "Что ответил Пашинян?", "ru"),
        ("en", "Pelosi said it.", "Что сказала Пелоси?", "ru"),
        ("ru", "Кеннеди промолчал.", "What did Kennedy say?", "en"),
        ("en", "In 1998 it rained.", "Что было в 1998 году?", "ru"),
    ],
)
def test_a_name_or_a_figure_is_found_from_another_language(
    file: LexicalFile, language: str, text: str, question: str, asked_in: str
) -> None:
    shard = f"public-{language}"
    file.insert(shard, language, [("n", "v", "", text)])
    matches = file.naming(shard, sounds(question, asked_in), 10)
    assert [match.id for match in matches] == ["n"]


def test_a_word_that_only_sounds_like_a_name_is_not_the_name(file: LexicalFile) -> None:
    file.insert("public-en", "en", [("n", "v", "", "The rice is cheap.")])
    assert file.naming("public-en", sounds("What did Rice say?", "en"), 10) == []


def test_the_letter_yo_may_be_left_out() -> None:
    assert stems("Королёв", "ru") == stems("Королев", "ru")
    assert stems("cafe\u0301", "fr") == stems("café", "fr")


@given(st.text(max_size=200), st.sampled_from(["en", "fr", "ru"]))
def test_no_question_is_a_syntax_error(text: str, language: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        for stem in (*terms(text, language), *sounds(text, language)):
            db.execute("SELECT * FROM t WHERE t MATCH ?", (f'"{stem}"',)).fetchall()


@pytest.mark.parametrize("text", ['"quoted"', "a* b^ c:d", "NEAR(x y)", "x AND", "-x", "it's"])
def test_the_words_of_the_search_language_are_words(file: LexicalFile, text: str) -> None:
    file.insert("public-en", "en", [("9", "v9", "t", text)])
    assert all(id == "9" for id in found(file, text, "en"))


def test_a_title_counts_more_than_the_text(file: LexicalFile) -> None:
    rows = [("t", "v", "Ceasefire", "Nothing on that here."), ("x", "v", "Day", "The ceasefire on")]
    file.insert("public-en", "en", rows)
    assert found(file, "ceasefire", "en") == ["t", "x"]


def test_a_word_of_every_passage_is_looked_for_only_when_it_stands_alone(
    file: LexicalFile,
) -> None:
    many = [(f"n{i}", f"v{i}", "", f"floods number{i}") for i in range(150)]
    file.insert("public-en", "en", many)
    assert found(file, "floods number7", "en") == ["n7"]
    assert found(file, "floods ministers", "en") == ["1"]
    assert len(found(file, "floods pomegranate", "en")) == 10


def test_a_search_among_some_ids_finds_no_other(file: LexicalFile) -> None:
    file.insert("public-en", "en", [(f"n{i}", f"v{i}", "", "floods") for i in range(9)])
    stemmed = terms("floods", "en")
    among = file.matching("public-en", stemmed, 10, ["n3", "n5", "absent"])
    assert {match.id for match in among} == {"n3", "n5"}
    assert file.matching("public-en", stemmed, 10, []) == []


def test_a_deleted_version_is_found_no_more(file: LexicalFile) -> None:
    file.insert("public-en", "en", [("a", "v9", "", "floods"), ("b", "v9", "", "Nord floods")])
    file.insert("public-en", "en", [("c", "v8", "", "Nord floods")])
    assert sorted(file.delete("public-en", ["v9", "absent"])) == ["a", "b"]
    assert found(file, "floods", "en") == ["c"]
    assert [match.id for match in file.naming("public-en", ["nord"], 9)] == ["c"]
    assert file.ids("public-en", ["v9"]) == []
    assert sorted(file.ids("public-en")) == ["1", "c"]


def test_rarity_counts_passages_not_words(file: LexicalFile) -> None:
    file.insert("public-en", "en", [("a", "v", "x", "rail rail"), ("b", "v", "x", "rail")])
    counts, total = file.holding("public-en", ["rail", "absent"])
    assert counts == {"rail": 2, "absent": 0}
    assert total == 3


def test_a_shard_that_does_not_exist_holds_nothing(file: LexicalFile) -> None:
    assert file.ids("subscribers-en") == []
    assert file.matching("subscribers-en", ["minist"], 5) == []
    assert file.holding("subscribers-en", ["minist"]) == ({}, 0)


def test_many_threads_may_read_one_file(tmp_path: Path) -> None:
    with closing(LexicalFile(tmp_path, writable=True)) as writer:
        writer.insert("public-en", "en", [(str(i), str(i), "", f"flood w{i}") for i in range(300)])
    with closing(LexicalFile(tmp_path)) as reader, ThreadPoolExecutor(8) as pool:

        def ask(number: int) -> bool:
            one = reader.matching("public-en", terms(f"w{number}", "en"), 3)
            return [match.id for match in one] == [str(number)] and bool(
                reader.holding("public-en", ["flood"])[0]["flood"] == 300
            )

        assert all(pool.map(ask, range(300)))


def test_a_file_for_reading_cannot_be_written_and_is_not_created(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        LexicalFile(tmp_path)
    LexicalFile(tmp_path, writable=True).close()
    with closing(LexicalFile(tmp_path)) as reader, pytest.raises(sqlite3.OperationalError):
        reader.insert("public-en", "en", [("1", "v", "", "word")])


def test_a_missing_file_is_not_copied_as_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "target").mkdir()
    with pytest.raises(sqlite3.OperationalError):
        copy_lexical_file(tmp_path / "source", tmp_path / "target")
    assert list((tmp_path / "source").iterdir()) == []
