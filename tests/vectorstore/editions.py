"""Editions of three briefings, and what a view finds of them."""

from __future__ import annotations

from pathlib import Path

import psutil

from tests.vectorstore.store import HashEncoder, briefing
from vectorstore.corpus import View
from vectorstore.domain import Tier

QUESTION = HashEncoder().encode_query("edition")


def editions(number: int) -> list[object]:
    tiers = (("a", Tier.PUBLIC), ("b", Tier.PUBLIC), ("c", Tier.SUBSCRIBERS))
    return [briefing(id, f"Edition {number} of {id}.", tier=tier) for id, tier in tiers]


def read(view: View) -> set[str]:
    """The texts that searching both tiers in both ways finds; asserts that the ways agree."""
    found: set[str] = set()
    for tier in Tier:
        near = {hit.id for hit in view.index.nearest(tier, "en", QUESTION, 9)}
        match = {hit.id for hit in view.index.matching(tier, "en", ["edit"], 9)}
        assert near == match
        found |= {view.passage(id).text for id in near}
    return found


def texts(number: int) -> set[str]:
    return {f"Edition {number} of {id}." for id in "abc"}


def open_files(folder: Path) -> list[str]:
    opened = (file.path for file in psutil.Process().open_files())
    return [path for path in opened if path.startswith(str(folder))]
