"""The offices by which people ask for a speaker ("the French ambassador"), in three languages.

Knows no names and no briefing. It tells whether two descriptions can be one office: "глава МИД
Франции" and "le ministre français des Affaires étrangères" can, an ambassador and a president
cannot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from vectorstore.actors import Actors, MentionKind
from vectorstore.domain import Span
from vectorstore.lexical import names, terms

# Of the words of a description that tell neither office nor country, as many must be found again.
SHARE = 0.6

# In the order in which they are looked for; what one has found the next does not see.
_OFFICES = (
    ("former", r"former|ex|anciens?|anciennes?|бывш\w+|экс"),
    ("spokesperson", r"spokes(?:person|man|woman)|press secretary|porte.parole|attachée? de presse"
     r"|пресс.секретар\w+|официальн\w+ представител\w+"),
    ("deputy", r"deputy|vice|assistant secretary|under.?secretary|adjointe?|sous.secrétaire"
     r"|заместител\w+|зам(?:министра|главы)?|вице"),
    ("adviser", r"advis[eo]rs?|aide|conseill(?:er|ère)s?|советни\w+|помощни\w+"),
    ("ambassador", r"ambassadors?|ambassad(?:eur|rice)s?|пос(?:ол|ла|лу|лом)"),
    ("envoy", r"envoys?|representatives?|envoyée?s?|représentante?s?|посланни\w+"
     r"|(?:спец|пост)пред\w*|представител\w+"),
    ("secretary general", r"secretary.general|secrétaire générale?|генсек\w*"
     r"|генеральн\w+ секретар\w+"),
    ("prosecutor", r"(?:attorney|prosecutor) general|prosecutors?|procureure?s?(?: générale?)?"
     r"|(?:ген)?прокурор\w*"),
    ("prime minister", r"prime minister|the premier(?! league)|premier of|premi(?:er|ère) ministre"
     r"|премьер(?:.министр)?\w*"),
    ("minister", r"top diplomat|(?:chief|head) of diplomacy|cheffe? de la diplomatie"
     r"|глав\w+ дипломати\w+|(?:state )?secretary of state|secrétaire d['’]état|госсекретар\w+"),
    ("minister", r"ministers?|ministres?|министр(?:а|у|ом|е|ы|ов)?"),
    ("minister", r"secretary|secrétaire|секретар\w+"),
    ("chancellor", r"chancellors?|chanceli(?:er|ère)|канцлер\w*"),
    ("commissioner", r"commissioners?|commissaires?|(?:евро)?комиссар\w*"),
    ("commander", r"generals?|commanders?|colonels?|admirals?|général|commandante?s?|amiral"
     r"|генерал\w*|(?:главно)?командующ\w+|полковни\w+|адмирал\w*"),
    ("mayor", r"mayors?|maires?|мэр\w*"),
    ("governor", r"governors?|gouverneure?s?|губернатор\w*"),
    ("judge", r"judges?|justices?|juges?|судь\w+"),
    ("lawmaker", r"senators?|lawmakers?|congress(?:man|woman)|mps?|sénat(?:eur|rice)s?|députée?s?"
     r"|сенатор\w*|депутат\w*|законодател\w+"),
    ("lawyer", r"lawyers?|attorneys?|avocate?s?|адвокат\w*"),
    ("king", r"kings?|queens?|rois?|reines?|корол\w+"),
    ("pope", r"popes?|papes?|пап[аыуе]"),
    ("president", r"presidents?|présidente?s?|президент\w*"),
    ("head", r"heads?|chiefs?|chair(?:man|woman|person)?|directors?(?:.general)?|leaders?|bosse?s?"
     r"|ceo|cheffes?|chefs?|direct(?:eur|rice)s?(?: générale?)?|dirigeante?s?|patronn?e?s?|pdg"
     r"|глав(?:а|ы|е|у|ой)|руководител\w+|председател\w+|(?:ген)?директор\w*|лидер\w*"
     r"|начальни\w+"),
)  # fmt: skip
# Of two offices in one description these are the bearer's own: "the president's spokesman".
_UNDER = frozenset(
    {"spokesperson", "deputy", "adviser", "ambassador", "envoy", "commissioner", "lawyer"}
)
_FIELDS = (
    ("diplomacy", r"foreign(?: affairs| policy)?|mfa|mae|affaires étrangères|diplomatie|diplomacy"
     r"|иностранных дел|мид\w?|внешнеполитическ\w+|diplomat"),
    ("defence", r"defen[cs]e|défense|armées|оборон\w+|минобороны"),
    ("interior", r"interior|home|internal(?: affairs)?|intérieur|внутренних дел|мвд"),
    ("finance", r"finances?|treasury|budget|comptes publics|финансов\w*|минфин\w*|бюджет\w*"),
    ("economy", r"econom(?:y|ic|ics)|économi(?:e|que)|экономик\w+|экономическ\w+|минэкономики"),
    ("energy", r"energy|énergie|энергетик\w+|минэнерго"),
    ("health", r"health|santé|здравоохранени\w+|минздрав\w*"),
    ("justice", r"justice|юстици\w+|минюст\w*"),
    ("education", r"education|éducation|enseignement|образовани\w+"),
    ("environment", r"environment|climate|environnement|écologie|climat|экологи\w+|климат\w*"),
    ("transport", r"transports?|транспорт\w*"),
    ("agriculture", r"agricultur\w+|сельск\w+ хозяйств\w*"),
    ("labour", r"labou?r|employment|travail|emploi|труда?"),
    ("culture", r"cultur\w+|культур\w+"),
    ("trade", r"trade|commerce|торговл\w+"),
    ("science", r"science|recherche|наук\w+"),
)  # fmt: skip
# Words beside an office that tell nothing of whose it is.
_BESIDE = frozenset(
    {"new", "current", "acting", "incumbent", "senior", "top", "young", "then", "affairs"}
    | {"nouveau", "nouvelle", "nouvel", "actuel", "actuelle", "jeune"}
    | {"новый", "новая", "нового", "новое", "нынешний", "нынешнего", "молодой"}
)
_TOP_DIPLOMAT = re.compile(r"diplomat|дипломат|secretary of state|d['’]état|госсекретар", re.I)
_PARTS = re.compile(r",|;| and | et | и ")
# Their "Paris" is the city, not the country.
_OF_TOWNS = frozenset({"mayor", "governor", "prosecutor", "judge"})
_MINISTRYS = frozenset({"minister", "head", "spokesperson"})
_MINISTRY = frozenset(
    stem
    for language, listed in (
        ("en", "ministry department office"),
        ("fr", "ministère"),
        ("ru", "министерство"),
    )
    for stem in terms(listed, language)
)
_COUNTRYS = frozenset({"president", "king", "chancellor", "prime minister"})


@dataclass(frozen=True, slots=True)
class Description:
    """What a role as printed, or as asked for, tells: offices, fields, countries, other words.

    ``actor`` is whom it clearly speaks for, ``codes`` are all the actors it names, and ``bodies``
    those that it names by an institution of theirs ("the Kremlin"). ``words`` are stems of its
    own ``language``, ``sounds`` what another language may print too.
    """

    offices: frozenset[str]
    former: bool
    fields: frozenset[str]
    actor: str | None
    codes: frozenset[str]
    bodies: frozenset[str]
    words: frozenset[str]
    sounds: frozenset[str]
    language: str


def office_in(text: str) -> Span | None:
    """Where ``text`` first names an office that one person bears; None where it names none."""
    found = [match for name, match in _offices(text) if name != "former"]
    first = min(found, key=lambda match: match.start(), default=None)
    return Span(start=first.start(), end=first.end()) if first else None


def can_be(asked: Description, role: str, language: str, side: str | None, actors: Actors) -> bool:
    """Whether whoever bears a ``role`` printed in ``language``, and speaks for ``side``, is asked.

    All that is asked for must be printed: the office and its field, the countries, the words.
    """
    parts = {role, *(part.strip() for part in _PARTS.split(role))}
    return any(_is(asked, described(part, language, actors), side) for part in parts if part)


def _is(asked: Description, printed: Description, side: str | None) -> bool:
    own = side or printed.actor
    if asked.former != printed.former or not asked.fields <= printed.fields:
        return False
    if asked.actor and own and asked.actor != own:
        return False
    if not asked.codes <= printed.codes | {own}:
        return False
    if asked.bodies and printed.fields and not printed.bodies:
        return False  # the Kremlin's spokesman is not the ministry's
    if asked.offices and not _same_office(asked, printed):
        return False
    if not asked.words:
        return bool(asked.offices)
    if asked.language != printed.language:
        return bool(asked.sounds) and asked.sounds <= printed.sounds
    share = len(asked.words & printed.words) / len(asked.words)
    return share >= (SHARE if asked.offices else 1.0)


def _same_office(asked: Description, printed: Description) -> bool:
    """Whether both name an office of one kind; a minister heads a field, a president a body.

    A ministry's words are its minister's and its spokesperson's.
    """
    if asked.offices & printed.offices:
        return True
    if asked.fields and not printed.offices:
        return bool(asked.offices & _MINISTRYS) and not printed.words - _MINISTRY
    if asked.fields:
        heads = frozenset({"head", "minister"})
    elif asked.words:
        heads = frozenset({"head", "president"})
    else:
        return "head" in asked.offices and bool(_COUNTRYS & printed.offices)
    return bool(asked.offices & heads) and bool(printed.offices & heads)


@lru_cache(maxsize=20_000)
def described(text: str, language: str, actors: Actors) -> Description:
    """What a role tells that is printed, or asked for, in ``language``."""
    mentions = actors.mentions(text)
    found = _offices(text)
    offices = frozenset(name for name, _ in found) - {"former"}
    towns = offices & _OF_TOWNS
    named = [m.span for m in mentions if not (towns and m.kind is MentionKind.CAPITAL)]
    bare = _blank(text, named)
    fields = [(name, m) for name, pattern in _FIELDS for m in _match(pattern).finditer(text)]
    told = [Span(start=match.start(), end=match.end()) for _, match in (*found, *fields)]
    kept = [word for word in re.findall(r"\w+", _blank(bare, told)) if word.lower() not in _BESIDE]
    diplomat = any(_TOP_DIPLOMAT.search(m[0]) for name, m in found if name == "minister")
    return Description(
        offices=(offices & _UNDER) or offices,
        former=any(name == "former" for name, _ in found),
        fields=frozenset(name for name, _ in fields) | ({"diplomacy"} if diplomat else set()),
        actor=actors.actor_of(text, language),
        codes=frozenset(mention.code for mention in mentions),
        bodies=frozenset(m.code for m in mentions if m.kind is MentionKind.INSTITUTION),
        words=frozenset(terms(" ".join(kept), language)),
        sounds=frozenset(names(" ".join(kept), language)),
        language=language,
    )


def _offices(text: str) -> list[tuple[str, re.Match[str]]]:
    """The offices that a text names, each with where it does."""
    found: list[tuple[str, re.Match[str]]] = []
    left = text
    for name, pattern in _OFFICES:
        for match in _match(pattern).finditer(left):
            found.append((name, match))
            left = _blank(left, [Span(start=match.start(), end=match.end())])
    return found


def _blank(text: str, spans: list[Span]) -> str:
    """``text`` with blanks in the place of ``spans``."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


@cache
def _match(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
