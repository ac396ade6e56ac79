"""A publisher and a view of a data folder, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.databases import url_of
from tests.vectorstore.store import briefing, catalogued, indexed
from vectorstore.catalog import Catalog
from vectorstore.corpus import Corpus, View
from vectorstore.domain import Briefing, Tier
from vectorstore.publisher import Publisher

BASE = (
    briefing("a", "Ministers met in Vienna.", "They signed an agreement."),
    briefing("b", "Floods closed the railway.", tier=Tier.SUBSCRIBERS),
    briefing("c", "Les pourparlers ont repris.", language="fr"),
)


@contextmanager
def publisher(data: Path) -> Iterator[Publisher]:
    with closing(Catalog.open(data, url_of(data))) as catalog:
        yield Publisher(data, catalog)


@contextmanager
def view(data: Path) -> Iterator[View]:
    with closing(Corpus(data, url_of(data))) as corpus, corpus.view() as lent:
        yield lent


def held(data: Path) -> dict[str, Briefing]:
    """What is published, by id; asserts that the index holds that and nothing else."""
    with view(data) as lent:
        assert indexed(lent) == catalogued(lent)
        lent.index.verify()
        return {each.briefing.id: each.briefing for each in lent.documents.values()}


def folders(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "index").iterdir())
