"""The last check of an answer: nothing passes it but what a page says and who it says says it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.citing import citation
from bot.answering.composing import composed
from bot.answering.evidence import Evidence
from bot.answering.gate import Cited, passed
from bot.domain import Line, LineKind
from tests.bot.corpora import EVERYTHING, PUBLIC, Desk
from tests.bot.scripted import briefing
from vectorstore.corpus import View
from vectorstore.domain import Document, Span, Statement, StatementKind, Tier
from vectorstore.people import People

BODY = (
    "The envoy Ada Lind said: “The door is open, and it will stay open.” According to Bo Ek, "
    "minister, the talks go on. Nobody else spoke. “We wait,” said Ada Lind, quoted by Nord."
)


def _span(words: str) -> Span:
    start = BODY.index(words)
    return Span(start=start, end=start + len(words))


QUOTE = Statement(
    actor="EU",
    speaker="Ada Lind",
    role="envoy",
    kind=StatementKind.QUOTE,
    cue="said",
    via="",
    span=_span("The door is open, and it will stay open."),
    attribution=_span("The envoy Ada Lind said"),
)
REPORTED = Statement(
    actor="FR",
    speaker="Bo Ek",
    role="minister",
    kind=StatementKind.REPORTED,
    cue="According to",
    via="",
    span=_span("According to Bo Ek, minister, the talks go on."),
    attribution=_span("According to Bo Ek, minister"),
)
PASSED_ON = replace(
    QUOTE,
    role="",
    via="Nord",
    span=_span("We wait,"),
    attribution=_span("said Ada Lind, quoted by Nord"),
)
DOCUMENT = Document(
    briefing=briefing("talks", text=BODY),
    passages=(Span(start=0, end=len(BODY)),),
    statements=(QUOTE, REPORTED, PASSED_ON),
)
SECRET = Document(
    briefing=briefing("secret", text=BODY, tier=Tier.SUBSCRIBERS),
    passages=DOCUMENT.passages,
    statements=DOCUMENT.statements,
)


def view(*documents: Document) -> View:
    held = {document.briefing.version: document for document in documents}
    return cast(View, SimpleNamespace(documents=held))


def cited(statement: Statement | None, span: Span, document: Document = DOCUMENT) -> Cited:
    source = citation(1, document.briefing, span)
    line = Line(
        text=source.quote,
        kind=LineKind(statement.kind.value) if statement else LineKind.PASSAGE,
        actor=statement.actor if statement else None,
        speaker=statement.speaker if statement else "",
        role=statement.role if statement else "",
        via=statement.via if statement else "",
        day=source.day,
        citation=1,
    )
    return line, source


def passes(pair: Cited, *documents: Document, tiers: frozenset[Tier] = PUBLIC) -> bool:
    held = documents or (DOCUMENT,)
    return passed([pair], view(*held), tiers, People(held)) == [pair]


@pytest.mark.parametrize("statement", [QUOTE, REPORTED, PASSED_ON])
def test_a_statement_as_the_page_attributes_it_passes(statement: Statement) -> None:
    assert passes(cited(statement, statement.span))


def test_the_newsrooms_own_sentence_passes() -> None:
    assert passes(cited(None, _span("Nobody else spoke.")))


def test_a_sentence_with_a_quotation_passes_with_the_words_that_name_its_speaker() -> None:
    assert passes(cited(None, Span(start=0, end=QUOTE.span.end + 1)))


@given(st.integers(0, len(BODY)), st.integers(0, len(BODY)))
def test_no_passage_passes_that_shows_quoted_words_without_their_speaker(a: int, b: int) -> None:
    shown = Span(start=min(a, b), end=max(a, b))
    hides = any(
        shown.overlaps(statement.span)
        and not (
            shown.start <= statement.attribution.start and statement.attribution.end <= shown.end
        )
        for statement in (QUOTE, PASSED_ON)
    )
    begins_inside = any(
        statement.span.start <= shown.start <= statement.span.end
        for statement in (QUOTE, PASSED_ON)
    )
    expected = shown.start < shown.end and not hides and not begins_inside
    assert passes(cited(None, shown)) == expected


@pytest.mark.parametrize("marks", ["“”", "““", "«»", "„“", '""'])
def test_a_sentence_out_of_a_quotation_that_nobody_owns_is_not_the_newsrooms(marks: str) -> None:
    said = f"Leaflets fell. {marks[0]}Lay down your arms. The war is lost.{marks[1]} Night came."
    leaflet = Document(
        briefing=briefing("leaflet", text=said),
        passages=(Span(start=0, end=len(said)),),
        statements=(),
    )

    def span(words: str) -> Span:
        return Span(start=said.index(words), end=said.index(words) + len(words))

    assert not passes(cited(None, span("The war is lost."), leaflet), leaflet)
    assert passes(cited(None, span("Leaflets fell."), leaflet), leaflet)
    assert passes(cited(None, span("Night came."), leaflet), leaflet)
    assert passes(cited(None, Span(start=0, end=len(said)), leaflet), leaflet)


LINE_CHANGES = {
    "text": st.text().map(lambda text: text or "x"),
    "kind": st.sampled_from(LineKind),
    "actor": st.sampled_from([None, "EU", "FR", "RU", ""]),
    "speaker": st.sampled_from(["", "Ada Lind", "Bo Ek", "ada lind", "Ada"]),
    "role": st.sampled_from(["", "envoy", "minister", "Envoy"]),
    "via": st.sampled_from(["", "Nord", "Süd"]),
    "called": st.sampled_from(["", "Ada Lind", "Bo Ek"]),
    "office": st.sampled_from(["", "envoy", "minister"]),
    "relay": st.sampled_from(["", "Nord", "“Süd”"]),
    "citation": st.integers(-1, 3),
}
CITATION_CHANGES = {
    "number": st.integers(-1, 3),
    "briefing": st.sampled_from(["", "talks-en", "talks-fr", "other"]),
    "version": st.sampled_from(["", "0" * 24, DOCUMENT.briefing.version]),
    "quote": st.text(),
    "start": st.integers(-len(BODY), 2 * len(BODY)),
    "end": st.integers(-len(BODY), 2 * len(BODY)),
}


@given(st.sampled_from([QUOTE, REPORTED, PASSED_ON]), st.data())
def test_no_line_passes_with_anything_about_it_altered(
    statement: Statement, data: st.DataObject
) -> None:
    line, source = cited(statement, statement.span)
    field = data.draw(st.sampled_from(sorted(LINE_CHANGES)))
    altered = replace(line, **{field: data.draw(LINE_CHANGES[field])})
    assert passes((altered, source)) == (altered == line)


@given(st.sampled_from([QUOTE, REPORTED, PASSED_ON, None]), st.data())
def test_no_citation_passes_with_anything_about_it_altered(
    statement: Statement | None, data: st.DataObject
) -> None:
    span = statement.span if statement else _span("Nobody else spoke.")
    line, source = cited(statement, span)
    field = data.draw(st.sampled_from(sorted(CITATION_CHANGES)))
    altered = replace(source, **{field: data.draw(CITATION_CHANGES[field])})
    assert passes((line, altered)) == (altered == source)


@given(st.integers(0, len(BODY)), st.integers(0, len(BODY)))
def test_no_other_words_of_the_page_pass_as_a_speakers(a: int, b: int) -> None:
    span = Span(start=min(a, b), end=max(a, b))
    assert passes(cited(QUOTE, span)) == (span == QUOTE.span)


def test_a_line_of_a_version_that_was_replaced_does_not_pass() -> None:
    corrected = replace(DOCUMENT, briefing=replace(DOCUMENT.briefing, text=BODY + " Corrected."))
    assert not passes(cited(QUOTE, QUOTE.span), corrected)


def test_a_bent_name_passes_in_the_nominative_that_another_page_prints_and_in_no_other() -> None:
    bent = replace(REPORTED, speaker="Бориса Ташкентова", role="министра")
    page = replace(DOCUMENT, statements=(bent,))
    other = Document(
        briefing=briefing("other", text=BODY + " More."),
        passages=DOCUMENT.passages,
        statements=(replace(QUOTE, actor="FR", speaker="Борис Ташкентов", role="министр"),),
    )
    line, source = cited(bent, bent.span, page)
    shown = replace(line, called="Борис Ташкентов", office="министр")
    assert passes((shown, source), page, other)
    assert passes((line, source), page, other)
    assert not passes((shown, source), page)
    assert not passes((replace(shown, called="Ada Lind"), source), page, other)
    assert not passes((replace(shown, office="посол"), source), page, other)


def test_subscribers_text_passes_for_subscribers_alone() -> None:
    pair = cited(QUOTE, QUOTE.span, SECRET)
    assert not passes(pair, SECRET, tiers=PUBLIC)
    assert passes(pair, SECRET, tiers=EVERYTHING)


@pytest.mark.parametrize(
    "question", ["What did Russia say?", "Que dit la Turquie ?", "Что сказала Армения?"]
)
def test_real_answers_pass_again_and_not_once_their_words_are_moved(
    samples: Desk, question: str
) -> None:
    answer = samples.ask(question)
    assert answer.found
    pairs = list(zip(answer.lines, answer.citations, strict=True))
    with samples.corpus.view() as current:
        people = People(current.readable(PUBLIC))
        assert passed(pairs, current, PUBLIC, people) == pairs
        moved = [(line, replace(c, start=c.start + 1, end=c.end + 1)) for line, c in pairs]
        assert passed(moved, current, PUBLIC, people) == []


def test_what_is_said_twice_in_one_sentence_is_one_line() -> None:
    again = replace(REPORTED, cue="and repeated")
    document = replace(DOCUMENT, statements=(REPORTED, again))
    evidence = [Evidence(document, each.span, each) for each in document.statements]
    lines, citations = composed(evidence, view(document), PUBLIC, People([document]))
    assert len(lines) == len(citations) == 1
