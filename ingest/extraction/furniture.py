"""Recognises what a page prints around its article; knows nothing of files and of markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Part(Enum):
    """What a line or a block of a page is, when it is not the article's own text."""

    SWITCHER = auto()  # links to the translations
    BREADCRUMB = auto()
    DOSSIERS = auto()
    INVITATION = auto()  # "Consider subscribing…"
    CREDIT = auto()  # who drew the map
    NEIGHBOUR = auto()  # "Previous Article", with or without its title
    MORE = auto()  # "Read more"


# Only above the article: in its midst such a line is a heading or an item of a list.
_HEADER = (Part.SWITCHER, Part.BREADCRUMB)
# No piece of furniture but the list of dossiers is longer than this.
_LONGEST = 200
# What stands before the colon of the dossiers: a word for what is followed, and one for following.
_LONGEST_HEAD = 60
_FEW_WORDS = 3

_SEPARATORS = r"[\s|/·•,>»›–—-]*"
_LANGUAGE = (
    r"(?:english|anglais|английский|fran[çc]ais|french|французский|русский|russian|russe"
    r"|deutsch|español|italiano|қазақша|українська|հայերեն|ქართული|azərbaycan(?:ca)?|türkçe"
    r"|\b(?:en|fr|ru|eng|fra|rus|рус|англ|франц)\b)"
)
_PLACE = r"(?:home|accueil|главная|blog|blogue|блог|news|actualités|новости|articles?|статьи)"
_MORE = (
    r"(?:read (?:more|on|the full article)|continue reading|(?:lire|voir) la suite|en savoir plus"
    r"|читать (?:далее|дальше|полностью|ещё|еще)|подробнее|далее)"
)
_TURN = r"(?:previous|next|prev|older|newer|précédente?|suivante?|предыдущ\w+|следующ\w+)"
_NEIGHBOUR = (
    r"(?:(?:previous|next|prev|older|newer) (?:article|post|story|briefing|entry)"
    r"|(?:article|billet|publication) (?:précédente?|suivante?)"
    r"|(?:предыдущ|следующ)\w+ (?:стать|запис|материал|публикац)\w*)"
)
_TO_SUBSCRIBE = r"(?:subscri|abonn|inscri|подпи)"
_IMPERATIVE = (
    r"(?:(?:please )?consider subscri|subscribe\b|(?:sign up|register) (?:now|here|to|for)\b"
    r"|(?:pensez|songez|envisagez|n['’]hésitez pas|veuillez|merci de)\b.*(?:abonn|inscri)"
    r"|abonnez-vous|inscrivez-vous|souscrivez"
    r"|(?:рассмотрите|подумайте|пожалуйста).*подпи|подпишитесь|оформите|зарегистрируйтесь)"
)
_FULL_TEXT = (
    r"(?:access|content|full|read|acc[èé]|conten|intégral|complet|lire"
    r"|доступ|содержан|контент|материал|полн|читать)"
)
_WHO = r"(?:\s\S+){1,6}"
_ARROWS = r"[\s«»‹›<>←→⟵⟶:]*"


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_BARE_NEIGHBOUR = _pattern(rf"{_ARROWS}{_NEIGHBOUR}{_ARROWS}")
_PATTERNS = (
    (Part.SWITCHER, _pattern(rf"{_SEPARATORS}(?:{_LANGUAGE}{_SEPARATORS})+")),
    (Part.BREADCRUMB, _pattern(rf"{_PLACE}(?:{_SEPARATORS}{_PLACE})*{_SEPARATORS}")),
    (Part.NEIGHBOUR, _BARE_NEIGHBOUR),
    (Part.NEIGHBOUR, _pattern(rf"{_ARROWS}{_TURN}{_ARROWS}")),
    (Part.NEIGHBOUR, _pattern(rf"{_ARROWS}{_NEIGHBOUR}\s?:\s.*")),
    (Part.MORE, _pattern(rf"[\s\[(]*{_MORE}{_ARROWS}[\s.…\])]*")),
    (
        Part.INVITATION,
        _pattern(rf"{_IMPERATIVE}.*{_FULL_TEXT}.*|.*{_TO_SUBSCRIBE}.*{_FULL_TEXT}.*!"),
    ),
    (
        Part.CREDIT,
        _pattern(
            r"(?:(?:this|the) )?(?:map|chart|graphic) (?:(?:was|is|has been) )?"
            rf"(?:created|made|produced|designed|drawn|prepared) by{_WHO}"
            r"|(?:(?:cette|la) )?(?:carte|infographie) (?:(?:a été|est) )?"
            rf"(?:réalis|cré|produit|con[çc]u|dessin|élabor|établi)\w+ par{_WHO}"
            r"|(?:(?:эта|данная) )?(?:карта|схема|инфографика) (?:была )?"
            rf"(?:созда|подготовл|составл|выполн|сдела|разработ|нарисов)\w+{_WHO}"
            rf"|(?:map|carte|карта|автор карты|crédits?(?: carte)?)(?:\s?[:©]| by| par){_WHO}"
        ),
    ),
)
_FOLLOWED = _pattern(
    r"\b(?:files?|dossiers?|topics?|cases?|issues?|subjects?|sujets?|th[èe]mes?|thématiques?"
    r"|досье|тем[ыа]?|темами?|сюжет\w*|дел[ао]?|вопрос\w*|направлени\w*)\b"
)
_FOLLOWING = _pattern(
    r"\b(?:follow\w*|track\w*|monitor\w*|cover\w*|suivons|suivi\w*|traité\w*"
    r"|следим|следит|отслежива\w+|наблюда\w+|освеща\w+|our|nos|наши)\b"
)
_OURS = _pattern(r"\b(?:we|nous|мы)\b")
_DOTS = r"(?P<dots>…|\.\.\.|\[(?:…|\.\.\.)\]|\((?:…|\.\.\.)\))"
# A title may end in an abbreviation: "19–20 сентября 2023 г."
_SENTENCE_END = re.compile(r"(?<!\b\w)(?<!\bгг)[.,;]$")
_BROKEN_OFF = _pattern(rf"{_DOTS}(?:\s*{_MORE})?{_ARROWS}$|(?<=[.!?»”\"])\s+{_MORE}{_ARROWS}$")


def part_of(line: str) -> Part | None:
    """What ``line`` is in the page's furniture; None for the article's own text."""
    if listed(line) is not None:
        return Part.DOSSIERS
    if len(line) > _LONGEST:
        return None
    return next((part for part, pattern in _PATTERNS if pattern.fullmatch(line.strip())), None)


def listed(line: str) -> str | None:
    """What a line like "The files we follow: …" lists, or None for any other line."""
    head, colon, names = line.partition(":")
    if not colon or len(head) > _LONGEST_HEAD:
        return None
    ours = _OURS.search(head) or len(head.split()) <= _FEW_WORDS
    return names.strip() if ours and _FOLLOWED.search(head) and _FOLLOWING.search(head) else None


def is_title_like(line: str) -> bool:
    """Whether ``line`` is short and not a sentence."""
    return len(line) <= _LONGEST and not _SENTENCE_END.search(line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page without its furniture. ``dossiers`` is the list as printed, "" without one.

    ``preview`` says that the text breaks off and that the page asks the reader to subscribe.
    """

    paragraphs: tuple[str, ...]
    dossiers: str
    preview: bool


def label(lines: Iterable[str]) -> list[Part | None]:
    """What each line is; a neighbour's title and a list below its heading count with them."""
    labels: list[Part | None] = []
    titles_due, list_goes_on, article_begun = 0, False, False
    for line in lines:
        part = part_of(line)
        if part in _HEADER and article_begun:
            part = None
        if part is Part.NEIGHBOUR:
            titles_due += is_bare_neighbour(line)
        elif part is None and list_goes_on:
            part = Part.DOSSIERS
        elif part is None and titles_due and is_title_like(line):
            titles_due -= 1
            part = Part.NEIGHBOUR
        list_goes_on = part is Part.DOSSIERS and line.endswith(":")
        if part is None:
            titles_due, article_begun = 0, True
        labels.append(part)
    return labels


def strip(lines: Sequence[str]) -> Article:
    """The article among the paragraphs of a page."""
    labels = label(lines)
    text = [line for line, part in zip(lines, labels, strict=True) if part is None]
    of_list = [line for line, part in zip(lines, labels, strict=True) if part is Part.DOSSIERS]
    end = _BROKEN_OFF.search(text[-1]) if text else None
    preview = Part.INVITATION in labels and (Part.MORE in labels or end is not None)
    if preview and end:
        text[-1] = text[-1][: end.end("dots")] if end["dots"] else text[-1][: end.start()]
    names = " ".join(of_list).partition(":")[2].strip()
    return Article(paragraphs=tuple(text), dossiers=names, preview=preview)


def is_bare_neighbour(line: str) -> bool:
    """Whether ``line`` announces the title of another article."""
    return _BARE_NEIGHBOUR.fullmatch(line) is not None
