"""Turns a raw page into a draft of a briefing; knows nothing of where pages come from or go."""

from __future__ import annotations

from collections.abc import Collection

from ingest.extraction import html, identity, markdown, plain, post
from ingest.extraction.bodies import decode, tidy
from ingest.extraction.draft import Content, Draft, ExtractionError
from ingest.extraction.given import Given, from_front_matter, from_row
from ingest.extraction.language import fits, tell
from ingest.extraction.titles import covered
from ingest.sources import PageKind, RawPage
from ingest.sources.addresses import is_web_address, language_of
from vectorstore.domain import Tier

__all__ = ["Draft", "ExtractionError", "extract"]

_LONGEST_TITLE = 500
# A briefing of 100,000 words has some 750,000 characters; reading Markdown that is made to be slow
# takes up to a minute a million.
_LONGEST_TEXT = 1_500_000
_ONLY_PREVIEW = (
    "shows only its beginning now; the whole text, which is held for subscribers, is kept. "
    "If the site wants a login, see SITE_LOGINS"
)


def extract(page: RawPage, *, dossiers: Collection[str] = ()) -> Draft:
    """Return what ``page`` says as a draft; raise ExtractionError when it is no briefing.

    ``dossiers`` are the names known so far; they tell where a name with commas ends in a list.
    """
    given, content = _read(page, dossiers)
    title = given.title or content.title
    text = "\n\n".join(content.paragraphs)
    if content.preview and page.has_whole:
        raise ExtractionError(_ONLY_PREVIEW)
    if not title:
        raise ExtractionError("has no title")
    if len(title) > _LONGEST_TITLE:
        raise ExtractionError(f"its title is longer than {_LONGEST_TITLE} characters")
    if not text:
        raise ExtractionError("has no text")
    _check_length(text)
    url = given.url or content.url
    covers = covered(title)
    place = url or (page.location if is_web_address(page.location) else None)
    id_ = given.id or page.id or _id(page.key, place)
    return Draft(
        id_hint=id_,
        story=given.story or _story(page, content, place, id_),
        url=url or page.location,
        title=title,
        language=given.lang or _language(content.language, place, f"{title}\n{text}"),
        day=given.day or content.day or page.day or (covers.last if covers else None),
        covers=covers,
        dossiers=given.dossiers or content.dossiers,
        tier=given.access or content.tier or Tier.PUBLIC,
        actor=given.actor,
        preview=content.preview,
        text=text,
        authors=given.authors or content.authors,
        pictures=content.pictures,
    )


def _read(page: RawPage, dossiers: Collection[str]) -> tuple[Given, Content]:
    if page.kind is PageKind.HTML:
        return Given(), html.read(page.content, dossiers, page.charset)
    if page.kind is PageKind.POST:
        read = post.read(page.content, dossiers)
        return Given(story=read.story or None), read.content
    if page.kind is PageKind.ROW:
        given = from_row(page.content, dossiers)
        return given, plain.read(_check_length(given.text or ""), dossiers, given.title)
    given, text = from_front_matter(_check_length(tidy(decode(page.content))), dossiers)
    if page.kind is PageKind.TEXT:
        return given, plain.read(text, dossiers, given.title)
    title = given.title or markdown.heading(text)
    return given, plain.read(markdown.render(text), dossiers, title)


def _check_length(text: str) -> str:
    if len(text) > _LONGEST_TEXT:
        raise ExtractionError(
            f"is longer than {_LONGEST_TEXT:,} characters; a briefing is one article"
        )
    return text


def _id(key: str, address: str | None) -> str:
    return identity.from_address(address) if address else identity.from_path(key)


def _story(page: RawPage, content: Content, address: str | None, id_: str) -> str:
    """What this page has in common with its translations."""
    if page.story:
        return page.story
    if alternates := content.alternates or page.alternates:
        return identity.story_of_alternates(alternates)
    if page.kind is PageKind.ROW or address:
        return id_
    return identity.story_of_path(page.key)


def _language(declared: str | None, address: str | None, text: str) -> str:
    """The language that the page declares, or its address (``/fr/…``), if its letters fit."""
    said = declared or (language_of(address) if address else None)
    return said if said and fits(said, text) else tell(text)
