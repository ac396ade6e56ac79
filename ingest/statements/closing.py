"""The only speaker of a sentence, named at its end ("It is the “key” to peace, he said.").

Knows where words stand, not whose quotations they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.statements.link import Link
from ingest.statements.russian import names_group
from ingest.statements.sentence import Sentence

HEARERS = "[mwtgDNaMCR]*"  # "he said | to the board on Friday"
_TAIL = {
    "en": re.compile(rf"{HEARERS}\.*"),
    **dict.fromkeys(("fr", "ru"), re.compile(r"[.m]*")),
}
_WHICH = re.compile(r",W[^,;:]*,")  # "The bill, which many reject, is “…”, X said"
_NOUN = re.compile(r"(?<=D)e")  # French "une reprise"


def closing(sentence: Sentence, at: int, links: Sequence[Link], *, title: bool) -> Link | None:
    """The one who tells the clause with the quotation at ``at``; None where others speak in it.

    A semicolon begins a clause. ``title`` says that the quotation may be a Russian title.
    """
    letters = sentence.letters
    first = letters.rfind(";", 0, at) + 1
    links = [link for link in links if min(link.start, link.cue_at) >= first]
    if not links or any(link.speaker != links[0].speaker for link in links):
        return None
    link = links[-1]
    begin, end = min(link.start, link.cue_at), max(link.end, link.cue_end)
    ends = _TAIL[sentence.language].fullmatch(letters, end)
    scrap = sentence.language == "ru" and not title
    if scrap and names_group(sentence, at):
        return None
    dashed = scrap and letters[begin - 2 : begin] == ",-"
    comma = letters[begin - 1] == "," or ends_in_comma(sentence, begin - 1)
    apart = begin > at and (comma or dashed)
    told = _WHICH.sub("", _NOUN.sub("w", letters[first:at] + letters[at + 1 : begin]))
    told = told[2:] if sentence.language == "en" and told[:2] == "K," else told  # "However, …"
    return link if ends and apart and not set(told) & set("VeSWK:;.LZz") else None


def ends_in_comma(sentence: Sentence, at: int) -> bool:
    """Whether a quotation has the comma inside its marks (It was “a mistake,” he said)."""
    quotation = sentence.tokens[at].quotation
    end = quotation.span.end if quotation else 0
    return quotation is not None and sentence.body[end : end + 1] == ","
