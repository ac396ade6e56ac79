"""Questions that wait at the same time are embedded together, each with its own vector."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from vectorstore.batching import QueriesTogether, Vectors
from vectorstore.embeddings import SentenceEmbeddings


class Encoder:
    """Makes a vector of a text's length; its first batch waits until ``go`` is set."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun, self.go = threading.Event(), threading.Event()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        self.batches.append(list(texts))
        self.begun.set()
        assert self.go.wait(60)
        if "broken" in texts:
            raise ValueError
        return np.array([[len(text)] for text in texts], np.float32)


def test_those_who_come_while_one_is_embedded_are_embedded_together() -> None:
    encoder = Encoder()
    together = QueriesTogether(encoder)
    texts = ["x" * n for n in range(1, 21)]
    with ThreadPoolExecutor(20) as pool:
        first = pool.submit(together.encode_query, texts[0])
        assert encoder.begun.wait(60)
        rest = [pool.submit(together.encode_query, text) for text in texts[1:]]
        while len(together._waiting) < 19:
            pass
        encoder.go.set()
        assert [int(each.result()[0]) for each in (first, *rest)] == list(range(1, 21))
    assert [len(batch) for batch in encoder.batches] == [1, 16, 3]


def test_what_goes_wrong_with_one_batch_is_told_to_all_of_it_and_to_nobody_else() -> None:
    encoder = Encoder()
    encoder.go.set()
    together = QueriesTogether(encoder)
    with pytest.raises(ValueError):
        together.encode_query("broken")
    assert together.encode_query("whole")[0] == 5


def test_a_question_means_the_same_alone_and_among_others(embeddings: SentenceEmbeddings) -> None:
    questions = ["What did Russia say about the ceasefire?", "Qui ?", "Кто что сказал о Карабахе?"]
    together = embeddings.encode_queries(questions)
    alone = np.stack([embeddings.encode_query(question) for question in questions])
    assert ((together * alone).sum(axis=1) > 0.999).all()
