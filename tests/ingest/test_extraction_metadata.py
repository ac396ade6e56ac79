"""What is said about a page: days, dossiers, rows and front matter, ids and stories."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.extraction import Draft, ExtractionError, extract
from ingest.sources import PageKind
from tests.ingest.given import days, front, page, row
from vectorstore.domain import Days, Tier

# Lists of lists: a few lines that would print as gigabytes.
BOMB = "\n".join(
    [
        "l0: &l0 [ha]",
        *(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)),
        "title: *l11",
    ]
)


def covers(title: str) -> Days | None:
    return row(title=title).covers


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("– 16/09/23", days("2023-09-16")),
        ("- 16/09/2023", days("2023-09-16")),
        ("— 6/9/23.", days("2023-09-06")),
        ("– Update on 16/09/23", days("2023-09-16")),
        ("– 19-20/09/23", days("2023-09-19", "2023-09-20")),
        ("–\u00a019\u202f–\u202f20/09/23", days("2023-09-19", "2023-09-20")),
        ("(19, 20 & 21/09/23)", days("2023-09-19", "2023-09-21")),
        ("– 30/09-02/10/23", days("2023-09-30", "2023-10-02")),
        ("– 30/12/23-02/01/24", days("2023-12-30", "2024-01-02")),
        ("– 30/12-02/01/24", days("2023-12-30", "2024-01-02")),
        ("– 2023-09-19/2023-09-20", days("2023-09-19", "2023-09-20")),
        ("– 19-20 September 2023", days("2023-09-19", "2023-09-20")),
        ("– September 30 – October 2, 2023", days("2023-09-30", "2023-10-02")),
        ("– Mise à jour du 16/09/23", days("2023-09-16")),
        ("– Actualisation au 1er février 2024", days("2024-02-01")),
        ("– 19 et 20 septembre 2023", days("2023-09-19", "2023-09-20")),
        ("– du 30 septembre au 2 octobre 2023", days("2023-09-30", "2023-10-02")),
        ("– 19–20.09.23", days("2023-09-19", "2023-09-20")),
        ("– Обновлено 16.09.23", days("2023-09-16")),
        ("– по состоянию на 16.09.23", days("2023-09-16")),
        ("— 19–20 сентября 2023 г.", days("2023-09-19", "2023-09-20")),
        ("— с 30 сентября по 2 октября 2023 года", days("2023-09-30", "2023-10-02")),
    ],
)
def test_a_title_says_which_days_it_covers(end: str, expected: Days) -> None:
    draft = row(title=f"The road to the sea {end}")
    assert draft.covers == expected
    assert draft.day == expected.last
    assert draft.title == f"The road to the sea {end}"


def test_days_may_stand_before_the_title_proper() -> None:
    assert covers("Update on 16/09/23 – North Caucasus") == days("2023-09-16")


@pytest.mark.parametrize(
    "title",
    [
        "A road – 31/02/23",
        "A road – 09/16/23",
        "A road – 20-19/09/23",
        "A road – 16/09/99",
        "A road – 16/09/1850",
        "The vote of 28 November 2024",
        "Version 1.2.3 of route 1/2/3",
        "Budget 2023-2024",
        "What to expect in 2023",
        "September 11, 2001 attacks revisited",
    ],
)
def test_what_is_no_covered_day_is_ignored(title: str) -> None:
    draft = row(title=title)
    assert (draft.covers, draft.day, draft.title) == (None, None, title)


def test_a_given_date_is_the_day_of_publication() -> None:
    draft = row(title="A road – 16/09/23", date="2023-09-21T10:00:00+04:00")
    assert draft.day == date(2023, 9, 21)
    assert draft.covers == days("2023-09-16")


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("Iran, Iraq.", ("Iran", "Iraq")),
        ("Energy, trade and transport issues, Human Rights", 2),
        ("Policies Armenia, Azerbaijan, Georgia, Human Rights", 2),
        ("Политика Армении, Азербайджана, Грузии", 1),
        ("Armenia, Azerbaijan, Georgia", 3),
        ("Sanctions (EU, US, UK), Human Rights", 2),
        (
            "Trade, Aid; Human Rights; Iran: Nuclear",
            ("Trade, Aid", "Human Rights", "Iran: Nuclear"),
        ),
        ("Iran,\u00a0Iran , ,", ("Iran",)),
    ],
)
def test_a_printed_list_of_dossiers_is_split_into_names(
    listing: str, expected: tuple[str, ...] | int
) -> None:
    draft = extract(page(f"A title\n\nThe files we follow: {listing}\n\nIt began."))
    if isinstance(expected, int):
        assert len(draft.dossiers) == expected
    else:
        assert draft.dossiers == expected
    assert draft.text == "It began."


def test_names_known_already_are_kept_whole_the_longest_first() -> None:
    raw = page("A title\n\nThe files we follow: Trade, Aid, War, Iran, Peace.\n\nIt began.")
    known = ["Trade", "Trade, Aid", "Iran, Peace", "Aid, War"]
    assert extract(raw, dossiers=known).dossiers == ("Trade, Aid", "War", "Iran, Peace")
    assert extract(raw).dossiers == ("Trade", "Aid", "War", "Iran", "Peace")


def test_a_row_says_all_that_a_briefing_has() -> None:
    draft = row(
        url="https://briefings.example/en/road",
        date="2023-09-20",
        lang="EN-gb",
        dossiers=["Trade, Aid", " Iran ", "Iran"],
        access="Subscribers",
        actor="Kremlin",
        story="road",
        colour="red",
    )
    assert draft == Draft(
        id_hint="r1",
        story="road",
        url="https://briefings.example/en/road",
        title="A title",
        language="en",
        day=date(2023, 9, 20),
        covers=None,
        dossiers=("Trade, Aid", "Iran"),
        tier=Tier.SUBSCRIBERS,
        actor="Kremlin",
        preview=False,
        text="It began in the city.",
    )


def test_a_row_with_nothing_else_is_public_and_its_own_story() -> None:
    draft = row(url=None, date="", lang=None, dossiers=None, actor="")
    assert (draft.tier, draft.story, draft.url) == (Tier.PUBLIC, "r1", "file:///in/c.jsonl")
    assert (draft.language, draft.day, draft.actor) == ("en", None, None)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"title": None, "text": ""}, "'title' and 'text' are missing; a row has id, title, text"),
        ({"text": " \n"}, "'text' is missing"),
        ({"title": 7}, "'title' is not a text: 7; put it in quotes"),
        ({"text": ["a"]}, "'text' is not a text"),
        ({"id": "x" * 201}, "'id' is not a printable text of at most 200 characters"),
        ({"id": "a\u202eb\u2028c"}, None),
        ({"date": "20/09/2023"}, "'date' is not a date: '20/09/2023'; write YYYY-MM-DD"),
        ({"date": "2023-02-31"}, "'date' is not a date"),
        ({"date": "1815-06-18"}, "'date' is not a date"),
        ({"date": "2923-06-18"}, "'date' is not a date"),
        ({"date": 20230920}, "'date' is not a date"),
        ({"lang": "de"}, "'lang' is 'de'; briefings are in en, fr, ru"),
        ({"access": "premium"}, "'access' is 'premium'; write public or subscribers"),
        ({"access": None}, "'access' is None; write public or subscribers"),
        ({"access": ""}, "'access' is ''; write public or subscribers"),
        ({"access": True}, "'access' is True"),
        ({"url": "javascript:alert(1)"}, "'url' is not a web address"),
        ({"url": "/en/road"}, "'url' is not a web address"),
        ({"url": "https://[x"}, "'url' is not a web address"),
        ({"url": "https://x:99999/"}, "'url' is not a web address"),
        ({"dossiers": {"a": 1}}, "'dossiers' is not a list of names"),
        ({"dossiers": ["a", 1]}, "'dossiers' is not a list of names"),
    ],
)
def test_a_row_that_says_something_impossible_is_refused(
    values: dict[str, object], says: str | None
) -> None:
    if says is None:
        assert row(**values).id_hint == "ab c"
        return
    with pytest.raises(ExtractionError) as error:
        row(**values)
    assert says in str(error.value)


def test_rows_of_questions_all_fail_with_one_sentence() -> None:
    rows = [{"id": f"q{n}", "question": "?", "title": None, "text": None} for n in range(3)]
    sentences = set()
    for values in rows:
        with pytest.raises(ExtractionError) as error:
            row(**values)
        sentences.add(str(error.value))
    assert len(sentences) == 1


def test_several_mistakes_are_told_at_once() -> None:
    with pytest.raises(ExtractionError, match=r"'lang' is 'de'.*; .*'access' is 'x'"):
        row(lang="de", access="x")


@pytest.mark.parametrize("key", ["a.md", "a.txt"])
def test_front_matter_says_what_a_row_says(key: str) -> None:
    draft = front(
        "id: 42\ntitle: 1984\nDate: 2023-09-20 10:00:00\nlang: ru\naccess: subscribers\n"
        'dossiers:\n  - Trade, Aid\n  - Iran\nactor: "МИД России"\nstory: s\n'
        "url: https://b.example/x",
        key,
    )
    assert (draft.id_hint, draft.title, draft.day) == ("42", "1984", date(2023, 9, 20))
    assert (draft.language, draft.tier) == ("ru", Tier.SUBSCRIBERS)
    assert (draft.dossiers, draft.actor, draft.story) == (("Trade, Aid", "Iran"), "МИД России", "s")
    assert draft.url == "https://b.example/x"
    assert draft.text == "It began in the city."


def test_the_key_written_as_it_should_be_wins_over_its_likes() -> None:
    assert row(access="subscribers", Access="public").tier is Tier.SUBSCRIBERS
    assert row(ACCESS="subscribers").tier is Tier.SUBSCRIBERS


def test_a_row_nested_without_end_is_refused() -> None:
    nested = "[" * 900 + "]" * 900
    content = f'{{"id": "r1", "text": "It began.", "title": {nested}}}'
    with pytest.raises(ExtractionError, match="'title' is not a text: a list"):
        extract(page(content, "c.jsonl#r1", PageKind.ROW))


def test_dossiers_in_one_line_of_front_matter_are_split() -> None:
    assert front("title: T\ndossiers: Trade, Human Rights").dossiers == ("Trade", "Human Rights")


@pytest.mark.parametrize(
    ("matter", "says"),
    [
        ("title: [T", r"its front matter is not plain YAML \(line \d+\)"),
        ("title: T\naccess:", "'access' is ''; write public or subscribers"),
        ("title: T\nACCESS: all", "'access' is 'all'"),
        ("title: T\ndate: 2023-02-31", "'date' is not a date: '2023-02-31'"),
        ('title: !!python/object/apply:os.system ["true"]', "'title' is not a text"),
        (
            "title: T\nx: &x [*x]\ndossiers: *x",
            "front matter is not plain YAML|not a list of names",
        ),
        (BOMB, "'title' is not a text: a list or a mapping"),
    ],
)
def test_front_matter_that_cannot_be_trusted_is_refused(matter: str, says: str) -> None:
    with pytest.raises(ExtractionError, match=says):
        front(matter)


def test_front_matter_that_is_never_closed_is_not_taken_for_text() -> None:
    with pytest.raises(ExtractionError, match="its front matter is not closed with a line of ---"):
        extract(page("---\ntitle: T\naccess: subscribers\n\nIt began."))


def test_a_line_drawn_at_the_top_is_no_front_matter() -> None:
    draft = extract(page("---\n\nA title\n\nIt began.\n\n---\n\nIt ended."))
    assert (draft.title, draft.text) == ("A title", "It began.\n\nIt ended.")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministry of defence spoke about the road.", "en"),
        ("Le ministère de la défense a parlé de la route.", "fr"),
        ("Министерство обороны рассказало о дороге.", "ru"),
    ],
)
def test_a_language_that_nobody_gives_is_detected(text: str, language: str) -> None:
    assert row(text=text, title=text[:20]).language == language


def test_a_text_without_words_asks_for_its_language() -> None:
    with pytest.raises(
        ExtractionError, match="its language cannot be told; write lang: en, fr, ru"
    ):
        row(title="2023", text="1 2 3")
