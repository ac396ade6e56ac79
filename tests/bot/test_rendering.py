"""What a reader sees of an answer."""

from __future__ import annotations

import pytest

from bot.domain import Kind, LineKind, Question, Reason
from tests.bot.scripted import citation, found, line, missing
from tests.bot.showing import QUOTE, ZAKHAROVA, links, shown


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
    who = Question(text="?", search="?", language=language, kind=Kind.LIST, anyone=True)
    answer = missing(Reason.SPEAKER_NOT_QUOTED, language=language, asked=who)
    assert shown(answer) == sentence
