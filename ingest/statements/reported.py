"""Which clause a cue reports, and acts told in the passive; knows grammar, not quotations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ingest.statements.cases import is_he
from ingest.statements.inverted import with_apposition
from ingest.statements.lexicon import is_body
from ingest.statements.link import Link
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, speaker_in
from vectorstore.actors import Actors
from vectorstore.domain import Span

_TELLS = frozenset("wNCRAJQanLP")  # beside these, speaker and cue tell nothing ("…, X said.")
_BOUNDARY = frozenset(",;:kKy")
_PASSIVE = re.compile(r"h[hm]*[Ve]m*b")
_OBJECT_FIRST = re.compile(r"(?:m,?)*[NwRJC]+V(?=D?J*[CR])")  # «Нападение осудили Франция и США»
_NAME = "N[Np]*N"
_NO_SUBJECT = ("е", "о", "у", "ю")
_PAST = ("л", "ла", "ли", "лся", "лась", "лись")
_LISTED = re.compile(
    rf"(?:^|[,;:k])m?b?(?P<who>D?(?:[JC][JARC]*(?:o[DJCA]+)?|[JA]*R[JARoDC]*C|CG[JA]*R[JARoDC]*|[JCA]*R[JCARoD]*{_NAME}"
    rf"|{_NAME}|N[NA]*R+))(?:g(?P<voice>D?[JCARo]*{_NAME}))?(?=[,;:.kgWZ(yt]|$)"
)


def clause(
    sentence: Sentence, link: Link, links: Sequence[Link], clear: Collection[Link]
) -> Span | None:
    """The clause with speaker, cue and what is reported; None when another's words enclose it.

    ``clear`` are those of the sentence's ``links`` whose speaker is known.
    """
    start, end = 0, len(sentence.tokens)
    own = min(link.start, link.cue_at)
    others = [other for other in links if other.speaker != link.speaker]
    if _in_passing(sentence, link) and any(_begin(other) < own for other in others):
        return None  # "She recalled that it was, according to Moscow, …": half a clause
    while own and sentence.language == "ru" and sentence.letters[own - 1] == "m":
        own -= 1  # «; тогда | Линд пообещала …»
    if own and sentence.letters[own - 1] in "kK;:" and sentence.letters[link.cue_at] != "S":
        start = own  # "…, and Turkey said …": a clause of its own
    if link.absolute:
        start = own  # ", with | Turkey saying …"
    if sentence.letters[link.cue_at] == "S":
        start = max(
            (_behind(sentence, o) for o in others if _is_source(sentence, o, own)), default=0
        )
    stop = sentence.letters.find(";", max(link.end, link.cue_end))
    end = stop if stop >= 0 else end
    start = max(start, sentence.letters.rfind(";", 0, own) + 1)
    for other in others:
        whole = sentence.letters[link.cue_at] == "S" and other not in clear
        if whole or _in_passing(sentence, other) or encloses(sentence, link, other):
            continue
        if frames(sentence, link, other):
            continue
        begin = _begin(other)
        parts = begin > 0 and sentence.letters[begin - 1] in _BOUNDARY
        if begin > own and parts:
            end = min(end, _before(sentence, begin))
        elif begin < own and other in clear:
            if own == 0 or not (link.absolute or sentence.letters[own - 1] in _BOUNDARY):
                return None
            start = max(start, own)
    if sentence.letters[link.cue_at] == "S" and own > start:
        # "two dead according to X and ten according to Y": each source has its own part
        following = sentence.letters.find("S", link.end, end)
        end = link.end if following >= 0 else end
    told = sentence.letters[start:own] + sentence.letters[max(link.end, link.cue_end) : end]
    if sentence.language == "ru" and _OBJECT.search(sentence.letters[: link.cue_at]):
        told += "w"
    return sentence.span_of(start, end) if set(told) & _TELLS else None


def holds_clause(sentence: Sentence, link: Link) -> bool:
    """Whether a clause without "that" follows an English verb that may tell or do ("maintained the
    port could stay open", not "maintained a lead").
    """
    verb = sentence.tokens[link.cue_end - 1].text
    clause_behind = _CLAUSE_BEHIND.match(sentence.letters, link.cue_end)
    return sentence.language == "en" and bool(clause_behind and _TELLS_OR_DOES.match(verb))


_TELLS_OR_DOES = re.compile(r"maintain|contend|rule[ds]|testif|agree[ds]|volunteer")
_CLAUSE_BEHIND = re.compile(r"m*(?:P|D?[JAaw]?[JCANRw]{1,4}(?:oD?[JCANRw]{1,3})?)m*[XHh]")


def encloses(sentence: Sentence, link: Link, other: Link) -> bool:
    """Whether ``other`` speaks within what ``link`` reports ("X said that Y had promised …")."""
    between = sentence.letters[link.cue_end : min(other.start, other.cue_at)]
    same = other.speaker == link.speaker or other.speaker.pronoun
    begins = sentence.letters[other.start - 1 : other.start] == "L"  # "said that | Y called it …"
    return not same and not begins and re.search(r"L[^;kKQ]*$", between) is not None


_OBJECT = re.compile("(?:[NC][DJA]*[wn]|[wn]N[Np]*)m*$")  # «Линд обвинения | отвергла»


def tells_all(sentence: Sentence, link: Link, other: Link) -> bool:
    """Whether ``other`` is but what ``link`` tells of («Осло поддерживает …, заявила Линд»)."""
    says = sentence.letters[other.cue_end : other.cue_end + 2] == ",L"
    passed = other.speaker.person and not link.speaker.person  # by a press service
    return not (says or passed) and other != link and frames(sentence, link, other)


_CLOSES = re.compile(r"[,m]*(?:t[DJwnRmaMCN]{1,6}|m|a)*\.*$")


def frames(sentence: Sentence, link: Link, other: Link) -> bool:
    """Whether all of a Russian sentence is what ``link`` tells, what ``other`` says within it, too
    («По словам Линд, Осло не признает …», «Осло не признает …, заявила Ада Линд»).
    """
    if sentence.language != "ru" or "Q" in sentence.letters:
        return False
    if sentence.letters[link.cue_at] == "S":
        begin = _begin(other)
        heads = link.start <= 1 and sentence.letters[link.end : link.end + 1] == ","
        return heads and begin > link.end and sentence.letters[begin - 1] not in "kK;"
    before = sentence.letters[: link.cue_at].rstrip("m")
    closes = link.inverted and before.endswith(",") and other.cue_end < link.cue_at
    return closes and _CLOSES.match(sentence.letters, link.end) is not None


def _is_source(sentence: Sentence, other: Link, before: int) -> bool:
    return sentence.letters[other.cue_at] == "S" and 0 < other.cue_at < other.end <= before


def _behind(sentence: Sentence, link: Link) -> int:
    """The position behind a source and the comma or "and" that ends its part."""
    at = link.end
    while at < len(sentence.letters) and sentence.letters[at] in ",k":
        at += 1
    return at


def _begin(link: Link) -> int:
    return min(link.start, link.cue_at)


def _in_passing(sentence: Sentence, link: Link) -> bool:
    """Whether a source is named between commas, within what another clause tells."""
    before, after = _begin(link) - 1, max(link.end, link.cue_end)
    letters = sentence.letters
    between = before >= 0 and letters[before] == "," and letters[after : after + 1] == ","
    return between and letters[link.cue_at] == "S"


def _before(sentence: Sentence, at: int) -> int:
    while at > 1 and sentence.letters[at - 1] in _BOUNDARY:
        at -= 1
    return at


def _object_first(sentence: Sentence) -> re.Match[str] | None:
    """The object and the verb that begin a Russian sentence whose subject cannot be that object.

    A noun in "-е", "-о" or "-у" agrees with no verb in the past in "-л", "-ла" or "-ли".
    """
    match = _OBJECT_FIRST.match(sentence.letters)
    if match is None:
        return None
    noun = next(t.text for t in sentence.tokens if t.letter in "NwRJC")
    verb = sentence.tokens[match.end() - 1].text.split()[0]
    behind = sentence.tokens[match.end()].text.split()[0]
    if sentence.letters[match.end()] == "R" and is_he(behind) and not is_body(behind, "ru"):
        return match  # «Иран осудил президент США»
    agrees = not noun.endswith(_NO_SUBJECT) or not verb.endswith(_PAST)
    return None if agrees else match


def _accusative(sentence: Sentence, speaker: Speaker) -> bool:
    """Whether a Russian name is in a form of the object («обвинил Россию»)."""
    return sentence.language == "ru" and speaker.name.endswith(("ию", "у", "ю"))


def acts(sentence: Sentence, actors: Actors) -> Iterator[Link]:
    """Acts in the passive ("was condemned by the EU and France"): a link for each actor named."""
    match = _PASSIVE.search(sentence.letters)
    if match is None and sentence.language == "ru":
        match = _object_first(sentence)
    if match is None:
        return
    seen: set[tuple[str | None, str]] = set()
    rest, told = sentence.letters[match.end() :], match.end()
    for listed in _LISTED.finditer(rest):
        start, end = (match.end() + at for at in listed.span("who"))
        speaker = speaker_in(sentence, start, end, actors) if start >= told else None
        first = listed.start() == 0 and sentence.language != "ru"  # there an object may follow
        named = first and speaker is not None and (speaker.person or not speaker.name.islower())
        if speaker is None:
            continue
        whole, behind = with_apposition(sentence, speaker, end, actors)
        if not (speaker.actor or named or (speaker.person and whole.actor)):
            continue
        speaker, end = whole, behind
        if listed["voice"]:
            start, end = (match.end() + at for at in listed.span("voice"))
            voice = speaker_in(sentence, start, end, actors)
            if voice:
                voice, end = with_apposition(sentence, voice, end, actors)
                speaker = replace(voice, actor=speaker.actor)
        if (speaker.actor, speaker.name) in seen or _accusative(sentence, speaker):
            continue
        seen.add((speaker.actor, speaker.name))
        told = end
        yield Link(speaker=speaker, cue_at=match.start(), cue_end=match.end(), start=start, end=end)
