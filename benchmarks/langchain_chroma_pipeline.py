"""The pipeline that tutorials teach: character chunks in LangChain's Chroma; knows none of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

# The figures of LangChain's own tutorials for RecursiveCharacterTextSplitter.
CHUNK, OVERLAP = 1000, 200
SEPARATORS = ("\n\n", "\n", " ")


def chunks(text: str) -> Iterator[str]:
    """Pieces of at most 1000 characters, 200 of them shared with the piece before."""
    start = 0
    while start < len(text):
        end = _break(text, start, min(start + CHUNK, len(text)))
        yield text[start:end].strip()
        if end == len(text):
            return
        start = _word(text, max(start + 1, end - OVERLAP), end)


def _break(text: str, start: int, end: int) -> int:
    """The last separator of the coarsest kind in the second half of the chunk, else ``end``."""
    if end == len(text):
        return end
    found = (text.rfind(separator, start + CHUNK // 2, end) for separator in SEPARATORS)
    return next((at for at in found if at > 0), end)


def _word(text: str, start: int, end: int) -> int:
    at = text.find(" ", start, end)
    return start if at < 0 else at + 1


class Pipeline:
    """One collection over the texts of some rows, and one for each of their languages."""

    def __init__(self, rows: Sequence[dict[str, Any]], embeddings: Embeddings, folder: Path):
        cut = [(row, chunk) for row in rows for chunk in chunks(row["text"])]
        self._embeddings = embeddings
        self._folder = folder
        self._all = self._store("all", cut)
        # The languages' collections take the vectors that are made, instead of making them again.
        held = self._all.get(include=["embeddings", "documents", "metadatas"])
        self._languages: dict[str, Chroma] = {}
        for language in sorted({row["lang"] for row in rows}):
            own = [i for i, about in enumerate(held["metadatas"]) if about["lang"] == language]
            store = Chroma(f"only-{language}", embeddings, persist_directory=str(folder / language))
            store._collection.upsert(
                ids=[held["ids"][i] for i in own],
                embeddings=[held["embeddings"][i] for i in own],
                documents=[held["documents"][i] for i in own],
                metadatas=[held["metadatas"][i] for i in own],
            )
            self._languages[language] = store

    def search(self, question: str, language: str | None, limit: int) -> list[str]:
        """Ids of the rows that the nearest chunks are from, best first; in one language or all."""
        store = self._languages[language] if language else self._all
        found = store.similarity_search(question, k=limit)
        return [document.metadata["id"] for document in found]

    def _store(self, name: str, cut: Sequence[tuple[dict[str, Any], str]]) -> Chroma:
        return Chroma.from_texts(
            [chunk for _, chunk in cut],
            self._embeddings,
            metadatas=[{"id": row["id"], "lang": row["lang"]} for row, _ in cut],
            collection_name=name,
            persist_directory=str(self._folder / name),
        )
