"""The pipeline that tutorials teach: character chunks in LangChain's Chroma; knows none of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from benchmarks.scores import Piece
from vectorstore.domain import Span
from vectorstore.publication import Vectors

# The figures of LangChain's own tutorials for RecursiveCharacterTextSplitter.
CHUNK, OVERLAP = 1000, 200
SEPARATORS = ("\n\n", "\n", " ")


def chunks(text: str) -> Iterator[Span]:
    """Pieces of at most 1000 characters, 200 of them shared with the piece before."""
    start = 0
    while start < len(text):
        end = _break(text, start, min(start + CHUNK, len(text)))
        yield _stripped(text, start, end)
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


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start=start + len(piece) - len(piece.lstrip()), end=start + len(piece.rstrip()))


class Pipeline:
    """One collection over the texts of some rows, and one for each of their languages.

    A folder that holds them already is opened as it is.
    """

    def __init__(self, rows: Sequence[dict[str, Any]], embeddings: Embeddings, folder: Path):
        self._embeddings = embeddings
        self._folder = folder
        self._pieces = {row["id"]: list(chunks(row["text"])) for row in rows}
        languages = sorted({row["lang"] for row in rows})
        made = folder / "made"
        if not made.exists():
            self._make(rows, languages)
            made.touch()
        self._all = self._opened("all")
        self._languages = {language: self._opened(f"only-{language}") for language in languages}

    def search(
        self,
        question: str,  # noqa: ARG002 - it looks for no words
        vector: Vectors,
        language: str | None,
        limit: int,
    ) -> list[Piece]:
        """The chunks nearest to a question's vector, best first; in one language or in all."""
        store = self._languages[language] if language else self._all
        return [
            Piece(
                document=found.metadata["id"],
                span=Span(start=found.metadata["start"], end=found.metadata["end"]),
                text=found.page_content,
            )
            for found in store.similarity_search_by_vector(vector.tolist(), k=limit)
        ]

    def pieces(self, document: str) -> list[Span]:
        """Where the chunks of a text lie in it."""
        return self._pieces[document]

    def _make(self, rows: Sequence[dict[str, Any]], languages: Sequence[str]) -> None:
        cut = [(row, span) for row in rows for span in self._pieces[row["id"]]]
        whole = Chroma.from_texts(
            [span.of(row["text"]) for row, span in cut],
            self._embeddings,
            metadatas=[
                {"id": row["id"], "lang": row["lang"], "start": span.start, "end": span.end}
                for row, span in cut
            ],
            collection_name="all",
            persist_directory=str(self._folder / "all"),
        )
        # The languages' collections take the vectors that are made, instead of making them again.
        held = whole.get(include=["embeddings", "documents", "metadatas"])
        for language in languages:
            own = [i for i, about in enumerate(held["metadatas"]) if about["lang"] == language]
            self._opened(f"only-{language}")._collection.upsert(
                ids=[held["ids"][i] for i in own],
                embeddings=[held["embeddings"][i] for i in own],
                documents=[held["documents"][i] for i in own],
                metadatas=[held["metadatas"][i] for i in own],
            )

    def _opened(self, name: str) -> Chroma:
        return Chroma(name, self._embeddings, persist_directory=str(self._folder / name))
