"""Links of a sentence: which speaker governs which cue; knows grammar, not quotations.

The subject must stand where grammar puts it: right before its verb (but for adverbs, auxiliaries
and an apposition) or, inverted, right behind it. A cue whose subject is not plain to see gives no
link.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.asides import parted, voiced
from ingest.statements.beginning import first_subject
from ingest.statements.cases import form
from ingest.statements.departments import spoken_inside
from ingest.statements.inverted import (
    PLURAL,
    agrees,
    may_be_subject,
    subject_after,
)
from ingest.statements.link import Link
from ingest.statements.media import is_outlet, told_by_medium
from ingest.statements.narrated import absolute, ahead_of_subject, narrated, own_subject
from ingest.statements.papers import issued
from ingest.statements.sentence import Sentence
from ingest.statements.several import several
from ingest.statements.sources import heads_clause, of_relative, quoted_by, quoted_saying, source
from ingest.statements.speakers import Speaker, speaker_in
from ingest.statements.subjects import before_adverbs, before_relative, subject_before
from ingest.statements.topics import topic
from vectorstore.actors import Actors

_SILENCE = {"nothing", "rien", "ничего", "ли"}  # "Turkey said nothing", «говорит ли X»
_TONIC = ("lui", "elle", "eux")  # "Ada Lind a elle relevé"
_GROUP = 6  # tokens at most in a verb group before its verb


def links(sentence: Sentence, actors: Actors) -> tuple[Link, ...]:
    """The links of ``sentence`` in the order of their cues."""
    found: list[Link] = [link] if (link := narrated(sentence, actors)) else []
    for at, letter in enumerate(sentence.letters):
        link = None
        if letter in "Ve":
            link = (
                _second(sentence, at, found)
                or issued(sentence, at, actors)
                or _verb(sentence, at, actors)
            )
        elif letter == "z":
            link = quoted_saying(sentence, at, actors)
        elif letter in "St" and of_relative(sentence, at):
            link = _relative_source(sentence, at, actors)
        elif letter == "S" or (letter == "t" and heads_clause(sentence, at)):
            link = source(sentence, at, actors)
        if link is not None and (_disagrees(sentence, link) or _hears(sentence, link)):
            link = None
        elif link is None and letter in "Ve":
            found += _several(sentence, at, actors)
        if link is not None:
            found.append(link)
        elif letter == "v" and (carried := _carried(sentence, at, found, actors)) is not None:
            found.append(carried)
    return tuple(sorted(found, key=lambda link: link.cue_at))


def _disagrees(sentence: Sentence, link: Link) -> bool:
    """Whether an English plural or infinitive stands behind one person ("Lind went to warn")."""
    one = link.speaker.person and not link.speaker.pronoun and sentence.language == "en"
    verb = sentence.tokens[link.cue_end - 1].text
    return one and not link.inverted and verb in _PLURALS


_PLURALS = (
    "accuse", "argue", "believe", "condemn", "consider", "contend", "criticise", "criticize",
    "denounce", "deny", "describe", "fear", "insist", "say", "warn",
)  # fmt: skip


def _hears(sentence: Sentence, link: Link) -> bool:
    """Whether a lone Russian name behind a verb is who is told («один из них сообщил Линду»)."""
    if sentence.language != "ru" or not link.inverted or not link.speaker.person:
        return False
    apart = link.cue_at > 0 and sentence.letters[link.cue_at - 1] not in "Q,-.ym"
    return apart and " " not in link.speaker.name and link.speaker.name.endswith(("у", "ю"))


# ------------------------------------------------------------------ verbs
def _verb(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    cue = _cue(sentence, at)
    if cue is None:
        return None
    start, negated = cue
    end = at + 1
    inner = _inverted_pronoun(sentence, start, at)
    nobody = sentence.tokens[inner if inner >= 0 else min(end, len(sentence.tokens) - 1)].text
    if nobody.lower().endswith("-on"):
        return None  # "a-t-on appris", "dit-on"
    if inner >= 0 and (pronoun := speaker_in(sentence, inner, inner + 1, actors)):
        before: tuple[Speaker, int] | None = pronoun, start
    else:
        told = told_by_medium(sentence, start, end)
        before = None if told else subject_before(sentence, start, actors)
    verb = sentence.text(at, end)
    if before is not None and not agrees(sentence, verb, before[1], before[0]):
        before = None
    if before is not None and may_be_subject(sentence, before[0]):
        speaker, first = before
        link = Link(
            speaker=speaker, cue_at=start, cue_end=end, start=first, end=end, negated=negated
        )
        return voiced(sentence, link, actors)
    if _of_relative(sentence, start):
        return None
    after = subject_after(sentence, start, end, actors)
    if after and is_outlet(sentence, start, *after):
        return None
    if after is None and (joined := _joined(sentence, start, end, negated, actors)):
        return joined
    if after is None:
        return _impersonal(sentence, start, end, negated, actors)
    speaker, last = after
    return Link(
        speaker=speaker,
        cue_at=start,
        cue_end=end,
        start=start,
        end=last,
        negated=negated,
        inverted=True,
    )


_SUBJECTS = ("который", "которая", "которое", "которые", "кто", "qui")


def _of_relative(sentence: Sentence, start: int) -> bool:
    """Whether a relative pronoun is the subject («которая обвиняет X», "qui accuse X")."""
    before = before_adverbs(sentence, start)
    return bool(before) and sentence.tokens[before - 1].text.lower() in _SUBJECTS


def _several(sentence: Sentence, at: int, actors: Actors) -> list[Link]:
    """ "Armenia and Turkey said that …": a link for each, if all are plainly named."""
    cue = _cue(sentence, at)
    end = before_adverbs(sentence, cue[0]) if cue else 0
    return [
        Link(
            speaker=speaker,
            cue_at=cue[0],
            cue_end=at + 1,
            start=first,
            end=at + 1,
            negated=cue[1],
            joint=True,
        )
        for speaker, first in (several(sentence, end, actors) if cue else ())
        if cue
    ]


def _impersonal(
    sentence: Sentence, start: int, end: int, negated: bool, actors: Actors
) -> Link | None:
    """Russian «в Кремле считают», «в МИД России заявили»: the place is the speaker."""
    verb = sentence.tokens[end - 1].text
    if sentence.language != "ru" or not (verb.endswith(PLURAL) or form(verb) in ("p", "nowp")):
        return None
    stop = before_adverbs(sentence, start)
    aside = _ASIDE.search(sentence.letters[:stop])  # «В Осло, в свою очередь, | заявляют»
    spoken = spoken_inside(sentence, aside.start() if aside else stop, actors)
    if spoken is None:
        return None
    speaker, first = spoken
    return Link(speaker=speaker, cue_at=start, cue_end=end, start=first, end=end, negated=negated)


_ASIDE = re.compile(r",m+,$")


def _cue(sentence: Sentence, at: int, *, joined: bool = False) -> tuple[int, bool] | None:
    """Where the verb group begins and whether it is negated; None for passives.

    A participle needs its auxiliary, unless it is ``joined`` to one ("a dit … et ajouté").
    """
    letters = sentence.letters
    start = at
    negated = False
    auxiliary = ""
    if (ahead := parted(sentence, at)) is not None:
        start, auxiliary = ahead, "H"
    while start and at - start < _GROUP and _in_group(sentence, start - 1):
        start -= 1
        negated |= letters[start] == "X"
        auxiliary = auxiliary or (letters[start] if letters[start] in "Hh" else "")
    while start < at and letters[start] == "m":
        start += 1
    if at + 1 < len(letters) and sentence.tokens[at + 1].text in _SILENCE:
        negated = True
    if letters[at] == "e" and not auxiliary and not joined:
        return None
    qualified = sentence.tokens[at].text.lower().startswith("qualif")  # "s'est qualifié"
    if auxiliary == "h" and (qualified or not _reflexive(sentence, start)):
        return None
    saying = sentence.tokens[at].text.endswith("saying")  # "was quoted as saying by the Post"
    by = letters[at + 1 : at + 2] == "b" and letters[at + 2 : at + 3] != "v"  # "went on by saying"
    if by and not saying:
        return None
    return start, negated


def _in_group(sentence: Sentence, at: int) -> bool:
    """Whether the token belongs to a verb group: auxiliary, negation, adverb, "a-t-il"."""
    if sentence.letters[at] == "P":
        text = sentence.tokens[at].text.lower()
        tonic = sentence.language == "fr" and text in _TONIC and sentence.letters[at - 1] == "H"
        return text.startswith("-") or (tonic and at > 0)
    return sentence.letters[at] in "mHhX"


def _relative_source(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """ "…, contested by X, for whom “…”": the one right before the comma."""
    before = before_relative(sentence, at, actors)
    if before is None or not (before[0].person or before[0].actor):
        return None
    return Link(speaker=before[0], cue_at=at, cue_end=at + 2, start=before[1], end=at + 2)


def _inverted_pronoun(sentence: Sentence, start: int, at: int) -> int:
    """Where the verb group holds its own subject ("a-t-il dit"); -1 where it does not."""
    inside = (i for i in range(start, at) if sentence.letters[i] == "P")
    return next((i for i in inside if sentence.tokens[i].text.startswith("-")), -1)


def _reflexive(sentence: Sentence, at: int) -> bool:
    """French "s'est félicité" is active."""
    return bool(at) and sentence.tokens[at - 1].text.lower() in ("s'", "s’", "se")


# ------------------------------------------------------------------ other frames
def _second(sentence: Sentence, at: int, found: list[Link]) -> Link | None:
    """A verb that "and" joins to an earlier one has the speaker of that ("said … and added …")."""
    cue = _cue(sentence, at, joined=bool(found))
    if cue is None or not found:
        return None
    start, negated = cue
    before = before_adverbs(sentence, start)
    if not _joins(sentence, before - 1):
        return None
    link = _going_on(sentence, found, start, at + 1, negated)
    return link if link and _alike(sentence, found, start, at) else None


def _joins(sentence: Sentence, at: int) -> bool:
    """Whether "and" stands there, or a "but" that joins two verbs as well."""
    if at < 0 or sentence.letters[at] == "k":
        return at >= 0
    return sentence.tokens[at].text in ("mais", "but")


def _alike(sentence: Sentence, found: list[Link], start: int, at: int) -> bool:
    """Whether a Russian verb behind "and" has the form of the one before the clause ("утверждает,
    что Y упал и сказал": it is Y who said so).
    """
    previous = next((link for link in reversed(found) if link.end <= start), None)
    if sentence.language != "ru" or previous is None:
        return True
    between = sentence.letters[previous.cue_end : start]
    one, two = (form(sentence.text(0, end)) for end in (previous.cue_end, at + 1))
    return "L" not in between or one == two


def _carried(sentence: Sentence, at: int, found: list[Link], actors: Actors) -> Link | None:
    """A gerund that goes on with the speaker of the sentence."""
    if sentence.letters[at] != "v" or any(link.cue_at == at for link in found):
        return None
    if told := quoted_by(sentence, at, actors) or issued(sentence, at, actors):
        return told
    if phrase := own_subject(sentence, at, found):
        return absolute(sentence, phrase, at, actors)
    if any(link.end <= at for link in found):
        return _going_on(sentence, found, at, at + 1, negated=False)
    if not sentence.letters[:at].strip("mk,"):
        return ahead_of_subject(sentence, at, actors)
    if sentence.language == "en" and sentence.letters[at - 1] not in ",KmkQ":
        return None  # "joined the calls asking …"
    return first_subject(sentence, at, actors) or _of_topic(sentence, at, actors)


_SAYING = re.compile(
    "(?:заяв|обвин|назва|призва|пообеща|предупре|потребова|сослав|раскритик|поблагодар)"
)


def _of_topic(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """«Глава «Норда» Ада Линд вышла, заявив …»: the Russian gerund is the one subject's."""
    found = topic(sentence, actors) if sentence.language == "ru" else None
    if found is None or not found[0].person or " " not in found[0].name:
        return None
    speaker, end = found
    between = sentence.letters[end:at]
    if end > at or not between.endswith(",") or re.search("[WLKQ;:]", between):
        return None
    told = re.match("v(?:[,:]?[LQ]|t[wD],L|:)", sentence.letters[at:])
    if not told and not _SAYING.match(sentence.tokens[at].text.lower()):
        return None
    return Link(speaker=speaker, cue_at=at, cue_end=at + 1, start=0, end=at + 1)


_PAIR = re.compile("[NC]kD?[JA]*R*[NC]")  # "met Kim and Moon"


def _joined(sentence: Sentence, start: int, end: int, negated: bool, actors: Actors) -> Link | None:
    """ "X met Y and | said": the second predicate of the subject that begins the sentence."""
    before = before_adverbs(sentence, start)
    if not _joins(sentence, before - 1):
        return None
    # what joins them is not looked at, a "but" is no conjunction of clauses there
    last = before - 1 if sentence.letters[before - 1] == "k" else before - 2
    link = first_subject(sentence, last, actors)
    if link is None or "k" in _PAIR.sub("N", sentence.letters[link.end : before - 1]):
        return None
    if not agrees(sentence, sentence.text(end - 1, end), link.start, link.speaker):
        return None
    return replace(link, cue_at=start, cue_end=end, negated=negated)


def _going_on(
    sentence: Sentence, found: list[Link], start: int, end: int, negated: bool
) -> Link | None:
    previous = next((link for link in reversed(found) if link.end <= start), None)
    if previous is None or sentence.letters[previous.cue_at] in "St":
        return None
    between = sentence.letters[previous.end : end]
    if _joins(sentence, before_adverbs(sentence, start) - 1):
        between = sentence.letters[previous.end : before_adverbs(sentence, start) - 1]
    relative = r"W[^,]*$" if sentence.letters[end - 1] == "v" else "W"
    if re.search(rf"{relative}|K(?!m*v|[ma])|;", between):
        return None
    return replace(previous, cue_at=start, cue_end=end, negated=negated, inverted=False)
