"""How much two texts differ, in words; knows no briefing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

# Two passages of text are compared word by word up to a million pairs of words (0.3 s); beyond it
# their words are only counted.
MOST_PAIRS = 1_000_000


def words_changed(before: str, after: str) -> tuple[int, int]:
    """How many words ``after`` has that ``before`` has not, and how many the other way round.

    A word that is replaced counts in both. Lines are compared first, then the words of those that
    differ, so that the time is bounded for texts of any length.
    """
    old, new = before.splitlines(), after.splitlines()
    added = removed = 0
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            plus, minus = _compared(" ".join(old[i:j]).split(), " ".join(new[k:m]).split())
            added, removed = added + plus, removed + minus
    return added, removed


def _compared(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    if len(old) * len(new) > MOST_PAIRS:
        less, more = Counter(old), Counter(new)
        return (more - less).total(), (less - more).total()
    same = sum(block.size for block in SequenceMatcher(None, old, new, False).get_matching_blocks())
    return len(new) - same, len(old) - same
