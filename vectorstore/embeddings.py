"""Turns passages and questions into unit vectors; knows nothing of where they are kept or found.

sentence-transformers and torch are imported by the first text that is encoded, not before.
"""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from vectorstore.domain import Span
from vectorstore.model import Model, open_model
from vectorstore.settings import StoreSettings
from vectorstore.weights import PROMPTS, EmbeddingError, Find, packaged

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

# Tokens in a batch, padding included. Passages a second on one core with 512/1024/2048/4096: 27/26/
# 23/19. On two cores 51, where SentenceTransformer.encode gives 40 (batches of 16) and 36 (of 32).
BATCH_TOKENS = 512

Vectors = NDArray[np.float32]
log = logging.getLogger(__name__)


class SentenceEmbeddings(Embeddings):
    """A sentence-transformers model, loaded at the first text; every vector has length one.

    May be used from several threads at once.
    """

    def __init__(self, origin: Model) -> None:
        self._origin = origin
        self._lock = Lock()
        self._model: SentenceTransformer | None = None

    @property
    def fingerprint(self) -> str:
        """Names the model that decides a vector; vectors of two fingerprints do not compare."""
        return self._origin.identity

    def load(self) -> SentenceTransformer:
        """The model, loaded now if it was not. Raises EmbeddingError when that cannot be done."""
        with self._lock:
            if self._model is None:
                self._model = _load(self._origin)
            return self._model

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """One row a text, in the texts' order; ``progress`` is told how many more are done."""
        if not texts:
            return np.empty((0, 0), np.float32)
        return np.concatenate(self.encode_parts(texts, [()] * len(texts), progress))

    def encode_parts(
        self,
        texts: Sequence[str],
        parts: Sequence[Sequence[Span]],
        progress: Callable[[int], None] | None = None,
    ) -> list[Vectors]:
        """For each text its vector, then one for each of its ``parts``, which it is read with.

        A part's vector is the mean of its own tokens: it costs nothing beyond reading the text,
        and says what the part means where it stands.
        """
        model = self.load()
        prompt = _prompt(model, "passage", "document", "corpus")
        with self._lock:
            tokens = [_tokens(model, prompt, text) for text in texts]
        batches = _batches([len(some) for some in tokens])

        def encode(batch: list[int]) -> list[Vectors]:
            read = self._read(model, [texts[i] for i in batch], prompt)
            return [
                _unit(
                    np.stack([whole, *(_mean(part, tokens[i], inner, whole) for part in parts[i])])
                )
                for i, (whole, inner) in zip(batch, read, strict=True)
            ]

        encoded: dict[int, Vectors] = {}
        pool = ThreadPoolExecutor(os.cpu_count())
        try:
            for batch, rows in zip(batches, pool.map(encode, batches), strict=True):
                encoded |= zip(batch, rows, strict=True)
                if progress:
                    progress(len(batch))
        finally:
            pool.shutdown(cancel_futures=True)  # an interrupted run does not finish the rest first
        return [encoded[position] for position in range(len(texts))]

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question."""
        vector: Vectors = self.encode_queries([text])[0]
        return vector

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The vectors of some questions, read together; one row a question, in their order."""
        model = self.load()
        read = self._read(model, list(texts), _prompt(model, "query"))
        return _unit(np.stack([whole for whole, _ in read]))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """``encode_passages`` as LangChain wants it."""
        vectors: list[list[float]] = self.encode_passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """``encode_query`` as LangChain wants it."""
        vector: list[float] = self.encode_query(text).tolist()
        return vector

    def _read(
        self, model: SentenceTransformer, texts: list[str], prompt: str
    ) -> list[tuple[Vectors, Vectors]]:
        """Each text's vector (d,) and those of its tokens (n, d)."""
        # The steps of SentenceTransformer.encode, without the 2 ms that it spends around them.
        import torch

        with self._lock:  # a tokenizer that is told to pad cannot be shared by threads
            features = model.preprocess(texts, prompt=prompt)
        with torch.inference_mode():
            read = model(features)
        wholes: Vectors = read["sentence_embedding"].float().numpy()
        inner: Vectors = read["token_embeddings"].numpy()
        real = read["attention_mask"].bool().numpy()
        return [(wholes[i], inner[i][real[i]]) for i in range(len(texts))]


def open_embeddings(settings: StoreSettings, find: Find = packaged) -> SentenceEmbeddings:
    """The embeddings that ``settings`` ask for; nothing is loaded or written yet."""
    return SentenceEmbeddings(open_model(settings, find))


def _batches(lengths: list[int]) -> list[list[int]]:
    """Positions of texts of like length, longest first, so that little of a batch is padding."""
    batches: list[list[int]] = []
    room = 0
    for position in sorted(range(len(lengths)), key=lambda i: (-lengths[i], i)):
        if room == 0:
            batches.append([])
            room = max(1, BATCH_TOKENS // lengths[position])
        batches[-1].append(position)
        room -= 1
    return batches


def _tokens(model: SentenceTransformer, prompt: str, text: str) -> list[Span]:
    """Where in ``text`` its tokens stand; the prompt's and the model's own are empty."""
    if not model.tokenizer.is_fast:  # it does not tell where
        return [Span(start=0, end=0)] * len(
            model.tokenizer(prompt + text, truncation=True)["input_ids"]
        )
    read = model.tokenizer(prompt + text, truncation=True, return_offsets_mapping=True)
    spans = ((start - len(prompt), end - len(prompt)) for start, end in read["offset_mapping"])
    return [Span(start=max(0, start), end=max(0, end)) for start, end in spans]


def _mean(part: Span, tokens: Sequence[Span], inner: Vectors, whole: Vectors) -> Vectors:
    """The mean of a part's tokens; the text's own vector where the model read none of them."""
    inside = [i for i, token in enumerate(tokens) if part.start < token.end <= part.end]
    if not inside or inner.shape != (len(tokens), len(whole)):
        return whole
    mean: Vectors = inner[inside].mean(axis=0)
    return mean


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


def _load(origin: Model) -> SentenceTransformer:
    folder = origin.locate()
    _import_libraries()
    gc.collect()  # a model that was let go is 500 MB of objects in a circle
    import torch
    from sentence_transformers import SentenceTransformer

    # Twice as fast as fp32, cosines to it .9999; without the CPU's support, a fifth as fast.
    bf16 = torch.cpu.get_capabilities().get("avx512_bf16", False)
    try:
        model = SentenceTransformer(
            str(folder),
            device="cpu",
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={
                "dtype": torch.bfloat16 if bf16 else torch.float32,
                "use_safetensors": True,
            },
        )
    except Exception as error:  # whatever a model that somebody named can make libraries raise
        raise EmbeddingError(
            f"The embedding model {origin.name} cannot be opened ({_first_line(error)}): "
            "set EMBEDDING_MODEL to a sentence-transformers model with safetensors weights, "
            "or leave it empty for the packaged model."
        ) from error
    if "e5" in Path(origin.name).name.lower() and not any(model.prompts.values()):
        model.prompts = dict(PROMPTS)
    model[0].register_forward_hook(_pool_in_fp32)
    return model.eval()


@cache
def _import_libraries() -> None:
    """Import the model libraries, without walking a million new objects: 1.5 s of 6.

    Once in a process: whatever is frozen stays, also a model that nobody uses any more.
    """
    gc.disable()
    try:
        import sentence_transformers  # noqa: F401 - what is used of it is imported where it is
        import torch
        from transformers.utils.logging import disable_progress_bar
    finally:
        gc.freeze()
        gc.enable()
    logging.getLogger("transformers").setLevel(logging.ERROR)
    disable_progress_bar()  # type: ignore[no-untyped-call] # the library's own
    # Texts are spread over cores here, not one text over all of them: with another process on
    # a core, two threads that wait for each other take 80-900 ms for a question, one takes 15.
    torch.set_num_threads(1)


def _pool_in_fp32(_module: object, _inputs: object, features: dict[str, Tensor]) -> None:
    features["token_embeddings"] = features["token_embeddings"].float()


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".:")


def _prompt(model: SentenceTransformer, *names: str) -> str:
    return next((prompt for name in names if (prompt := model.prompts.get(name))), "")
