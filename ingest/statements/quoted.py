"""Which speaker owns a quotation of a sentence; knows where words stand, not who people are.

A quotation belongs to the cue that governs it: behind it ("“…,” said X"), before it ("X said
that “…”") or in a frame with a colon ("the words of X: “…”"). A quotation in the place of a name
is none, and where two speakers could own one, nobody does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.statements.charges import is_charge
from ingest.statements.closing import HEARERS, closing, ends_in_comma
from ingest.statements.french import called_by, is_paper
from ingest.statements.lexicon import is_common, names, reports
from ingest.statements.link import Link
from ingest.statements.media import passed_on
from ingest.statements.russian import calls_so, hears_quoted
from ingest.statements.sentence import Sentence
from ingest.statements.speakers import described, speaker_in
from ingest.statements.subjects import clitic, role_part
from vectorstore.actors import Actors

_NAME_WORDS = 5  # quotations of up to so many words may be names: «Мтквари пост», "The Sun"
_THROUGH = re.compile(r"g(?P<who>D?[JCARo]*N[Np]*)(?P<app>(?:,[^,;:.QVe]+)*?),?(?:[TDmtnw]*:)?$")
_WORDS_OF = re.compile(
    r"no(?P<who>[DJCARoN][DJCARoNpGt]*)(?P<app>,[^;:.QVe]+?)?,?(?:h[mw]{1,3})?:$"
)
# "The minister looks for the cause in the north: “…”": the subject speaks, if nobody else is named.
_OPENING = re.compile(
    r"^(?:m,?)*(?:D[JCA]*R[JCARoDw]*,(?=N))?(?P<who>D?[JCAN]*G?[JA]*R[JCARotw]*N[Np]*N|N[Np]*N)(?P<app>,[^,;:.QVe]+,)?,?(?=X*[wHh])h?"
    r"(?:[^NQVez;:.hKWL]|(?<=[toD])N|N(?=G))*:$"
)
_BARE = re.compile(
    r"^(?P<who>[DJCARo]*[NRC][Np]*)(?P<app>[,(](?:[^;:.QVewhHX]|(?<=[RJ])Q)*(?:w[^;:.QVewhHX]*){0,3}[,)]?)?:$"
)
# «Ада Линд, «Норд»: «…»», «Слова Линд передает «Норд»: «…»»
_RUSSIAN_BARE = re.compile(r"^(?P<who>N[Np]*N)(?P<app>),(?:[NwRC]{1,3}|Q):$")
_RUSSIAN_PASSED = re.compile(r"^n(?P<who>[JCAR]*N[Np]*)(?P<app>)[ZzV][RM]?(?:[MQ]|N+):$")
_NARRATED = re.compile(r"^(?:k,?)?(?P<who>D?[DJCARoN]*[NRC][Np]*)(?P<app>,[^,;:.QVe]+,)?ow:$")
_SIGNED = re.compile(
    r"[,.]?(?P<mark>[-(])(?P<who>D?[JCARNoDGtw]+?)(?:,(?P<app>[^,;:.QVe]+))?\)?\.*$"
)
_RUSSIAN = (_RUSSIAN_BARE, _RUSSIAN_PASSED)
_FRAMES = (_THROUGH, _WORDS_OF, _BARE, _NARRATED, _OPENING, *_RUSSIAN)
_GAP = re.compile(r"[,\-]*[yT]?")
_MANNER = re.compile(r"[,\-]*-(?:t[wJDn]{1,2}|[wm])+(?=V)")  # «…», — с грустью | добавил X
# Between cue and quotation: what may begin another speaker, or names whose words are quoted
# ("Blinken's remark that “…”", «слова Блинкена о том, что …»).
_CHANGES = re.compile(
    r";|[VeS]b|z|(?<!L)K(?!m*[vXHh]|[ma]|D[JCAa]*[wRn](?=[,:]?$|L)|P[^V]*:$)|W(?!Z)|\.(?=.)|g(?!D?M)|[NC]G[Aw]?n|J[Aw]?n|no[DJA]*[NC]|n[NC]"
)
_RELATIVE = re.compile(
    r"WP?[mtDJaRX]*w[wmtDJaRX]*"
)  # "said that those who hold the town had left: “…”"
_DESCRIBED = re.compile(r"D?[JAi]*[NCR][Np]*G?[JAw]*n?yD?")  # "described X's plan as “…”"
_CLAUSE = re.compile(r"(?:^|:|L[DP]?[JA]*)$")  # "explains that his “…” is to win"
_IF = ("if", "unless", "si", "s'", "если")
_AGAIN = re.compile(
    r"[,.m\-]*(?:[k,]m?)?(?:[Hh]{1,2}m?)?[DJwtoLmGaAv]{0,6}K?|[DJwtobma]{1,4}km?[DJwtoLma]{0,4}"
)


@dataclass(frozen=True, slots=True)
class Owned:
    """A quotation of a sentence (the position of its token) and the link that owns it."""

    at: int
    link: Link


def owned(sentence: Sentence, links: Sequence[Link], actors: Actors) -> Iterator[Owned]:
    """The quotations of ``sentence`` that a speaker owns, in order."""
    for at, letter in enumerate(sentence.letters):
        if letter != "Q" or _is_name(sentence, at, links):
            continue
        after = (
            _behind(sentence, at, links)
            or closing(sentence, at, links, title=_capital(sentence, at))
            or _signed(sentence, at, actors)
            or passed_on(sentence, at, actors)
            or _described_by(sentence, at, actors)
            or _quoted_as(sentence, at, links)
        )
        before = _framed(sentence, at, actors, ahead=after is None) or _governing(
            sentence, at, links
        )
        if after and before and after.speaker != before.speaker and _adjacent(sentence, before, at):
            continue
        link = after or before
        if (
            link is None
            or link.negated
            or (_short(sentence, at) and is_paper(sentence, link.cue_at))
        ):
            continue
        if not link.joint:
            yield Owned(at, link)
        elif is_common(sentence.text(0, len(sentence.tokens)), sentence.language):
            yield from (Owned(at, each) for each in links if each.cue_at == link.cue_at)


def _is_name(sentence: Sentence, at: int, links: Sequence[Link]) -> bool:
    """Whether the quotation stands where a name stands."""
    letters = sentence.letters
    before = letters[:at]
    if any(link.start <= at < link.end for link in links):
        return True
    named = r"[bSZz]D?$|(?<![VeZt])MD?$|RD?$"
    if re.search(named if _capital(sentence, at) else r"[bSZz]D?$", before):
        return True
    head = at - 1 - before.endswith("D")
    if head >= 0 and letters[head] not in "VevH" and _naming(sentence, head):
        return True
    follower = letters[at + 1 : at + 2]
    if follower and follower in "Np" and before.endswith("D") and not ends_in_comma(sentence, at):
        return True
    if follower == ")" and re.search(r"[NM]\($", before):
        return True  # «митинг Leave Means Leave («Выйти значит выжить»)»
    if _short(sentence, at) and any(_told_to(sentence, link, at) for link in links):
        return True
    if _titled(sentence, at):
        return True
    if _short(sentence, at) and not _capital(sentence, at) and is_charge(sentence, at):
        return True
    if follower == "n" and before.endswith("G"):
        return True  # "about Lind's “old news” tweet": not the words of whoever tells of it
    return _short(sentence, at) and _capital(sentence, at) and before[-1:] in tuple("wRMNAot")


def _told_to(sentence: Sentence, link: Link, at: int) -> bool:
    """Whether a name behind an inverted subject or a verb hears it («…», — сказала она «Вестям»,
    «сообщил «Вестям», что …»).
    """
    if sentence.language == "ru" and link.cue_end == at:
        if _capital(sentence, at) and sentence.letters[at + 1 : at + 3] == ",L":
            return True  # «сообщила «Радио Река», что …»
        return hears_quoted(sentence, at) and sentence.letters[at + 1 : at + 2] == ","
    after = link.inverted and link.end == at and _capital(sentence, at)
    return after and "Q" in sentence.letters[: link.cue_at]


_WROTE = ("напис", "пишет", "писал", "сочин")
_LONG_TITLE = 8  # words


def _titled(sentence: Sentence, at: int) -> bool:
    """Whether a quotation is a work's title: «написал «Дом без окон»», his sermon, "The Use of
    Money". Direct speech has a colon in Russian, and capitals at few words in English.
    """
    quotation = sentence.tokens[at].quotation
    words = quotation.span.of(sentence.body).split() if quotation else []
    ended = not words or words[-1][-1] in ".!?…"
    if not _capital(sentence, at) or ended or len(words) > _LONG_TITLE or not at:
        return False
    before = sentence.tokens[at - 1]
    if sentence.language == "ru":
        return before.letter == "V" and before.text.lower().startswith(_WROTE)
    if sentence.language == "fr":
        return before.text.lower() in ("sur", "intitulé", "intitulée")
    words[-1] = words[-1].rstrip(",")
    capitals = all(word[0].isupper() for word in words if len(word) > _PARTICLE)
    apart = before.letter == "," and sentence.letters[at - 2 : at - 1] in tuple("wnR")
    return sentence.language == "en" and apart and len(words) > 1 and capitals


_PARTICLE = 3  # letters of words that titles do not print with capitals


def _naming(sentence: Sentence, at: int) -> bool:
    return names(sentence.tokens[at].text, sentence.language)


def _capital(sentence: Sentence, at: int) -> bool:
    quotation = sentence.tokens[at].quotation
    return quotation is not None and quotation.span.of(sentence.body)[:1].isupper()


def _short(sentence: Sentence, at: int) -> bool:
    quotation = sentence.tokens[at].quotation
    return quotation is not None and len(quotation.span.of(sentence.body).split()) <= _NAME_WORDS


def _behind(sentence: Sentence, at: int, links: Sequence[Link]) -> Link | None:
    """The link right behind the quotation: "…," said X; «…», — заявил X; "…", according to X."""
    gap = _GAP.match(sentence.letters, at + 1)
    start = gap.end() if gap else at + 1
    manner = _MANNER.match(sentence.letters, at + 1) if sentence.language == "ru" else None
    start = manner.end() if manner else start
    for link in links:
        turned = link.inverted or sentence.letters[link.cue_at] == "S"
        own = link.cue_at == start + 1 and (
            sentence.letters[start] == "P" or clitic(sentence, start)  # "lui a dit X"
        )
        if (turned and (link.cue_at == start or own)) or (
            (link.start == start or (own and not turned)) and _follows_on(sentence, at, link)
        ):
            return link
    return None


def _signed(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """Whoever is named behind a quotation and a dash: “…” — Foreign Ministry of Russia."""
    signature = _SIGNED.match(sentence.letters, at + 1)
    if signature is None or sentence.letters[:at].strip("Q,.-"):
        return None
    speaker = speaker_in(sentence, *signature.span("who"), actors)
    if speaker is None or not (speaker.actor or (speaker.person and " " in speaker.name)):
        return None
    if signature["app"]:
        speaker = described(sentence, speaker, *signature.span("app"), actors)
    cue = signature.start("mark")
    start, end = signature.start("who"), signature.end("who")
    return Link(speaker=speaker, cue_at=cue, cue_end=cue + 1, start=start, end=end)


def _quoted_as(sentence: Sentence, at: int, links: Sequence[Link]) -> Link | None:
    """ "“…,” state television quoted him as saying": whom a medium quotes behind the quotation."""
    medium = re.match(r",?D?[DJAwRMNC]+z", sentence.letters[at + 1 :])
    if medium is None:
        return None
    return next((link for link in links if link.start == at + 1 + medium.end()), None)


_BY = re.compile(r"h[hm]*[Ve]m*b(?P<who>D?[JCARNopw]+?)(?:y[DL]?|o|L[^QVeL:;,]*)$")


def _described_by(sentence: Sentence, at: int, actors: Actors) -> Link | None:
    """Whoever a passive names: "was described by X as “…”", "jugé « … » par X"."""
    match = _BY.search(sentence.letters[:at]) or called_by(sentence, at)
    named = sentence.language == "en" and _capital(sentence, at)
    if sentence.letters[at - 1 : at] == "o" and (sentence.language == "ru" or named):
        return None  # "by the board of “Nord”"
    speaker = speaker_in(sentence, *match.span("who"), actors) if match else None
    if match is None or speaker is None or not (speaker.actor or speaker.name[:1].isupper()):
        return None
    start, end = match.span("who")
    return Link(speaker=speaker, cue_at=match.start(), cue_end=start, start=start, end=end)


def _follows_on(sentence: Sentence, at: int, link: Link) -> bool:
    """Whether "“…,” X said" is one sentence that the quotation begins and the cue ends."""
    letters = sentence.letters
    if letters[:at].strip("Q,.-") or letters[link.cue_at] not in "HVe":
        return False
    quotation = sentence.tokens[at].quotation
    ended = quotation is not None and quotation.span.of(sentence.body)[-1:] in tuple(".?!…")
    rest = letters[link.end :]
    return (
        not ended or rest[:1] in ("", ",", "-") or re.fullmatch(rf"{HEARERS}\.", rest) is not None
    )


def _governing(sentence: Sentence, at: int, links: Sequence[Link]) -> Link | None:
    """The last link before the quotation, if nothing between them changes the speaker."""
    before = [link for link in links if link.end <= at and link.cue_end <= at]
    if not before:
        return None
    link = before[-1]
    others = len(before) > 1 and before[-2].speaker != link.speaker
    if others and _stands_beside(sentence, link, at):
        link = before[-2]  # "X said Y opposes “…”" are X's words
    between = sentence.letters[max(link.end, link.cue_end) : at]
    if _subject(sentence, at, between):
        return None
    ends = not sentence.letters[at + 1 :].strip(".")
    told = _RELATIVE.sub("", between) if between.endswith(":") else between
    told = told.removesuffix("K") if ends else told  # "…, said X, but “…”"
    called = sentence.language == "ru" and calls_so(sentence, link.cue_end - 1, at, between)
    if _CHANGES.search(told) and not (_DESCRIBED.fullmatch(told) or called):
        return None
    if re.search(r"(?:[NCRw]Hm*e|[NC]m*V)m*$", between):
        return None  # "Lind said that the fans shouted “…”": of somebody who is not named
    if sentence.language == "ru" and re.search(r"(?<![Lm])V", between):
        return None  # «A утверждает, что B упал и сказал, что он “…”»
    last = _last_words(sentence, at, between, links)
    if last >= 0 and not _AGAIN.fullmatch(between[last + 1 :]):
        return None
    return link


def _last_words(sentence: Sentence, at: int, between: str, links: Sequence[Link]) -> int:
    """Where a quotation stands in what is ``between`` a cue and one at ``at``; -1 for none.

    A Russian medium's name is none («написал в «Вестнике»: «…»»).
    """
    first = at - len(between)
    for last in range(len(between) - 1, -1, -1):
        if between[last] == "Q" and (
            sentence.language != "ru" or not _is_name(sentence, first + last, links)
        ):
            return last
    return -1


def _stands_beside(sentence: Sentence, link: Link, at: int) -> bool:
    """Whether a cue within another's words is no verb of saying, nor leads to the quotation."""
    cue = sentence.text(link.cue_at, link.cue_end)
    led = sentence.letters[at - 1] in ":LyT"
    return not led and not reports(cue, sentence.language)


def _subject(sentence: Sentence, at: int, between: str) -> bool:
    """Whether the quotation is a subject of its own ("the term “…” has been used")."""
    follower = sentence.letters[at + 1 : at + 2]
    if follower == "X" and sentence.tokens[at + 1].text.lower() in _IF:
        return False
    return bool(follower) and follower in "hHX" and not _CLAUSE.search(between)


def _adjacent(sentence: Sentence, link: Link, at: int) -> bool:
    return set(sentence.letters[max(link.end, link.cue_end) : at]) <= set(":,Lm")


def _framed(sentence: Sentence, at: int, actors: Actors, *, ahead: bool) -> Link | None:
    """A frame that a colon closes: "through X, in these terms:", "the words of X:", "X:".

    ``ahead`` says that nobody is named behind: then the subject of the sentence may speak.
    """
    letters = sentence.letters[:at]
    for frame in _FRAMES:
        match = frame.search(letters)
        if match is None or (frame is _OPENING and not ahead):
            continue
        if frame in _RUSSIAN and sentence.language != "ru":
            continue
        speaker = speaker_in(sentence, *match.span("who"), actors)
        if speaker is None or (not speaker.person and speaker.actor is None):
            continue
        if frame in (_OPENING, *_RUSSIAN) and not _capital(sentence, at):
            continue
        if match["app"]:
            first, last = match.span("app")
            last -= letters[last - 1] in ",)"
            speaker = described(sentence, speaker, *role_part(sentence, first + 1, last), actors)
        if frame is _BARE and match["app"] and not speaker.role and "Z" not in match["app"]:
            continue
        cue = _frame_cue(sentence, match)
        return Link(
            speaker=speaker, cue_at=cue[0], cue_end=cue[1], start=match.start("who"), end=at
        )
    return None


def _frame_cue(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    """The printed words that announce the quotation."""
    terms = sentence.letters.rfind("T", 0, match.end())
    if terms >= 0:
        stop = terms + 1
        while stop < match.end() and sentence.letters[stop] in "no" and stop < match.start("who"):
            stop += 1
        return terms, stop
    if match.re is _WORDS_OF:
        return match.start(), match.start("who")
    return match.end() - 1, match.end()
