"""Tells whether a sentence says that an event happened on a day it names; reads no briefing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.answering.asking import is_asking
from bot.answering.days import Asked
from vectorstore.domain import Span

_HAPPENS = (
    r"(?:agreed|reached|signed|concluded|declared|announced|brokered|beg[au]n|started|launched"
    r"|took\s+(?:place|effect)|(?:came|went|entered)\s+into\s+(?:force|effect)|held|occurred"
    r"|happened|struck|hit|erupted|broke\s+out|carried\s+out|opened|killed|adopted|passed|approved"
    r"|ratified|devastated|swept|flooded|imposed|introduced"
    r"|conclue?s?|signee?s?|annoncee?s?|declaree?s?|(?:entree?s?|entre)\s+en\s+vigueur|commencee?s?"
    r"|debutee?s?|eu\s+lieu|tenue?s?|survenue?s?|produite?s?|frappee?s?|lancee?s?|eclatee?s?"
    r"|ouverte?s?|adoptee?s?|touche|ravage|instauree?s?"
    r"|заключ\w+|подписа\w+|объяв\w+|вступи\w+\s+в\s+силу|достиг\w+|договори\w+|нача\w+"
    r"|состоя\w+|прош(?:ел|ла|ло|ли)|произош\w+|случи\w+|удари\w+|разраз\w+|введ\w+|ввел\w*"
    r"|обруши\w+|откры\w+|принят\w*|одобр\w+)(?!\w)"
)
_IS = (
    r"(?:was|were|is|are|has|have|had|been|finally|officially|also|first|a|ont|avait|avaient|est"
    r"|sont|s'est|se|etait|etaient|ete|eu|officiellement|fut|furent|был[аио]?|официально)"
)
_WHERE = (
    r"(?:(?:in|of|at|between|on|de|du|des|d'|en|au|aux|a|dans|entre|sur|в|на|между|с|о|об|по)\s*"
    r"(?:[^\s,§]+\s+){1,5}?)?"
)
_SMALL = (
    r"(?:to|on|an?|the|for|new|full|complete|total|temporary|humanitarian|immediate|general"
    r"|une?|les?|la|l'|du|des|de|d'|sur|в|о|об|нов\w+|полн\w+|временн\w+|гуманитарн\w+|§+)"
)
_THEN_HAPPENS = re.compile(rf"\s+{_WHERE}(?:§+\s+)?(?:{_IS}\s+){{0,4}}{_HAPPENS}")
_HAPPENS_FIRST = re.compile(rf"(?<!\w){_HAPPENS}\s*(?:{_SMALL}\s*){{0,3}}$")
# Behind the event's name: another noun would make it part of another name ("ceasefire talks").
NAME_ENDS = re.compile(
    rf"\s*(?:$|[^\w\s]|(?:{_IS}|{_HAPPENS}|and|in|of|at|between|on|to|by|with|from|for|near"
    r"|across|et|de|du|des|d'|en|au|aux|dans|entre|avec|par|sur|pres|qui|le"
    r"|и|в|на|между|с|со|по|у|под|около)(?!\w))"
    r"|\s+[а-яё]"
)
_CLAUSE_ENDS = re.compile(
    r"[,;()«»“”\"—!?]|:(?!\d)|\s[–-]\s|\.(?=\s)|(?<!\w)(?:that|which|who|when"
    r"|while|where|after|before|since|until|during|because|although|que|qu'|qui|dont"
    r"|apres|avant|depuis|pendant|lors|alors"
    r"|что|котор\w+|когда|после|до|перед|пока|хотя)(?!\w)"
)
# In a clause with one of these it is not said that the event happened on that day.
UNSURE = re.compile(
    r"(?<!\w)(?:not|no|never|neither|nor|\w+n't|would|could|should|might|may|if|unless|will|shall"
    r"|expected|planned|scheduled|due|hopes?|hoped|anniversary|welcomed|praised|discussed|marked"
    r"|celebrated|violat\w+|ended|resigned|ne|n'|pas|sans|aucun|pourrait|devrait|sera|seront|si"
    r"|prevue?s?|anniversaire|salue|discute|viole\w*|не|нет|ни|бы|если|может|будет|будут|планир\w+"
    r"|намеч\w+|ожида\w+|годовщин\w+|обсу\w+|наруш\w+|приветств\w+)(?!\w)"
)
# A sentence without one of these tells no event's day.
MAY_TELL = re.compile(
    rf"(?<!\w){_HAPPENS}|(?<!\w)(?:of|d[eu]|from|dated|от|the)\s+(?:the\s+)?(?:\d|[^\W\d_]+day)"
    r"|day's\s|(?<!\w)d[eu]\s+\w+di|[а-я]\s+\d"
)
_ADJECTIVES = re.compile(r"(?:\s+[^\W\d_]{4,}){1,2}\s+")  # "l'élection municipale du 9 juin"
# A noun behind one of these takes the date that follows to itself: «на выборах 9 июня».
_GOVERNED = re.compile(
    r"(?<!\w)(?:об?|на|после|до|от|накануне|итог\w*|результат\w*|(?:в\s+ходе|во\s+время))"
    r"\s+(?:[а-я-]+(?:ых|их|ого|его|ом|ем|ой|ей)\s+){0,2}$"
)
_OF_THE_DAY = re.compile(r"(?:of|du|de|d'|dated|от)\s*")


def day_told(seen: str, mention: Span, named: Sequence[Asked]) -> date | None:
    """The day of those ``named`` on which the event at ``mention`` happened; None if none is said.

    ``seen`` is the folded sentence. The day belongs to the event's name ("the ceasefire of 20
    September"), or it is the only one of the sentence and the event happens in the same clause.
    """
    for each in named:
        if _beside(seen, mention, each.spans[0]):
            return each.days.first
    if len({each.days for each in named}) == 1 and _happened(seen, mention, named):
        return named[0].days.first
    return None


def _beside(seen: str, mention: Span, day: Span) -> bool:
    """Whether a day belongs to the name: "the ceasefire of 20 September", "Monday's attack"."""
    words = day.of(seen)
    if mention.end <= day.start:
        gap = seen[mention.end : day.start]
        if gap.isspace() and _GOVERNED.search(seen, 0, mention.start) and words[0].isdigit():
            return True
        return bool(_OF_THE_DAY.match(words)) and (
            gap.isspace() or (words.startswith("du ") and bool(_ADJECTIVES.fullmatch(gap)))
        )
    gap = seen[day.end : mention.start]
    return gap.isspace() and (words.startswith("the ") or words.endswith("'s"))


def _happened(seen: str, mention: Span, named: Sequence[Asked]) -> bool:
    """Whether a sentence says that the event happened on its day, in one clause."""
    masked = list(seen)
    for each in named:
        for span in each.spans:
            masked[span.start : span.end] = "§" * (span.end - span.start)
    text = re.sub(r"(?<=§),", " ", "".join(masked))
    start = max((m.end() for m in _CLAUSE_ENDS.finditer(text, 0, mention.start)), default=0)
    after = _CLAUSE_ENDS.search(text, mention.end)
    clause = text[start : after.start() if after else len(text)]
    if "§" not in clause or UNSURE.search(clause) or not NAME_ENDS.match(text, mention.end):
        return False
    rest = re.sub(_HAPPENS, " ", clause.replace(mention.of(text), " "))
    if any(map(is_asking, re.findall(r"\w+", rest))):
        return False
    then = _THEN_HAPPENS.match(text, mention.end)
    first = _HAPPENS_FIRST.search(text, start, mention.start)
    return bool(then or first)
