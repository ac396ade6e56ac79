"""Quoted words that are a charge against somebody, and nobody's speech; knows words alone."""

from __future__ import annotations

import re

from ingest.statements.sentence import Sentence

_CHARGED = re.compile(
    r"charge[sd]?|guilty|suspicion|suspected|convicted|indicted|jailed|arrested|detained|sentenced"
    r"|investigation|probe|enquête|instruction|judiciaire|examen|coupables?"
    r"|(?:poursuivi|inculpé|soupçonné|condamné|arrêté|interpellé|écroué|détenu|incarcéré)e?s?"
)


def is_charge(sentence: Sentence, at: int) -> bool:
    """Whether a charge leads to the quotation ("enquête pour « trahison »", "guilty of “…”")."""
    head = re.search(r".(?=[to]D?$)", sentence.letters[:at])
    word = sentence.tokens[head.start()].text.lower() if head else ""
    return _CHARGED.fullmatch(word) is not None
