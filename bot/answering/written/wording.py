"""The words of three languages that tell how a written sentence is built; knows no names.

Verbs of saying, words that may stand around a speaker's name, negations, and offices that mean the
same in each language. Verbs and adverbs are compared as stems.
"""

from __future__ import annotations

import re
from functools import cache

from bot.answering.asking import is_asking, is_office
from vectorstore.domain import LANGUAGES
from vectorstore.language import detect
from vectorstore.lexical import stems, terms, words

# lingua must lead by this much before a sentence is taken to be in another language.
_MARGIN = 0.3

# One form of each stem: by these a sentence makes somebody speak.
_SAYING = {
    "en": "say said saying tell told state declare announce add note explain stress emphasise "
    "emphasize underline underscore assert affirm claim argue insist warn caution threaten "
    "promise pledge vow assure confirm deny recall remind reply respond answer remark "
    "observe comment write wrote ask wonder suggest propose urge demand call appeal condemn "
    "denounce criticise criticize blame accuse deplore regret welcome praise hail reject "
    "dismiss describe brand label reiterate repeat reaffirm inform report admit acknowledge "
    "concede reveal indicate point specify clarify conclude believe consider think express "
    "voice speak spoke talk justify refer congratulate thank apologise advise predict "
    "estimate allege complain protest mention see saw count offer wish hope agree disagree "
    "support oppose dispute contradict maintain react attribute suspect put",
    "fr": "dire dit disent disait disant déclarer déclare annoncer annonce ajouter souligner "
    "préciser expliquer estimer juger considérer rappeler indiquer assurer confirmer "
    "démentir nier insister répéter réitérer marteler prévenir avertir menacer promettre "
    "promet promis appeler appelle exhorter demander réclamer exiger proposer suggérer "
    "condamner dénoncer critiquer accuser reprocher déplorer regretter saluer féliciter "
    "réjouir réjouit inquiéter indigner rejeter qualifier décrire décrit évoquer parler "
    "répondre répond répondu rétorquer répliquer réagir réagit commenter écrire écrit noter "
    "remarquer observer relever constater reconnaître reconnaît reconnu admettre admet admis "
    "avouer conclure conclut poursuivre soutenir soutient prétendre prétend avancer "
    "rapporter informer affirmer témoigner conseiller prédire révéler justifier exprimer "
    "espérer espère souhaiter voir voit vu compter offrir offre penser croire croit craindre "
    "craint refuser soupçonner attribuer contredire contester approuver",
    "ru": "сказать сказал сказала говорить говорит говорят заявить заявил заявила заявляет "
    "отметить отметил отмечает подчеркнуть подчеркнул подчеркнула подчеркивает сообщить "
    "сообщил сообщает объявить объявил добавить добавил пояснить пояснил объяснить объяснил "
    "уточнить уточнил считает считают полагает утверждает утверждал напомнил напоминает "
    "призвал призвала призывает потребовал требует предложил предлагает осудил осуждает "
    "раскритиковал критикует обвинил обвиняет предупредил предупреждает пригрозил пообещал "
    "обещает заверил подтвердил подтверждает опроверг опровергла отверг отвергла отрицает "
    "назвал называет ответил отвечает спросил написал написала пишет указал указала "
    "указывает констатировал признал признает выразил приветствовал приветствует "
    "поблагодарил поздравил рассказал рассказывает прокомментировал высказался высказалась "
    "настаивает повторил продолжил заключил предположил оценил оценивает опасается надеется "
    "поддержал поддерживает возразил парировал пожаловался пожелал попросил просит увидел "
    "увидела видит насчитал хочет ждет выступил выступает думает согласился подозревает",
}
# Before these stands nobody; whoever is named after them speaks.
_ACCORDING = re.compile(
    r"^\W*(?:according to|for|in the (?:view|words|opinion) of|selon|d['’]après|pour|aux yeux d"
    r"|de l['’]avis d|по словам|по мнению|по данным|по оценк\w+|по утверждению|согласно)(?!\w)",
    re.IGNORECASE,
)
# What may stand beside a speaker's name without taking the words out of the speaker's mouth.
_BESIDE = {
    "en": "according after before during earlier later also then however meanwhile again further "
    "moreover today yesterday already still repeatedly recently publicly officially finally "
    "strongly firmly sharply clearly turn part particular addition response statement "
    "interview briefing press conference speech letter message occasion separately itself "
    "himself herself respectively too as well both jointly while whose words view opinion "
    "reaction following own same day time week month year evening morning affairs contrary",
    "fr": "selon après avant lors plus tard également aussi ensuite toutefois cependant encore "
    "outre ailleurs aujourd hui hier déjà récemment publiquement officiellement enfin "
    "fermement vivement clairement côté tour part réponse communiqué déclaration entretien "
    "conférence presse discours lettre message yeux avis mots propos conjointement même jour "
    "soir matin semaine mois année quant à pour bien afin contraire",
    "ru": "после до во время ранее позже позднее также затем однако между тем снова далее кроме "
    "сегодня вчера уже еще недавно публично официально наконец резко решительно твердо "
    "очередь частности ответ ходе заявление заявлении интервью брифинге пресс конференции "
    "речи письме словам мнению данным оценке стороны утверждению согласно день вечером утром "
    "неделе месяце года году сам сама само при этом напротив",
}
_NEGATION = {
    "en": re.compile(
        r"(?<!\w)(?:not|no|never|neither|nor|nobody|nothing|none|without|cannot)(?!\w)"
        r"|n['’]t(?!\w)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?<!\w)(?:ne|n['’]|pas|jamais|rien|aucune?|sans|ni|non)(?!\w)|(?<!\w)n['’]", re.IGNORECASE
    ),
    "ru": re.compile(r"(?<!\w)(?:не|нет|ни|никогда|никто|ничего|без|нельзя)(?!\w)", re.IGNORECASE),
}
# What can be a sentence's subject in the place of a name.
_PRONOUN = {
    "en": re.compile(
        r"(?<!\w)(?:he|she|it|they|we|i|you|who|whom|whose|which|what|that|this|these|those|some"
        r"|many|others|one)(?!\w)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?<!\w)(?:ils?|elles?|on|nous|vous|je|qui|que|dont|ce|ceci|cela|ça|celle|celui|ceux"
        r"|celles|certaine?s|beaucoup|d['’]autres)(?!\w)",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:он|она|оно|они|мы|вы|я|ты|кто|что|то|та|те|тот|это|этот|эта|эти|котор\w+"
        r"|некоторые|многие|другие)(?!\w)",
        re.IGNORECASE,
    ),
}
# What is written to a machine and not to readers.
_TO_A_MACHINE = re.compile(
    r"(?:ignor|disregard|forget|oubli|n[ée]glig|игнорир|забуд)\w*\W+(?:\w+\W+){0,4}?"
    r"(?:instruction|rule|prompt|consigne|r[èe]gle|инструкц|указани|правил)"
    r"|system prompt|language model|mod[èe]le de langage|языков\w+ модел"
    r"|(?:you are|vous [êe]tes|tu es|as) (?:now )?(?:an? |une? )?(?:ai|ia|assistant)\b"
    r"|(?:^|\n)\s*(?:system|assistant|user)\s*:",
    re.IGNORECASE,
)
# Offices as the beginnings of words, so that a minister in one language is one in another.
_SAME_OFFICE = (
    ("president", "présiden", "президент"),
    ("prime", "premier", "премьер"),
    ("minist", "минист"),
    ("spokes", "porte", "пресс", "представител"),
    ("ambassad", "embass", "посол", "посл"),
    ("parliament", "parlement", "парламент"),
    ("government", "gouvernement", "правительств"),
    ("defence", "defense", "défense", "оборон"),
    ("chancellor", "chancel", "канцлер"),
    ("commiss", "комисс"),
    ("secretar", "secrét", "секретар"),
    ("king", "queen", "roi", "reine", "корол"),
    ("army", "armée", "арми"),
    ("police", "полици"),
)
# Verbs and nouns by which somebody takes a side, in the same way.
_SAME_STANCE = (
    ("condemn", "denounc", "condamn", "dénonc", "осуд", "осужд"),
    ("welcom", "prais", "hail", "salu", "félicit", "réjou", "приветств"),
    ("deny", "denie", "denia", "nie", "démen", "отриц", "опроверг"),
    ("reject", "dismiss", "refus", "rejet", "отверг", "отказ"),
    ("support", "endors", "soutien", "souten", "поддерж"),
    ("oppos", "disput", "contest", "оспор"),
    ("accus", "blam", "обвин"),
    ("threat", "menac", "пригроз", "угро"),
    ("promis", "pledg", "vow", "promet", "обещ", "пообещ"),
    ("warn", "caution", "avert", "prévien", "préven", "предупре", "предосте"),
    ("demand", "exig", "réclam", "требов", "потребов"),
    ("critici", "criticiz", "critiq", "критик", "раскритик"),
    ("confirm", "подтвер"),
    ("agree", "accept", "согла"),
    ("apolog", "excus", "извин"),
    ("admi", "acknowledg", "conced", "reconn", "avou", "призна"),
    ("regret", "deplor", "déplor", "сожал"),
)


def says(word: str, language: str) -> bool:
    """Whether ``word`` makes somebody speak."""
    return not _saying(language).isdisjoint(stems(word, language))


def according(text: str) -> bool:
    """Whether ``text`` begins by saying that somebody's words or view follow."""
    return bool(_ACCORDING.match(text))


def goes_beside(word: str, language: str) -> bool:
    """Whether ``word`` may stand by a speaker's name: grammar, an adverb, an office, a number."""
    return (
        word.isdigit()
        or not terms(word, language)
        or is_office(word)
        or not _beside(language).isdisjoint(stems(word, language))
    )


def opens(word: str, language: str) -> bool:
    """Whether ``word`` may begin a sentence with a capital and be nobody's name."""
    return goes_beside(word, language) or says(word, language) or is_asking(word)


def is_in(text: str, language: str) -> bool:
    """Whether ``text`` can be in ``language``, by its words of grammar or else by its letters."""
    said = set(words(text))
    grammar = {one: sum(not terms(word, one) for word in said) for one in LANGUAGES}
    if grammar[language]:
        return grammar[language] == max(grammar.values())
    return detect(text, margin=_MARGIN) in {language, None}


def is_to_a_machine(text: str) -> bool:
    """Whether ``text`` holds what looks like an instruction to a language model."""
    return bool(_TO_A_MACHINE.search(text))


def denies(text: str, language: str) -> bool:
    """Whether ``text`` holds a negation."""
    return bool(_NEGATION[language].search(text))


def has_pronoun(text: str, language: str) -> bool:
    """Whether ``text`` holds a pronoun that can be a sentence's subject."""
    return bool(_PRONOUN[language].search(text))


def same_office(word: str) -> set[int]:
    """Which offices, the same in every language, a word belongs to."""
    return _rows(word, _SAME_OFFICE)


def same_stance(text: str) -> set[int]:
    """Which sides, the same in every language, the words of ``text`` take."""
    return {row for word in words(text) for row in _rows(word, _SAME_STANCE)}


def _rows(word: str, table: tuple[tuple[str, ...], ...]) -> set[int]:
    plain = "".join(words(word))
    return {at for at, roots in enumerate(table) if plain.startswith(roots)}


@cache
def _saying(language: str) -> frozenset[str]:
    return frozenset(stems(_SAYING[language], language))


@cache
def _beside(language: str) -> frozenset[str]:
    return frozenset(stems(_BESIDE[language], language))
