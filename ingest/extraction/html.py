"""Reads a saved web page: what its head says, and its article without what is printed around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby, pairwise, takewhile
from operator import attrgetter, itemgetter

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document, use_config

from ingest.extraction import authors, head, pictures
from ingest.extraction.bodies import goes_on, one_line, tidy
from ingest.extraction.charsets import characters
from ingest.extraction.dossiers import kept, split
from ingest.extraction.draft import Content, ExtractionError
from ingest.extraction.furniture import Part, label, listed, strip
from ingest.extraction.lines import LONG, Line, lines, parse
from vectorstore.domain import LANGUAGES, Tier

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Names are words: between the links of a list stand commas and dashes.
_NAME = re.compile(r"[^\W\d_]{2}")
# Where the article's text does not stand, though it surrounds them.
_BESIDE = re.compile(
    r"nav|aside|footer|header|form|navigation|share|sharing|social|related|sidebar|newsletter"
    r"|tags|comments?|author|byline|cookies?|pagination|breadcrumbs?|wp-caption-text",
    re.IGNORECASE,
)
_NO_LETTERS = re.compile(r"[\W_]+")
_NEARLY_ALL = 0.9
_SENTENCE = re.compile(r"[.!?…][»”\"')\]]*$")
_AROUND = (Part.DOSSIERS, Part.INVITATION, Part.CREDIT, Part.NEIGHBOUR, Part.MORE)
_ASKING = (Part.INVITATION, Part.MORE)
# As many lines below the article may belong to it; a footer's invitation is none of its own.
_NEAR = 4
# A short article is an article; by default trafilatura would rather return the whole page.
_OPTIONS = use_config()
_OPTIONS.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")


def read(content: bytes, dossiers: Collection[str], charset: str = "") -> Content:
    """What a page says; raise ExtractionError when its language is not one of ours.

    ``charset`` is what its server calls its encoding; see `charsets`.
    """
    tree = _parse(content, charset)
    language = head.language(tree)
    if language and language not in LANGUAGES:
        raise ExtractionError(
            f"its language is {language:.20}; briefings are in {', '.join(LANGUAGES)}"
        )
    by, shown = authors.of_page(tree), pictures.of_page(tree)
    title, url, alternates = head.title(tree), head.address(tree), head.alternates(tree)
    page = _without_byline(lines(tree), by)
    labels = _labels(page)
    unlabelled = [line for line, part in zip(page, labels, strict=True) if part is None]
    body = _article([line for line in unlabelled if not line.is_beside], tree, title)
    article = strip([*_paragraphs(body), *_asking(page, labels, body)])
    locked = head.is_locked(tree) and not article.preview
    listing = [line for line, part in zip(page, labels, strict=True) if part is Part.DOSSIERS]
    return Content(
        title=title,
        paragraphs=article.paragraphs,
        dossiers=_dossiers(listing, dossiers),
        preview=article.preview,
        url=url,
        language=language,
        day=head.day(tree),
        tier=Tier.SUBSCRIBERS if locked else None,
        alternates=(*alternates, url) if url and alternates else (),
        authors=by,
        pictures=shown,
    )


def _parse(content: bytes, charset: str) -> HtmlElement:
    text = tidy(_DECLARATION.sub("", characters(content, charset)))
    try:
        return parse(text)
    except ValueError:
        raise ExtractionError("is not a web page") from None


def _without_byline(page: list[Line], by: Collection[str]) -> list[Line]:
    """The lines without those above the text that name its authors and say nothing else."""
    text = next((at for at, line in enumerate(page) if line.is_long), 0)
    return [
        line
        for at, line in enumerate(page)
        if at >= text or not (named := authors.names([line.text])) or not {*named} <= {*by}
    ]


def _labels(page: list[Line]) -> list[Part | None]:
    """What each line is around the article; the items of one list of dossiers are all of it."""
    labels = [part if part in _AROUND else None for part in label([line.text for line in page])]
    for at, (before, line) in enumerate(pairwise(page), start=1):
        items = line.block.tag == "li" and before.block.getparent() is line.block.getparent()
        if items and labels[at - 1] is Part.DOSSIERS:
            labels[at] = Part.DOSSIERS
    return labels


def _dossiers(listing: Iterable[Line], known: Collection[str]) -> tuple[str, ...]:
    """Names in the lists of dossiers: a link is one name, other words are split at commas."""
    names: list[str] = []
    runs = [run for line in listing for run in line.runs]
    for link, group in groupby(runs, key=itemgetter(1)):
        words = one_line("".join(words for words, _ in group))
        if link is not None:
            names.append(kept(words))
        else:
            names += split(words if (rest := listed(words)) is None else rest, known)
    return tuple(dict.fromkeys(found for found in names if _NAME.search(found)))


def _asking(page: list[Line], labels: list[Part | None], body: list[Line]) -> list[str]:
    """The lines that ask the reader to subscribe or to read on, but for those far below."""
    end = page.index(body[-1]) + _NEAR if body else 0
    near = zip(page[:end], labels, strict=False)
    return [line.text for line, part in near if part in _ASKING and not line.is_beside]


def _article(page: list[Line], tree: HtmlElement, title: str | None) -> list[Line]:
    """The lines of the main text: what trafilatura finds, and what it drops in the midst of that.

    It drops paragraphs that are one link, and merges lines; so it chooses here and says nothing.
    """
    found = _found(tree)
    page = _below_title(page, title, found)
    chosen = {at for at, line in enumerate(page) if found(line.text)}
    if not chosen:
        return page
    region = _region([page[at] for at in chosen])
    within = [at for at, line in enumerate(page) if region in line.places]
    sure = chosen.intersection(within)
    beside_sure = {(page[at].block.getparent(), page[at].block.tag) for at in sure}

    def belongs(at: int) -> bool:
        line = page[at]
        if min(sure) < at < max(sure):
            return not any(map(_is_beside, takewhile(lambda place: place != region, line.places)))
        alike = (line.block.getparent(), line.block.tag) in beside_sure
        return alike and _SENTENCE.search(line.text) is not None

    return [page[at] for at in within if at in sure or belongs(at)]


def _paragraphs(article: list[Line]) -> Iterator[str]:
    """The lines, those put together in whose midst an editor typed a line break."""
    for _, group in groupby(article, key=attrgetter("block")):
        whole = ""
        for line in group:
            if whole and not goes_on(whole, line.text):
                yield whole
                whole = ""
            whole = f"{whole} {line.text}".lstrip(" ")
        yield whole


def _below_title(page: list[Line], title: str | None, found: Callable[[str], bool]) -> list[Line]:
    """The lines after the title, or else after the last great heading above the text."""
    headings = [at for at, line in enumerate(page) if line.block.tag == "h1"]
    titles = [at for at, line in enumerate(page) if line.text == title]
    text = (at for at, line in enumerate(page) if line.is_long and found(line.text))
    begins = next((at for at in text if at not in headings and at not in titles), len(page))
    headings, titles = ([at for at in each if at < begins] for each in (headings, titles))
    above = [at for at in titles if at in headings] or titles or headings
    return page[above[-1] + 1 :] if above else page


def _found(tree: HtmlElement) -> Callable[[str], bool]:
    """Whether trafilatura counts a line to the main text."""
    document = trafilatura.bare_extraction(tree, fast=True, include_comments=False, config=_OPTIONS)
    if not isinstance(document, Document) or document.body is None:
        return lambda _: False
    printed = "".join(_printed(document.body))
    pieces = {_letters(piece) for piece in printed.split("\n")}
    whole = _letters(printed)
    return lambda line: _letters(line) in pieces or (len(line) >= LONG and _letters(line) in whole)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _printed(element: HtmlElement) -> Iterator[str]:
    """The text of trafilatura's own markup, with a line end around each block."""
    end = "" if element.tag in ("hi", "ref", "del") else "\n"
    yield end + (element.text or "").replace("\n", " ")
    for child in element:
        yield from _printed(child)
        yield (child.tail or "").replace("\n", " ")
    yield end


def _region(chosen: list[Line]) -> HtmlElement:
    """The innermost element that holds nearly all of what was chosen; a stray line is left out."""
    weights: Counter[HtmlElement] = Counter()
    for line in chosen:
        for place in line.block.iterancestors():
            weights[place] += len(line.text)
    most = max(weights.values())
    holders = [place for place, weight in weights.items() if weight >= _NEARLY_ALL * most]
    return max(holders, key=lambda place: sum(1 for _ in place.iterancestors()))


def _is_beside(place: HtmlElement) -> bool:
    names = " ".join([place.tag, place.get("class") or "", place.get("role") or ""])
    return any(map(_BESIDE.fullmatch, names.split()))
