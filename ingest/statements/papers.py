"""What papers say whose issuer the sentence names; knows their frames, not quotations.

"Lind released a statement saying …", "… a letter to the board which read: “…”", "Lind a publié un
communiqué affirmant que …".
"""

from __future__ import annotations

import re

from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.subjects import subject_before
from vectorstore.actors import Actors

_ISSUED = frozenset(
    ("released", "releases", "issued", "issues", "published", "publishes", "posted", "posts",
     "sent", "sends", "gave", "gives", "delivered", "delivers", "made", "makes", "shared",
     "shares", "put out", "circulated", "tweeted", "read", "publié", "diffusé", "émis", "adressé",
     "envoyé", "posté", "signé", "lu", "rendu", "fait parvenir")
)  # fmt: skip
_SAYS = frozenset(("read", "reads", "said", "says", "stated", "states"))
# "released | a joint statement on the talks, | saying", "… | which | read"
_PAPERS = {
    "en": re.compile(r"(?P<verb>[wV])D?[JAwC]{0,3}n[^VveQKWL;:.]{0,14}(?P<relative>,?[WL])?$"),
    "fr": re.compile(r"(?P<verb>[we])m*[Dw]{0,2}[JAw]{0,2}n[^VveQKWL;:.,]{0,6}(?P<relative>W)?$"),
}


def issued(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """The issuer of the paper whose words the verb or gerund at ``at`` tells, if there is one."""
    if sentence.language == "ru":
        return None
    paper = _PAPERS[sentence.language].search(sentence.letters[:at])
    finite = sentence.letters[at] in "Ve"
    if paper is None or finite != bool(paper["relative"]):
        return None
    if finite and sentence.tokens[at].text.lower() not in _SAYS:
        return None
    verb = paper.start("verb")
    if sentence.tokens[verb].text.lower() not in _ISSUED:
        return None
    gerund = sentence.tokens[at].text.lower()
    if sentence.language == "fr" and (finite or gerund.startswith("en ")):
        return None  # "a publié un communiqué en rappelant que …": said besides
    while verb and sentence.letters[verb - 1] in "Hm":
        verb -= 1
    subject = subject_before(sentence, verb, actors)
    if subject is None:
        return None
    speaker, start = subject
    return Link(speaker=speaker, cue_at=at, cue_end=at + 1, start=start, end=at + 1)
