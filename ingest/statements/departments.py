"""Which body speaks where Russian puts it behind «в», or calls it «ведомство»; knows no cues."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.sentence import Sentence
from ingest.statements.speakers import Speaker, speaker_in
from vectorstore.actors import Actors

_MINISTRY = r"(?:МИД|МВД|МЧС|Мин[а-яё]{3,}|[Мм]инистерств\w+)"
_AGENCY = (
    rf"(?:{_MINISTRY}|Госдеп\w*|Пентагон\w*|ФСБ|ФСО|ФСИН|СНБ|Рос(?!си)[а-яё]{{4,}}"
    r"|(?:[Пп]ресс-)?[Сс]лужб[аеуыо]\w*|[Аа]гентств[ауео]\w*|[Дд]епартамент\w*|[Уу]правлени[еяю]"
    r"|[Пп]рокуратур\w+|[Сс]ледком\w*|[Сс]ледственн\w+ комитет\w*|Генштаб\w*|[Тт]аможн\w+)"
)
# What a text calls a body, in any case -> what the body's name must hold.
_CALLED = tuple(
    (re.compile(rf"{words}$", re.IGNORECASE), re.compile(rf"\b{name}"))
    for words, name in (
        (r"ведомств\w*", _AGENCY),
        (r"(?:воен|оборон)н\w+ ведомств\w*", r"(?:Минобороны|[Мм]инистерств\w+ обороны|Пентагон)"),
        (
            r"(?:внешнеполитическ|дипломатическ)\w+ ведомств\w*",
            r"(?:МИД|Госдеп|[Мм]инистерств\w+ иностранных дел)",
        ),
        (r"министерств\w*", _MINISTRY),
        (r"пресс-служб\w*", r"[Пп]ресс-служб"),
        (r"прокуратур\w*", r"(?:[Пп]рокуратур|Генпрокуратур)"),
        (r"посольств\w*", r"[Пп]осольств"),
        (r"компани\w*", r"[Кк]омпани"),
    )
)
_BODY = re.compile(
    rf"\b(?P<head>{_AGENCY}|[Пп]осольств\w+|[Кк]омпани\w+)\b"
    r"(?: (?P<whose>[«А-ЯЁ]\w+|\w+(?:[ыая]|(?<!л)и|[оыи]в|[ео]й|[иы]х|[ое]го)\b))?"
)


def is_department(name: str) -> bool:
    """Whether a name leaves a body that was named before («в ведомстве», «военное ведомство»)."""
    return any(words.match(name) for words, _ in _CALLED)


_WHERE = ("в", "во", "на")
_BEHIND = re.compile(r"(?:[JA]*(?:C|R)|N(?=C))[JARCow]*Q?")
_AHEAD = re.compile(rf"(?:^|[,;:.\-kKLm])t(?P<who>{_BEHIND.pattern})$")
# «В Кремле слова Линда | назвали «ложью»»
_AHEAD_OF_OBJECT = re.compile(rf"{_AHEAD.pattern[:-1]}n[JCNMRpw]{{0,5}}$")
_LETTERS = re.compile(r"Мин[а-яё]{3}|[А-ЯЁ]{3}")


def is_inside(sentence: Sentence, at: int) -> bool:
    """Whether a word tells in what body something was said."""
    return at < len(sentence.tokens) and sentence.tokens[at].text.lower() in _WHERE


def speaking_inside(sentence: Sentence, at: int, actors: Actors) -> tuple[Speaker, int] | None:
    """«…», — сообщили | в МИД России: the body that said it, and the position behind."""
    body = _BEHIND.match(sentence.letters, at + 1) if is_inside(sentence, at) else None
    if body is None:
        return None
    start = at + 1 + _is_press_service(sentence, at + 1)
    speaker = speaker_in(sentence, start, body.end(), actors)
    return (speaker, body.end()) if speaker and _speaks(speaker) else None


def spoken_inside(sentence: Sentence, end: int, actors: Actors) -> tuple[Speaker, int] | None:
    """«В МИД России | заявили»: the body that said it, and its position."""
    letters = sentence.letters[:end]
    place = _AHEAD.search(letters) or _AHEAD_OF_OBJECT.search(letters)
    if place is None or not is_inside(sentence, place.start("who") - 1):
        return None
    speaker = speaker_in(sentence, *place.span("who"), actors)
    return (speaker, place.start("who")) if speaker and _speaks(speaker) else None


def _is_press_service(sentence: Sentence, at: int) -> bool:
    """Whether the press service of a ministry stands here («пресс-службе | Минобороны»)."""
    words = [token.text for token in sentence.tokens[at : at + 2]]
    return words[0].startswith("пресс-служб") and bool(_LETTERS.match(words[-1]))


def _speaks(body: Speaker) -> bool:
    """Whether a body can speak: it has a side, or is told by letters («в МЧС») or by what was said
    before («в ведомстве»).
    """
    told = body.name.split()[0].isupper() or "«" in body.name
    return body.actor is not None or told or is_department(body.name)


def department(name: str, last: Speaker, between: str, actors: Actors) -> Speaker | None:
    """The body that spoke last, in person or by somebody of it, if ``name`` can mean it.

    It cannot where the text names another body ``between``.
    """
    body = last if not last.person else _of(last, actors)
    wanted = next((its for words, its in _CALLED if words.match(name)), None)
    if body is None or wanted is None or wanted.search(body.name) is None:
        return None
    others = (match for match in _BODY.finditer(between) if _is_other(match, body.name))
    return None if next(others, None) else body


def _is_other(match: re.Match[str], name: str) -> bool:
    """Whether a text names another body than that of a name («министерство юстиции»)."""
    if not is_department(match["head"]):
        return match["head"][:_STEM] not in name
    return match["whose"] is not None and match["whose"][:_STEM] not in name


_STEM = 6


def _of(person: Speaker, actors: Actors) -> Speaker | None:
    """The body in whose name somebody speaks, as their role prints it."""
    body = _BODY.search(person.role)
    if body is None:
        return None
    name = person.role[body.start() :]
    return replace(
        person, name=name, role="", actor=actors.actor_of(name, "ru"), person=False, gender=""
    )
