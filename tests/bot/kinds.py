"""One question of each kind in each language over the public samples, with words of its answer."""

from __future__ import annotations

from bot.domain import Kind

# (kind, language, question, words that the answer shows)
KINDS = [
    (Kind.STATEMENT, "en", "What did Iran say about the corridor?", ["a red line"]),
    (Kind.STATEMENT, "fr", "Que dit l'Iran du corridor ?", ["une ligne rouge"]),
    (Kind.STATEMENT, "ru", "Что сказал Иран о коридоре?", ["красной чертой"]),
    (
        Kind.COMPARISON,
        "en",
        "Compare Russia and Turkey on the corridor",
        ["on napkins", "the first train from Kars"],
    ),
    (
        Kind.COMPARISON,
        "fr",
        "Compare la Russie et la Turquie sur le corridor",
        ["nappes en papier", "le premier train quittera Kars"],
    ),
    (
        Kind.COMPARISON,
        "ru",
        "Сравни позиции России и Турции по коридору",
        ["железнодорожники знают", "первый поезд выйдет из Карса"],
    ),
    (
        Kind.TIMELINE,
        "en",
        "How did Armenia's position on the corridor change?",
        ["obeys Armenian law", "a door left ajar"],
    ),
    (
        Kind.TIMELINE,
        "fr",
        "Comment a évolué la position de l'Arménie sur le corridor ?",
        ["obéit à la loi arménienne", "une porte laissée entrouverte"],
    ),
    (
        Kind.TIMELINE,
        "ru",
        "Как менялась позиция Армении по коридору?",
        ["подчиняется армянскому закону", "приоткрытой дверью"],
    ),
    (
        Kind.FACT,
        "en",
        "How many people died in the flood?",
        ["seven people died", "eleven dead", "two deaths"],
    ),
    (
        Kind.FACT,
        "fr",
        "Combien de morts dans les inondations ?",
        ["sept personnes ont péri", "onze morts", "deux décès"],
    ),
    (Kind.FACT, "ru", "Сколько человек погибло при наводнении?", ["погибли семь человек"]),
    (
        Kind.LIST,
        "en",
        "Who condemned the use of force?",
        ["criticised by France, the Netherlands and the Council of Europe"],
    ),
    (
        Kind.LIST,
        "fr",
        "Qui a critiqué l'usage de la force ?",
        ["critiqué par la France, les Pays-Bas et le Conseil de l’Europe"],
    ),
    (
        Kind.LIST,
        "ru",
        "Кто осудил применение силы?",
        ["раскритиковали Франция, Нидерланды и Совет Европы"],
    ),
    (
        Kind.SUMMARY,
        "en",
        "Summarise the briefing of 16 May 2024",
        ["announced an agreement with Yerevan", "erasing with the other"],
    ),
    (
        Kind.SUMMARY,
        "fr",
        "Résume la revue de presse du 16 mai 2024",
        ["a annoncé un accord avec Erevan", "effacer de l’autre"],
    ),
    (
        Kind.SUMMARY,
        "ru",
        "Краткое содержание обзора от 16 мая 2024 года",
        ["объявила о договорённости", "красной чертой"],
    ),
]
