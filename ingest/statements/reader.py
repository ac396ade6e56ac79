"""Reads a text's sentences in order and says whose words each holds.

What one sentence leaves open (a surname, a pronoun, a quotation that goes on) is settled by what
the text has said before; what stays open gives no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from ingest.statements.continued import goes_on, may_go_on
from ingest.statements.deeds import is_deed
from ingest.statements.incise import Incise, incised
from ingest.statements.lexicon import denies, reports
from ingest.statements.link import Link
from ingest.statements.links import links
from ingest.statements.memory import Known, Memory, Owner
from ingest.statements.number import many
from ingest.statements.outlets import outlet
from ingest.statements.people import People
from ingest.statements.quoted import Owned, owned
from ingest.statements.reported import acts, clause, encloses, holds_clause, tells_all
from ingest.statements.resolution import Resolution
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, speaker_in
from ingest.statements.topics import possessor, topic
from ingest.statements.wording import statement, told_by
from vectorstore.actors import Actors
from vectorstore.domain import Span, Statement, StatementKind

_TELLING = ("he", "she", "elle", "он", "она")  # French "il" may be nobody
# French "le port rouvre, comme le dit | X : « … »": what stands ahead is X's as well
_IN_PASSING = re.compile(r"^[^QS]*w[^QS]*w[^QS]*yD?$")
_SCRAP = 3  # quoted words up to which the clause is reported as well: “genocide”


# "On Monday evening, he …"
_BEGINS = re.compile(r"(?:[mtwDJ]{1,6},)?(?=P)")


class Reader:
    """Reads the sentences in order and resolves what one sentence alone leaves open."""

    def __init__(
        self, sentences: Sequence[Sentence], language: str, actors: Actors, people: People
    ) -> None:
        self._sentences = sentences
        self._actors = actors
        self._memory = Memory(people=people, language=language)
        self._speakers = Resolution(people, actors, self._memory)

    def statements(self) -> Iterator[Statement]:
        """The statements of all sentences."""
        for sentence, following in zip_longest(self._sentences, self._sentences[1:]):
            self._memory.enter(sentence)
            if sentence.letters:
                yield from self._of(sentence, following)

    def _of(self, sentence: Sentence, following: Sentence | None) -> Iterator[Statement]:
        found = links(sentence, self._actors)
        spoken = self._spoken(sentence, found)
        incises = tuple(self._incised(sentence, spoken))
        owner = self._memory.owner
        if incises:
            yield from self._interrupted(incises)
        elif owner is not None and goes_on(sentence, owner, following):
            yield from self._going_on(sentence, owner)
        elif (held := _carried_on(sentence)) is not None:
            self._memory.pending.append(held)
        else:
            yield from self._governed(sentence, found, spoken)

    def _spoken(self, sentence: Sentence, found: Sequence[Link]) -> dict[Link, Known]:
        """Of the sentence's links those whose speaker is clear, while the memory follows along."""
        spoken: dict[Link, Known] = {}
        first = found[0] if found else None
        if (begins := _BEGINS.match(sentence.letters)) is not None:
            at = begins.end()
            if sentence.tokens[at].text.lower() in _TELLING:
                self._memory.learn_gender(speaker_in(sentence, at, at + 1, self._actors))
        position = self._about(sentence, first)
        for link in found:
            start, end = min(link.start, link.cue_at), max(link.end, link.cue_end)
            start = link.cue_at if start < position else start  # "X asked Y, saying …"
            self._memory.passed(sentence, position, max(position, start), ahead=True)
            known = self._speakers.known(sentence, link)
            nested = any(encloses(sentence, other, link) for other in spoken)
            if known is not None:
                spoken[link] = known
            if known is not None and not nested and not link.joint:
                self._memory.heard(known)
            else:
                self._memory.lost(self._speakers.gender(sentence, link, known))
            position = max(position, end)
        self._memory.passed(sentence, position, len(sentence.tokens))
        return spoken

    def _about(self, sentence: Sentence, first: Link | None) -> int:
        """Remembers whom the sentence is about before anybody speaks; the position behind."""
        if first is not None and not (first.speaker.pronoun and first.start):
            return 0
        if first is not None and first.speaker.span.of(sentence.body).startswith("-"):
            return 0  # "L'alliance, a-t-il dit, dépensera plus": it is what he speaks of
        subject = topic(sentence, self._actors)
        if subject is None and first is None:
            subject = possessor(sentence, self._actors)
        known = subject and self._speakers.subject(sentence, subject[0])
        if subject is None or (first and first.start < subject[1]):
            return 0
        if known is None:
            if not subject[0].person:
                self._memory.lost(many(sentence, subject[0]))  # "The driver stopped."
            return 0
        self._memory.heard(known)
        return subject[1]

    # ---------------------------------------------------------------- quotations
    def _incised(self, sentence: Sentence, spoken: dict[Link, Known]) -> Iterator[Incise]:
        """Quotations that carry their attribution inside, where none stands outside."""
        if "Q" not in sentence.letters or any(owned(sentence, tuple(spoken), self._actors)):
            return
        for token in sentence.tokens:
            if token.quotation is not None:
                incise = incised(sentence, token.quotation, self._actors)
                if incise is not None:
                    yield incise

    def _interrupted(self, incises: Sequence[Incise]) -> Iterator[Statement]:
        for incise in incises:
            known = self._speakers.known(incise.inside, incise.link)
            if known is None:
                continue
            self._memory.heard(known)
            self._memory.owner = Owner(incise.inside, incise.link, known)
            for span in incise.spans:
                yield statement(incise.inside, incise.link, known, StatementKind.QUOTE, span, None)

    def _going_on(self, sentence: Sentence, owner: Owner) -> Iterator[Statement]:
        """A quotation that stands alone goes on with the words before it."""
        quotation = sentence.tokens[sentence.letters.index("Q")].quotation
        if quotation is not None:
            self._memory.heard(owner.known)
            self._memory.carried = quotation.carries
            quote = StatementKind.QUOTE
            yield statement(owner.sentence, owner.link, owner.known, quote, quotation.span, None)

    def _governed(
        self, sentence: Sentence, found: Sequence[Link], spoken: dict[Link, Known]
    ) -> Iterator[Statement]:
        """Quotations that a speaker of the sentence owns, and what the sentence reports."""
        self._memory.owner, self._memory.carried = None, False
        said: dict[Link, int] = {}
        for item in owned(sentence, tuple(spoken), self._actors):
            known = spoken.get(item.link) or self._speakers.known(sentence, item.link)
            quotation = sentence.tokens[item.at].quotation
            if known is None or quotation is None or _denied(sentence, item):
                continue
            yield from self._held_back(sentence, item, known)
            alone = not item.link.joint
            self._memory.owner = Owner(sentence, item.link, known) if alone else None
            self._memory.carried = quotation.carries
            whole = not (_leads_up(sentence, item.link, item.at) or _is_part(sentence, item))
            words = len(quotation.span.of(sentence.body).split()) + whole * _SCRAP
            said[item.link] = max(said.get(item.link, 0), words)
            quote = StatementKind.QUOTE
            one = statement(sentence, item.link, known, quote, quotation.span, item.at)
            yield replace(one, via=one.via or told_by(sentence, item.link, known, spoken))
        self._may_go_on(sentence, spoken)
        self._memory.pending.clear()
        telling = {link for link in spoken if said.get(link, 0) <= _SCRAP or _tells(sentence, link)}
        yield from self._reported(sentence, found, spoken, telling)

    def _held_back(self, sentence: Sentence, item: Owned, known: Known) -> Iterator[Statement]:
        """The paragraphs that this quotation ends: their speaker is named only now."""
        for span in self._memory.pending if item.at == 0 else ():
            yield statement(sentence, item.link, known, StatementKind.QUOTE, span, item.at)
        self._memory.pending.clear()

    def _may_go_on(self, sentence: Sentence, spoken: dict[Link, Known]) -> None:
        """Lets a quotation that follows alone be that of the one speaker here ("X agreed. “…”")."""
        speakers = {known.speaker for known in spoken.values()}
        if self._memory.owner is not None or self._memory.others or len(speakers) != 1:
            return
        link, known = next(iter(spoken.items()))
        if known.speaker.person and not link.negated and may_go_on(sentence, spoken):
            self._memory.owner = Owner(sentence, link, known, told=True)

    def _reported(
        self,
        sentence: Sentence,
        found: Sequence[Link],
        spoken: dict[Link, Known],
        telling: set[Link],
    ) -> Iterator[Statement]:
        """What is told without quoting, or with so few words that they say nothing alone."""
        seen: set[tuple[Speaker, Span]] = set()
        reported = StatementKind.REPORTED
        done = list(acts(sentence, self._actors))
        verbs = {act.cue_end for act in done}  # what stands before such a verb is its object
        for link, known in spoken.items():
            span = clause(sentence, link, found, spoken)
            nested = any(
                encloses(sentence, other, link) or tells_all(sentence, other, link)
                for other in spoken
            )
            if link.negated or link not in telling or span is None or nested:
                continue
            that = sentence.letters[link.cue_end : link.cue_end + 1] == "L"
            told = that or reports(sentence.text(link.cue_at, link.cue_end), sentence.language)
            told = told or holds_clause(sentence, link)
            if link.cue_end in verbs or not told or is_deed(sentence, link):
                continue
            if sentence.letters[link.cue_end - 1] == "W":
                continue  # "…, for whom …" opens half a clause
            if (known.speaker, span) not in seen:
                seen.add((known.speaker, span))
                one = statement(sentence, link, known, reported, span, None)
                yield replace(one, via=one.via or told_by(sentence, link, known, spoken))
        for link in done:
            known = Known(link.speaker, sentence.span_of(link.start, link.end))
            yield statement(sentence, link, known, reported, sentence.span, None)
        medium = None if spoken or done else outlet(sentence, found)
        span = clause(sentence, medium, (), ()) if medium else None
        if medium and span:
            known = Known(medium.speaker, sentence.span_of(medium.start, medium.end))
            yield statement(sentence, medium, known, reported, span, None)


def _carried_on(sentence: Sentence) -> Span | None:
    """The quotation that is all of a paragraph and goes on in the next one."""
    quotation = sentence.tokens[0].quotation
    alone = sentence.letters == "Q" and quotation is not None and quotation.carries
    return quotation.span if quotation and alone else None


def _tells(sentence: Sentence, link: Link) -> bool:
    """Whether the cue tells something before its quotation ("demands a new vote: “…”")."""
    colon = sentence.letters[link.end : link.end + 2] == ":Q"
    if link.inverted and colon and _IN_PASSING.search(sentence.letters[: link.cue_at]):
        return True
    told = re.match(r"[^Q:;]*:", sentence.letters[link.cue_end :])
    return not link.inverted and told is not None and len(re.findall("[wCNR]", told[0])) > 1


def _leads_up(sentence: Sentence, link: Link, quotation: int) -> bool:
    """Whether words lead from the cue to the quotation ("called the decision “a mistake”")."""
    if quotation == 0:
        return False
    if quotation < link.cue_at:
        return sentence.letters[quotation + 1 : link.cue_at].strip(",.-NRJCAPDio") != ""
    between = sentence.letters[max(link.cue_end, link.end) : quotation]
    return ":" not in between and bool(set(between) & set("wnCNRJPD"))


def _is_part(sentence: Sentence, item: Owned) -> bool:
    """Whether a quotation is a part of the clause that its cue begins ("called it “mad”") or, in
    English, ends ("It was “mad,” she said").
    """
    quotation = sentence.tokens[item.at].quotation
    part = quotation is not None and quotation.span.of(sentence.body)[:1].islower()
    begun = item.link.cue_at < item.at or (item.at > 0 and sentence.language == "en")
    return part and begun and sentence.letters[item.at - 1] != ":"


def _denied(sentence: Sentence, item: Owned) -> bool:
    """Whether the quotation is what its speaker denies: not behind a colon, nor if it tells what
    the speaker thinks of it ("dismissed it as “a farce”").
    """
    link = item.link
    if re.search(r"(?::|y[DJ]*)$", sentence.letters[: item.at]):
        return False
    return denies(sentence.text(link.cue_at, link.cue_end), sentence.language)
