"""Who the speaker of a link is, by all that the text has said so far; knows no quotations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.statements.agreement import body_meant, going_on, is_nearest
from ingest.statements.capitals import is_common
from ingest.statements.cases import form
from ingest.statements.departments import department, is_department
from ingest.statements.kinds import another, is_aged, is_broad, names_nobody
from ingest.statements.lexicon import is_anonymous, is_body, is_newsroom, is_of_title, lookup
from ingest.statements.link import Link
from ingest.statements.memory import Known, Memory
from ingest.statements.nominative import nominative
from ingest.statements.number import many, told_by_verb
from ingest.statements.onward import is_hidden, is_unknown, speaking_on
from ingest.statements.people import People
from ingest.statements.private import called_private
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker
from vectorstore.actors import Actors
from vectorstore.domain import Span
from vectorstore.names import same_person

_IN_COUNTRY = re.compile(r"[mkK,]*t(?P<who>C),")
_COUNTRY_FIRST = re.compile(r"[mkK,]*D?(?P<who>C)[wHhVvQ,]")
_ONWARD = re.compile(r"\b(?:added|adds|also|further|went on)\b")
_ITS = {"its", "their", "son", "sa", "ses", "leur", "leurs", "его", "ее", "её", "их"}


_DEFINITE = re.compile(r"(?:\b(?:the|le|la|cette|ce)\s+|\bl['’])$")
_OF_ARTICLES = {"le": "m", "la": "f", "cette": "f", "ce": "m"}
_ARTICLE_AT = 8  # characters before a noun that hold its article
_CODE = 2  # letters of a country's code
_HYPERNYMS = frozenset(
    ("organisation", "organization", "ong", "ngo", "institution", "instance", "association",
     "watchdog", "charity", "fédération", "federation")
)  # fmt: skip
_OF_STATE = frozenset(
    ("ministère", "ministry", "gouvernement", "government", "présidence", "presidency", "parlement",
     "parliament", "police", "armée", "army", "parquet", "tribunal", "cour", "court", "diplomatie")
)  # fmt: skip


class Resolution:
    """Settles surnames, pronouns and bodies; the people of the text are learned on the way."""

    def __init__(self, people: People, actors: Actors, memory: Memory) -> None:
        self._people = people
        self._actors = actors
        self._memory = memory

    def known(self, sentence: Sentence, link: Link) -> Known | None:
        """The link's speaker, with what the text says of them elsewhere; None if it is unclear."""
        speaker = link.speaker
        if link.onward:
            owner = self._memory.owner
            return owner.known if owner and not self._memory.others else None
        if sentence.language == "ru" and not speaker.person and is_department(speaker.name):
            body = self._department(sentence, speaker)
            return Known(body, self._place(sentence, link)) if body else None
        if speaker.pronoun:
            told = told_by_verb(sentence, link)
            fits = not told or not speaker.gender or told == speaker.gender
            whom = self._memory.meant_by(speaker) if fits else None
            whom = whom or self._still(sentence, link)
            if whom is None and sentence.language == "fr":
                whom = body_meant(sentence, link, self._memory, self._actors)
            if whom and not is_nearest(speaker, whom, sentence.body):
                return None
            if whom and is_hidden(speaker, whom, sentence.body):
                return None
            if is_unknown(speaker, self._memory, sentence.body):
                return None
            official = whom is not None and whom.speaker.actor is not None
            return None if speaker.role and official else whom  # no minister is «женщина»
        if not speaker.person:
            people = self._people
            meant = (
                people.bearer(speaker, sentence)
                or people.colleague(speaker, sentence)
                or people.bodies.named(speaker, sentence)
                or self._described(sentence, link)
                or self._same_body(speaker, sentence)
                or self._aged(speaker, sentence)
                or self._same_office(speaker, sentence)
                or (going_on(sentence, link, self._memory) if sentence.language == "fr" else None)
                or speaking_on(
                    sentence, link, self._memory, self._actors, told_by_verb(sentence, link)
                )
            )
            speaker = meant if meant and self._agrees(sentence, link, meant) else speaker
            if speaker.actor is not None and self._is_private(sentence, speaker):
                return Known(replace(speaker, actor=None), self._place(sentence, link))
        if speaker.actor is None and not self._is_somebody(sentence, link, speaker):
            return None
        if speaker.person:
            introduced = sentence.language != "en" and speaker.role != "" and " " in speaker.name
            if introduced or any(map(self._actors.is_office, speaker.role.split())):
                self._people.learn(speaker)
            person = self._people.find(speaker.name)
            if person is not None:
                speaker = self._with(speaker, person)
            elif is_common(sentence, link) and not self._people.knows(speaker.name):
                return None
        elif speaker.actor is None:
            name = self._people.bodies.short_for(speaker.name) or speaker.name
            speaker = replace(speaker, name=name, actor=self._side(sentence, link))
        else:
            self._people.bodies.learn(speaker)
        if speaker.person and speaker.actor is None:
            speaker = replace(speaker, actor=self._own_side(sentence, link, speaker.role))
        if sentence.language == "ru" and speaker.person and sentence.letters[link.cue_at] in "SnZ":
            speaker = replace(speaker, name=nominative(speaker.name, sentence.body))
        office = sentence.language == "ru" and self._people.is_office(speaker.name)
        if (speaker.person or office) and not speaker.gender:
            speaker = replace(speaker, gender=told_by_verb(sentence, link))
        return Known(speaker, self._place(sentence, link))

    def _still(self, sentence: Sentence, link: Link) -> Known | None:
        """The body that spoke in the sentence before, where an English "It added" goes on."""
        last, memory = self._memory.last, self._memory
        begins = link.start == 0 and sentence.tokens[0].text == "It"
        onward = _ONWARD.search(sentence.text(link.cue_at, link.cue_end + 1).lower())
        if not (begins and onward) or last is None or last.speaker.person or memory.strangers:
            return None
        spoke = last.attribution != last.speaker.span and memory.heard_in == memory.before
        return last if spoke else None

    def _place(self, sentence: Sentence, link: Link) -> Span:
        """Where the text names a link's speaker and their cue."""
        start, end = min(link.start, link.cue_at), max(link.end, link.cue_end)
        return sentence.span_of(start, end)

    def gender(self, sentence: Sentence, link: Link, known: Known | None) -> str:
        """The gender of a link's speaker, "p" for several; "" where nothing tells."""
        if sentence.language == "ru" and form(sentence.text(link.cue_at, link.cue_end)) == "p":
            return "p"
        told = told_by_verb(sentence, link) or link.speaker.gender or many(sentence, link.speaker)
        return told or (self._memory.gender(known) if known else "")

    def _described(self, sentence: Sentence, link: Link) -> Speaker | None:
        """Whom a description means ("the player"): who spoke last or was the subject, and no
        other has been named since whom it could mean.
        """
        words = link.speaker
        person = self._people.described(words, sentence)
        sided = sentence.language == "ru" and words.actor and not is_broad(words.name)
        if person is None or not (sided or self._spoke_last(person)):
            return None
        asked = told_by_verb(sentence, link) or words.gender
        if sided:
            return person  # «турецкий лидер»
        return None if self._memory.rivals(asked or person.gender) else person

    def _aged(self, words: Speaker, sentence: Sentence) -> Speaker | None:
        """Whom "the 24-year-old striker", "le joueur de 24 ans" means: as "he" or "she" would."""
        before = sentence.body[max(0, words.span.start - _ARTICLE_AT) : words.span.start].lower()
        the = _DEFINITE.search(before)
        if the is None or not is_aged(words.name):
            return None
        gender = words.gender or _OF_ARTICLES.get(the[0].strip(), "")
        known = self._memory.meant_by(replace(words, person=True, pronoun=True, gender=gender))
        return replace(known.speaker, span=words.span) if known else None

    def _spoke_last(self, person: Speaker) -> bool:
        """Whether somebody spoke last or was the subject."""
        last = self._memory.last
        return last is not None and same_person(last.speaker.name, person.name)

    def _agrees(self, sentence: Sentence, link: Link, person: Speaker) -> bool:
        """Whether verb and description are of the gender of whom they are to mean."""
        gender = self._memory.gender(Known(person, person.span))
        told = {told_by_verb(sentence, link), link.speaker.gender, gender} - {""}
        return not {"m", "f"} <= told

    def subject(self, sentence: Sentence, speaker: Speaker) -> Known | None:
        """The subject of a sentence as the text knows them; None if it may be a common word."""
        if not speaker.person:
            bearer = self._people.bearer(speaker, sentence)
            known = bearer or (speaker if speaker.actor is not None else None)
            return Known(known, speaker.span) if known else None
        person = self._people.find(speaker.name)
        first = speaker.span.start == sentence.tokens[0].start
        lone = " " not in speaker.name and (
            first or not (speaker.role or _titled(sentence, speaker))
        )
        if lone and person is None and not self._people.knows(speaker.name):
            return None
        if person is not None:
            speaker = self._with(speaker, person)
        return Known(speaker, speaker.span)

    def _with(self, speaker: Speaker, person: Speaker) -> Speaker:
        """``speaker`` with what the text says elsewhere of the person."""
        return replace(
            speaker,
            role=speaker.role or person.role,
            actor=speaker.actor or person.actor,
            gender=speaker.gender or person.gender,
        )

    def _is_somebody(self, sentence: Sentence, link: Link, speaker: Speaker) -> bool:
        """Whether a speaker without a side is more than "sources", "the minister", a newspaper."""
        language = sentence.language
        if is_newsroom(speaker.name, language):
            return False
        words = speaker.name.split()
        if speaker.span.start == sentence.span.start:
            words[0] = words[0].lower()  # its capital is the sentence's
        nouns = [word for word in words if not word[0].isupper()]
        if not speaker.person and any(is_anonymous(word, language) for word in nouns):
            return False
        if speaker.person:
            return not lookup(speaker.role).startswith(("source", "источник"))
        if language == "ru" and not speaker.person and names_nobody(words):
            return self._side(sentence, link) is not None
        bodies = any(is_body(word, language) for word in words)
        if is_body(words[0], language) and len(nouns) == len(words) and _is_any(sentence, link):
            return False
        if bodies and len(words) == 1 and language == "ru" and speaker.name.isupper():
            return True  # «МЧС»
        if bodies and len(words) == 1:
            return self._side(sentence, link) is not None  # "the hospital", «Центр»
        if bodies:
            return True
        if len(nouns) == len(words):
            return self._side(sentence, link) is not None  # "the coach", "his lawyer"
        offices = [w for w in words if self._actors.is_office(w) or is_of_title(w, language)]
        named = len(nouns) + len({*offices} - {*nouns}) < len(words)
        return named or not offices or self._side(sentence, link) is not None

    def _is_private(self, sentence: Sentence, body: Speaker) -> bool:
        """Whether the text calls a body nobody's official voice, here or before."""
        if not body.person and called_private(sentence, body.span, self._actors):
            self._people.bodies.disown(body.name)
        return self._people.bodies.is_private(body.name)

    def _own_side(self, sentence: Sentence, link: Link, role: str) -> str | None:
        """The country that begins the sentence, of somebody who is "its foreign minister"."""
        subject = _COUNTRY_FIRST.match(sentence.letters)
        if (
            subject is None
            or not _is_its(sentence, link)
            or not any(map(self._actors.is_office, role.split()))
        ):
            return None
        country = sentence.tokens[subject.start("who")].text
        return self._actors.actor_of(country, sentence.language)

    def _same_body(self, body: Speaker, sentence: Sentence) -> Speaker | None:
        """The body that spoke last, where one word leaves its name ("the ministry") or says what it
        is, if it is no country ("l'organisation").
        """
        last = self._memory.last
        word = lookup(body.name)
        before = sentence.body[max(0, body.span.start - _ARTICLE_AT) : body.span.start].lower()
        if last is None or last.speaker.person or self._memory.others or not last.speaker.name:
            return None
        if sentence.language == "ru" or " " in word or not _DEFINITE.search(before):
            return None
        words = lookup(last.speaker.name).replace("'", " ").split()
        says_what = word in _HYPERNYMS and not self._is_state(last.speaker, words)
        since = lookup(sentence.body[last.attribution.end : body.span.start])
        one = word not in since  # "… told the Danish ministry. The ministry said"
        named = one and word in words and len(words) > 1 and is_body(word, sentence.language)
        return replace(last.speaker, span=body.span) if named or says_what else None

    def _same_office(self, words: Speaker, sentence: Sentence) -> Speaker | None:
        """Who spoke last as a Russian «президент Чехии», where they are but «президент» now."""
        last, office = self._memory.last, words.name
        if sentence.language != "ru" or last is None or last.speaker.person or " " in office:
            return None
        first = last.speaker.name.split()[:1]
        same = first != [] and lookup(first[0]) == lookup(office) and last.speaker.actor
        if not same or self._memory.unclear or not self._people.is_office(office):
            return None
        between = sentence.body[last.attribution.end : words.span.start]
        if another(office, last.speaker.name, between):
            return None
        return replace(last.speaker, span=words.span)

    def _is_state(self, body: Speaker, words: Sequence[str]) -> bool:
        """Whether a body is a country or a part of one."""
        mentions = self._actors.mentions(body.name)
        country = any(m.span.of(body.name) == body.name for m in mentions)
        return (country and len(body.actor or "") == _CODE) or bool(set(words) & _OF_STATE)

    def _department(self, sentence: Sentence, words: Speaker) -> Speaker | None:
        """The body that spoke last, where a Russian text calls it a department («ведомство»)."""
        last = self._memory.last
        if last is None or self._memory.strangers:
            return None
        between = sentence.body[last.attribution.end : words.span.start]
        return department(words.name, last.speaker, between, self._actors)

    def _side(self, sentence: Sentence, link: Link) -> str | None:
        """Whose a body without a country in its name is ("In Turkey, the ministry …", "its …")."""
        place = _IN_COUNTRY.match(sentence.letters)
        subject = _COUNTRY_FIRST.match(sentence.letters)
        its = _is_its(sentence, link)
        country: int | None = None
        if its and subject is not None:
            country = subject.start("who")
        elif its and "C" in sentence.letters[: link.start]:
            return None  # one country's of several
        elif its or _is_department(link.speaker.name):
            last = self._memory.last
            if last is not None and not last.speaker.person and not self._memory.others:
                return last.speaker.actor
        elif place is not None and place.end() <= link.start:
            country = place.start("who")
        offices = any(self._actors.is_office(word) for word in link.speaker.name.split())
        if country is None or not offices:
            return self._people.side_of(link.speaker.name)
        return self._actors.actor_of(sentence.tokens[country].text, sentence.language)


def _titled(sentence: Sentence, speaker: Speaker) -> bool:
    """Whether a Russian title stands before a name («г-жа Линд»)."""
    before = [token for token in sentence.tokens if token.end < speaker.span.start][-1:]
    return sentence.language == "ru" and [token.letter for token in before] == ["i"]


def _is_its(sentence: Sentence, link: Link) -> bool:
    """Whether a body is called somebody's: "according to its Ministry of Energy"."""
    at = link.speaker.span.start
    named = next(n for n, token in enumerate(sentence.tokens) if token.end > at)
    return any(
        token.text.lower() in _ITS for token in sentence.tokens[max(named - 1, 0) : named + 1]
    )


def _is_any(sentence: Sentence, link: Link) -> bool:
    """Whether a French body is one of many ("un groupe considérable")."""
    start = link.speaker.span.start
    before = next((t.text.lower() for t in reversed(sentence.tokens) if t.end <= start), "")
    return sentence.language == "fr" and before in ("un", "une", "des")


def _is_department(name: str) -> bool:
    """Whether a Russian name leaves the body that was named before («представитель ведомства»)."""
    return "ведомств" in name.lower()
