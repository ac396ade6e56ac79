"""What indexing and searching take, against the LangChain and Chroma pipeline that tutorials teach.

Both embed with the same weights. How well they find is measured by ``benchmarks.evaluate``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import texts
from benchmarks.figures import Figure
from benchmarks.interview import opened
from benchmarks.langchain_chroma_pipeline import Pipeline
from benchmarks.retrieval import Searching
from benchmarks.texts import Row
from benchmarks.workshop import Workshop
from vectorstore.retriever import QueryEncoder

SETS = ("ntrex_news", "wikinews_fr", "wikinews_en", "xquad_r_en_ru")
LIMIT = 5


def speed(workshop: Workshop) -> Iterator[Figure]:
    """Seconds to index each set with a loaded model, milliseconds to find five passages."""
    for name in SETS:
        with TemporaryDirectory(dir=workshop.folder) as folder:
            yield from _of_set(workshop, name, Path(folder))


def _of_set(workshop: Workshop, name: str, folder: Path) -> Iterator[Figure]:
    data_dir, publishing = workshop.of_set(name)
    began = time.perf_counter()
    plain = Pipeline(texts.rows(name, "corpus"), workshop.encoder, folder)
    indexing = time.perf_counter() - began
    yield Figure(
        section="tutorial",
        what=f"{name}: indexing with a loaded model, statements included",
        value=publishing,
        unit="s",
        against=indexing,
        baseline="Chroma.from_texts",
    )
    asked = texts.sampled_questions(name)
    with opened(data_dir, workshop.encoder) as ours:
        yield Figure(
            section="tutorial",
            what=f"{name}: search with the question's embedding, mean of {len(asked):,}",
            value=_mean_ms(ours, asked, workshop.encoder),
            unit="ms",
            against=_mean_ms(plain, asked, workshop.encoder),
            baseline="similarity_search",
        )


def _mean_ms(system: Searching, asked: Sequence[Row], encoder: QueryEncoder) -> float:
    began = time.perf_counter()
    for row in asked:
        question = row["question"]
        system.search(question, encoder.encode_query(question), None, LIMIT)
    return 1000 * (time.perf_counter() - began) / len(asked)
