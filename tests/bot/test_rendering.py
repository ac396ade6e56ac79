"""What a reader sees of an answer."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from bot.domain import Answer, Kind, LineKind, Question, Reason, SourceSummary
from bot.listing import latest_page, sources_page
from bot.rendering import Page, answer_page
from bot.telegram.html import messages
from tests.bot.scripted import COVERS, actor_name, briefing, citation, found, line, missing
from tests.telegram_server.entities import Entity, cut
from tests.telegram_server.markup import parse_html

QUOTE = "Dissolve and disarm!"
ZAKHAROVA = {"actor": "RU", "speaker": "Maria Zakharova", "role": "spokesperson"}


def read(page: Page) -> list[tuple[str, list[Entity]]]:
    """What Telegram reads in the page's messages."""
    return [parse_html(message) for message in messages(page)]


def shown_page(page: Page) -> str:
    return "\n\n".join(text for text, _ in read(page))


def shown(answer: Answer) -> str:
    return shown_page(answer_page(answer, actor_name))


def links(answer: Answer) -> list[tuple[str, str | None]]:
    return [
        (cut(text, entity), entity.url)
        for text, entities in read(answer_page(answer, actor_name))
        for entity in entities
        if entity.type == "text_link"
    ]


# Answers


def test_a_quote_stands_under_its_actor_and_speaker_with_its_day_and_source() -> None:
    answer = found(line(QUOTE, **ZAKHAROVA, via="Ria Novosti"))
    assert shown(answer) == (
        "Russia\n"
        "Maria Zakharova, spokesperson\n"
        "“Dissolve and disarm!”\u00a0[1] — via Ria Novosti, 20 September 2023\n"
        "\n"
        "Sources\n"
        "[1] Briefing 1 — 19–20 September 2023"
    )


@pytest.mark.parametrize(
    ("language", "heading", "label", "day", "sources"),
    [
        ("en", "Russia", "Reported: ", "20 September 2023", "Sources"),
        ("fr", "Russie", "Propos rapportés\u00a0: ", "20 septembre 2023", "Sources"),
        ("ru", "Россия", "В пересказе: ", "20 сентября 2023", "Источники"),
    ],
)
def test_an_answer_speaks_the_language_of_the_question(
    language: str, heading: str, label: str, day: str, sources: str
) -> None:
    text = shown(found(line("it agrees", LineKind.REPORTED, **ZAKHAROVA), language=language))
    for expected in (heading, f"{label}it agrees", day, sources):
        assert expected in text


@pytest.mark.parametrize(
    ("page_language", "expected"),
    [("en", f"“{QUOTE}”"), ("fr", f"«\u00a0{QUOTE}\u00a0»"), ("ru", f"«{QUOTE}»")],
)
def test_a_quote_wears_the_marks_of_its_page_whatever_the_question(
    page_language: str, expected: str
) -> None:
    page = [citation(1, language=page_language)]
    assert expected in shown(found(line(QUOTE), language="fr", citations=page))


def test_only_a_direct_quote_wears_quotation_marks() -> None:
    kinds = (LineKind.REPORTED, LineKind.PASSAGE, LineKind.GENERATED)
    text = shown(found(*(line(kind.value, kind) for kind in kinds)))
    assert not set("“”«»\"'") & set(text)


def test_a_speaker_is_named_once_for_several_lines_and_again_after_another() -> None:
    other = {"actor": "RU", "speaker": "Dimitri Peskov"}
    text = shown(
        found(
            line("one", **ZAKHAROVA),
            line("two", **ZAKHAROVA),
            line("three", **other),
            line("four", **ZAKHAROVA),
        )
    )
    assert text.count("Russia\n") == 1
    assert text.count("Maria Zakharova") == 2
    assert text.index("Dimitri Peskov") < text.index("three") < text.rindex("Maria Zakharova")


def test_words_of_nobody_named_are_never_shown_under_the_speaker_above() -> None:
    text = shown(
        found(
            line("hers", **ZAKHAROVA),
            line("the ministry's", actor="RU"),
            line("a passage", LineKind.PASSAGE),
        )
    )
    after_hers = text.split("hers", 1)[1]
    assert after_hers.index("Russia\n") < after_hers.index("the ministry's")
    after_ministry = after_hers.split("ministry's", 1)[1]
    assert after_ministry.index("Also in the briefings\n") < after_ministry.index("a passage")


def test_a_speaker_known_by_role_alone_is_shown_by_the_role() -> None:
    assert "Russia\nthe Kremlin spokesman\n“hm”" in shown(
        found(line("hm", actor="RU", role="the Kremlin spokesman"))
    )


def test_a_speaker_in_another_case_is_shown_in_the_nominative_under_one_heading() -> None:
    shown_as = {"called": "Остап Журавелько", "office": "советник"}
    answer = found(
        line("Первое.", actor="RU", speaker="Остап Журавелько", role="Советник"),
        line("Второе.", actor="RU", speaker="Остапа Журавелько", role="советника", **shown_as),
        language="ru",
    )
    assert "Остап Журавелько, советник\n" in shown(answer)
    assert "Остапа" not in shown(answer)
    assert shown(answer).count("Журавелько") == 1


def test_one_speaker_whose_role_is_printed_twice_has_one_heading() -> None:
    said = {"actor": "US", "speaker": "Дуглас Харкрайт"}
    text = shown(
        found(
            line("раз", **said, role="Официальный представитель Госдепартамента"),
            line("два", **said, role="официальный представитель Госдепартамента США"),
        )
    )
    assert text.count("Харкрайт") == 1
    assert "Дуглас Харкрайт, официальный представитель Госдепартамента\n" in text


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("Ministre des Transports", "ministre des Transports"),
        ("Un des chercheurs de l'Institut", "un des chercheurs de l'Institut"),
        ("One of the envoys", "one of the envoys"),
        ("Посол ЕС в Грузии", "посол ЕС в Грузии"),
        ("Пресс-секретарь Кремля", "пресс-секретарь Кремля"),
        ("Вице-премьер Армении", "вице-премьер Армении"),
        ("МИД Армении", "МИД Армении"),
        ("Kremlin spokesman", "Kremlin spokesman"),
        ("Prime Minister", "Prime Minister"),
    ],
)
def test_a_role_is_written_as_it_is_behind_a_name(printed: str, written: str) -> None:
    text = shown(found(line("hm", actor="RU", speaker="Ada Ek", role=printed)))
    assert f"Ada Ek, {written}\n" in text


@pytest.mark.parametrize(
    ("lead", "shown_as"),
    [
        ("declared that Norway", "declared that Norway “does not”"),
        ("il s’agit d’", "il s’agit d’“does not”"),
        ("in these terms:", "in these terms: “does not”"),
    ],
)
def test_what_leads_to_a_quotation_stands_before_it(lead: str, shown_as: str) -> None:
    assert shown_as in shown(found(line("does not", actor="NO", lead=lead)))


def test_passages_alone_need_no_heading() -> None:
    assert shown(found(line("A passage.", LineKind.PASSAGE))).startswith("A passage.\u00a0[1]")


def test_each_number_leads_to_its_own_sentence() -> None:
    answer = found(line("a", number=1), line("b", number=2))
    assert links(answer) == [
        ("[1]", "https://news.example/1#:~:text=word1"),
        ("[2]", "https://news.example/2#:~:text=word2"),
        ("Briefing 1", "https://news.example/1#:~:text=word1"),
        ("Briefing 2", "https://news.example/2#:~:text=word2"),
    ]


def test_numbers_of_one_briefing_share_a_row_and_keep_their_links() -> None:
    same = {"briefing": "b", "title": "One", "url": "https://news.example/one"}
    pages = [citation(7), citation(3, **same), citation(9, **same)]
    answer = found(line("a", number=3), line("b", number=7), line("c", number=9), citations=pages)
    rows = shown(answer).split("Sources\n")[1].splitlines()
    assert [row.split(" — ")[0] for row in rows] == ["[3] [9] One", "[7] Briefing 7"]
    assert links(answer)[3:] == [
        ("[3]", "https://news.example/3#:~:text=word3"),
        ("[9]", "https://news.example/9#:~:text=word9"),
        ("One", "https://news.example/one"),
        ("Briefing 7", "https://news.example/7#:~:text=word7"),
    ]


@pytest.mark.parametrize("link", ["file:///tmp/a.md", "javascript:alert(1)", "http://[bad", ""])
def test_telegram_links_to_web_pages_only(link: str) -> None:
    answer = found(line("a"), citations=[citation(1, link=link, url=link)])
    assert links(answer) == []
    assert "[1] Briefing 1" in shown(answer)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason.NO_COVERAGE, "I found nothing about this in the briefings."),
        (
            Reason.SPEAKER_NOT_QUOTED,
            "In the briefings I found no words on this from the speaker you ask about.",
        ),
        (
            Reason.OUTSIDE_DAYS,
            "I found nothing about this in the briefings for the days you ask about.",
        ),
        (Reason.NOT_ALLOWED, "What the briefings say on this is for subscribers only."),
        (None, "I found nothing about this in the briefings."),
    ],
)
def test_each_reason_for_not_knowing_is_one_sentence(reason: Reason | None, sentence: str) -> None:
    assert shown(missing(reason)) == sentence


def test_not_knowing_comes_with_the_nearest_there_is() -> None:
    text = shown(missing(Reason.NO_COVERAGE, citation(1), citation(2), language="fr"))
    assert text.endswith(
        "Ce que nous avons de plus proche\u00a0:\n\n"
        "“words”\u00a0[1] — 20 septembre 2023\n\n"
        "“words”\u00a0[2] — 20 septembre 2023\n\n"
        "Sources\n"
        "[1] Briefing 1 — 19–20 septembre 2023\n"
        "[2] Briefing 2 — 19–20 septembre 2023"
    )


def test_the_nearest_words_stand_under_whoever_says_them() -> None:
    said = line("words", LineKind.QUOTE, 1, **ZAKHAROVA)
    told = line("words", LineKind.PASSAGE, 2)
    text = shown(missing(Reason.NO_COVERAGE, citation(1), citation(2), lines=[said, told]))
    assert (
        "Russia\nMaria Zakharova, spokesperson\n“words”\u00a0[1] — 20 September 2023\n\n"
        "Also in the briefings\n“words”\u00a0[2] — 20 September 2023\n\n"
    ) in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "In the briefings I found nobody who said or did that."),
        ("fr", "Je n’ai trouvé dans les synthèses personne qui l’ait dit ou fait."),
        ("ru", "Я не нашёл в обзорах никого, кто сказал бы или сделал это."),
    ],
)
def test_where_nobody_is_asked_for_by_name_nobody_is_found(language: str, sentence: str) -> None:
    who = replace(asked(Kind.LIST, language=language), anyone=True)
    answer = missing(Reason.SPEAKER_NOT_QUOTED, language=language, asked=who)
    assert shown(answer) == sentence


# Kinds of questions


def asked(kind: Kind, *actors: str, language: str = "en") -> Question:
    return Question(text="?", search="?", language=language, kind=kind, actors=actors)


@pytest.mark.parametrize(
    ("language", "silence"),
    [
        ("en", "Turkey: I found no words on this in the briefings."),
        ("fr", "Turquie\u00a0: je n’ai trouvé aucun propos à ce sujet dans les synthèses."),
        ("ru", "Турция: высказываний на эту тему я в обзорах не нашёл."),
    ],
)
def test_who_is_silent_in_a_comparison_is_named(language: str, silence: str) -> None:
    answer = replace(
        found(line(QUOTE, **ZAKHAROVA), language=language),
        asked=asked(Kind.COMPARISON, "RU", "TR", language=language),
        silent=("TR",),
    )
    assert silence in shown(answer).split("\n\n")


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", "Earlier ones: 5 September 2023 and 1 August 2023"),
        ("fr", "5 septembre 2023 et 1er août 2023"),
        ("ru", "5 сентября 2023\u202fг. и 1 августа 2023\u202fг."),
    ],
)
def test_earlier_days_are_offered(language: str, days: str) -> None:
    answer = replace(
        found(line(QUOTE, **ZAKHAROVA), language=language),
        latest=date(2023, 9, 20),
        earlier=(date(2023, 9, 5), date(2023, 8, 1)),
    )
    assert days in shown(answer)


def test_a_timeline_stands_under_its_days() -> None:
    answer = replace(
        found(line("First.", **ZAKHAROVA), line("Then.", number=2, **ZAKHAROVA)),
        asked=asked(Kind.TIMELINE, "RU"),
        citations=(citation(1, day=date(2023, 8, 1)), citation(2)),
    )
    assert [text.splitlines()[0] for text in shown(answer).split("\n\n")] == [
        "1 August 2023",
        "Russia",
        "20 September 2023",
        "Russia",
        "Sources",
    ]


def test_the_same_words_in_two_briefings_have_two_markers() -> None:
    answer = found(line(QUOTE, also=(2,), **ZAKHAROVA), citations=[citation(1), citation(2)])
    assert "“Dissolve and disarm!”\u00a0[1][2] — 20 September 2023" in shown(answer)


def test_what_several_did_in_one_sentence_is_told_once() -> None:
    answer = found(
        line("It was criticised by both.", LineKind.REPORTED, actor="RU", speaker="Russia"),
        line("It was criticised by both.", LineKind.REPORTED, actor="TR", speaker="Turkey"),
    )
    assert shown(answer).startswith("Russia and Turkey\nReported: It was criticised by both.")
    assert shown(answer).count("criticised") == 1


def test_all_speakers_of_one_actor_who_share_a_sentence_are_named() -> None:
    both = [
        line("Both refused.", LineKind.REPORTED, actor="RU", speaker="Maria Zakharova", role="x"),
        line("Both refused.", LineKind.REPORTED, actor="RU", speaker="Sergei Lavrov", role="y"),
        line("Both refused.", LineKind.REPORTED, actor="RU", speaker="Sergei Lavrov", role="y"),
    ]
    alone = line("He left.", LineKind.REPORTED, 2, actor="RU", speaker="Sergei Lavrov", role="y")
    assert shown(found(*both, alone)).startswith(
        "Russia\nMaria Zakharova, x\nSergei Lavrov, y\nReported: Both refused.\u00a0[1]"
    )
    assert shown(found(*both)).count("Both refused.") == 1
    assert "\n\nSergei Lavrov, y\nReported: He left." in shown(found(*both, alone))


def test_what_one_did_is_not_read_as_what_several_did_nor_the_reverse() -> None:
    both = [line("Both left.", LineKind.REPORTED, actor=code) for code in ("RU", "TR")]
    alone = line("It came back.", LineKind.REPORTED, number=2, actor="RU")
    after = shown(found(*both, alone))
    assert after.startswith("Russia and Turkey\nReported: Both left.")
    assert "\n\nRussia\nReported: It came back." in after
    before = shown(found(alone, *both))
    assert before.startswith("Russia\nReported: It came back.")
    assert "\n\nRussia and Turkey\nReported: Both left." in before


def test_several_questions_stand_over_their_answers() -> None:
    first = replace(found(line(QUOTE, **ZAKHAROVA)), question="What did Russia say?")
    second = replace(missing(Reason.NO_COVERAGE), question="And who is Bob?")
    answer = replace(first, parts=(first, second))
    paragraphs = shown(answer).split("\n\n")
    assert paragraphs[0] == "What did Russia say?"
    assert paragraphs[-3:-1] == ["And who is Bob?", "I found nothing about this in the briefings."]


# Lists


def test_a_story_is_listed_once_in_the_readers_language_where_we_have_it() -> None:
    briefings = [
        briefing("new", "en"),
        briefing("new", "ru"),
        briefing("old", "en"),
        briefing("older", "en"),
    ]
    rows = "".join(text for text, _ in read(latest_page(briefings, "ru", 2))).splitlines()
    day = "20 сентября 2023\u202fг."
    assert rows == ["Последние обзоры", f"• new in ru — {day}", f"• old in en — {day}"]


@pytest.mark.parametrize(
    ("language", "title", "row"),
    [
        ("en", "A summit – 19-20/09/23", "A summit – 19-20/09/23 — 19–20 September 2023"),
        ("en", "A summit — 20 September 2023", "A summit — 20 September 2023"),
        (
            "en",
            "A summit, September 19th and 20th, 2023",
            "A summit, September 19th and 20th, 2023",
        ),
        ("en", "A summit in September 2023", "A summit in September 2023 — 20 September 2023"),
        (
            "en",
            "A summit of 120 — 2 Sept. 2023",
            "A summit of 120 — 2 Sept. 2023 — 20 September 2023",
        ),
        ("fr", "Un sommet – 20 septembre 2023", "Un sommet – 20 septembre 2023"),
        ("ru", "Un sommet – 20 septembre 2023", "Un sommet – 20 septembre 2023"),
        ("ru", "Саммит 20 сентября 2023 г.", "Саммит 20 сентября 2023 г."),
    ],
)
def test_a_row_names_its_day_once(language: str, title: str, row: str) -> None:
    covers = COVERS if "19" in title else None
    some = [briefing("summit", language, title=title, covers=covers)]
    assert shown_page(latest_page(some, language, 1)).splitlines()[1] == f"• {row}"
    answer = found(
        line(QUOTE), language=language, citations=[citation(1, title=title, covers=covers)]
    )
    assert shown(answer).splitlines()[-1] == f"[1] {row}"


def test_sources_are_summed_up() -> None:
    summary = SourceSummary(
        name="site",
        stories=1200,
        languages=("en", "fr"),
        first=date(2023, 9, 1),
        last=date(2024, 1, 2),
        dossiers=("Georgia", "Karabakh <peace>"),
    )
    [(text, _)] = read(sources_page([summary], "en"))
    assert text.splitlines()[0] == "site"
    assert text.splitlines()[1].startswith(
        "1,200 briefings · English and French · 1 September 2023"
    )
    assert text.splitlines()[2:] == ["Dossiers we follow:", "• Georgia", "• Karabakh <peace>"]


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_an_empty_newsroom_says_so(language: str) -> None:
    assert read(latest_page([], language, 5)) == read(sources_page([], language)) != []


# Answers that a language model wrote


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Written by a language model from the sources below."),
        ("fr", "Rédigé par un modèle de langage à partir des sources ci-dessous."),
        ("ru", "Написано языковой моделью по источникам, указанным ниже."),
    ],
)
def test_written_sentences_flow_each_with_its_markers_and_say_who_wrote_them(
    language: str, note: str
) -> None:
    answer = found(
        line("It rains.", LineKind.GENERATED, 1),
        line("It snows.", LineKind.GENERATED, 2, also=(1,)),
        language=language,
    )
    first, second, *_ = shown(answer).split("\n\n")
    assert first == "It rains.\u00a0[1] It snows.\u00a0[2][1]"
    assert second == note
    assert [text for text, _ in links(answer)][:3] == ["[1]", "[2]", "[1]"]


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "Without the language model, which gave no usable answer."),
        ("fr", "Sans le modèle de langage, qui n’a pas donné de réponse utilisable."),
        ("ru", "Без языковой модели: она не дала пригодного ответа."),
    ],
)
def test_an_answer_says_in_a_line_that_the_model_failed(language: str, note: str) -> None:
    answer = found(line(QUOTE, **ZAKHAROVA), language=language)
    assert note not in shown(answer)
    assert shown(replace(answer, fallback=True)).count(note) == 1


# Readable by everyone


@pytest.mark.parametrize("kind", [LineKind.QUOTE, LineKind.REPORTED, LineKind.PASSAGE])
@pytest.mark.parametrize("words", ["שלום עולם", "السلام عليكم", "abc \u202e def"])
def test_words_from_right_to_left_turn_nothing_beside_them(kind: LineKind, words: str) -> None:
    said = line(words, kind, speaker=words if kind is not LineKind.PASSAGE else "", role="")
    text = shown(found(said, citations=[citation(1, title=words)]))
    assert words in text
    parts = text.split("\u2068")
    assert len(parts) > 2
    assert all(words in part.partition("\u2069")[0] for part in parts[1:])
    assert words not in "".join(part.partition("\u2069")[2] for part in parts[1:])


def test_other_words_are_marked_with_nothing() -> None:
    text = shown(found(line(QUOTE, **ZAKHAROVA), language="ru"))
    assert not {"\u2068", "\u2069"} & set(text)


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_an_answer_reads_as_plain_text_without_links_or_signs(language: str) -> None:
    """What is copied, or read aloud, tells who, what, when and where without them."""
    text = shown(found(line(QUOTE, **ZAKHAROVA), language=language))
    assert text.index(str(ZAKHAROVA["speaker"])) < text.index(QUOTE) < text.index("Briefing 1")
    assert "2023" in text
    assert not [char for char in text if unicodedata.category(char) in ("So", "Sk", "Co")]
