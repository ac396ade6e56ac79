"""``python -m ingest`` with the scripted encoder in place of the model, to be seconds faster."""

from __future__ import annotations

import sys

from ingest.__main__ import main
from tests.vectorstore.store import HashEncoder
from vectorstore import embeddings
from vectorstore.model import Model, open_model
from vectorstore.settings import StoreSettings


class Scripted(HashEncoder):
    """The scripted encoder under a model's name."""

    def __init__(self, model: Model) -> None:
        super().__init__(model.identity)


def use() -> None:
    """From now on let this process embed with the scripted encoder."""

    def open_scripted(settings: StoreSettings) -> Scripted:
        return Scripted(open_model(settings))

    embeddings.SentenceEmbeddings = Scripted  # type: ignore[assignment,misc] # a stand-in for the class
    embeddings.open_embeddings = open_scripted  # type: ignore[assignment] # for its opener, too


if __name__ == "__main__":
    use()
    sys.exit(main(sys.argv[1:]))
