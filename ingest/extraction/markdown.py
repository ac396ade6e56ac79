"""Renders Markdown as plain paragraphs; knows nothing of titles and front matter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.extraction.bodies import one_line
from ingest.extraction.draft import ExtractionError
from ingest.extraction.lines import lines, parse

# Quotes and lists within one another; the parser drops what is deeper without a word.
_DEEPEST = 100


def render(source: str) -> str:
    """The readable text of ``source``: one line a paragraph, blank lines between them.

    Raise ExtractionError when it cannot be had whole.
    """
    return "\n\n".join(text for text in _blocks(_tokens(source)) if text.strip())


def heading(source: str) -> str | None:
    """The text of the first heading of the first level, or of the heading that opens the page."""
    tokens = _tokens(source)
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and (at == 0 or token.tag == "h1"):
            return one_line(_words(tokens[at + 1])) or None
    return None


def _blocks(tokens: list[Token]) -> Iterator[str]:
    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row:
            yield " | ".join(row)
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_words(token))
        elif token.type == "inline":
            yield _words(token)
        elif token.type in ("fence", "code_block"):
            yield token.content
        elif token.type == "html_block":
            yield from _lines(token.content)


def _lines(markup: str) -> list[str]:
    """What a reader sees of HTML within Markdown."""
    try:
        return [line.text for line in lines(parse(markup))]
    except ValueError:
        return []


def _words(inline: Token) -> str:
    """The words of a run of inline markup: of links and pictures what they are called."""
    return "".join(map(_word, inline.children or []))


def _word(token: Token) -> str:
    if token.type in ("text", "code_inline", "text_special"):
        return token.content
    if token.type in ("softbreak", "hardbreak") or token.content.startswith("<br"):
        return " "
    return ""


@lru_cache(maxsize=1)  # a page is asked for its heading, and then for its text
def _tokens(source: str) -> list[Token]:
    tokens = _parser().parse(source)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise ExtractionError(f"has lists or quotes more than {_DEEPEST // 2} deep")
    return tokens


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
    return parser.enable(["table", "strikethrough"])
