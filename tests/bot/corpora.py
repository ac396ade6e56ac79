"""Published corpora to ask, and the promises that every answer of theirs has to keep."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from bot.answering import Newsroom
from bot.domain import Answer, Citation, LineKind
from ingest.__main__ import main as ingest
from tests.bot.browser import resolved
from vectorstore.actors import Actors
from vectorstore.corpus import Corpus
from vectorstore.domain import StatementKind, Tier
from vectorstore.embeddings import SentenceEmbeddings

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "ingest" / "samples"
SEEDS = ROOT.parent / "shared" / "seeds"
PUBLIC = frozenset({Tier.PUBLIC})
EVERYTHING = frozenset(Tier)
TODAY = date(2024, 6, 15)


def publish(data_dir: Path, *sources: Path) -> Path:
    """Ingest ``sources`` through the editors' own door; returns ``data_dir``."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        patch.chdir(data_dir)  # a developer's .env is none of the tests' business
        patch.setenv("DATA_DIR", str(data_dir))
        assert ingest([str(source) for source in sources]) == 0
    return data_dir


def rows(path: Path, some: Sequence[Mapping[str, object]]) -> Path:
    """Write ``some`` as a ``.jsonl`` source."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(json.dumps(row) for row in some), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Desk:
    """A newsroom over one corpus, whose answers are checked before a test sees them."""

    newsroom: Newsroom
    corpus: Corpus
    data_dir: Path

    def ask(
        self,
        question: str,
        *,
        tiers: frozenset[Tier] = PUBLIC,
        language: str = "en",
        today: date = TODAY,
        before: Answer | None = None,
    ) -> Answer:
        """The answer, after `keeps_its_promises`; ``before`` is the answer that it follows."""
        answer = self.newsroom.answer(
            question,
            tiers=tiers,
            language=language,
            today=today,
            before=before.asked if before else None,
        )
        keeps_its_promises(answer, self.corpus, tiers)
        return answer


@contextmanager
def opened(data_dir: Path, embeddings: SentenceEmbeddings) -> Iterator[Desk]:
    """A desk over what is published in ``data_dir``."""
    corpus = Corpus(data_dir)
    yield Desk(Newsroom(corpus, embeddings, Actors.load()), corpus, data_dir)
    corpus.close()


def keeps_its_promises(answer: Answer, corpus: Corpus, tiers: frozenset[Tier]) -> None:
    """What holds of every answer, whatever was asked."""
    assert answer.found == bool(answer.lines)
    assert (answer.reason is None) == answer.found
    carried = [number for line in answer.lines for number in (line.citation, *line.also)]
    assert set(carried) == set(range(1, len(answer.citations) + 1))
    assert [citation.number for citation in answer.citations] == list(
        range(1, len(answer.citations) + 1)
    )
    with corpus.view() as view:
        for citation in (*answer.citations, *answer.nearest):
            document = view.documents[citation.version]
            assert document.briefing.id == citation.briefing
            assert document.briefing.tier in tiers
            assert document.briefing.text[citation.start : citation.end] == citation.quote
            before = len(citation.title) + 1
            assert resolved(citation.link, f"{citation.title}\n{document.briefing.text}") == (
                citation.start + before,
                citation.end + before,
            )
        for line in answer.lines:
            citation = answer.citations[line.citation - 1]
            document = view.documents[citation.version]
            assert line.text == citation.quote
            assert line.speaker in document.briefing.text
            if line.kind is LineKind.PASSAGE:
                assert not line.speaker
                assert not line.actor
                quotes = [s for s in document.statements if s.kind is StatementKind.QUOTE]
                for statement in quotes:
                    inside = statement.span.start < citation.end > citation.start
                    if inside and citation.start < statement.span.end:
                        assert statement.attribution.of(document.briefing.text) in line.text


def cited(answer: Answer) -> list[Citation]:
    """Everything the answer shows a piece of."""
    return [*answer.citations, *answer.nearest]


def environment(data_dir: Path, **more: str) -> dict[str, str]:
    """The environment of a product process that reads ``data_dir``."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {"LC_ALL", "LANG", "LOG_LEVEL"}
        and not name.startswith(("TELEGRAM_", "LLM_"))
    }
    return inherited | {"DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)} | more
