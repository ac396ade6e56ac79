"""Whether a quotation that stands alone goes on with the words before it; knows no speakers.

Behind a quotation it does. Behind a sentence that only tells what somebody said it may as well be
an answer, or what the one spoken of said: then it is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ingest.statements.lexicon import reports
from ingest.statements.link import Link
from ingest.statements.memory import Owner
from ingest.statements.sentence import Sentence

_ANSWER = 3  # words up to which a quotation may be an answer: “No, never.”
# Who asks is not who answers; "a demandé que …", "asked that …" call on somebody.
_ASKS = re.compile(
    r"asks?|asked|asking|wonder(?:s|ed|ing)|question(?:s|ed|ing)|.*demand(?:é|e|a|ait|ant)"
    r"|.*interrog(?:é|e|ea|eait|eant)e?|спрашива\w+|.*спросил[аи]?|.*интерес\w+",
    re.IGNORECASE,
)
# The next sentence says whose words these were.
_POINTS_BACK = re.compile(
    r"(?:c['’]est (?:ce|en|par|avec|sur) (?:que?|qu['’]|ces|cette)|ces (?:mots|propos|paroles)"
    r"|voilà ce|ainsi (?:parl|s['’]exprim)|th[eo]se (?:words|remarks)|so (?:said|spoke|says)"
    r"|such (?:was|were|is|are)|(?:that|this|it) (?:was|is) (?:the (?:word|message|verdict|view"
    r"|warning|reaction|response|answer|reply)|how|what)|the words (?:are|were|came)"
    r"|так (?:сказал|говор)|эти слова|это слова)",
    re.IGNORECASE,
)


def may_go_on(sentence: Sentence, spoken: Collection[Link]) -> bool:
    """Whether a quotation behind ``sentence`` can be more of what it tells its speaker said.

    It cannot where they asked, or where somebody else speaks within what they said.
    """
    cues = {link.cue_end for link in spoken}
    others = any(
        token.letter == "V" and at + 1 not in cues and reports(token.text, sentence.language)
        for at, token in enumerate(sentence.tokens)
    )
    return not others and not any(_asks(sentence, link) for link in spoken)


def goes_on(sentence: Sentence, owner: Owner, following: Sentence | None) -> bool:
    """Whether ``sentence`` is nothing but a quotation that goes on with its owner's words."""
    if sentence.letters.strip(".-,") != "Q":
        return False
    if not owner.told:
        return True
    quotation = sentence.tokens[sentence.letters.index("Q")].quotation
    words = quotation.span.of(sentence.body) if quotation else ""
    ended = re.search(r"[.?!…]\W{0,3}$", sentence.span.of(sentence.body)) is not None
    whole = words[:1].isupper() and ended and len(words.split()) > _ANSWER
    near = following is not None and following.paragraph == sentence.paragraph
    pointed = near and following and _POINTS_BACK.match(following.span.of(following.body))
    return whole and not pointed


def _asks(sentence: Sentence, link: Link) -> bool:
    verb = sentence.text(link.cue_at, link.cue_end).rpartition(" ")[2]
    calls = sentence.letters[link.cue_end : link.cue_end + 1] == "L"
    return not calls and _ASKS.fullmatch(verb) is not None
