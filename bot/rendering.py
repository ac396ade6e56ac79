"""What a reader is shown, as paragraphs of styled text; knows neither Telegram nor the terminal.

Whatever stands in an answer is shown verbatim: words are put around it, never inside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, groupby
from urllib.parse import urlsplit

from bot.domain import Answer, Citation, Kind, Line, LineKind, Reason
from bot.i18n import Voice, isolated, quoted, spells_out, voice
from vectorstore.domain import Days

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style. ``link`` is an address that is safe to offer, or "".

    A ``whole`` piece must not be parted when the page is.
    """

    text: str
    strong: bool = False
    link: str = ""
    whole: bool = False


# What an office's name begins with in the languages that write it small; English may not.
_COMMON = re.compile(
    r"[А-ЯЁ][а-яё]{3,}(?:-[а-яё]+)?|(?:Vice-|Ex-)?(?:Président|Ministre|Porte-parole|Chef|Secrétaire"
    r"|Ambassadeur|Ambassadrice|Directeur|Directrice|Responsable|Conseiller|Conseillère|Député)\w*"
    r"|Une?|One"
)
Paragraph = tuple[Piece, ...]
Page = tuple[Paragraph, ...]
ActorName = Callable[[str, str], str]
"""From an actor's code and a language to the name a reader of that language knows."""
_Heading = tuple[tuple[str, ...], str, str]  # actors, speaker and role


def plain(text: str) -> Page:
    """A page of unstyled text."""
    return ((Piece(text),),)


def answer_page(answer: Answer, actor_name: ActorName, as_of: datetime | None = None) -> Page:
    """The whole answer in the asker's language: its lines, then its sources.

    ``as_of`` is when the briefings were last known to be up to date, None while they are.
    """
    words = voice(answer.language)
    page = (_answer if answer.found else _not_found)(answer, words, actor_name)
    dated = plain(words.say("As of {moment}.", moment=words.moment(as_of))) if as_of else ()
    return (*page, *dated)


def _answer(answer: Answer, words: Voice, actor_name: ActorName) -> Page:
    cited = {citation.number: citation for citation in answer.citations}
    rows = listed(_source_rows(cited.values(), words))
    sources = (Piece(words.say("Sources"), strong=True), *rows)
    return (*_told(answer, cited, words, actor_name), sources)


def written_so_far(answer: Answer) -> str:
    """A model's sentences as plain text, as the page of the whole answer begins."""
    cited = {citation.number: citation for citation in answer.citations}
    return "".join(piece.text for piece in _flowing(answer.lines, cited))


def is_single_source(answer: Answer) -> bool:
    """Whether everything the answer shows comes from one briefing."""
    return len({citation.briefing for citation in answer.citations or answer.nearest}) == 1


def _told(
    answer: Answer, cited: dict[int, Citation], words: Voice, actor_name: ActorName
) -> Iterator[Paragraph]:
    """What the answer says, question by question where it was asked several."""
    for part in answer.parts or (answer,):
        if answer.parts:
            yield (Piece(isolated(part.question), strong=True),)
        if not part.found:
            yield from _not_found(part, words, actor_name)
            continue
        if any(line.kind is LineKind.GENERATED for line in part.lines):
            yield _flowing(part.lines, cited)
            yield from plain(words.say("Written by a language model from the sources below."))
            continue
        yield from _body(part, cited, words, actor_name)
        yield from _beside(part, words, actor_name)
        if part.fallback:
            yield from plain(words.say("Without the language model, which gave no usable answer."))


def _flowing(lines: Sequence[Line], cited: dict[int, Citation]) -> Paragraph:
    """A model's sentences as one text, each with the markers of what it tells."""
    return tuple(
        piece
        for nth, line in enumerate(lines)
        for piece in (
            Piece((" " if nth else "") + line.text + NBSP),
            *(_marker(cited[number], cited[number].link) for number in (line.citation, *line.also)),
        )
    )


def _body(
    answer: Answer, cited: dict[int, Citation], words: Voice, actor_name: ActorName
) -> Iterator[Paragraph]:
    """One paragraph a line; who acts and who speaks is named where it changes."""
    above: _Heading | None = None
    for over, some in groupby(answer.lines, key=lambda line: _over(answer, cited[line.citation])):
        if over:
            above = None
            yield (Piece(words.day(over) if isinstance(over, date) else over, strong=True),)
        for line, actors, others in _together(some):
            names = dict.fromkeys(each.called or each.speaker for each in (line, *others))
            heading = (tuple(actors), "\n".join(names), line.office or line.role)
            lead = _lead((line, *others), heading, above, words, actor_name)
            shown = replace(line, day=None) if isinstance(over, date) else line
            yield (*lead, *_line(shown, cited, words, in_marks=not answer.found))
            above = heading


def _over(answer: Answer, citation: Citation) -> date | str:
    """What lines stand under: of a timeline the day, of a summary the briefing, else nothing."""
    match answer.asked and answer.asked.kind:
        case Kind.TIMELINE:
            return citation.day or ""
        case Kind.SUMMARY:
            return citation.title or citation.url  # or it would stand under the one before
    return ""


def _together(lines: Iterable[Line]) -> Iterator[tuple[Line, list[str], list[Line]]]:
    """Each line, its actors, and others of its words: what several did is told once."""
    for _, group in groupby(lines, key=lambda line: (line.citation, line.kind, line.text)):
        some = list(group)
        if any(line.actor is None for line in some):
            yield from ((line, [line.actor] if line.actor else [], []) for line in some)
        else:
            actors = dict.fromkeys(line.actor for line in some if line.actor)
            yield some[0], list(actors), some[1:]


def _lead(
    by: Sequence[Line], heading: _Heading, above: _Heading | None, words: Voice, names: ActorName
) -> Paragraph:
    """All whom the line is by, unless the line above is by the same."""
    if above and above[:2] == heading[:2] and _alike(above, heading):
        return ()
    actors = heading[0]
    actor = words.listing([names(code, words.language) for code in actors])
    each = dict.fromkeys(_speaker(line, actor) for line in by)
    speaker = tuple(chain.from_iterable(each)) if len(actors) < 2 else ()
    same_actors = above is not None and above[0] == actors
    if (same_actors and speaker) or (above is None and not actor):
        return speaker
    # Under no heading of their own, words of nobody named would be read as the speaker's above.
    named = actor or words.say("Also in the briefings")
    return Piece(named, strong=True), Piece("\n"), *speaker


def _speaker(line: Line, heading: str) -> Paragraph:
    name, role = line.called or line.speaker, line.office or line.role
    if not (name or role) or (name or role) == heading:
        return ()
    behind = f", {isolated(as_role(role))}" if name and role else ""
    return Piece(isolated(name or role), strong=True), Piece(f"{behind}\n")


def _alike(one: _Heading, other: _Heading) -> bool:
    """Whether the roles of one name are one: "the spokesman" and "Spokesman of the ministry"."""
    short, long = sorted((one[2].casefold(), other[2].casefold()), key=len)
    return long.startswith(short) if other[1] else short == long


def as_role(role: str) -> str:
    """A role as it is written behind a name: what began a French or Russian sentence does not."""
    first = role.split(maxsplit=1)[0]
    small = _COMMON.fullmatch(first)
    return role[0].lower() + role[1:] if small else role


def _line(
    line: Line, cited: dict[int, Citation], words: Voice, *, in_marks: bool = False
) -> Paragraph:
    """``in_marks`` a passage is told to be the page's words and no answer of ours."""
    match line.kind:
        case LineKind.QUOTE:
            text = quoted(isolated(line.text), cited[line.citation].language)
            text = f"{isolated(line.lead)}{_gap(line.lead)}{text}"
        case LineKind.REPORTED:
            label = words.say("Reported:")
            text = f"{label} {isolated(line.text)}"
        case LineKind.PASSAGE if in_marks:
            text = quoted(isolated(line.text), cited[line.citation].language)
        case LineKind.PASSAGE | LineKind.GENERATED:
            text = isolated(line.text)
    source = [words.say("via {name}", name=line.relay or line.via)] if line.via else []
    if line.day:
        source.append(words.day(line.day))
    tail = f" — {', '.join(source)}" if source else ""
    carried = (cited[number] for number in (line.citation, *line.also))
    markers = [_marker(citation, citation.link) for citation in carried]
    return Piece(text + NBSP), *markers, Piece(tail)


def _gap(lead: str) -> str:
    """What stands between words and the quotation that goes on their sentence."""
    return " " if lead and lead[-1] not in "’'([" else ""


def _beside(answer: Answer, words: Voice, actor_name: ActorName) -> Iterator[Paragraph]:
    """What the lines do not tell: who has said nothing, and which days have more."""
    codes = set(answer.asked.actors) if answer.asked else set()
    for who in answer.silent:
        name = actor_name(who, words.language) if who in codes else who
        yield (Piece(words.say("{name}: I found no words on this in the briefings.", name=name)),)
    if answer.earlier:
        days = words.listing([words.day(day) for day in answer.earlier])
        yield (Piece(words.say("These are the latest words. Earlier ones: {days}", days=days)),)


def _marker(citation: Citation, link: str) -> Piece:
    return Piece(f"[{citation.number}]", link=_safe(link), whole=True)


def _not_found(answer: Answer, words: Voice, actor_name: ActorName) -> Page:
    sentence = (Piece(why(answer, words)),)
    if not answer.nearest:
        return (sentence,)
    cited = {citation.number: citation for citation in answer.nearest}
    nearest = _body(replace(answer, lines=answer.nearest_lines), cited, words, actor_name)
    sources = (
        Piece(words.say("Sources"), strong=True),
        *listed(_source_rows(answer.nearest, words)),
    )
    return sentence, (Piece(words.say("The nearest we have:")),), *nearest, sources


def why(answer: Answer, words: Voice) -> str:
    """Why an answer has nothing to show."""
    match answer.reason:
        case Reason.SPEAKER_NOT_QUOTED if answer.asked and answer.asked.anyone:
            return words.say("In the briefings I found nobody who said or did that.")
        case Reason.SPEAKER_NOT_QUOTED:
            return words.say(
                "In the briefings I found no words on this from the speaker you ask about."
            )
        case Reason.OUTSIDE_DAYS:
            return words.say(
                "I found nothing about this in the briefings for the days you ask about."
            )
        case Reason.NOT_ALLOWED:
            return words.say("What the briefings say on this is for subscribers only.")
        case Reason.NO_COVERAGE | None:
            return words.say("I found nothing about this in the briefings.")


def _source_rows(citations: Iterable[Citation], words: Voice) -> Iterator[Paragraph]:
    """One row a briefing, under the numbers of all its citations, first number first."""
    briefings: dict[tuple[str, str], list[Citation]] = {}
    for citation in sorted(citations, key=lambda each: each.number):
        briefings.setdefault((citation.briefing, citation.version), []).append(citation)
    for group in briefings.values():
        first = group[0]
        # Where several spans share the title, each number leads to its own.
        parts = len(group) > 1
        markers = [_marker(each, each.link if parts else "") for each in group]
        link = first.url if parts else first.link
        title = titled(first.title or first.url, link, first.covers, first.day, words)
        yield (*chain.from_iterable((marker, Piece(" ")) for marker in markers), *title)


def titled(title: str, link: str, covers: Days | None, day: date | None, words: Voice) -> Paragraph:
    """A briefing's title, which leads to ``link``, and its days."""
    when = beside(title, covers, day, words)
    return Piece(isolated(title), link=_safe(link)), Piece(f" — {when}" if when else "")


def beside(title: str, covers: Days | None, day: date | None, words: Voice) -> str:
    """The days to show with a title, "" where it spells them out itself."""
    days = covers or (Days(first=day, last=day) if day else None)
    return words.days(days) if days and not spells_out(title, days) else ""


def linked(text: str, link: str) -> Piece:
    """``text`` that leads to ``link``, if that is an address to offer."""
    return Piece(text, link=_safe(link))


def listed(rows: Iterable[Paragraph]) -> Iterator[Piece]:
    """The rows, each on a line of its own below what stands before them."""
    for row in rows:
        yield Piece("\n")
        yield from row


def _safe(link: str) -> str:
    """``link`` if it leads to a page or a file, else "": pages may carry any kind of address."""
    try:
        known = urlsplit(link).scheme in {"http", "https", "file"}
    except ValueError:
        return ""
    return link if known else ""
