"""Reads a sentence as a row of lettered tokens; knows what words do, not who speaks.

Letters, beside those of ``lexicon.LETTERS``: ``Q`` a quotation, ``N`` a capitalised word, ``C`` an
actor by name, ``J`` an actor by adjective, ``R`` a role, ``G`` the genitive 's, ``a`` a number,
``w`` any other word, ``-`` a dash; other marks stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.statements.compounds import compounded
from ingest.statements.lexicon import Lexicon, lexicon, lookup
from ingest.statements.quotations import Quotation
from ingest.statements.tokens import cut
from ingest.statements.words import Token, settled
from vectorstore.actors import Actors, Mention, MentionKind
from vectorstore.domain import Span
from vectorstore.sentences import sentences

_SIGNATURE = re.compile(r"[”»“\"’][ \u00a0]+[—–-] ")  # “… .” — Foreign Ministry of Russia.
# "What now?" Ada Lind asked on Monday. Nothing follows that the cue could govern.
_TAG = re.compile(
    r"[?!][”\"’'] (?:[A-Z][\w’'-]*\.? ){1,4}(?:asked|tweeted|wrote|posted|said|added|replied"
    r"|shouted|exclaimed|joked|quipped|yelled|cried|wondered|told)"
    r"(?: (?!that|is|his|he|she|they|it|there|if|whether|was|were|would|had)[\w’'-]+){0,7}\.$"
)
_HOUR = "pm"  # "at 8 pm" is nobody's office
# No sentence has so many words; who says what in it would be a guess, and take minutes to find.
_MOST_TOKENS = 500
# A common word at the end of a name: "Kanye West", "Mrs May", "Theresa May said".
_SURNAME = re.compile(r"(?:i|(?<![NAJ])N)A(?=[VHGhe,.w])|[iN][Xm](?=[VHGhe])")
_MARKS = {"—": "-", "–": "-", "…": ".", "?": ".", "!": ".", "[": "(", "]": ")"}
_SINGLE = "'‘"
_ARABIC = re.compile(r"(?:al|el|as|ash|аль|эль|ас|аш|ад|ат|ан|ар)[-‐][A-ZА-ЯЁ][\w’'-]*")  # al-Sisi
_FRENCH_PRONOUN = re.compile(r"-(?:t-)?(?:ils?|elles?|on)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: its span, tokens, and their letters in one string."""

    body: str
    language: str
    span: Span
    paragraph: int
    tokens: tuple[Token, ...]
    letters: str

    def text(self, start: int, end: int) -> str:
        """The body's characters from token ``start`` up to token ``end``, excluded."""
        if start >= end:
            return ""
        return self.body[self.tokens[start].start : self.tokens[end - 1].end]

    def span_of(self, start: int, end: int) -> Span:
        """The span of the tokens from ``start`` up to ``end``, excluded."""
        return Span(start=self.tokens[start].start, end=self.tokens[end - 1].end)


def read(
    body: str, language: str, quoted: Sequence[Quotation], actors: Actors
) -> Iterator[Sentence]:
    """The sentences of ``body`` in order; none begins or ends inside a quotation."""
    words = lexicon(language)
    masked = _masked(body, quoted)
    mentions = actors.mentions(masked, language)
    at = first = 0
    for span, paragraph in _units(body, language, quoted):
        inside: list[Quotation] = []
        while at < len(quoted) and quoted[at].outer.start < span.end:
            inside.append(quoted[at])
            at += 1
        while first < len(mentions) and mentions[first].span.end <= span.start:
            first += 1
        found = list(_tokens(masked, language, span, inside, mentions[first:], words, actors))
        tokens = (
            compounded(settled(found, language), language) if len(found) <= _MOST_TOKENS else ()
        )
        letters = "".join(token.letter for token in tokens)
        yield Sentence(body, language, span, paragraph, tokens, letters)


def _read_as_words(found: list[Token], language: str) -> tuple[Token, ...]:
    return compounded(settled(found, language), language)


def with_surnames(read_sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences, with common words read as the surnames they are ("Kanye West … West said")."""
    surnames = {
        sentence.tokens[match.end() - 1].text
        for sentence in read_sentences
        for match in _SURNAME.finditer(sentence.letters)
        if sentence.tokens[match.end() - 1].text[0].isupper()
    }
    if not surnames:
        return tuple(read_sentences)
    return tuple(_renamed(sentence, surnames) for sentence in read_sentences)


def _renamed(sentence: Sentence, surnames: Collection[str]) -> Sentence:
    letters = list(sentence.letters)
    for at, (letter, token) in enumerate(zip(letters, sentence.tokens, strict=True)):
        before, after = "".join(letters[at - 1 : at]), "".join(letters[at + 1 : at + 2])
        if letter not in "AXm" or token.text not in surnames:
            continue
        if before in tuple("Ni") or (before not in tuple("NAJtaR") and after in tuple("VHGhe,")):
            letters[at] = "N"
    tokens = (replace(t, letter=x) for t, x in zip(sentence.tokens, letters, strict=True))
    joined = "".join(letters)
    if joined == sentence.letters:
        return sentence
    return replace(sentence, tokens=tuple(tokens), letters=joined)


def reading(
    body: str,
    language: str,
    span: Span,
    paragraph: int,
    actors: Actors,
    quoted: Sequence[Quotation] = (),
) -> Sentence:
    """``span`` read as one sentence, in which only the marks of ``quoted`` are quotations."""
    mentions = [
        Mention(
            code=mention.code,
            kind=mention.kind,
            span=Span(start=mention.span.start + span.start, end=mention.span.end + span.start),
        )
        for mention in actors.mentions(span.of(body), language)
    ]
    tokens = _read_as_words(
        list(_tokens(body, language, span, list(quoted), mentions, lexicon(language), actors)),
        language,
    )
    letters = "".join(token.letter for token in tokens)
    return Sentence(body, language, span, paragraph, tokens, letters)


# "BAKU, Oct 3 (Reuters) - ", "PARIS (AFP) — ", "3 octobre 2012, Paris. - "
_CAPITALS = r"[A-ZÀ-ÝА-ЯЁ][A-ZÀ-ÝА-ЯЁ'’ -]{2,30}"
_AGENCY = r"\([A-Z][\w ]{1,15}\)"
_DATELINE = re.compile(
    rf"(?:{_CAPITALS}(?:, [\w. ]{{3,20}})? ?{_AGENCY}"
    r"|\d{1,2}(?:er)? \w{3,10} \d{4}(?:, [A-ZÀ-ÝА-ЯЁ][\w'’ -]{1,30})?\.)\s?[-–—]\s"
)


def _behind_dateline(body: str, span: Span) -> Span:
    """The sentence without the place and day that a newspaper prints ahead of it."""
    dateline = _DATELINE.match(body, span.start, span.end)
    return Span(start=dateline.end(), end=span.end) if dateline else span


def _units(body: str, language: str, quoted: Sequence[Quotation]) -> Iterator[tuple[Span, int]]:
    """Sentence spans, those that a quotation holds together joined, with paragraph numbers."""
    current: Span | None = None
    paragraph = 0
    at = 0
    for span in (_behind_dateline(body, each) for each in _sentences(body, language, quoted)):
        if current is not None:
            while at < len(quoted) and quoted[at].outer.end <= span.start:
                at += 1
            if at < len(quoted) and quoted[at].outer.start < span.start:
                current = Span(start=current.start, end=span.end)
                continue
            announced = body[current.end - 1] == ":" and any(
                quotation.outer.start == span.start for quotation in quoted[at : at + 1]
            )
            tagged = language == "en" and _TAG.match(body, current.end - 2, span.end)
            if announced or tagged or _SIGNATURE.match(body, current.end - 1, span.end):
                current = Span(start=current.start, end=span.end)
                continue
            yield current, paragraph
            paragraph += "\n" in body[current.end : span.start]
        current = span
    if current is not None:
        yield current, paragraph


def _sentences(body: str, language: str, quoted: Sequence[Quotation]) -> Iterator[Span]:
    """Sentence spans; a single mark that opens a quotation belongs to the sentence behind it."""
    openers = {q.outer.start for q in quoted if body[q.outer.start] in _SINGLE}
    opener: int | None = None
    for span in sentences(body, language):
        start = span.start if opener is None else opener
        opener = span.end - 1 if span.end - 1 in openers else None
        end = span.end if opener is None else opener
        while end > start and body[end - 1].isspace():
            end -= 1
        if end > start:
            yield Span(start=start, end=end)


def _masked(body: str, quoted: Sequence[Quotation]) -> str:
    """The body with every quotation blotted out, so that its words are not the newsroom's."""
    parts: list[str] = []
    last = 0
    for quotation in quoted:
        parts += (
            body[last : quotation.outer.start],
            "·" * (quotation.outer.end - quotation.outer.start),
        )
        last = quotation.outer.end
    return "".join((*parts, body[last:]))


def _tokens(
    masked: str,
    language: str,
    span: Span,
    quoted: list[Quotation],
    mentions: list[Mention],
    words: Lexicon,
    actors: Actors,
) -> Iterator[Token]:
    offsets = _offsets(masked, language, span, quoted)
    keys = [lookup(masked[start:end]) for start, end, _ in offsets]
    position = 0
    mention = 0
    while position < len(offsets):
        start, end, quotation = offsets[position]
        if quotation is not None:
            yield Token("Q", start, end, masked[start:end], quotation)
            position += 1
            continue
        while mention < len(mentions) and mentions[mention].span.end <= start:
            mention += 1
        entry = words.at(keys, position)
        named = mentions[mention] if mention < len(mentions) else None
        stop = position
        while (
            named and stop < len(offsets) and named.span.start <= offsets[stop][0] < named.span.end
        ):
            stop += 1
        longer = entry is not None and len(entry.words) + (entry.letter == "R") > stop - position
        if named and stop > position and not longer:
            letter = "J" if named.kind is MentionKind.DEMONYM else "C"
            yield Token(letter, start, offsets[stop - 1][1], masked[start : offsets[stop - 1][1]])
            position = stop
            continue
        text = masked[start:end]
        if entry and _stands(entry.letter, text, entry.printed, actors):
            stop = position + len(entry.words)
            last = offsets[stop - 1][1]
            yield Token(entry.letter, start, last, masked[start:last])
            position = stop
            continue
        yield Token(_letter(text, actors), start, end, text)
        position += 1


def _offsets(
    masked: str, language: str, span: Span, quoted: list[Quotation]
) -> list[tuple[int, int, Quotation | None]]:
    found: list[tuple[int, int, Quotation | None]] = []
    at = span.start
    for quotation in (*quoted, None):
        stop = quotation.outer.start if quotation else span.end
        found += [(at + s, at + e, None) for s, e in cut(masked[at:stop], language)]
        if quotation:
            found.append((quotation.outer.start, quotation.outer.end, quotation))
            at = quotation.outer.end
    return found


def _stands(letter: str, text: str, printed: str, actors: Actors) -> bool:
    """Whether capitals allow the reading: parts of titles have them, particles do not."""
    if letter == "A":
        return text[0].isupper() and not actors.is_office(text)
    if letter == "M" and printed[0].isupper():
        return text[0].isupper()
    if letter == "p":
        return text[0].islower()
    return True


@lru_cache(maxsize=100_000)  # words come again, and it is asked of each
def _letter(text: str, actors: Actors) -> str:
    if text in _MARKS:
        return _MARKS[text]
    if text[0].isdigit():
        return "a"
    if text in ("'s", "’s"):
        return "G"
    if text in ("n't", "n’t"):
        return "X"
    if _FRENCH_PRONOUN.fullmatch(text):
        return "P"
    if not text[0].isalpha():
        return text[0]
    if text != _HOUR and any(
        actors.is_office(part) or actors.is_private(part) for part in (text, text.split("-")[-1])
    ):
        return "R"
    return "N" if text[0].isupper() or _ARABIC.fullmatch(text) else "w"
