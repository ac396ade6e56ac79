"""Where a reader can go on from an answer: only to words that are there and not shown yet.

Answers nothing itself. Whatever it offers is looked for again, with what its reader may read then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from bot.answering.files import Files
from bot.answering.inquiry import Inquiry
from bot.answering.question import topic_terms
from bot.domain import Answer, Further, Kind, Question
from vectorstore.corpus import View
from vectorstore.domain import Days, Tier
from vectorstore.speakers import Said, Speakers

# More than a thumb finds under a message.
MOST_BESIDE = 6


def beside(inquiry: Inquiry) -> tuple[str, ...]:
    """The codes of others who speak where the answer was found, the nearest first.

    Where one side's words on a topic were asked for: put beside it, each of them has words.
    """
    question = inquiry.question
    if not _of_one(question) or not topic_terms(question, question.language):
        return ()
    found: dict[str, None] = {}
    for passage in inquiry.answering():
        document = inquiry.view.documents[passage.briefing.version]
        for statement in document.statements:
            if statement.span.overlaps(passage.span):
                code = inquiry.speakers.people.actor_of(statement, document)
                found |= {code: None} if code else {}
    return tuple(code for code in found if code not in question.actors)[:MOST_BESIDE]


def further(
    answer: Answer, view: View, tiers: Collection[Tier], speakers: Speakers, files: Files
) -> Further:
    """What can follow ``answer`` for whoever reads ``tiers``, where ``speakers`` speak."""
    asked = answer.asked
    if asked is None or len(answer.parts) > 1:
        return Further(editions=_editions(answer, view, tiers))
    own = {line.actor for line in answer.lines}
    compared = tuple(
        replace(asked, kind=Kind.COMPARISON, actors=(*asked.actors, code))
        for code in answer.beside
        if code not in own
    )
    return Further(
        more=_more(answer, asked, view, speakers, files),
        earlier=_earlier(answer, asked, speakers, files),
        compare=compared,
        editions=_editions(answer, view, tiers),
    )


def _of_one(question: Question) -> bool:
    one = len(question.actors) + len(question.people) == 1
    return one and question.kind is Kind.STATEMENT and not (question.role or question.strangers)


def _more(
    answer: Answer, asked: Question, view: View, speakers: Speakers, files: Files
) -> Question | None:
    """The newest day on which the one who speaks says something in a story that is not shown."""
    if not answer.found or not topic_terms(asked, asked.language):
        return None  # without a topic it is what was asked
    stories = {view.documents[each.version].briefing.story for each in answer.citations}
    names = {answered.called or answered.speaker for answered in answer.lines}
    codes = {answered.actor for answered in answer.lines}
    name, code = next(iter(names)), next(iter(codes))
    if len(names) == 1 and name and speakers.of_person(name):
        wanted = _words_of(asked, people=(name,))
        said = speakers.of_person(name)
    elif len(codes) == 1 and code:
        wanted = _words_of(asked, actors=(code,))
        said = speakers.of_actor(code)
    else:
        return None
    inside = _within(asked.dossier, said, files)
    elsewhere = _days(each for each in inside if each.document.briefing.story not in stories)
    return _on(wanted, max(elsewhere)) if elsewhere else None


def _earlier(answer: Answer, asked: Question, speakers: Speakers, files: Files) -> Question | None:
    """The last day before those shown on which those asked about say something, on whatever."""
    shown = [each.day for each in answer.lines if each.day]
    if not shown or asked.kind is not Kind.STATEMENT or topic_terms(asked, asked.language):
        return None
    said = [
        *(each for code in asked.actors for each in speakers.of_actor(code)),
        *(each for name in asked.people for each in speakers.of_person(name)),
    ]
    before = [day for day in _days(_within(asked.dossier, said, files)) if day < min(shown)]
    return _on(asked, max(before)) if before else None


def _words_of(
    asked: Question, *, actors: tuple[str, ...] = (), people: tuple[str, ...] = ()
) -> Question:
    """Whatever somebody says, in the language and the file of what was asked."""
    return Question(
        text=asked.text,
        search=asked.text,
        language=asked.language,
        kind=Kind.STATEMENT,
        actors=actors,
        people=people,
        dossier=asked.dossier,
    )


def _within(dossier: str, said: Iterable[Said], files: Files) -> list[Said]:
    """What is said in a file, of "" everything."""
    if not dossier:
        return list(said)
    filed = files.stories(dossier)
    return [each for each in said if each.document.briefing.story in filed]


def _on(question: Question, day: date) -> Question:
    return replace(question, days=Days(first=day, last=day), newest=False)


def _days(said: Iterable[Said]) -> list[date]:
    return [day for each in said if (day := each.document.briefing.day)]


def _editions(answer: Answer, view: View, tiers: Collection[Tier]) -> tuple[str, ...]:
    """The languages in which something that is cited can be read, too."""
    cited = {each.version: view.documents[each.version].briefing for each in answer.citations}
    stories = {briefing.story for briefing in cited.values()}
    languages = {
        document.briefing.language
        for story in stories
        for document in view.editions(story, tiers)
        if document.briefing.version not in cited
    }
    return tuple(sorted(languages - {briefing.language for briefing in cited.values()}))
