"""Questions that mean the same, by their vectors; knows no briefing and nobody who asks."""

from __future__ import annotations

from vectorstore.publication import Vectors

# Cosine of two questions from which they count as one.
SAME = 0.93


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
