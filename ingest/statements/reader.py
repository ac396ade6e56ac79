"""Reads a text's sentences in order and says whose words each holds.

What one sentence leaves open (a surname, a pronoun, a quotation that goes on) is settled by what
the text has said before; what stays open gives no statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.statements.incise import Incise, incised
from ingest.statements.lexicon import denies, is_anonymous, is_body, is_newsroom
from ingest.statements.links import Link, links
from ingest.statements.memory import Known, Memory, Owner
from ingest.statements.people import People
from ingest.statements.quoted import Owned, owned
from ingest.statements.reported import acts, clause, encloses
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker
from vectorstore.actors import Actors
from vectorstore.domain import Span, Statement, StatementKind

_VIA = re.compile(r"(?:Z|[Ve]t?|\()D?(?P<who>M+N*|(?<=Z)[NnA]*[NQ][Nn]*|(?<=ZD)[NnA]*[NQ][Nn]*(?![RA]))")
_SCRAP = 3  # quoted words up to which the clause is reported as well: “genocide”
_IN_COUNTRY = re.compile(r"[mkK,]*t(?P<who>C),")
_COUNTRY_FIRST = re.compile(r"[mkK,]*D?(?P<who>C)[wHVv,]")
# What things do as well as people, so that a lone word before it need not be a name.
_THINGS_DO = frozenset(
    word
    for words in (
        "threatens threatened suggests suggested indicates indicated confirms confirmed reveals "
        "revealed promises promised",
        "menace menaçait promet confirme indique révèle suggère",
        "угрожает угрожал угрожала обещает указывает подтверждает",
    )
    for word in words.split()
)
_ITS = {"its", "their", "son", "sa", "ses", "leur", "leurs", "его", "ее", "её", "их"}


class Reader:
    """Reads the sentences in order and resolves what one sentence alone leaves open."""

    def __init__(self, sentences: Sequence[Sentence], actors: Actors, people: People) -> None:
        self._sentences = sentences
        self._actors = actors
        self._people = people
        self._memory = Memory(people=people)

    def statements(self) -> Iterator[Statement]:
        """The statements of all sentences."""
        for sentence in self._sentences:
            self._memory.enter(sentence.paragraph)
            if sentence.letters:
                yield from self._of(sentence)

    def _of(self, sentence: Sentence) -> Iterator[Statement]:
        found = links(sentence, self._actors)
        spoken = self._spoken(sentence, found)
        incises = tuple(self._incised(sentence, spoken))
        owner = self._memory.owner
        if incises:
            yield from self._interrupted(incises)
        elif sentence.letters.strip(".-,") == "Q" and owner is not None:
            yield from self._going_on(sentence, owner)
        elif sentence.letters == "Q" and (quotation := sentence.tokens[0].quotation).carries:
            self._memory.pending.append(quotation.span)
        else:
            yield from self._governed(sentence, found, spoken)

    def _spoken(self, sentence: Sentence, found: Sequence[Link]) -> dict[Link, Known]:
        """Of the sentence's links those whose speaker is clear, while the memory follows along."""
        spoken: dict[Link, Known] = {}
        position = 0
        for link in found:
            start, end = min(link.start, link.cue_at), max(link.end, link.cue_end)
            self._memory.passed(sentence, position, max(position, start))
            known = self._known(sentence, link)
            nested = any(encloses(sentence, other, link) for other in spoken)
            if known is not None:
                spoken[link] = known
            if known is not None and not nested and not link.joint:
                self._memory.heard(known)
            else:
                self._memory.lost()
            position = max(position, end)
        self._memory.passed(sentence, position, len(sentence.tokens))
        return spoken

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
            known = self._known(incise.inside, incise.link)
            if known is None:
                continue
            self._memory.heard(known)
            self._memory.owner = Owner(incise.inside, incise.link, known)
            for span in incise.spans:
                yield _statement(incise.inside, incise.link, known, StatementKind.QUOTE, span, None)

    def _going_on(self, sentence: Sentence, owner: Owner) -> Iterator[Statement]:
        """A quotation that stands alone goes on with the words before it."""
        quotation = sentence.tokens[sentence.letters.index("Q")].quotation
        if quotation is not None:
            self._memory.carried = quotation.carries
            quote = StatementKind.QUOTE
            yield _statement(owner.sentence, owner.link, owner.known, quote, quotation.span, None)

    def _governed(
        self, sentence: Sentence, found: Sequence[Link], spoken: dict[Link, Known]
    ) -> Iterator[Statement]:
        """Quotations that a speaker of the sentence owns, and what the sentence reports."""
        self._memory.owner, self._memory.carried = None, False
        said: dict[Link, int] = {}
        for item in owned(sentence, tuple(spoken), self._actors):
            known = spoken.get(item.link) or self._known(sentence, item.link)
            quotation = sentence.tokens[item.at].quotation
            if known is None or quotation is None or _denied(sentence, item.link):
                continue
            yield from self._held_back(sentence, item, known)
            alone = not item.link.joint
            self._memory.owner = Owner(sentence, item.link, known) if alone else None
            self._memory.carried = quotation.carries
            whole = not _leads_up(sentence, item.link, item.at)
            words = len(quotation.span.of(sentence.body).split()) + whole * _SCRAP
            said[item.link] = max(said.get(item.link, 0), words)
            quote = StatementKind.QUOTE
            one = _statement(sentence, item.link, known, quote, quotation.span, item.at)
            yield replace(one, via=one.via or _told_by(sentence, item.link, known, spoken))
        self._may_go_on(sentence, spoken)
        self._memory.pending.clear()
        telling = {link for link in spoken if said.get(link, 0) <= _SCRAP or _tells(sentence, link)}
        yield from self._reported(sentence, found, spoken, telling)

    def _held_back(self, sentence: Sentence, item: Owned, known: Known) -> Iterator[Statement]:
        """The paragraphs that this quotation ends: their speaker is named only now."""
        for span in self._memory.pending if item.at == 0 else ():
            yield _statement(sentence, item.link, known, StatementKind.QUOTE, span, item.at)
        self._memory.pending.clear()

    def _may_go_on(self, sentence: Sentence, spoken: dict[Link, Known]) -> None:
        """Lets a quotation that follows alone be that of the one who speaks here ("X agreed. “…”")."""
        speakers = {known.speaker for known in spoken.values()}
        link = next(iter(spoken), None)
        if self._memory.owner is None and link and len(speakers) == 1 and not self._memory.others:
            if spoken[link].speaker.person and not link.negated:
                self._memory.owner = Owner(sentence, link, spoken[link])

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
        for link, known in spoken.items():
            span = clause(sentence, link, found, spoken)
            nested = any(encloses(sentence, other, link) for other in spoken)
            if link.negated or link not in telling or span is None or nested:
                continue
            if (known.speaker, span) not in seen:
                seen.add((known.speaker, span))
                one = _statement(sentence, link, known, reported, span, None)
                yield replace(one, via=one.via or _told_by(sentence, link, known, spoken))
        for link in acts(sentence, self._actors):
            known = Known(link.speaker, sentence.span_of(link.start, link.end))
            yield _statement(sentence, link, known, reported, sentence.span, None)

    # ---------------------------------------------------------------- speakers
    def _known(self, sentence: Sentence, link: Link) -> Known | None:
        """The link's speaker, with what the text says of them elsewhere; None if it is unclear."""
        speaker = link.speaker
        if speaker.pronoun:
            return self._memory.meant_by(speaker)
        if not speaker.person:
            speaker = self._people.bearer(speaker, sentence) or speaker
        if speaker.actor is None and not self._is_somebody(sentence, link, speaker):
            return None
        if speaker.person:
            if any(map(self._actors.is_office, speaker.role.split())):
                self._people.learn(speaker)
            person = self._people.find(speaker.name)
            if person is not None:
                speaker = replace(
                    speaker,
                    role=speaker.role or person.role,
                    actor=speaker.actor or person.actor,
                    gender=speaker.gender or person.gender,
                )
            elif _common_word(sentence, link) and not self._people.knows(speaker.name):
                return None
        elif speaker.actor is None:
            speaker = replace(speaker, actor=self._side(sentence, link))
        start, end = min(link.start, link.cue_at), max(link.end, link.cue_end)
        return Known(speaker, sentence.span_of(start, end))

    def _is_somebody(self, sentence: Sentence, link: Link, speaker: Speaker) -> bool:
        """Whether a speaker without a side is more than "sources", "the minister", a newspaper."""
        language = sentence.language
        if is_newsroom(speaker.name, language):
            return False
        words = speaker.name.split()
        if speaker.span.start == sentence.span.start:
            words[0] = words[0].lower()  # its capital is the sentence's
        nouns = [word for word in words if word[0].islower()]
        if not speaker.person and any(is_anonymous(word, language) for word in nouns):
            return False
        if speaker.person or any(is_body(word, language) for word in words):
            return True
        offices = [word for word in words if self._actors.is_office(word)]
        named = len(nouns) + len({*offices} - {*nouns}) < len(words)
        return named or not offices or self._side(sentence, link) is not None

    def _side(self, sentence: Sentence, link: Link) -> str | None:
        """Whose a body without a country in its name is ("In Turkey, the ministry …", "its …")."""
        place = _IN_COUNTRY.match(sentence.letters)
        subject = _COUNTRY_FIRST.match(sentence.letters)
        first = sentence.tokens[link.start].text.lower()
        country: int | None = None
        if first in _ITS and subject is not None:
            country = subject.start("who")
        elif place is not None and place.end() <= link.start and first not in _ITS:
            country = place.start("who")
        offices = any(self._actors.is_office(word) for word in link.speaker.name.split())
        if country is None or not offices:
            return self._people.side_of(link.speaker.name)
        return self._actors.actor_of(sentence.tokens[country].text, sentence.language)


def _tells(sentence: Sentence, link: Link) -> bool:
    """Whether the cue tells something before its quotation ("demands a new vote: “…”")."""
    told = re.match(r"[^Q:;]*:", sentence.letters[link.cue_end :])
    return not link.inverted and told is not None and len(re.findall("[wCNR]", told[0])) > 1


def _leads_up(sentence: Sentence, link: Link, quotation: int) -> bool:
    """Whether words lead from the cue to the quotation ("called the decision “a mistake”")."""
    if quotation < link.cue_at:
        return sentence.letters[quotation + 1 : link.cue_at].strip(",.-NRJCAPDio") != ""
    between = sentence.letters[max(link.cue_end, link.end) : quotation]
    return ":" not in between and bool(set(between) & set("wCNRJP"))


def _denied(sentence: Sentence, link: Link) -> bool:
    return denies(sentence.text(link.cue_at, link.cue_end), sentence.language)


def _common_word(sentence: Sentence, link: Link) -> bool:
    """Whether the speaker is one word that may have its capital from the start of the sentence."""
    speaker = link.speaker
    if speaker.span.start != sentence.tokens[0].start or " " in speaker.name:
        return False
    if sentence.tokens[link.cue_at].text.lower() in _THINGS_DO:
        return True  # "Drought threatens …"
    if sentence.language == "en":
        return speaker.name.endswith("s")
    # a Russian sentence may begin with the object: «Нападение осудила Франция»
    follower = sentence.letters[link.cue_end : link.cue_end + 1]
    return sentence.language == "ru" and (follower in tuple("CRJ") or link.cue_at != 1)


def _via(sentence: Sentence, link: Link, quotation: int | None) -> str:
    """Who passed these words on, as printed; "" where the sentence names nobody.

    It must stand with the speaker, the cue or the quotation, with no other name between.
    """
    letters = sentence.letters
    for match in _VIA.finditer(letters):
        ends = [link.end, link.cue_end, *([quotation + 1] if quotation is not None else [])]
        near = [end for end in ends if end <= match.start() + 1]
        inside = link.start <= match.start() < link.cue_at
        ahead = match.end() <= link.start and letters[match.end() : link.start] == ","
        after = bool(near) and not set("NCQVe") & set(letters[max(near) : match.start()])
        if inside or ahead or after:
            return sentence.text(*match.span("who")).strip('«»“”" ')
    return ""


def _told_by(sentence: Sentence, link: Link, owner: Known, spoken: dict[Link, Known]) -> str:
    """The speaker in whose mouth the text puts this one's words ("Z said that P called it …")."""
    before = [(other, known) for other, known in spoken.items() if other.end <= link.start]
    for other, known in reversed(before):
        source = sentence.letters[other.cue_at] == "S" and other.start <= 1
        if known.speaker != owner.speaker and (source or sentence.letters[link.start - 1] == "L"):
            return known.speaker.name
    return ""


def _statement(
    sentence: Sentence,
    link: Link,
    known: Known,
    kind: StatementKind,
    span: Span,
    quotation: int | None,
) -> Statement:
    speaker = known.speaker
    return Statement(
        actor=speaker.actor,
        speaker=speaker.name,
        role=speaker.role,
        kind=kind,
        cue=sentence.text(link.cue_at, link.cue_end),
        via=_via(sentence, link, quotation),
        span=span,
        attribution=known.attribution,
    )
