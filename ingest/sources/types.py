"""Which types of content a WordPress site has besides posts; a person says which are briefings."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from ingest.sources.raw import SourceError
from ingest.sources.wordpress_api import POSTS, Api
from ingest.web import PermanentError

# What WordPress itself keeps as content, and is never an article of its own.
_OWN = re.compile(r"post|page|attachment|nav_menu_item|wp_\w+")
_ROUTE = re.compile(r"[\w-]+(?:/[\w-]+)*")
# Each is asked how much there is of it, once, when a site is added.
MOST_TYPES = 20


def routes(api: Api, wanted: Collection[str]) -> tuple[str, ...]:
    """The lists of the types of these names, () where none is named; raises `SourceError`."""
    known = _known(api) if wanted else {}
    unknown = sorted(set(wanted) - known.keys())
    if unknown:
        raise SourceError(
            f"The site shows no type of content called {unknown[0]!r}; it has "
            f"{', '.join(sorted(name for name in known if name == 'post' or not _is_own(name)))}"
        )
    return tuple(dict.fromkeys(known[name] for name in wanted))


def others(api: Api, read: Collection[str]) -> dict[str, int]:
    """How many articles there are of each type that is not read, those without any left out."""
    offered = [(name, route) for name, route in _known(api).items() if not _is_own(name)]
    counts = {name: _count(api, route) for name, route in offered[:MOST_TYPES] if route not in read}
    return {name: count for name, count in counts.items() if count}


def _is_own(name: str) -> bool:
    return _OWN.fullmatch(name) is not None


def _known(api: Api) -> dict[str, str]:
    """The route of each type that the site shows; a site may hide them all, but for posts."""
    try:
        told = api.types()
    except PermanentError:
        told = {}
    found = {name: route for name, said in told.items() if (route := _route(said))}
    return {"post": POSTS} | found


def _route(said: object) -> str:
    if not isinstance(said, Mapping):
        return ""
    route = f"{said.get('rest_namespace') or 'wp/v2'}/{said.get('rest_base')}"
    return route if said.get("rest_base") and _ROUTE.fullmatch(route) else ""


def _count(api: Api, route: str) -> int:
    try:
        return api.count(route)
    except PermanentError:
        return 0
