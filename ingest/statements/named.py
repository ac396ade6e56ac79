"""What the Russian words around a name tell of its bearer: whether he or she, or a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.statements.cases import form, names_subject
from ingest.statements.sentence import Sentence

_DONE = re.compile("Wm*w(?=N)")
_WHOM = ("которую", "которое", "которые", "которого", "которых", "который")
_FULL_NAME = re.compile("N[Np]*N")
_DOING = re.compile(r"(?:^|[,;:kKmRi])(?P<name>N[Np]*)(?=[mX]*[wVh])")


def genders_told(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Names right before a Russian verb in the past, with its gender («Линд | недавно вышла …»)."""
    if sentence.language != "ru":
        return
    for match in _DONE.finditer(sentence.letters):  # «шоу, которое вела | Ада Линд»
        verb, whom = sentence.tokens[match.end() - 1].text, sentence.tokens[match.start()].text
        full = _FULL_NAME.match(sentence.letters, match.end())
        told = form(verb) if full and _PAST.fullmatch(verb) and whom in _WHOM else ""
        if full and told in ("m", "f"):
            yield sentence.text(*full.span()), told
    for match in _DOING.finditer(sentence.letters):
        at = match.end()
        while sentence.letters[at] in "mX":
            at += 1
        verb, name = sentence.tokens[at].text, sentence.text(*match.span("name"))
        told = form(verb) if _PAST.fullmatch(verb) else ""
        if sentence.letters[match.start("name") - 1 : match.start("name")] == "R" and name.endswith(
            ("а", "я")
        ):
            continue  # «жена Линда ушла»
        if told in ("m", "f") and names_subject(name.split(), verb):
            yield name, told


_PAST = re.compile(r"[а-яё]{2,}л(?:а|и|о)?(?:с[яь])?")


_THINGS = re.compile(
    r"(?:город|штат|провинци|район|округ|област|деревн|с[её]л|посёл|посел|остров|рек|улиц|площад"
    r"|отел|гостиниц|аэропорт|стадион|мост|тюрьм|гор|порт|графств|регион|кра|станци|озер|пролив"
    r"|компани|фирм|клуб|команд|фильм|сериал|группировк|журнал|газет|издани|университет|школ"
    r"|кафе|ресторан|бар|магазин|корабл|судн|фестивал|премь?и|турнир|ураган|тайфун|шторм)"
    r"(?:а|у|ом|е|ы|и|ой|ей|ю|я|ем|ь|о|ов|ке|ке|ка|ку|ком|)$"
)


def is_named_thing(sentence: Sentence, at: int) -> bool:
    """Whether a Russian word for a place or a thing stands before a name («в отеле Нордик»)."""
    return at > 0 and _THINGS.fullmatch(sentence.tokens[at - 1].text.lower()) is not None
