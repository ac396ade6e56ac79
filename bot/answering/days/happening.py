"""Finds events by which a text counts time ("before the ceasefire"); knows no calendar.

Only a definite noun phrase is an event: "before speaking", "after all" and "before the court" are
none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.asking import is_office
from vectorstore.domain import Span

_MOST_WORDS = 8
_START = (
    r"(?:(?:start|beginning|outbreak|onset)\s+of\s+the\s+"
    r"|(?:debut|commencement)\s+(?:de\s+(?:la\s+|l')|du\s+|des\s+))?"
)
_DEFINITE = r"(?:(?:the|this|that|his|her|its|their)\s+|(?=[\w-]+'s\s))"
_DEFINI = r"(?:l'|(?:le|la|les|cet|cette|ce|ces|son|sa|ses|leurs?)\s+)"
_OPENED = re.compile(
    r"(?<!\w)(?:"
    rf"(?P<en_before>(?:long\s+|just\s+|shortly\s+)?before|prior\s+to|until|till|ahead\s+of)"
    rf"\s+{_DEFINITE}|(?P<en_since>(?:ever\s+)?since|(?:just\s+|shortly\s+|soon\s+)?after"
    rf"|following|in\s+the\s+(?:wake|aftermath)\s+of)\s+{_DEFINITE}"
    rf"|(?P<fr_before>avant)\s+{_DEFINI}|(?P<fr_until>jusqu'a)(?:ux?\s+|\s+(?:la\s+|l'))"
    rf"|(?P<fr_since>depuis|(?<!d')apres|des)\s+{_DEFINI}"
    r"|(?P<fr_following>suite\s+a|a\s+la\s+suite\s+d|au\s+lendemain\s+d)"
    r"(?:ux?\s+|es?\s+(?:la\s+|l')?"
    r"|\s+(?:la\s+|l'))"
    r"|(?P<ru_before>до|накануне)\s+(?:начала\s+)?"
    r"|(?P<ru_in_front_before>перед)\s+(?:началом\s+)?"
    r"|(?P<ru_since>после|с\s+(?:самого\s+)?(?:момента|начала)|со\s+(?:времени|времен|дня)"
    r"|вслед\s+за)\s+(?:начала\s+)?"
    rf"){_START}"
)
# "The ceasefire of 2020" is one among others: the words before the figure would find any.
_FIGURE_AFTER = re.compile(r"\s+(?:(?:of|de|d'|du|от|in|en|в)\s*)?\d")
_WORD = re.compile(r"[^\W\d_][\w-]*")
# Words between which a phrase goes on; others of grammar end it.
_INSIDE_WORDS = (
    "of in at between with and the de du des d en a au aux dans entre et la le l les в во на "
    "между и с"
)
_INSIDE = frozenset(_INSIDE_WORDS.split())
_ENDS_WORDS = (
    "did do does has have had is are was were will would can could should may might be been what "
    "who whom whose which when where why how about on by to for from against regarding over than "
    "as that said says if or but while because began started ended took say react reacted respond "
    "responded think condemn declare announce state call demand tell comment promise claim dit "
    "dire disent disait declarer reagi reagir pense pensent penser repondu affirme affirmer "
    "annonce condamne сказал сказала сказали заявил заявила заявили говорит говорил говорила "
    "говорили отреагировал отреагировала думает считает ответил ответила qu que qui quoi quel "
    "quelle quels quelles dont ou est sont etait etaient sera ont avait a-t-il a-t-elle sur par "
    "pour contre pourquoi quand lors mais si selon il elle ils elles что кто как какой какая "
    "какие каково каков где когда почему зачем сколько о об обо про по для из от к ко у ли же не "
    "был была было были бы есть он она они мы вы я а но или за против"
)
_ENDS = frozenset(_ENDS_WORDS.split())
# What one comes before or after without its being an event: people, bodies, places, hours.
_NO_EVENT_WORDS = (
    "fact rest other others same first last second next end all sake moment time hour hours day "
    "week "
    "month year years days court courts judge judges jury council committee commission assembly "
    "congress senate house chamber chambers tribunal panel board cameras camera press media "
    "public world nation nations people eyes union alliance army troops forces police leader "
    "leaders man woman men women child children refugees civilians border territory city capital "
    "town village country countries region mountain river sea school hospital embassy fait fin "
    "reste autre autres meme premier temps heure jour jours semaine mois annee an ans cour "
    "conseil comite assemblee congres senat chambre chambres juge juges presse monde peuple armee "
    "troupes chef dirigeant dirigeants homme femme enfants refugies civils frontiere territoire "
    "ville capitale pays sol base bases mer ecole hopital ambassade maison того тем этого этим "
    "чего чем сих тех тот пор всего всем всех конца конец нее него них ней ним обеда утра вечера "
    "ночи полудня завтрака ужина свидания времени момента года месяца недели дня уровня предела "
    "суда судом советом совета комитетом комиссией ассамблеей конгрессом сенатом парламентом "
    "президентом правительством камерами прессой публикой миром народом людьми границы города "
    "столицы страны региона села лидера войсками армией полицией лицом тысяч миллионов"
)
_NO_EVENT = frozenset(_NO_EVENT_WORDS.split())
# What a name in capitals ends with that is the name of an event.
_NAMED_EVENT = re.compile(
    r"(?:war|wars|cup|olympics|games|election|elections|summit|agreement|accords?|treaty|deal|pact"
    r"|statement|declaration|conference|revolution|uprising|offensive|operation|crisis|massacre"
    r"|genocide|coup|referendum|attacks?|bombings?|storm|hurricane|earthquake|flood|protocol|forum"
    r"|guerre|coupe|jeux|elections?|sommet|accords?|traite|revolution|crise|genocide|declaration"
    r"|conference|seisme|protocole"
    r"|войн[ыой]+|саммит\w*|договор\w*|соглашени\w+|выбор\w+|форум\w*|игр\w*|революци\w+"
    r"|встреч\w+|переговор\w+|визит\w*|голосовани\w+|референдум\w*|перемири\w+|заседани\w+"
    r"|конференци\w+|операци\w+|наступлени\w+|вторжени\w+)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event by which time is counted.

    ``relation`` is "before" or "since", ``words`` are the event's own, without an article.
    ``preposition`` covers what relates to it, ``span`` that and the words.
    """

    relation: str
    words: str
    preposition: Span
    span: Span


def happenings(seen: str, text: str, without: Sequence[Span] = ()) -> list[Happening]:
    """The events by which ``text``, folded as ``seen``, counts time, none in ``without``."""
    masked = list(seen)
    for span in without:
        masked[span.start : span.end] = "," * (span.end - span.start)
    found = (_happening("".join(masked), text, match) for match in _OPENED.finditer(seen))
    return [each for each in found if each]


def _happening(seen: str, text: str, match: re.Match[str]) -> Happening | None:
    group = match.lastgroup or ""
    phrase = _phrase(seen, text, match.end())
    if not phrase or not _is_event(text, phrase, group):
        return None
    first, last = phrase[0].start(), phrase[-1].end()
    relation = "before" if group.endswith(("before", "until")) else "since"
    return Happening(
        relation=relation,
        words=text[first:last],
        preposition=Span(start=match.start(), end=match.end(match.lastindex or 0)),
        span=Span(start=match.start(), end=last),
    )


def _phrase(seen: str, text: str, start: int) -> list[re.Match[str]]:
    """The words of the phrase at ``start``; none when a figure goes on with it."""
    words: list[re.Match[str]] = []
    at = start
    while len(words) < _MOST_WORDS and (word := _WORD.match(seen, at)):
        if word[0] in _ENDS or (words and _is_subject(text, words, word)):
            break
        words.append(word)
        gap = re.compile(r"(?:'s)?(?:\s+|'(?=\w))").match(seen, word.end())
        if not gap:
            break
        at = gap.end()
    while words and words[-1][0] in _INSIDE:
        words.pop()
    if not words or _FIGURE_AFTER.match(seen, words[-1].end()):
        return []
    return words


def _is_subject(text: str, words: Sequence[re.Match[str]], word: re.Match[str]) -> bool:
    """Whether a name in the nominative begins a Russian clause: «после выборов Путин…»."""
    name = word[0]
    capital = text[word.start()].isupper() and not text[words[-1].start()].isupper()
    return (
        capital
        and words[-1][0] not in _INSIDE
        and re.fullmatch(r"[а-яё-]+", name) is not None
        and name[-1] not in "аяыийоеу"
    ) or (capital and re.fullmatch(r"[а-яё-]+ия", name) is not None)


def _is_event(text: str, words: Sequence[re.Match[str]], group: str) -> bool:
    """Whether a phrase names an event, behind a preposition of `_OPENED`'s ``group``.

    Its noun stands first, or last in English. One stands before a house («перед»), too.
    """
    core = core_words([word[0] for word in words])
    printed = [text[word.start() : word.end()] for word in words[: len(core)]]
    if core[0] in _INSIDE or any(map(is_office, printed)):
        return False
    if all(word[0].isupper() for word in printed) or "in_front" in group:
        return any(map(_NAMED_EVENT.fullmatch, core))
    return core[-1 if group.startswith("en") else 0] not in _NO_EVENT


def core_words(words: Sequence[str]) -> list[str]:
    """The words that name an event, without where or between whom it was."""
    end = next((at for at, word in enumerate(words) if at and word in _INSIDE), len(words))
    return list(words[:end])
