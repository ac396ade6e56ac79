"""What readers see beside answers: dossiers, profiles, examples, settings; finds nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain import Answer, Dossier, Profile, Speaker
from bot.i18n import Voice, isolated
from bot.rendering import (
    ActorName,
    Page,
    Paragraph,
    Piece,
    answer_page,
    as_role,
    linked,
    listed,
    plain,
)
from vectorstore.names import same_person

_WORD = re.compile(r"\w+")
_GREETINGS = frozenset(
    {
        "hello", "hi", "hey", "hello there", "good morning", "good evening", "thanks", "thank you",
        "thank you very much", "thanks a lot", "ok", "bye", "goodbye",
        "bonjour", "bonsoir", "salut", "merci", "merci beaucoup", "merci bien", "au revoir",
        "привет", "здравствуйте", "здравствуй", "добрый день", "добрый вечер", "доброе утро",
        "спасибо", "большое спасибо", "спасибо большое", "пока", "до свидания",
    }
)  # fmt: skip


def asks_nothing(text: str) -> bool:
    """Whether somebody only greets or thanks, or writes no word at all."""
    said = " ".join(_WORD.findall(text.lower().replace("_", " ")))
    return not said or said in _GREETINGS


def dossiers_page(dossiers: Sequence[Dossier], words: Voice, within: str) -> Page:
    """The dossiers we follow, and how to ask in one; ``within`` is the one that is asked in now."""
    if not dossiers:
        return plain(words.say("There are no briefings yet."))
    rows = [(Piece(f"• {dossier.name}{_size(dossier, words)}"),) for dossier in dossiers]
    page: Page = ((Piece(words.say("Dossiers we follow:"), strong=True), *listed(rows)),)
    how = words.say("To ask in one dossier alone, write /dossiers and a few words of its name.")
    return (*page, (Piece(how),), *([within_line(within, words)] if within else []))


def entered_page(dossier: Dossier, words: Voice) -> Page:
    """What somebody is told who asks in one dossier from now on."""
    told = words.say("Your next questions here are answered from this dossier alone:")
    leave = words.say("/leave takes you back to all dossiers.")
    entered = (Piece(f"{told}\n"), Piece(dossier.name, strong=True), Piece(_size(dossier, words)))
    return (entered, *plain(leave))


def within_line(name: str, words: Voice, *, leave: bool = True) -> Paragraph:
    """What stands with each answer from one dossier alone; ``leave`` tells how to leave."""
    way_out = f"\n{words.say('/leave takes you back to all dossiers.')}" if leave else ""
    return (Piece(f"{words.say('From this dossier alone:')} {name}{way_out}"),)


def unclear_page(names: Iterable[str], words: Voice) -> Page:
    """What somebody is told whose words name no dossier, or several."""
    rows = [(Piece(f"• {name}"),) for name in names]
    if not rows:
        return plain(words.say("No dossier has this name. /dossiers lists them."))
    which = words.say("Which of these dossiers?")
    if len(rows) == 1:
        which = words.say("Do you mean this dossier?")
    return ((Piece(which), *listed(rows)),)


def profile_page(
    profile: Profile, words: Voice, actor_name: ActorName, as_of: datetime | None
) -> Page:
    """Who it is, who speaks and how often, when, and what was said last, cited.

    A person's name and role stand above what they said, and not once more with each line.
    """
    actor = actor_name(profile.actor, words.language) if profile.actor else ""
    count = words.say_many("{count} statement", "{count} statements", profile.statements)
    alone = profile.speakers[0] if profile.person and len(profile.speakers) == 1 else None
    if alone:
        facts = [*_named(alone, strong=True), Piece(f"\n{count}")]
    else:
        facts = [Piece(profile.person or actor, strong=True), Piece(f"\n{count}")]
    if profile.person and actor:
        facts.append(Piece("\n" + words.say("Speaks for: {actor}", actor=actor)))
    if profile.days:
        days = words.listing([words.day(day) for day in profile.days])
        told = words.say_many(
            "Latest day: {days}", "Latest days: {days}", len(profile.days), days=days
        )
        facts.append(Piece(f"\n{told}"))
    page: Page = (tuple(facts),)
    if profile.speakers and not alone:
        rows = [_speaker(each, words) for each in profile.speakers]
        page = (*page, (Piece(words.say("Who speaks"), strong=True), *listed(rows)))
    told = words.say_many("Latest statement", "Latest statements", len(profile.latest.lines))
    heading = (Piece(told, strong=True),)
    latest = _without_name(profile.latest, alone.name) if alone else profile.latest
    return (*page, heading, *answer_page(latest, actor_name, as_of))


def stranger_page(
    name: str, profile: Profile, words: Voice, actor_name: ActorName, as_of: datetime | None
) -> Page:
    """What there is on a name that no briefing quotes: which names are like it, who mentions it."""
    sorry = words.say(
        "I find no words under this name in the briefings: {name}.", name=isolated(name)
    )
    rows = [(Piece(f"• /about {each}"),) for each in profile.near]
    near: Page = ((Piece(words.say("Perhaps you mean:")), *listed(rows)),) if rows else ()
    if not (profile.actor or profile.person):
        return (*plain(sorry), *near)
    _, *mentions = answer_page(profile.latest, actor_name, as_of)
    onward = words.say("/dossiers lists what we follow, /latest what is new.")
    return (*plain(sorry), *near, *mentions, *plain(onward))


def usage_page(command: str, words: Voice, examples: Sequence[str]) -> Page:
    """How a command is written, with an example that finds an answer if there is one."""
    like = {"follow": "about"}.get(command, command)  # whoever has a profile can be followed
    match command:
        case "compare":
            how = words.say("Write /compare with two names, and a topic if you like.")
        case "timeline":
            how = words.say(
                "Write /timeline with a country, an organisation or a person, and a topic if you "
                "like."
            )
        case "follow":
            how = words.say(
                "Write /follow with a country, an organisation, a person or a dossier: I tell you "
                "when something new of them is published."
            )
        case _:
            how = words.say("Write /about with a country, an organisation or a person.")
    own = [
        each.replace(f"/{like}", f"/{command}", 1)
        for each in examples
        if each.startswith(f"/{like} ")
    ]
    shown = plain(words.say("For example: {example}", example=own[0])) if own else ()
    return (*plain(how), *shown)


def examples_page(examples: Sequence[str], words: Voice) -> Page:
    """How to ask, with questions and commands that find an answer."""
    if not examples:
        return plain(words.say("Write your question in English, French or Russian."))
    invitation = words.say("Write your question in English, French or Russian, for example:")
    return plain("\n".join((invitation, *(f"• {example}" for example in examples))))


def names_too_few(answer: Answer, wanted: int) -> bool:
    """Whether what stood behind a command names fewer speakers than it takes."""
    asked = answer.asked
    return asked is not None and len(asked.actors) + len(asked.people) < wanted


def _speaker(speaker: Speaker, words: Voice) -> Paragraph:
    count = words.say_many("{count} statement", "{count} statements", speaker.statements)
    return Piece("• "), *_named(speaker), Piece(f" — {count}")


def _named(speaker: Speaker, *, strong: bool = False) -> Paragraph:
    """A name, which leads to where it is printed, and the role that is printed there."""
    name = replace(linked(isolated(speaker.name), speaker.citation.link), strong=strong)
    return (name, Piece(f", {isolated(as_role(speaker.role))}")) if speaker.role else (name,)


def _without_name(answer: Answer, name: str) -> Answer:
    """The answer without who says each line, where all of it is said by this very person."""
    if any(not same_person(line.speaker, name) for line in answer.lines):
        return answer
    unnamed = (replace(line, actor=None, speaker="", role="") for line in answer.lines)
    return replace(answer, lines=tuple(unnamed))


def _size(dossier: Dossier, words: Voice) -> str:
    facts = [words.say_many("{count} briefing", "{count} briefings", dossier.stories)]
    if dossier.newest:
        facts.append(words.say("newest: {day}", day=words.day(dossier.newest)))
    return f" — {', '.join(facts)}"


def settings_page(
    words: Voice, *, language: str, within: str, digest: str, days_kept: int | None
) -> Page:
    """What is chosen in a chat, and the commands that change it.

    ``language`` is the name of the one chosen, "" where each question's is spoken; ``digest`` says
    what is wished for, if anything may be; ``days_kept`` is for how long questions are kept, None
    where it is nobody's private chat.
    """
    spoken = (
        words.say("Language: {language}", language=language)
        if language
        else words.say("Language: that of each question")
    )
    rows = [f"{spoken} — /language"]
    if within:
        rows.append(f"{words.say('From this dossier alone:')} {within} — /leave")
    else:
        rows.append(
            _changed_by("/dossiers", words.say("Questions are answered from all dossiers."))
        )
    if digest:
        rows.append(_changed_by("/digest", digest))
    if days_kept == 0:
        kept = words.say("Your questions are not kept, only counted.")
        rows.append(_changed_by("/privacy, /mydata, /forget", kept))
    elif days_kept is not None:
        kept = words.say_many(
            "Your questions are kept for {count} day.",
            "Your questions are kept for {count} days.",
            days_kept,
        )
        rows.append(_changed_by("/privacy, /mydata, /forget", kept))
    heading = Piece(words.say("Settings"), strong=True)
    return ((heading, *listed([(Piece(f"• {row}"),) for row in rows])),)


def privacy_page(words: Voice, *, asked: int, cited: int, sent: int) -> Page:
    """What is kept of a reader: their questions, what was cited and what was sent, each in days."""
    lines = (
        words.say("What I keep of you:"),
        *_questions_kept(words, asked, cited),
        words.say("• when I sent you a digest or other news: {period}, so that nothing comes twice",
                  period=_period(sent, words)),
        words.say("• what you follow, your hours of silence, your language, the dossier that "
                  "you ask in and your wish for a digest, until you change them"),
        words.say("• if you are a member, your name and your roles"),
        words.say("/mydata sends you all of it, /forget erases it."),
    )  # fmt: skip
    return plain("\n".join(lines))


def _questions_kept(words: Voice, asked: int, cited: int) -> list[str]:
    if not asked:
        return [words.say("• how many questions you asked today, but none of their words")]
    return [
        words.say("• your questions, the answers and your votes on them: {period}, to improve "
                  "the briefings. The newsroom may read them, the public never",
                  period=_period(asked, words)),
        words.say("• which words I cited to you: {period}, to tell you when they are "
                  "corrected", period=_period(cited, words)),
    ]  # fmt: skip


def _period(days: int, words: Voice) -> str:
    return words.say_many("{count} day", "{count} days", days)


def _changed_by(commands: str, what: str) -> str:
    """A sentence, and the commands that change what it says."""
    return f"{what.removesuffix('.')} — {commands}"
