"""Splits the printed list of dossiers into names; knows nothing of where the list stood."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from ingest.extraction.bodies import one_line
from vectorstore.actors import Actors, MentionKind

_PLAIN_SPACES = {0xA0: " ", 0x202F: " "}


def split(listing: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The dossiers of a printed list. A name may hold commas: ``known`` names win, longest first;
    otherwise a comma parts two names unless what follows it cannot begin one.
    """
    rest = kept(listing)
    if ";" in rest:
        return _distinct(rest.split(";"))
    longest_first = sorted(filter(None, map(kept, known)), key=len, reverse=True)
    found: list[str] = []
    while rest:
        first = next((each for each in longest_first if _begins_with(rest, each)), None)
        found.append(first or _first(rest, longest_first))
        rest = rest[len(found[-1]) :].lstrip(" ,")
    return _distinct(found)


def kept(printed: str) -> str:
    """A dossier's name as it is kept: plain spaces, and no comma or full stop at its end."""
    return one_line(printed.translate(_PLAIN_SPACES)).strip(" ,;").removesuffix(".").rstrip()


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for found in map(kept, names) if found))


def _begins_with(text: str, name: str) -> bool:
    return text.startswith(name) and (
        len(text) == len(name) or text[len(name) :].lstrip()[:1] == ","
    )


def _first(text: str, known: Collection[str]) -> str:
    """The first name of a list, by its shape."""
    for comma in re.finditer(",", text):
        name, rest = text[: comma.start()], text[comma.end() :].lstrip()
        if any(_begins_with(rest, other) for other in known) or not _goes_on(name, rest):
            return name
    return text


def _goes_on(name: str, rest: str) -> bool:
    """Whether ``rest``, after a comma, still belongs to ``name``."""
    if not rest or rest[0].islower() or rest[0].isdigit() or name.count("(") > name.count(")"):
        return True
    follower = rest.split(",", 1)[0].strip()
    alone, last = _country_at_end(follower), _country_at_end(name)
    # "Various foreign policies Armenia, Azerbaijan": a name of more words ends in a country
    return alone == 0 and last is not None and last > 0


def _country_at_end(name: str) -> int | None:
    """Where the country begins that ``name`` ends with, None when it ends with none."""
    for mention in _actors().mentions(name):
        if mention.kind is MentionKind.NAME and mention.span.end == len(name):
            return mention.span.start
    return None


@cache
def _actors() -> Actors:
    return Actors.load()
