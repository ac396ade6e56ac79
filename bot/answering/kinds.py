"""The words by which people tell what kind of answer they want, in three languages.

Knows no names and finds no answers. Words are compared as stems, so one form of each is listed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.domain import Kind
from vectorstore.domain import LANGUAGES, Span
from vectorstore.lexical import stems, words

_TELLING = {
    Kind.COMPARISON: {
        "en": "compare comparison contrast versus vs difference differ",
        "fr": "comparer compare comparaison différence diffère divergence versus",
        "ru": "сравни сравнить сравнение разница различие отличается отличие",
    },
    Kind.SUMMARY: {
        "en": "summarise summarize summary overview recap digest",
        "fr": "résumer résume résumé synthèse récapitulatif",
        "ru": "резюме резюмируй сводка конспект кратко вкратце",
    },
}
# Words that mean something else where the question is not of that kind ("climate change").
_BESIDE = {
    Kind.TIMELINE: {
        "en": "change evolve evolution shift develop development timeline chronology time weeks "
        "months years",
        "fr": "changer changé évoluer évolué évolution chronologie fil temps a-t-elle a-t-il",
        "ru": "менялась изменилась изменение эволюция хронология эволюционировала развивалась "
        "временем",
    },
    Kind.SUMMARY: {
        "en": "briefing article bulletin page report day today news points main key brief sum up",
        "fr": "revue presse article bulletin page journée jour actualité points bref clés",
        "ru": "обзор статья бюллетень страница выпуск день новости главное содержание краткое",
    },
    Kind.COMPARISON: {"en": "between and", "fr": "entre", "ru": "между"},
}
_TIMELINE = re.compile(
    r"(?<!\w)(?:how (?:did|has|have|is|was|were|does) .{0,80}(?:chang|evolv|shift|develop)\w*"
    r"|timeline|chronolog(?:y|ie)|over time|over the (?:weeks|months|years)"
    r"|(?:comment|en quoi) .{0,80}(?:évolu|chang)\w*|évolution de|au fil (?:du|des)"
    r"|как(?:им образом)? .{0,80}(?:менял|измени|эволюцион|развива)\w*|хронологи\w*|эволюци\w*"
    r"|со временем)",
    re.IGNORECASE,
)
_SUM_UP = re.compile(
    r"(?<!\w)(?:sum up|brief me|main points|key points|in brief|what(?:['’]s| is) in (?:the|this)"
    r"|points (?:clés|principaux)|en bref|краткое содержание|главное (?:из|по))(?!\w)",
    re.IGNORECASE,
)
# What is asked of a place, of a day or of nothing at all, and is no word of a topic.
_HAPPENS = re.compile(
    r"(?<!\w)(?:what(?:['’]s| is| has| have| had| was|) (?:been )?(?:happen\w*|going on|new)"
    r"|what did happen\w*|what occurred|(?:is there )?any(?:thing)? (?:news?|new)(?: (?:on|about))?"
    r"|(?:que|qu['’]est-ce qui) se passe(?:-t-il)?"
    r"|(?:que s['’]est-il|qu['’]est-ce qui s['’]est) passé"
    r"|qu['’]est-il arrivé|quoi de neuf|quelles (?:sont les )?(?:dernières )?nouvelles"
    r"|что (?:(?:там|сейчас|же|у нас) )*"
    r"(?:происходит|произошло|случилось|случается|творится|нового)"
    r"|(?:какие|есть ли|есть) (?:(?:последние|там) )?новости)(?!\w)",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"is happen|going on|new|se passe|neuf|nouvelles|происходит|творится|нового|новости", re.I
)
_QUANTITY = re.compile(
    r"(?<!\w)(?:how (?:many|much|long|far|old|big|large|often)"
    r"|(?:what|which)(?:(?:['’]s| is| was| were| are) the)? (?:number|percentage|share|amount|cost"
    r"|price|figure|toll|turnout|rate|level|size|length|height|depth|weight|speed|age|distance"
    r"|population|temperature|budget|capacity|majority|score)s?"
    r"|combien|quel(?:le)?s?(?: est| était| a été| fut)?(?: l[ea]s?| l['’])? ?"
    r"(?:nombre|part|pourcentage|montant|coût|prix|bilan|chiffre|participation|taux|niveau|taille"
    r"|longueur|hauteur|profondeur|poids|vitesse|âge|distance|population|température|budget"
    r"|capacité|majorité|score)s?"
    r"|сколько|как(?:ое|ов[ао]?|ой|ая)(?: был[ао]?)? (?:количество|число|доля|сумма|цена|стоимость"
    r"|явка|уровень|размер|длина|высота|глубина|вес|масса|скорость|возраст|расстояние|население"
    r"|температура|бюджет|мощность|счет|счёт))(?!\w)",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"^\W*(?:(?:and|but|also|et|mais|и|а|но) )?"
    r"(?:(?:in|on|since|after|before|en|depuis|après|avant|sur|с|после|до|в|о|об) [^,]{1,50}, )?"
    r"(?:who(?!['’]s| is| was)|(?:which|what|whose) "
    r"(?:(?!did|do|does|has|have|had|is|are|was|were|will|would|can|could)\w+ )?"
    r"(?P<en>countr(?:y|ies)|states?|capitals?"
    r"|governments?|nations?|leaders?|organi[sz]ations?|officials?|actors?|parties|sides)"
    r"|qui(?! est\b| était\b)"
    r"|quels? (?P<fr1>pays|états?|gouvernements?|dirigeants?|acteurs?|responsables?)"
    r"|quelles? (?P<fr2>capitales?|organisations?|nations?|parties)"
    r"|кто|как(?:ие|ая|ой) (?P<ru>стран[аы]|государств[ао]|столиц[аы]|правительств[ао]|лидеры?"
    r"|организаци[ия]|политики?|стороны?))(?!\w)",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"countr|state|capital|nation|pays|état|capitale|стран|государств|столиц", re.IGNORECASE
)
_WHY = re.compile(
    r"(?<!\w)(?:why|what (?:has |had )?caused|causes? (?:of|for)|reasons? for|pourquoi"
    r"|(?:causes?|raisons?)(?= d(?:e |u |es |['’]))"
    r"|почему|зачем|отчего|из-за чего|причин[аыу])(?!\w)",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"(?<!\w)(?:(?:because|since|due to|owing to|in order to|so that|so as to|reasons?"
    r"|caus(?:es?|ed|ing)|triggered by|result of"
    r"|in response to|aims? to|thanks to|follow(?:s|ed|ing) the|after the (?:death|attack|killing)"
    r"|car|en raison|afin de?|en réponse|grâce (?:à|aux?)|raisons?"
    r"|causes?|causée?s?|provoquée?s? par|dûe?s? (?:à|aux?)|fait suite (?:à|aux?)"
    r"|(?:résultat|faute|à la suite) d(?:e|u|es)?"
    r"|потому|так как|поскольку|из-за|чтобы|ради|в связи с|в ответ на|причин\w*|благодаря"
    r"|вызван\w*|в результате|вслед за|вследствие)(?!\w)"
    r"|(?:parce |puis|afin |pour )qu(?:e(?!\w)|['’]))",
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    r"(?<!\w)(?:who(?:['’]s| is| was)|qui (?:est|était)(?! ce)|кто (?:так(?:ой|ая)|это))(?!\w)",
    re.IGNORECASE,
)
# What somebody did by speaking. Cues and questions share a class when they share a stem in it.
_ACTS = {
    "condemn": {
        "en": "condemn denounce deplore decry criticise criticize castigate slam blame",
        "fr": "condamner condamné dénoncer dénoncé déplorer critiquer critiqué "
        "fustiger blâmer condamnation dénonciation condamnons dénonçons déplorons",
        "ru": "осудил осуждает осудили раскритиковал критикует порицает возмутился "
        "осуждение критика осуждаем",
    },
    "support": {
        "en": "support back welcome endorse praise hail approve congratulate applaud justify "
        "defend",
        "fr": "soutenir soutenu saluer salué appuyer approuver approuvé applaudir "
        "féliciter réjouir soutien appui soutenons saluons approuvons justifier justifié",
        "ru": "поддержал поддерживает приветствовал приветствует одобрил одобряет "
        "поздравил поддержка одобрение поддерживаем приветствуем оправдал оправдывает",
    },
    "call": {
        "en": "call urge appeal demand request",
        "fr": "appeler appelé exhorter demander réclamer exiger appel appelons demandons exigeons",
        "ru": "призвал призывает потребовал требует просит попросил призыв требование "
        "призываем требуем",
    },
    "deny": {
        "en": "deny denied reject refute dismiss",
        "fr": "démentir démenti nier nié rejeter rejeté récuser rejetons démentons",
        "ru": "опроверг опровергает отрицает отверг отвергает отвергаем опровергаем",
    },
    "threaten": {
        "en": "threaten warn",
        "fr": "menacer menacé prévenir prévenu avertir averti menace avertissement",
        "ru": "пригрозил угрожает предупредил предупреждает угроза предупреждение",
    },
    "accuse": {
        "en": "accuse blame",
        "fr": "accuser accusé reprocher accusation accusons",
        "ru": "обвинил обвиняет обвинили упрекнул обвинение обвиняем",
    },
    "promise": {
        "en": "promise pledge vow",
        "fr": "promettre promis engager promesse promettons",
        "ru": "пообещал обещает заверил обещание обещаем",
    },
    "thank": {
        "en": "thank",
        "fr": "remercier remercié remercions",
        "ru": "поблагодарил благодарит благодарим",
    },
}
_NOT = frozenset(
    word
    for listed in (
        "not n't never no nor without",
        "ne n pas jamais aucun aucune sans",
        "не ни без никогда",
    )
    for word in listed.split()
)
_SELVES = frozenset({"i", "we", "je", "j", "nous", "я", "мы"})
_WORD = re.compile(r"[^\W_]+(?:['’]t)?")
# "Was the treaty rejected", "a-t-il été rejeté", with as many words between as a subject has.
_PASSIVE = re.compile(
    r"(?<!\w)(?:(?:was|were|is|are|been|being)(?=(?P<en>(?:\s+(?!that\b)[\w'’-]+){1,6}))"
    r"|(?:été|est|sont|fut|furent|étai(?:t|ent))(?:-(?:il|elle)s?)?(?=(?P<fr>(?:\s+\w+){1,2})))",
    re.IGNORECASE,
)
_PARTICIPLE = re.compile(r"\w+(?:ed|[éiu]e?s?|ise?s?)", re.IGNORECASE)
_AGENT = re.compile(r"\W+(?:by|par)(?!\w)", re.IGNORECASE)


def kind_of(text: str) -> Kind:
    """What kind of answer ``text`` wants; a statement or a passage where nothing else is said."""
    stemmed = _stems_of(text)
    if stemmed & _telling(Kind.SUMMARY) or _SUM_UP.search(text):
        return Kind.SUMMARY
    if _TIMELINE.search(text):
        return Kind.TIMELINE
    if stemmed & _telling(Kind.COMPARISON):
        return Kind.COMPARISON
    if _QUANTITY.search(text):
        return Kind.FACT
    return Kind.LIST if _WHO.search(text) else Kind.STATEMENT


def act_of(text: str) -> str:
    """The act by which ``text`` asks for speakers ("who condemned…"), "" for none."""
    asked = _stems_of(text)
    return next((act for act in _ACTS if asked & _act(act)), "")


def undergone(text: str) -> str:
    """The participle of the act that ``text`` says something undergoes, "" for none.

    Who asks "why was the treaty rejected?" wants no words of the treaty's; "was it rejected by
    Russia?" wants words of Russia's.
    """
    for passive in _PASSIVE.finditer(text):
        for word in _WORD.finditer(text, passive.end(), passive.end(passive.lastgroup or 0)):
            done = _PARTICIPLE.fullmatch(word[0]) and act_of(word[0])
            if done and (asks_why(text) or not _AGENT.match(text, word.end())):
                return word[0]
    return ""


def performs(act: str, words_said: str, *, own: bool = False) -> bool:
    """Whether ``words_said`` perform ``act`` and do not refuse to.

    They are a cue with what follows it, or with ``own`` somebody's words, which must then tell of
    themselves: "they accuse us" accuses nobody, "we condemn it" condemns.
    """
    found = [word.lower().replace("’", "'") for word in _WORD.findall(words_said)]
    for at, word in enumerate(found):
        before = set(found[max(0, at - 3) : at])
        refused = before & _NOT or any(each.endswith("n't") for each in before)
        if _stems_of(word) & _act(act) and not refused and (not own or before & _SELVES):
            return True
    return False


def asks_for_states(text: str) -> bool:
    """Whether countries are asked for, rather than anybody."""
    match = _WHO.search(text)
    named = next((group for group in match.groups() if group), "") if match else ""
    return bool(_STATES.match(named))


def asks_why(text: str) -> bool:
    """Whether causes or aims are asked for."""
    return bool(_WHY.search(text))


def asks_who_is(text: str) -> bool:
    """Whether ``text`` asks who somebody is."""
    return _IDENTITY.search(text) is not None


def tells_why(text: str) -> bool:
    """Whether ``text`` names a cause or an aim."""
    return bool(_BECAUSE.search(text))


def happening_of(text: str) -> Span | None:
    """Where ``text`` asks what happened ("what's new", "что произошло"), None where it does not."""
    match = _HAPPENS.search(text)
    return Span(start=match.start(), end=match.end()) if match else None


def happens_now(asked: str) -> bool:
    """Whether the words by which it is asked what happened want what is new."""
    return bool(_NOW.search(asked))


def who_of(text: str) -> Span | None:
    """Where ``text`` asks who ("which countries"), None where it does not."""
    match = _WHO.search(text)
    return Span(start=match.start(), end=match.end()) if match else None


def tells_kind(word: str, kind: Kind) -> bool:
    """Whether ``word`` only says that an answer of ``kind`` is wanted."""
    told = _telling(Kind.COMPARISON) | _telling(Kind.SUMMARY) | _beside(kind)
    return bool(_stems_of(word) & told)


@lru_cache(maxsize=10_000)
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stem for language in LANGUAGES for stem in stems(text, language))


@cache
def _telling(kind: Kind) -> frozenset[str]:
    table = _TELLING.get(kind)
    return _stemmed(table) if table else frozenset()


@cache
def _beside(kind: Kind) -> frozenset[str]:
    table = _BESIDE.get(kind)
    return _stemmed(table) if table else frozenset()


@cache
def _act(act: str) -> frozenset[str]:
    return _stemmed(_ACTS[act])


def _stemmed(table: dict[str, str]) -> frozenset[str]:
    return frozenset(
        stem
        for language in LANGUAGES
        for word in words(table[language])
        for stem in stems(word, language)
    )
