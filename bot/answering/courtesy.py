"""Takes the greeting, the thanks and "could you tell me" off a question; knows no topic.

They hold words of asking and of telling, by which a polite question would be taken for another.
"""

from __future__ import annotations

import re

_SOFTLY = r"(?:please|kindly|s['’]il (?:vous|te) pla[iî]t|svp|stp|пожалуйста)"
_GREETING = re.compile(
    r"\W*(?:(?:dear \w+|hello|hi|hey|good (?:morning|afternoon|evening|day)"
    r"|bonjour|bonsoir|salut|coucou"
    r"|здравствуйте|здравствуй|привет(?:ствую)?|добр(?:ый день|ый вечер|ое утро|ого дня))"
    r"(?: there| all| everyone| everybody| team| bot| à tous| à toutes| monsieur| madame| всем"
    r"| коллеги| бот)?(?!\w|-\w)\s*[,.!:;…)–—-]*\s*)+",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    rf"\W*(?:{_SOFTLY},? )?(?:"
    r"(?:could|can|would|will) you(?: (?:please|kindly|possibly|maybe))*"
    r" (?:tell|inform|remind|let)(?: (?:me|us))?(?: know)?"
    r"|(?:i(?:['’]d| would)? (?:like|love|want|need)"
    r"|i(?:['’]d| would) be (?:glad|curious|interested)) to (?:know|hear|learn|find out)"
    r"|i(?:['’]m| am| was)? (?:just )?wonder(?:ing|ed)?"
    r"|i(?:['’]m| am) (?:curious|trying to find out)"
    r"|do you (?:happen to )?know|(?:tell|remind) (?:me|us)"
    r"|(?:est-ce que |(?:je|nous) (?:me|nous) demand(?:e|ais|ons|ions) si )?"
    r"(?:tu|vous) (?:peux|pouvez|pourrais|pourriez|saurais|sauriez)"
    r"(?: (?:me|nous))?(?: (?:dire|indiquer|rappeler|expliquer))?"
    r"|(?:peux|pouvez|pourrais|pourriez|saurais|sauriez)-(?:tu|vous)(?: (?:me|nous))?"
    r"(?: (?:dire|indiquer|rappeler|expliquer))?"
    r"|(?:dis|dites)-(?:moi|nous)"
    r"|(?:je|nous) (?:voudrais|voudrions|veux|aimerais|aimerions|souhaite|souhaiterais|cherche"
    r"|cherchons)(?: à)? (?:savoir|connaître)|je me demand(?:e|ais)"
    r"|(?:(?:вы )?не )?(?:мог(?:ли|ла|) бы(?: вы| ты)?|мо(?:жете|жешь))(?: ли)?(?: вы| ты)?"
    r"(?:,? пожалуйста,?)? (?:сказать|подсказать|рассказать|сообщить|напомнить)(?: (?:мне|нам))?"
    r"|(?:подскажи|скажи|расскажи|напомни)(?:те)?(?: (?:мне|нам))?"
    r"|(?:я )?(?:хотел(?:а|и|ось)? бы|хочу|хочется) (?:узнать|знать|уточнить|понять)"
    rf"|(?:мне )?интересно(?: узнать)?)(?!\w)(?:,? {_SOFTLY})?[\s,:–—-]*",
    re.IGNORECASE,
)
# "Tell me about" leaves a topic; "tell me that" asks whatever follows.
_JOINT = re.compile(r"(?:if|whether|that|si|ли)\s+", re.IGNORECASE)
_THANKS = re.compile(
    r"[\s,.;!?–—-]*(?:(?:many )?thanks(?: a lot| so much| in advance| you)?|thank you(?: very much"
    r"| so much| in advance)?|cheers|merci(?: beaucoup| bien| d['’]avance| par avance)*"
    rf"|(?:большое |заранее )*спасибо(?: заранее| большое)*|{_SOFTLY})[\s.!?)…]*$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\w")


def plainly(text: str) -> str:
    """What ``text`` asks, without its courtesies; ``text`` itself where nothing else is said."""
    asked = text
    greeting = _GREETING.match(asked)
    if greeting:
        asked = asked[greeting.end() :]
    request = _REQUEST.match(asked)
    if request:
        asked = asked[request.end() :]
        joint = _JOINT.match(asked)
        asked = asked[joint.end() :] if joint else asked
    thanked = _THANKS.search(asked)
    while thanked and thanked.start() > 0:
        mark = "?" if "?" in thanked[0] else ""
        asked = asked[: thanked.start()] + mark
        thanked = _THANKS.search(asked)
    return asked.strip() if _LETTER.search(asked) else text
