"""Who said what: the words, their owner, and above all what is not attributed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ingest.accounts import quotes, reports, said
from vectorstore.domain import LANGUAGES, StatementKind

SEED = Path(__file__).parents[2].parent / "shared" / "seeds" / "karabakh-2023-09-20.txt"
MARKS = "“”„«»\"‘’'"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        # behind, before, around
        ("en", "“We are ready,” said Sergey Lavrov, the Russian foreign minister.",
         [("RU", "Sergey Lavrov", "We are ready")]),
        ("en", "“We will not yield,” said Maria Zakharova, spokesperson for the Russian MFA, "
         "“and we will not forget.”",
         [("RU", "Maria Zakharova", "We will not yield"),
          ("RU", "Maria Zakharova", "and we will not forget.")]),
        ("en", "The Kremlin called it “a mistake”, while the White House welcomed "
         "“a historic step”.",
         [("RU", "Kremlin", "a mistake"), ("US", "White House", "a historic step")]),
        ("en", "\"Sanctions will follow,\" Ursula von der Leyen, the European Commission "
         "president, warned on Friday.",
         [("EU", "Ursula von der Leyen", "Sanctions will follow")]),
        ("en", "‘We are ready,’ said the Georgian prime minister. ‘We’re waiting for an answer.’",
         [("GE", "Georgian prime minister", "We are ready"),
          ("GE", "Georgian prime minister", "We’re waiting for an answer.")]),
        ("en", "Russia reacted through Maria Zakharova, spokesperson for the Russian MFA, in these "
         "terms: “What should we do?“, such as those of Dimitri Medvedev, quoted by Ria Novosti.",
         [("RU", "Maria Zakharova", "What should we do?")]),
        ("en", "The aim is summarized by the following words of Hikmet Hadjiyev, advisor to the "
         "Azerbaijani presidency: “Dissolve!”",
         [("AZ", "Hikmet Hadjiyev", "Dissolve!")]),
        ("en", "TASS quoted Sergei Lavrov as saying “the talks are over”.",
         [(None, "Sergei Lavrov", "the talks are over")]),
        ("en", "According to the Turkish Foreign Ministry, the operation was “legitimate”.",
         [("TR", "Turkish Foreign Ministry", "legitimate")]),
        ("en", "The operation is to “restore order, the Azerbaijani Defence Ministry said. Nothing "
         "more was said.", []),
        ("en", "The Azerbaijani Defence Ministry informed about an operation to “restore the "
         "order. The positions were neutralized.",
         [("AZ", "Azerbaijani Defence Ministry", "restore the order")]),
        ("fr", "« Nous ne céderons pas », a déclaré le ministre russe des Affaires étrangères, "
         "Sergueï Lavrov.",
         [("RU", "Sergueï Lavrov", "Nous ne céderons pas")]),
        ("fr", "« Nous ne céderons pas, a déclaré Sergueï Lavrov, chef de la diplomatie russe, et "
         "nous n’oublierons pas. »",
         [("RU", "Sergueï Lavrov", "Nous ne céderons pas"),
          ("RU", "Sergueï Lavrov", "et nous n’oublierons pas.")]),
        ("fr", "Le Quai d’Orsay a dénoncé « une violation », tandis qu’Ankara saluait « une "
         "victoire ».",
         [("FR", "Quai d’Orsay", "une violation"), ("TR", "Ankara", "une victoire")]),
        ("fr", "Pour Bakou, il s’agit d’une « provocation ».", [("AZ", "Bakou", "provocation")]),
        ("fr", "Comme l’a souligné Catherine Colonna, ministre française des Affaires étrangères, "
         "« le temps presse ».", [("FR", "Catherine Colonna", "le temps presse")]),
        ("ru", "«Мы не уступим, — сказал министр иностранных дел России Сергей Лавров, — и не "
         "забудем».",
         [("RU", "Сергей Лавров", "Мы не уступим"), ("RU", "Сергей Лавров", "и не забудем")]),
        ("ru", "«Мы не уступим», — заявил министр иностранных дел России Сергей Лавров.",
         [("RU", "Сергей Лавров", "Мы не уступим")]),
        ("ru", "По словам Марии Захаровой, официального представителя МИД России, «решение "
         "принято».",
         [("RU", "Марии Захаровой", "решение принято")]),
        ("ru", "В Кремле считают, что переговоры «зашли в тупик».",
         [("RU", "Кремле", "зашли в тупик")]),
        ("ru", "«Компания «Газпром» выполнит обязательства», — заявил Алексей Миллер.",
         [(None, "Алексей Миллер", "Компания «Газпром» выполнит обязательства")]),
        ("ru", "Лаврову ответил госсекретарь США Энтони Блинкен: «Доверия нет».",
         [("US", "Энтони Блинкен", "Доверия нет")]),
    ],
)  # fmt: skip
def test_a_quotation_is_its_speakers(
    language: str, text: str, expected: list[tuple[str | None, str, str]]
) -> None:
    assert quotes(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # names, titles and terms between marks
        ("en", "The film “The Last Train” was shown in Yerevan, said the ministry."),
        ("en", "The so-called “Republic of Artsakh” ceased to exist."),
        ("en", "The deal was announced by the “Office of the President of Artsakh”."),
        ("en", "For Yerevan it is war, and the term “mass crime” has also been used."),
        ("fr", "Le film « Le Dernier Train » a été projeté à Erevan."),
        ("ru", "Газета «Коммерсантъ» вышла утром. Компания «Газпром» промолчала."),
        # not said, or not yet
        ("en", "The Russian president refused to say that Armenia was “a traitor”."),
        ("en", "Baku did not say that it “wants war”."),
        ("en", "Moscow denied that it “wants war”."),
        ("en", "Russia would say that “it is defending itself”."),
        ("fr", "Le porte-parole du Kremlin, Dmitri Peskov, n’a pas dit que la Russie "
         "« renonçait »."),
        ("fr", "Moscou refuse de parler de « guerre »."),
        ("ru", "Никол Пашинян не говорил, что «Армения выходит из ОДКБ»."),
        # nobody's in particular
        ("en", "Washington and Brussels said that “sanctions will follow”."),
        ("en", "Sergey Lavrov spoke on Monday. There he saw Antony Blinken. He said that "
         "“nothing is decided”."),
        ("en", "“Nothing is decided.” Lavrov met Blinken in Geneva."),
        ("en", "An agreement was reached by both parties, including the “withdrawal of units”."),
        ("en", "The dispute over the “corridor” goes on, as Peskov told TASS."),
        # first person in an interview
        ("en", "I said that “nothing is decided”."),
    ],
)  # fmt: skip
def test_nobody_is_made_to_say_what_the_text_does_not_attribute(language: str, text: str) -> None:
    assert quotes(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "This attack was condemned by the EU through Toivo Klaar, France and Germany.",
         {"EU", "FR", "DE"}),
        ("en", "Tbilisi denies everything; according to the Armenian Army, two men died.",
         {"GE", "AM"}),
        ("en", "Iran’s foreign minister called on Baku to stop.", {"IR"}),
        ("en", "France, which condemned the attack, is waiting.", {"FR"}),
        ("fr", "L’attaque a été condamnée par l’UE, la France et les États-Unis.",
         {"EU", "FR", "US"}),
        ("fr", "Selon le ministère arménien de la Défense, deux soldats ont été tués.",
         {"AM"}),
        ("ru", "МИД Турции осудил нападение.", {"TR"}),
        ("ru", "Нападение осудили Франция, Германия и США.", {"FR", "DE", "US"}),
        ("ru", "Ереван призвал ООН направить миссию, а Баку назвал это провокацией.",
         {"AM", "AZ"}),
    ],
)  # fmt: skip
def test_reported_speech_names_its_actors(language: str, text: str, expected: set[str]) -> None:
    assert {actor for actor, _ in reports(text, language)} == expected


def test_two_speakers_of_a_sentence_have_a_clause_each() -> None:
    text = "Yerevan called on the UN to send a mission, while Baku accused Armenia of provocation."
    assert reports(text) == [
        ("AM", "Yerevan called on the UN to send a mission"),
        ("AZ", "Baku accused Armenia of provocation."),
    ]


def test_a_reported_clause_keeps_its_denial() -> None:
    text = "Moscow denied that it was at war."
    assert reports(text) == [("RU", text)]


def test_a_person_introduced_once_is_known_by_surname_and_pronoun() -> None:
    text = (
        "Maria Zakharova, spokesperson for the Russian MFA, spoke on Monday. The room was full.\n\n"
        "Zakharova said that “the decision is made”. She added that “nobody was asked”."
    )
    assert quotes(text) == [
        ("RU", "Zakharova", "the decision is made"),
        ("RU", "Zakharova", "nobody was asked"),
    ]
    assert {s.role for s in said(text)} == {"spokesperson for the Russian MFA"}


def test_a_pronoun_of_the_other_gender_is_nobody() -> None:
    text = "Мария Захарова выступила вчера. «Это провокация», — подчеркнула Мария Захарова. "
    assert quotes(text + "Он добавил, что «решение принято».", "ru")[1:] == []
    assert len(quotes(text + "Она добавила, что «решение принято».", "ru")) == 2


def test_who_passed_the_words_on_is_not_their_speaker() -> None:
    [one] = said("Sergey Lavrov told RIA Novosti that “the talks are over”.")
    assert (one.speaker, one.via) == ("Sergey Lavrov", "RIA Novosti")
    [two] = said("Как заявил Ильхам Алиев, «Карабах — это Азербайджан», передает ТАСС.", "ru")
    assert (two.speaker, two.via) == ("Ильхам Алиев", "ТАСС")


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "“We are ready,” said Sergey Lavrov. “We were always ready.\n\n“And we shall remain so.”"
    assert [(speaker, words) for _, speaker, words in quotes(text)] == [
        ("Sergey Lavrov", "We are ready"),
        ("Sergey Lavrov", "We were always ready."),
        ("Sergey Lavrov", "And we shall remain so."),
    ]


def test_swapping_two_names_swaps_their_words() -> None:
    text = "Armenia said that “peace is near”, while Turkey answered that “war is near”."
    swapped = text.replace("Armenia", "#").replace("Turkey", "Armenia").replace("#", "Turkey")
    before = {words: actor for actor, _, words in quotes(text)}
    after = {words: actor for actor, _, words in quotes(swapped)}
    assert before == {"peace is near": "AM", "war is near": "TR"}
    assert after == {"peace is near": "TR", "war is near": "AM"}


SENTENCES = [
    "“We are ready,” said Sergey Lavrov.",
    "The road was closed on Tuesday.",
    "Baku described the talks as “a last chance for peace”.",
    "Two hundred people waited near the bridge.",
    "According to the French Foreign Ministry, the text is “balanced and fair”.",
]


@given(st.permutations(SENTENCES), st.integers(0, len(SENTENCES) - 1))
def test_without_the_attributing_sentence_there_is_no_statement(order: list[str], at: int) -> None:
    rest = [sentence for number, sentence in enumerate(order) if number != at]
    whole, less = "\n\n".join(order), "\n\n".join(rest)
    lost = Counter(s.span.of(whole) for s in said(whole))
    lost.subtract(Counter(s.span.of(less) for s in said(less)))
    assert all(words in order[at] for words in +lost)
    assert not -lost


PIECES = st.sampled_from(
    [
        *"“”«»\"'‘’„,.:—\n ()",
        *("said", "Lavrov", "Russia", "he", "that", "according to", "the", "told", "not", "and"),
        *("a déclaré", "selon", "il", "la France", "que", "qui", "ministre", "Macron", "l’"),
        *("заявил", "Лавров", "по словам", "он", "что", "России", "министр", "не", "в", "и"),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(LANGUAGES), st.sampled_from([None, "RU"]))
def test_any_text_is_read_without_an_error(text: str, language: str, author: str | None) -> None:
    for one in said(text, language, author=author):
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert 0 <= one.attribution.start < one.attribution.end <= len(text)
        assert one.cue in text
        assert one.role in text
        assert one.speaker in text
        assert one.via in text
        if one.kind is StatementKind.QUOTE and one.cue:
            assert any(mark in text[: one.span.start] for mark in MARKS)
            words = one.span.of(text)
            assert not (words[0] in "“«„" and words[-1] in "”»“")


def seed() -> str:
    if not SEED.exists():
        pytest.skip(f"the sample page {SEED} is not on this machine")
    return SEED.read_text(encoding="utf-8")


def test_the_sample_page_is_read_as_its_reader_would() -> None:
    text = seed()
    found = {s.span.of(text): s for s in said(text) if s.kind is StatementKind.QUOTE}
    by_start = {words[:30]: s for words, s in found.items()}

    zakharova = by_start["The Armenian Ministry of Foreign Affairs calls"[:30]]
    words = zakharova.span.of(text)
    assert words.endswith("as belonging to Azerbaijan?")
    assert (zakharova.actor, zakharova.speaker, zakharova.role, zakharova.cue) == (
        "RU", "Maria Zakharova", "spokesperson for the Russian MFA", "in these terms",
    )  # fmt: skip
    assert zakharova.via == ""

    hadjiyev = by_start["The illegal separatist puppet regime"[:30]]
    assert hadjiyev.span.of(text).endswith("[…] Dissolve and disarm!")
    assert (hadjiyev.actor, hadjiyev.role) == (
        "AZ", "foreign policy advisor to the Azerbaijani presidency",
    )  # fmt: skip

    owners = {start: (s.actor, s.speaker) for start, s in by_start.items()}
    assert owners["legitimate and justified concerns"[:30]] == ("TR", "Turkish Foreign Ministry")
    assert owners["deliberate and planned policy of terror"[:30]] == ("AZ", "Baku")
    assert owners["policy of ethnic cleansing of Baku"[:30]][0] == "AM"
    assert owners["genocide"][1] == "Gegham Stepanian"
    for words in ("fully and now accepted without", "to involve the Republic of Armenia"):
        assert owners[words[:30]][1] == "Nikol Pashinian"
    for words in ("the emergence of a new situation in", "to build a life together based"):
        assert owners[words[:30]][1] == "Ilham Aliev"


def test_on_the_sample_page_bystanders_own_no_words() -> None:
    text = seed()
    statements = said(text)
    quoted = {s.speaker for s in statements if s.kind is StatementKind.QUOTE}
    assert not {"Dimitri Medvedev", "Margarita Simonian", "Dimitri Peskov", "Toivo Klaar"} & quoted
    spans = [s.span.of(text) for s in statements if s.kind is StatementKind.QUOTE]
    for nobody in ("mass crime", "Nagorno-Karabakh mediator", "withdrawal of the remaining units"):
        assert not any(words.startswith(nobody) for words in spans)
    condemned = {s.actor for s in statements if s.cue == "was condemned by"}
    assert condemned == {"EU", "FR", "DE", "US"}
    acting = {s.speaker for s in statements if s.actor == "EU"}
    assert acting == {"Toivo Klaar", "Charles Michel", "EEAS"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia's Lavrov said Blinken's remark that “sanctions work” was absurd."),
        ("en", "Peskov commented on Macron's words: “Europe must wake up.”"),
        ("en", "Turkey welcomed the Armenian call for “peace at any price”."),
        ("ru", "Лавров прокомментировал слова Блинкена о том, что «санкции работают»."),
    ],
)
def test_words_that_a_speaker_only_comments_on_are_not_the_speakers(
    language: str, text: str
) -> None:
    assert quotes(text, language) == []


def test_words_told_at_second_hand_name_who_told_them() -> None:
    [quote] = [
        s
        for s in said("According to the Kremlin, Emmanuel Macron said that “talks must go on”.")
        if s.kind is StatementKind.QUOTE
    ]
    assert (quote.speaker, quote.via) == ("Emmanuel Macron", "Kremlin")


def test_whoever_told_the_first_half_of_a_list_did_not_tell_the_rest() -> None:
    told = said("According to the Kremlin, two ships sank; Emmanuel Macron said that none did.")
    assert [(s.speaker, s.via) for s in told] == [("Kremlin", ""), ("Emmanuel Macron", "")]
