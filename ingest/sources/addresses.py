"""What two spellings of one web address have in common; asks no server and reads no page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urldefrag, urlencode, urlsplit, urlunsplit

from vectorstore.domain import LANGUAGES

# Parameters that say where a reader came from, not what is read.
_TRACKING = re.compile(
    r"utm_|(?:fbclid|gclid|dclid|yclid|msclkid|igshid|mc_cid|mc_eid|_ga|_gl|_openstat|ref|from)$",
    re.IGNORECASE,
)
# What ends an address for some who read it, and not for others (RFC 3986, appendix C).
_ENDS = re.compile(r"[\s\\<>\"]")
_HOME = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?$", re.IGNORECASE)
_LIST = re.compile(r"/(?:category|categorie|tag|author|auteur|page/\d+)(?:/|$)", re.IGNORECASE)
_PREFIX = re.compile(rf"/({'|'.join(LANGUAGES)})(?:[-_][a-z]{{2}})?/", re.IGNORECASE)


def is_web_address(url: str) -> bool:
    """Whether ``url`` is an absolute http or https address that leads where it seems to lead.

    A user name before the host deceives, and browsers take a backslash for a slash.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and parts.port != 0 and bool(parts.hostname)
        plain = "@" not in parts.netloc and url.isprintable() and not _ENDS.search(url)
        return known and plain
    except ValueError:
        return False


def is_home(url: str) -> bool:
    """Whether ``url`` is the address of a whole site, or of its part in one language."""
    parts = urlsplit(url)
    return bool(_HOME.match(parts.path)) and not parts.query


def is_list(url: str) -> bool:
    """Whether the path of ``url`` is one that many systems give to lists of articles."""
    return _LIST.search(urlsplit(url).path) is not None


def language_of(url: str) -> str | None:
    """The language that the path of ``url`` begins with (``/fr/…``), None when with none."""
    prefix = _PREFIX.match(urlsplit(url).path)
    return prefix[1].lower() if prefix else None


def clean(url: str) -> str:
    """``url`` without its fragment and without parameters that say where a reader came from."""
    parts = urlsplit(urldefrag(url.strip()).url)
    if not parts.query:
        return parts.geturl()
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in asked if not _TRACKING.match(name)]
    return parts.geturl() if kept == asked else urlunsplit(parts._replace(query=urlencode(kept)))


def parts_of(url: str) -> list[str]:
    """What of ``url`` names its page: host, the parts of its path, its sorted parameters.

    Scheme, ``www.``, default port, case of the host, closing slash, fragment and tracking
    parameters do not count.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = f".{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = [unquote(part) for part in parts.path.split("/") if part]
    query = sorted(
        f"?{name}={value}" if value else f"?{name}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name)
    )
    return [host + port, *path, *query]


def same(url: str) -> str:
    """One word for all spellings of an address."""
    return "/".join(parts_of(url))
