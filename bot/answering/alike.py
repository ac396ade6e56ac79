"""Questions that mean the same, by their vectors; knows no briefing and nobody who asks."""

from __future__ import annotations

from vectorstore.publication import Vectors

# Cosine from which two questions count as one: of 6 paraphrases in three languages the lowest had
# .928; of 1,488 pairs of other questions in one language, 4 in 1,000 had more, all of one pattern
# (the same asked of another day or country). Translations (.84 to .97) cannot be told from those.
SAME = 0.925


def alike(vectors: Vectors) -> list[list[int]]:
    """The positions of ``vectors`` (n, d), of length 1, in groups, the largest groups first.

    Each belongs to the group whose first it is nearest to, or begins one.
    """
    groups: list[list[int]] = []
    for at, vector in enumerate(vectors):
        nearness = [float(vectors[group[0]] @ vector) for group in groups]
        best = max(range(len(groups)), key=nearness.__getitem__, default=None)
        if best is not None and nearness[best] >= SAME:
            groups[best].append(at)
        else:
            groups.append([at])
    return sorted(groups, key=len, reverse=True)
